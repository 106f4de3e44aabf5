"""The page of the vault, with what the firm's claims ask of it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from companies.space import Space, space_of
from companies.views.vault import vault_facts
from primes.claims.models.claim import Claim
from primes.claims.pieces import AskedPiece, asked_pieces

TITLES = {
    "eligibility": gettext_lazy("Certificate of the platform or of the technical committee"),
    "eligibility_platform": gettext_lazy("Certificate of installation on the platform (P2I)"),
    "eligibility_committee": gettext_lazy("Certificate of the technical committee"),
    "cnss_standing": gettext_lazy("CNSS certificate of good standing"),
    "tax_standing": gettext_lazy("Tax certificate of good standing"),
    "bank_account": gettext_lazy("Bank account confirmed by two people"),
    "cnss_declarations": gettext_lazy("CNSS declarations of the year"),
    "income_statement": gettext_lazy("État 9421 of the year"),
    "training_invoices": gettext_lazy("Invoices of outside trainings"),
    "attendance_sheets": gettext_lazy("Signed attendance sheets of outside trainings"),
}
REASONS = {
    "eligibility": gettext_lazy("It must cover 31 December of the claim year."),
    "eligibility_platform": gettext_lazy(
        "The firm is on a platform; it must cover 31 December of the claim year."
    ),
    "eligibility_committee": gettext_lazy(
        "The firm is outside the platforms; it must cover 31 December of the claim year."
    ),
    "cnss_standing": gettext_lazy("It must be valid on the day of filing."),
    "tax_standing": gettext_lazy("It must be valid on the day of filing."),
    "bank_account": gettext_lazy("The bonus is paid to it."),
    "cnss_declarations": gettext_lazy("They say who was declared, month by month."),
    "income_statement": gettext_lazy("It says the gross taxable pay of each person."),
    "training_invoices": gettext_lazy("People of the claim were trained by an outside provider."),
    "attendance_sheets": gettext_lazy("They prove who attended what is invoiced."),
}


@dataclass(frozen=True, slots=True)
class AskedRow:
    title: str
    reason: str
    asked: AskedPiece


@dataclass(frozen=True, slots=True)
class AskedByClaim:
    claim: Claim
    rows: list[AskedRow]


@require_safe
def vault(request: HttpRequest) -> HttpResponse:
    space = space_of(request)
    on = timezone.localdate()
    context = {**vault_facts(space, on), "asked_by_claim": asked_by_claims(space, on)}
    return render(request, "primes/vault.html", context)


def asked_by_claims(space: Space, on: date) -> list[AskedByClaim]:
    """Of every claim that is prepared or awaits its decision, the latest year first."""
    claims = [
        claim
        for claim in Claim.objects.of_firm(space.firm).live().order_by("-year", "-pk")
        if not claim.is_decided
    ]
    for claim in claims:
        claim.firm = space.firm
    asked = asked_pieces(claims, on)
    return [AskedByClaim(claim, [_row(each) for each in asked[claim.pk]]) for claim in claims]


def _row(asked: AskedPiece) -> AskedRow:
    return AskedRow(str(TITLES[asked.code]), str(REASONS[asked.code]), asked)
