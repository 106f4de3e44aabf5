"""Opening a convention and the credits of one of its years. Neither changes afterwards."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import StaffRole, User
from accounts.roles import require_staff_role
from companies.identifiers import Rib
from primes.ledger.models import Convention, Envelope


@dataclass(frozen=True, slots=True)
class ConventionTerms:
    """`payer_name` in Latin letters, as the bank writes it."""

    code: str
    title: str
    scheme: str
    signed_on: date
    ends_on: date
    payer_name: str
    payer_rib: Rib


def open_convention(*, terms: ConventionTerms, acting_user: User, at: datetime) -> Convention:
    """Raises `role_missing`, `convention_ends_before_it_begins` or `convention_code_taken`."""
    require_staff_role(acting_user, StaffRole.ADMINISTRATEUR)
    if terms.ends_on < terms.signed_on:
        raise Refusal("convention_ends_before_it_begins", ends_on=terms.ends_on)
    if Convention.objects.filter(code=terms.code).exists():
        raise Refusal("convention_code_taken", convention=terms.code)
    columns = asdict(terms) | {"payer_rib": str(terms.payer_rib)}
    with named_refusals(), transaction.atomic():
        convention = Convention.objects.create(**columns)
        _journal(convention, "convention.open", {"title": terms.title}, acting_user, at)
    return convention


def open_envelope(
    *, convention_id: int, year: int, cap: int, acting_user: User, at: datetime
) -> Envelope:
    """Credits of one budget year, `cap` in centimes.

    Raises `role_missing`, `year_outside_the_convention`, `envelope_without_credits` or
    `envelope_once_a_year`.
    """
    require_staff_role(acting_user, StaffRole.ADMINISTRATEUR)
    convention = Convention.objects.get(pk=convention_id)
    if not convention.signed_on.year <= year <= convention.ends_on.year:
        raise Refusal("year_outside_the_convention", year=year, convention=convention.code)
    if cap <= 0:
        raise Refusal("envelope_without_credits", cap=cap)
    with named_refusals(), transaction.atomic():
        envelope = Envelope.objects.create(convention=convention, year=year, cap=cap)
        _journal(convention, "envelope.open", {"year": year, "cap": cap}, acting_user, at)
    return envelope


def _journal(
    convention: Convention,
    action: str,
    detail: dict[str, object],
    acting_user: User,
    at: datetime,
) -> None:
    record(
        stream=f"convention:{convention.code}",
        action=action,
        acting_user=acting_user,
        at=at,
        detail=detail,
    )
