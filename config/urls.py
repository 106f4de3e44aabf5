"""Every address of the service, on one page."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import SignIn, SignOut
from companies.views import files, firm, people
from primes.admin.site import site
from primes.views import claims, employees, entitlement_calendar, follow_up
from primes.views.dashboard import dashboard
from primes.views.health import health
from primes.views.home import home
from primes.views.payments import payments
from primes.views.simulator import simulator
from trainings import views as trainings

firm_space: list[URLPattern | URLResolver] = [
    path("", dashboard, name="dashboard"),
    path("entreprise/", firm.firm, name="firm"),
    path("entreprise/choisir/", firm.choose_firm, name="choose_firm"),
    path("entreprise/compte/<int:account_id>/", firm.confirm_account, name="confirm_account"),
    path("fichiers/", files.files, name="files"),
    path("fichiers/<int:load_id>/", files.file_report, name="file_report"),
    path("salaries/", employees.employees, name="employees"),
    path("salaries/completer/", people.complete_many, name="complete_many"),
    path("salaries/<int:employment_id>/completer/", people.complete_one, name="complete_one"),
    path(
        "salaries/<int:employment_id>/calendrier/",
        entitlement_calendar.employee_calendar,
        name="employee_calendar",
    ),
    path("formations/", trainings.programmes, name="programmes"),
    path("formations/nouvelle/", trainings.new_programme, name="new_programme"),
    path("formations/<str:public_id>/session/", trainings.new_session, name="new_session"),
    path("formations/sessions/<int:session_id>/", trainings.attendance, name="attendance"),
    path("demandes/", claims.claims, name="claims"),
    path("demandes/<str:public_id>/", claims.claim_page, name="claim"),
    path("demandes/<str:public_id>/salaries/", claims.claim_people, name="claim_people"),
    path("demandes/<str:public_id>/verifier/", claims.claim_check, name="claim_check"),
    path("demandes/<str:public_id>/declarer/", claims.claim_declare, name="claim_declare"),
    path("demandes/<str:public_id>/transmettre/", claims.hand_over, name="claim_hand_over"),
    path("demandes/<str:public_id>/reprendre/", claims.take_back, name="claim_take_back"),
    path("demandes/<str:public_id>/retirer/", claims.withdraw, name="claim_withdraw"),
    path("demandes/<str:public_id>/recepisse/", follow_up.receipt, name="claim_receipt"),
    path(
        "demandes/<str:public_id>/lignes/<int:position>/",
        follow_up.line_explained,
        name="line_explained",
    ),
    path("paiements/", payments, name="payments"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("simulateur/", simulator, name="simulator"),
    path("connexion/", SignIn.as_view(), name="sign_in"),
    path("deconnexion/", SignOut.as_view(), name="sign_out"),
    path("espace/", include(firm_space)),
    path("sante/", health, name="health"),
    path("admin/", site.urls),
    path("api/", include("primes.api.urls")),
]
