"""Accounts of the agency, their roles, and the journal of what everybody did."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from accounts.actions import create_person, grant_staff_role, revoke_staff_role
from accounts.models import JournalEntry, StaffAssignment, User
from companies.firms.models import Firm
from primes.admin.access import ADMINISTRATEURS, READS_ALL, SETTINGS
from primes.admin.acts import Act, ActsAdmin, Facts
from primes.admin.claim_page import history_of
from primes.admin.columns import instant
from primes.admin.forms import PersonForm, RoleForm
from primes.admin.reading import ReadOnlyAdmin
from primes.admin.words import JOURNAL


class UserAdmin(ActsAdmin[User]):
    """People and programs; a password is never shown, not even its hash."""

    readers = SETTINGS
    row_key = "user_id"
    page_template = "admin/primes/user_page.html"
    list_display = ("full_name", "email", "kind", "is_staff", "is_active", "joined_at")
    list_filter = ("kind", "is_staff", "is_active")
    search_fields = ("full_name", "email")
    ordering = ("full_name",)
    acts = (
        Act(
            "grant",
            "Attribuer un rôle",
            grant_staff_role,
            "Le rôle est attribué.",
            RoleForm,
            ADMINISTRATEURS,
        ),
        Act(
            "revoke",
            "Retirer un rôle",
            revoke_staff_role,
            "Le rôle est retiré.",
            RoleForm,
            ADMINISTRATEURS,
        ),
    )
    list_acts = (
        Act(
            "create",
            "Ouvrir un compte",
            create_person,
            "Le compte est ouvert : attribuez-lui un rôle.",
            PersonForm,
            ADMINISTRATEURS,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).defer("password")

    def summary(self, row: User) -> Facts:
        return [
            ("Adresse", row.email),
            ("Nature", row.get_kind_display()),
            ("Personne physique", row.human or "–"),
            ("Actif", "oui" if row.is_active else "non"),
            ("Inscrit", instant(row.joined_at)),
        ]

    def page_facts(self, request: HttpRequest, row: User) -> dict[str, Any]:
        held = StaffAssignment.objects.filter(user=row).select_related("granted_by")
        return {"assignments": held.order_by("pk"), "history": history_of(f"user:{row.pk}")}


class JournalAdmin(ReadOnlyAdmin):
    """Every act, in the order of its stream."""

    readers = READS_ALL
    list_display = ("at", "actor", "act", "stream", "sequence", "firm_name")
    list_select_related = ("actor",)
    search_fields = ("stream", "action", "actor__full_name", "actor__email", "firm")
    search_help_text = "Fil (claim:…, run:…), acte, auteur, entreprise"
    ordering = ("-pk",)
    fields = (
        "stream",
        "sequence",
        "at",
        "actor",
        "act",
        "action",
        "firm_name",
        "detail",
        "previous_hash",
        "hash",
    )
    readonly_fields = ("act", "firm_name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[JournalEntry]:
        named = Firm.objects.filter(public_id=OuterRef("firm")).values("name")
        return super().get_queryset(request).annotate(named=Subquery(named))

    @admin.display(description="acte", ordering="action")
    def act(self, row: JournalEntry) -> str:
        return JOURNAL.get(row.action, row.action)

    @admin.display(description="entreprise", ordering="firm")
    def firm_name(self, row: JournalEntry) -> str:
        return row.named or row.firm  # type: ignore[attr-defined]  # annotated by get_queryset
