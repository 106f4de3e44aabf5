"""The administration of the agency and of finance: stock Django, in French, all by acts."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.models import Job, JournalEntry, User
from companies.models import BankAccount, Employee, Firm, ReceivedFile
from primes.admin.claims import ClaimAdmin
from primes.admin.credits import ConventionAdmin, EnvelopeAdmin, LedgerEntryAdmin
from primes.admin.firms import (
    BankAccountAdmin,
    EmployeeAdmin,
    FirmAdmin,
    ProgrammeAdmin,
    ReceivedFileAdmin,
    SessionAdmin,
)
from primes.admin.jobs import JobAdmin
from primes.admin.law_pages import law_urls, with_law_pages
from primes.admin.people import JournalAdmin, UserAdmin
from primes.admin.review import AssessmentAdmin, CheckAdmin, DecisionAdmin, ReviewItemAdmin
from primes.admin.rules import FilingWindowAdmin, RuleSetAdmin
from primes.admin.runs import BankReturnFileAdmin, PaymentAdmin, PaymentRunAdmin
from primes.admin.waiting import waiting_for
from primes.models import (
    Assessment,
    BankReturnFile,
    Check,
    Claim,
    Convention,
    Decision,
    Envelope,
    FilingWindow,
    LedgerEntry,
    Payment,
    PaymentRun,
    ReviewItem,
    RuleSet,
)
from trainings.models import Programme, Session


class AgencySite(admin.AdminSite):
    site_header = "Prime à la formation – agence"
    site_title = "Prime à la formation"
    index_title = "Administration"
    empty_value_display = "–"
    enable_nav_sidebar = False

    @method_decorator([never_cache, login_not_required])
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One door for everybody, the portal's; who is in and not of the agency stops here."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().index(request, {"waiting": waiting_for(request), **(extra_context or {})})

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> Sequence[dict[str, Any]]:
        return with_law_pages(super().get_app_list(request, app_label))

    def get_urls(self) -> list[Any]:
        return [*law_urls(self), *super().get_urls()]

    def admin_view(
        self,
        view: Callable[..., HttpResponseBase],
        cacheable: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Callable[..., HttpResponseBase]:
        """Agents work in French, whatever their browser asks for."""

        @wraps(view)
        def in_french(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
            translation.activate("fr")
            return view(request, *args, **kwargs)

        return super().admin_view(in_french, cacheable)


site = AgencySite(name="admin")
site.register(Claim, ClaimAdmin)
site.register(ReviewItem, ReviewItemAdmin)
site.register(Assessment, AssessmentAdmin)
site.register(Check, CheckAdmin)
site.register(Decision, DecisionAdmin)
site.register(PaymentRun, PaymentRunAdmin)
site.register(Payment, PaymentAdmin)
site.register(BankReturnFile, BankReturnFileAdmin)
site.register(Convention, ConventionAdmin)
site.register(Envelope, EnvelopeAdmin)
site.register(LedgerEntry, LedgerEntryAdmin)
site.register(FilingWindow, FilingWindowAdmin)
site.register(RuleSet, RuleSetAdmin)
site.register(Firm, FirmAdmin)
site.register(BankAccount, BankAccountAdmin)
site.register(Employee, EmployeeAdmin)
site.register(ReceivedFile, ReceivedFileAdmin)
site.register(Programme, ProgrammeAdmin)
site.register(Session, SessionAdmin)
site.register(User, UserAdmin)
site.register(JournalEntry, JournalAdmin)
site.register(Job, JobAdmin)
