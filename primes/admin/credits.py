"""Conventions, the credits of their years, and the ledger that says where each dirham stands."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts import formats
from primes.admin.access import ADMINISTRATEURS, CREDITS, PAYMENTS
from primes.admin.acts import Act, ActsAdmin, Facts
from primes.admin.claim_page import history_of
from primes.admin.columns import money_column
from primes.admin.forms import ConventionForm, EnvelopeForm
from primes.admin.reading import ReadOnlyAdmin
from primes.ledger.balances import balances
from primes.ledger.models import Account, Convention, Envelope
from primes.ledger.opening import open_convention, open_envelope


class ConventionAdmin(ActsAdmin[Convention]):
    readers = CREDITS
    list_display = ("code", "title", "scheme", "signed_on", "ends_on")
    search_fields = ("code", "title")
    ordering = ("code",)
    list_acts = (
        Act(
            "open",
            "Ajouter une convention",
            open_convention,
            "La convention est ajoutée.",
            ConventionForm,
            ADMINISTRATEURS,
        ),
    )

    def summary(self, row: Convention) -> Facts:
        return [
            ("Objet", row.title),
            ("Dispositif", row.scheme),
            ("Signée le", f"{row.signed_on:%d/%m/%Y}"),
            ("Échéance", f"{row.ends_on:%d/%m/%Y}"),
            ("Compte payeur", f"{row.payer_name}, … {row.payer_rib[-4:]}"),
        ]

    def page_facts(self, request: HttpRequest, row: Convention) -> dict[str, Any]:
        return {"history": history_of(f"convention:{row.code}")}


class EnvelopeAdmin(ActsAdmin[Envelope]):
    readers = CREDITS
    list_display = ("convention", "year", "shown_cap", "shown_reserved", "shown_available")
    list_select_related = ("convention",)
    ordering = ("-year", "pk")
    shown_cap = money_column("cap", "crédits ouverts")
    shown_reserved = money_column("reserved", "engagé")
    list_acts = (
        Act(
            "open",
            "Ouvrir des crédits",
            open_envelope,
            "Les crédits sont ouverts.",
            EnvelopeForm,
            ADMINISTRATEURS,
        ),
    )

    @admin.display(description="disponible")
    def shown_available(self, row: Envelope) -> str:
        return formats.money(row.available, "fr")

    def summary(self, row: Envelope) -> Facts:
        standing = balances(row.pk, row.cap)
        return [
            ("Crédits ouverts", formats.money(row.cap, "fr")),
            *(
                (str(account.label), formats.money(standing[account.value], "fr"))
                for account in Account
            ),
        ]


class LedgerEntryAdmin(ReadOnlyAdmin):
    readers = PAYMENTS
    list_display = (
        "at",
        "kind",
        "source",
        "target",
        "shown_amount",
        "reference",
        "line",
        "envelope",
    )
    list_filter = ("kind",)
    list_select_related = ("line__claim", "envelope__convention")
    search_fields = ("reference", "line__claim__reference")
    ordering = ("-pk",)
    fields = (
        "at",
        "kind",
        "source",
        "target",
        "shown_amount",
        "reference",
        "line",
        "envelope",
        "cause",
    )
    readonly_fields = ("shown_amount",)
    shown_amount = money_column("amount", "montant")
