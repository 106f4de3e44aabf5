"""Which reserved amounts can be paid, and to which account."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from companies.firms.models import BankAccount
from primes.claims.models.duty import Duty
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


def claims_kept_waiting(
    claim_ids: Collection[int], accounts: Collection[BankAccount]
) -> frozenset[int]:
    """Claims whose account was changed by somebody who stands elsewhere on the same money.

    The database would refuse the whole run; these wait for an account that others changed.
    """
    proposer = F("claim__firm__bank_accounts__proposed_by__human")
    confirmer = F("claim__firm__bank_accounts__confirmed_by__human")
    standing = Duty.objects.exclude(kind=Duty.Kind.BANK).filter(
        Q(human=proposer) | Q(human=confirmer),
        claim__in=claim_ids,
        claim__firm__bank_accounts__in=accounts,
    )
    return frozenset(standing.values_list("claim_id", flat=True))


def by_firm(dues: Sequence[LedgerEntry]) -> dict[int, list[LedgerEntry]]:
    grouped: dict[int, list[LedgerEntry]] = defaultdict(list)
    for due in dues:
        grouped[due.line.claim.firm_id].append(due)
    return dict(grouped)
