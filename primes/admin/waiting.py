"""What waits for an agent, by role: the first thing the administration shows, with where to go."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts import formats
from accounts.models import StaffRole
from companies.firms.models import BankAccount, Firm
from primes.admin.access import roles_of
from primes.claims.models.claim import Claim, ClaimState
from primes.payouts.models import PaymentRun, RunState


@dataclass(frozen=True, slots=True)
class Pile:
    """Rows of one list that wait for one role; `query` is the filter of that list."""

    role: StaffRole
    text: str
    rows: Callable[[], QuerySet[Model]]
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    text: str
    count: str
    url: str


def _claims(role: StaffRole, text: str, state: ClaimState) -> Pile:
    return Pile(role, text, lambda: Claim.objects.filter(state=state), {"state__exact": state})


def _runs(role: StaffRole, text: str, state: RunState) -> Pile:
    return Pile(role, text, lambda: PaymentRun.objects.filter(state=state), {"state__exact": state})


R = StaffRole
PILES = (
    _claims(R.INSTRUCTEUR, "Demandes à prendre en charge", ClaimState.SUBMITTED),
    _claims(R.INSTRUCTEUR, "Demandes en instruction", ClaimState.IN_REVIEW),
    _claims(R.DECIDEUR, "Demandes à décider", ClaimState.PROPOSED),
    Pile(
        R.QUALITE,
        "Comptes bancaires à confirmer",
        lambda: BankAccount.objects.filter(state=BankAccount.State.PROPOSED),
        {"state__exact": BankAccount.State.PROPOSED},
    ),
    Pile(
        R.INSTRUCTEUR,
        "Entreprises à vérifier",
        lambda: Firm.objects.filter(verified_at=None),
        {"verified_at__isempty": "1"},
    ),
    _runs(R.ORDONNATEUR, "Lots à signer comme ordonnateur", RunState.PREPARED),
    _runs(R.PAYEUR, "Lots à signer comme payeur", RunState.ORDERED),
    _runs(R.PAYEUR, "Lots à exporter", RunState.SIGNED),
    _runs(R.PAYEUR, "Lots dont la banque n'a pas tout dit", RunState.EXPORTED),
)


def waiting_for(request: HttpRequest) -> list[Waiting] | None:
    """The piles of the person's roles; None for somebody whose roles have none."""
    piles = [pile for pile in PILES if pile.role in roles_of(request)]
    return [_waiting(pile) for pile in piles] or None


def _waiting(pile: Pile) -> Waiting:
    rows = pile.rows()
    opts = rows.model._meta
    changelist = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    count = formats.number(rows.count(), "fr")
    return Waiting(pile.text, count, f"{changelist}?{urlencode(pile.query)}")
