"""Which reserved amounts can be paid, and to which account."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from companies.firms.models import BankAccount
from primes.ledger.models import EntryKind, LedgerEntry


def unpaid_dues(scheme: str) -> QuerySet[LedgerEntry]:
    """Reserved on a decided claim, in no live payment, not paid; the oldest first."""
    return (
        LedgerEntry.objects.filter(kind=EntryKind.RESERVE, line__claim__scheme=scheme)
        .exclude(payment_lines__live=True)
        .exclude(followers__kind=EntryKind.PAY)
        .select_related("line__claim", "envelope")
        .order_by("at", "pk")
    )


def usable_accounts(firm_ids: Sequence[int], on: date) -> dict[int, BankAccount]:
    """The active account of each firm whose waiting time is over."""
    accounts = BankAccount.objects.filter(
        firm_id__in=firm_ids, state=BankAccount.State.ACTIVE, usable_from__lte=on
    )
    return {account.firm_id: account for account in accounts}


def by_firm(dues: Sequence[LedgerEntry]) -> dict[int, list[LedgerEntry]]:
    grouped: dict[int, list[LedgerEntry]] = defaultdict(list)
    for due in dues:
        grouped[due.line.claim.firm_id].append(due)
    return dict(grouped)
