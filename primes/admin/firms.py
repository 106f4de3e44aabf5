"""Firms, their accounts, people, files and trainings, as the agency sees them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import StaffRole
from companies.documents.models import ReceivedFile
from companies.firms.actions import (
    VERIFIERS,
    add_certificate,
    confirm_bank_account,
    verify_firm,
)
from companies.firms.models import BankAccount, Firm
from primes.admin.access import CLAIMS, PAYMENTS, SETTINGS
from primes.admin.acts import Act, ActsAdmin, Facts
from primes.admin.claim_page import history_of
from primes.admin.columns import instant, money_column
from primes.admin.employee_page import rights_of
from primes.admin.forms import CertificateForm
from primes.admin.reading import ReadOnlyAdmin


class FirmAdmin(ActsAdmin[Firm]):
    readers = CLAIMS | PAYMENTS | SETTINGS
    page_template = "admin/primes/firm_page.html"
    list_display = ("name", "ice", "fiscal_id", "employer_number", "branch", "verified_at")
    list_filter = ("branch", ("verified_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "latin_name", "ice", "fiscal_id", "employer_number")
    ordering = ("name",)
    acts = (
        Act(
            "verify",
            "Vérifier l'entreprise",
            verify_firm,
            "L'entreprise est vérifiée.",
            roles=frozenset(VERIFIERS),
        ),
        Act(
            "certificate",
            "Ajouter une attestation",
            add_certificate,
            "L'attestation est ajoutée.",
            CertificateForm,
            frozenset({StaffRole.ADMINISTRATEUR}),
        ),
    )

    def key_of(self, row: Firm) -> dict[str, object]:
        return {"firm": row}

    def open_acts(self, request: HttpRequest, row: Firm) -> list[Act]:
        acts = super().open_acts(request, row)
        return [act for act in acts if act.name != "verify" or not row.verified_at]

    def summary(self, row: Firm) -> Facts:
        return [
            ("ICE", row.ice),
            ("Identifiant fiscal", row.fiscal_id),
            ("Affiliation CNSS", row.employer_number),
            ("Filière", row.get_branch_display()),
            ("Début d'activité", f"{row.started_on:%d/%m/%Y}"),
            ("Vérifiée", instant(row.verified_at) if row.verified_at else "non"),
        ]

    def page_facts(self, request: HttpRequest, row: Firm) -> dict[str, Any]:
        members = row.memberships.filter(ended_at__isnull=True).select_related("user")
        return {
            "establishments": row.establishments.order_by("name"),
            "certificates": row.certificates.order_by("kind", "-valid_until"),
            "members": members.order_by("role", "pk"),
            "history": history_of(row.journal_stream),
        }


class BankAccountAdmin(ActsAdmin[BankAccount]):
    """Accounts by their last digits; one proposed by a firm may be confirmed by « qualité »."""

    readers = PAYMENTS | {StaffRole.QUALITE}
    row_key = "account_id"
    list_display = (
        "firm",
        "shown_end",
        "bank_code",
        "holder",
        "state",
        "proposed_by",
        "usable_from",
    )
    list_filter = ("state",)
    list_select_related = ("firm", "proposed_by")
    search_fields = ("firm__name", "firm__ice", "holder", "rib_last_digits")
    ordering = ("firm__name", "-pk")
    acts = (
        Act(
            "confirm",
            "Confirmer le compte",
            confirm_bank_account,
            "Le compte est confirmé ; il sera utilisable après le délai d'attente.",
            roles=frozenset({StaffRole.QUALITE}),
        ),
    )

    @admin.display(description="RIB")
    def shown_end(self, row: BankAccount) -> str:
        return str(row)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankAccount]:
        rows = super().get_queryset(request).select_related("firm", "proposed_by", "confirmed_by")
        return rows.defer("rib_sealed", "rib_fingerprint")

    def open_acts(self, request: HttpRequest, row: BankAccount) -> list[Act]:
        is_proposed = row.state == BankAccount.State.PROPOSED
        return super().open_acts(request, row) if is_proposed else []

    def summary(self, row: BankAccount) -> Facts:
        return [
            ("Entreprise", row.firm),
            ("RIB", str(row)),
            ("Banque", row.bank_code),
            ("Titulaire", row.holder),
            ("État", row.get_state_display()),
            ("Proposé par", f"{row.proposed_by}, {instant(row.proposed_at)}"),
            ("Confirmé par", row.confirmed_by or "–"),
            ("Utilisable à partir du", f"{row.usable_from:%d/%m/%Y}" if row.usable_from else "–"),
        ]


class EmployeeAdmin(ReadOnlyAdmin):
    """People of the firms; the numbers that name them are sealed, only their ends are shown."""

    readers = CLAIMS
    change_form_template = "admin/primes/employee_page.html"
    list_display = ("last_name", "first_name", "firm", "cin_last", "cnss_last", "nationality")
    list_select_related = ("firm",)
    search_fields = ("last_name", "first_name", "firm__name")
    ordering = ("sort_key", "pk")
    fields = ("firm", "last_name", "first_name", "cin_last", "cnss_last", "nationality")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        employee = self.get_object(request, object_id)
        shown = employee if employee and self.has_view_permission(request) else None
        rights = rights_of(shown, timezone.localdate()) if shown else {}
        return super().change_view(request, object_id, form_url, rights | (extra_context or {}))


class ReceivedFileAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("name", "kind", "firm", "size", "received_at", "received_by")
    list_filter = ("kind",)
    list_select_related = ("firm", "received_by")
    search_fields = ("name", "sha256", "firm__name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceivedFile]:
        return super().get_queryset(request).defer("content")


class ProgrammeAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("title", "firm", "domain", "provider", "declared_at")
    list_filter = ("provider__kind",)
    list_select_related = ("firm", "provider")
    search_fields = ("title", "firm__name")
    ordering = ("-pk",)


class SessionAdmin(ReadOnlyAdmin):
    readers = CLAIMS
    list_display = ("programme", "starts_on", "ends_on", "minutes", "shown_cost")
    list_select_related = ("programme__firm",)
    search_fields = ("programme__title", "programme__firm__name")
    ordering = ("-pk",)
    fields = ("programme", "starts_on", "ends_on", "minutes", "shown_cost")
    readonly_fields = ("shown_cost",)
    shown_cost = money_column("cost", "coût hors taxes")
