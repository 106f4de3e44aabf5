"""Moving dirhams between the accounts of an envelope; every move is one entry, set-based.

Called by the actions of `primes.review` and `primes.payouts`, inside their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts.errors import Refusal
from accounts.models import JournalEntry
from primes.ledger.models import MOVES, EntryKind, Envelope, LedgerEntry


@dataclass(frozen=True, slots=True)
class Due:
    """What becomes owed for one claim line, in centimes."""

    line_id: int
    amount: int


def reserve(
    *,
    scheme: str,
    year: int,
    dues: Sequence[Due],
    cause: JournalEntry,
    reference: str,
    at: datetime,
) -> list[LedgerEntry]:
    """Set decided amounts aside on the envelope of the year of the decision.

    A conditional update takes the whole sum or nothing, so that no race overspends. Raises
    `envelope_missing` or `envelope_short`.
    """
    total = sum(due.amount for due in dues)
    envelope = Envelope.objects.paying(scheme, year).order_by("pk").first()
    if envelope is None:
        raise Refusal("envelope_missing", year=year)
    taken = Envelope.objects.filter(pk=envelope.pk, reserved__lte=F("cap") - total).update(
        reserved=F("reserved") + total
    )
    if not taken:
        raise Refusal("envelope_short", asked=total, available=envelope.available)
    source, target = MOVES[EntryKind.RESERVE]
    return LedgerEntry.objects.bulk_create(
        LedgerEntry(
            envelope=envelope,
            kind=EntryKind.RESERVE,
            source=source,
            target=target,
            amount=due.amount,
            line_id=due.line_id,
            cause=cause,
            reference=reference,
            at=at,
        )
        for due in dues
    )


def follow(
    *,
    kind: EntryKind,
    dues: Sequence[LedgerEntry],
    cause: JournalEntry,
    reference: str,
    at: datetime,
) -> list[LedgerEntry]:
    """Order, pay or take back what was reserved: one entry a due, for its whole amount."""
    source, target = MOVES[kind]
    return LedgerEntry.objects.bulk_create(
        LedgerEntry(
            envelope_id=due.envelope_id,
            kind=kind,
            source=source,
            target=target,
            amount=due.amount,
            line_id=due.line_id,
            due=due,
            cause=cause,
            reference=reference,
            at=at,
        )
        for due in dues
    )
