"""Balances, from the entries alone."""

from django.db.models import Sum

from primes.ledger.models import Account, LedgerEntry


def balances(envelope_id: int, cap: int) -> dict[str, int]:
    """Centimes standing on each account of an envelope; their sum is the cap by construction."""
    standing = dict.fromkeys(Account.values, 0)
    standing[Account.AVAILABLE] = cap
    moves = (
        LedgerEntry.objects.filter(envelope_id=envelope_id)
        .values("source", "target")
        .annotate(moved=Sum("amount"))
    )
    for move in moves:
        standing[move["source"]] -= move["moved"]
        standing[move["target"]] += move["moved"]
    return standing
