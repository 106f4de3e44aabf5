"""Every promise of the house, asked in one go: by the command, by tests, before each export."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts import promises as accounts_promises
from accounts.promises import Breach, Promise
from companies import promises as companies_promises
from primes.claims import promises as claims_promises
from primes.ledger import promises as ledger_promises
from primes.payouts import promises as payouts_promises
from primes.review import promises as review_promises

PROMISES: tuple[Promise, ...] = (
    *accounts_promises.PROMISES,
    *companies_promises.PROMISES,
    *claims_promises.PROMISES,
    *review_promises.PROMISES,
    *ledger_promises.PROMISES,
    *payouts_promises.PROMISES,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise and the rows that break it; none when it holds."""

    promise: str
    breaches: tuple[Breach, ...]


def verify() -> Iterator[Verdict]:
    """Ask every promise, in order."""
    for promise in PROMISES:
        yield Verdict(promise.code, tuple(promise.breaches()))
