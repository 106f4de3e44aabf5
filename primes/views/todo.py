"""What a firm must do now, most urgent first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from companies.documents.validity import Expiry, expiring_pieces
from companies.firms.models import BankAccount, FirmRole
from companies.imports.models import FileLoad
from companies.space import Space
from companies.workforce.completion import incomplete_employments
from primes.claims.models.claim import Claim, ClaimState
from primes.views.amounts import Amounts
from primes.views.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, where, and the last day when there is one."""

    text: str
    action: str
    url: str
    before: date | None = None


def todo_of(
    space: Space, rows: list[tuple[Claim, Amounts]], exercise: Exercise, on: date
) -> list[Todo]:
    """`rows` are the live claims of the firm with their figures."""
    firm, claims = space.firm, [claim for claim, _ in rows]
    accounts = BankAccount.objects.filter(firm=firm).aggregate(
        active=Count("pk", filter=Q(state=BankAccount.State.ACTIVE)),
        proposed=Count("pk", filter=Q(state=BankAccount.State.PROPOSED)),
    )
    incomplete = incomplete_employments(firm).count()
    loaded = FileLoad.objects.standing().filter(file__firm=firm).exists()
    things = [
        *(_returned(claim) for claim, amounts in rows if amounts.is_returned),
        *(_claim(claim, space, exercise) for claim in claims),
        *(_expiring(each) for each in expiring_pieces(firm, on)),
        None if loaded else _files(),
        _incomplete(incomplete),
        _account(active=accounts["active"], proposed=accounts["proposed"]),
        _start(claims, exercise, loaded=loaded),
    ]
    return [thing for thing in things if thing]


def _returned(claim: Claim) -> Todo:
    said = gettext("The bank returned the payment of %(reference)s: check your bank details.")
    url = reverse("claim", args=[claim.public_id])
    return Todo(said % {"reference": claim.reference}, gettext("See"), url)


def _claim(claim: Claim, space: Space, exercise: Exercise) -> Todo | None:
    url = reverse("claim", args=[claim.public_id])
    before = exercise.closes_on if claim.year == exercise.year else None
    names = {"reference": claim.reference, "year": claim.year}
    if claim.state == ClaimState.DRAFT:
        text = gettext("Draft %(reference)s for %(year)s to finish.") % names
        return Todo(text, gettext("Continue"), url, before)
    if claim.state == ClaimState.READY_TO_SIGN:
        text = gettext("Claim %(reference)s for %(year)s awaits a signature.") % names
        signs = FirmRole.SIGNATAIRE.value in space.roles
        return Todo(text, gettext("Check and sign") if signs else gettext("See"), url, before)
    return None


def _expiring(expiry: Expiry) -> Todo:
    lapsed = gettext("%(title)s has lapsed: add the new one.")
    lapsing = gettext("%(title)s lapses soon: ask for the new one.")
    text = (lapsed if expiry.has_lapsed else lapsing) % {"title": expiry.title}
    before = None if expiry.has_lapsed else expiry.until
    return Todo(text, gettext("Renew"), reverse("vault"), before)


def _files() -> Todo:
    text = gettext("Send your CNSS declarations and your état 9421.")
    return Todo(text, gettext("Send files"), reverse("files"))


def _incomplete(count: int) -> Todo | None:
    if not count:
        return None
    said = ngettext(
        "%(count)d person to complete: contract, earlier employment or nationality is missing.",
        "%(count)d people to complete: contract, earlier employment or nationality is missing.",
        count,
    )
    return Todo(said % {"count": count}, gettext("Complete"), reverse("complete_many"))


def _account(*, active: int, proposed: int) -> Todo | None:
    if active:
        return None
    waiting = gettext("Your bank account waits for the confirmation of a second person.")
    absent = gettext("No bank account to pay to: give your bank details.")
    return Todo(waiting if proposed else absent, gettext("See"), reverse("firm"))


def _start(claims: list[Claim], exercise: Exercise, *, loaded: bool) -> Todo | None:
    if not (loaded and exercise.is_open) or any(claim.year == exercise.year for claim in claims):
        return None
    text = gettext("The claim for %(year)s can be filed.") % {"year": exercise.year}
    return Todo(text, gettext("Start the claim"), reverse("claims"), exercise.closes_on)
