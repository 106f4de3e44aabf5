"""Every address of the service, on one page."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.views import SignIn, SignOut
from companies.views import (
    employee,
    files,
    firm,
    import_downloads,
    import_ends,
    import_repairs,
    imports,
    jobs,
    people,
    vault,
)
from primes.admin.site import site
from primes.views import claims, employees, entitlement_calendar, follow_up
from primes.views.dashboard import dashboard
from primes.views.health import health
from primes.views.home import home
from primes.views.payments import payments
from primes.views.simulator import simulator
from primes.views.vault import vault as vault_page
from trainings.views import confirmations, invoices, papers, programmes, providers, sessions

firm_space: list[URLPattern | URLResolver] = [
    path("", dashboard, name="dashboard"),
    path("entreprise/", firm.firm, name="firm"),
    path("entreprise/choisir/", firm.choose_firm, name="choose_firm"),
    path("entreprise/compte/<int:account_id>/", firm.confirm_account, name="confirm_account"),
    path("fichiers/", files.files, name="files"),
    path("fichiers/<int:load_id>/", files.file_report, name="file_report"),
    path("imports/nouveau/", imports.import_new, name="import_new"),
    path("imports/modele/", import_downloads.import_template, name="import_template"),
    path(
        "imports/modele-prerempli/",
        import_downloads.import_template_filled,
        name="import_template_filled",
    ),
    path("imports/<str:public_id>/associer/", imports.import_match, name="import_match"),
    path("imports/<str:public_id>/controler/", jobs.import_check, name="import_check"),
    path("imports/<str:public_id>/corriger/", import_repairs.import_repair, name="import_repair"),
    path("imports/<str:public_id>/confirmer/", import_ends.import_confirm, name="import_confirm"),
    path("imports/<str:public_id>/resultat/", import_ends.import_result, name="import_result"),
    path("imports/<str:public_id>/annuler/", import_ends.import_undo, name="import_undo"),
    path("imports/<str:public_id>/abandonner/", imports.import_abandon, name="import_abandon"),
    path(
        "imports/<str:public_id>/anomalies/<int:position>/",
        import_downloads.import_annotated,
        name="import_annotated",
    ),
    path(
        "imports/<str:public_id>/compte-rendu/",
        import_downloads.import_report,
        name="import_report",
    ),
    path("travaux/<str:public_id>/", jobs.job, name="job"),
    path("salaries/", employees.employees, name="employees"),
    path("salaries/ajouter/", employee.new_employee, name="employee_new"),
    path("salaries/<int:employee_id>/", employee.employee, name="employee"),
    path("salaries/<int:employee_id>/identifiants/", employee.unmask, name="unmask"),
    path(
        "salaries/emplois/<int:employment_id>/<slug:kind>/",
        employee.declare_event,
        name="declare_event",
    ),
    path(
        "salaries/evenements/<int:event_id>/annuler/",
        employee.cancel_event,
        name="cancel_event",
    ),
    path("salaries/completer/", people.complete_many, name="complete_many"),
    path("salaries/<int:employment_id>/completer/", people.complete_one, name="complete_one"),
    path(
        "salaries/<int:employment_id>/calendrier/",
        entitlement_calendar.employee_calendar,
        name="employee_calendar",
    ),
    path("formations/", programmes.programmes, name="programmes"),
    path("formations/nouvelle/", programmes.new_programme, name="new_programme"),
    path("formations/organismes/", providers.providers, name="providers"),
    path("formations/organismes/nouveau/", providers.new_provider, name="new_provider"),
    path("formations/organismes/<str:public_id>/", providers.edit_provider, name="edit_provider"),
    path(
        "formations/organismes/<str:public_id>/facture/", invoices.new_invoice, name="new_invoice"
    ),
    path(
        "formations/factures/<str:public_id>/annuler/", invoices.withdraw, name="withdraw_invoice"
    ),
    path("formations/sessions/<int:session_id>/", sessions.attendance, name="attendance"),
    path(
        "formations/sessions/<int:session_id>/modifier/", sessions.edit_session, name="edit_session"
    ),
    path("formations/sessions/<int:session_id>/joindre/", sessions.attach, name="attach_piece"),
    path("formations/sessions/<int:session_id>/detacher/", sessions.detach, name="detach_piece"),
    path(
        "formations/sessions/<int:session_id>/formulaire/<str:form>/",
        papers.form_of_session,
        name="form_of_session",
    ),
    path(
        "formations/sessions/<int:session_id>/confirmation/",
        confirmations.ask,
        name="confirmation_ask",
    ),
    path(
        "formations/confirmations/<str:public_id>/", confirmations.confirmation, name="confirmation"
    ),
    path(
        "formations/confirmations/<str:public_id>/retirer/",
        confirmations.withdraw,
        name="confirmation_withdraw",
    ),
    path("formations/beneficiaires/<int:year>/", papers.form_of_year, name="form_of_year"),
    path("formations/<str:public_id>/", programmes.programme, name="programme"),
    path("formations/<str:public_id>/modifier/", programmes.edit_programme, name="edit_programme"),
    path("formations/<str:public_id>/copier/", programmes.duplicate, name="duplicate_programme"),
    path("formations/<str:public_id>/session/", sessions.new_session, name="new_session"),
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
    path("documents/", vault_page, name="vault"),
    path("documents/ajouter/", vault.add, name="vault_add"),
    path("documents/<str:public_id>/remplacer/", vault.renew, name="vault_renew"),
    path("documents/<str:public_id>/", vault.take_out, name="vault_take_out"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("simulateur/", simulator, name="simulator"),
    path("connexion/", SignIn.as_view(), name="sign_in"),
    path("deconnexion/", SignOut.as_view(), name="sign_out"),
    path("espace/", include(firm_space)),
    path("organisme/<str:token>/", confirmations.provider_answer, name="provider_answer"),
    path("sante/", health, name="health"),
    path("admin/", site.urls),
    path("api/", include("primes.api.urls")),
]
