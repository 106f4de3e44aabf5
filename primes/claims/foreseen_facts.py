"""What the law would be told of a claim year if nothing went wrong: the ground of an estimate.

Pure: columns in, columns out. None of it is a fact of anybody; what is taken for granted is said by
`foreseen`, and pages say it beside every estimate.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from primes.rules.calendar import Interval, year_bounds
from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    UNKNOWN,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Column,
    Facts,
    Int16s,
    Int64s,
    Vocabulary,
)
from primes.rules.money import share
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import Parameter

_WHOLE_SHARE_BP = 10_000
_ENOUGH_MINUTES = 1_000_000
"""More training than any text could ask for in a year."""


@dataclass(frozen=True, slots=True)
class DailyPay:
    """Centimes earned over so many days of employment of one calendar year."""

    year: int
    income: int
    days: int


SOME_PAY = DailyPay(0, 1, 1)
"""Nobody knows the pay: the law still says which days count, and no amount may be shown."""


def last_known_pay(told: Iterable[tuple[int, Facts]]) -> DailyPay | None:
    """The pay of the latest calendar year whose income is known and above 0, with its claim year.

    Facts are those of one line each.
    """
    known = [pay for year, facts in told for pay in _pays(year, facts)]
    return max(known, key=lambda pay: pay.year, default=None)


def _pays(claim_year: int, facts: Facts) -> list[DailyPay]:
    pays = []
    for position, year in enumerate(_years(claim_year, facts)):
        days, income = int(days_employed(facts, year)[0]), int(facts.income[0, position])
        if facts.income_known[0, position] and income > 0 and days > 0:
            pays.append(DailyPay(year, income, days))
    return pays


def foreseen(told: Facts, scheme: str, year: int, pay: DailyPay) -> Facts:
    """The same lines, with what is still open or unanswered as the law asks it.

    The certificates are renewed, the claim is filed while they hold, the person is declared to CNSS
    and trained, and an income nobody knows is the same pay a day as `pay`. What is known stays:
    dates, a contract, a departure, another nationality, an aid that pays the same days.
    """
    asked = load_scheme(scheme).parameters
    income = np.stack([_income(told, y, pay) for y in _years(year, told)], axis=1)
    return replace(
        renewed(told),
        branch=_answered(told.branch, BRANCHES, asked.get("branches")),
        export_share_bp=_filled(told.export_share_bp, UNKNOWN_SHARE, _WHOLE_SHARE_BP),
        last_same_employer_on=_filled(told.last_same_employer_on, UNKNOWN_DAY, NEVER),
        nationality=_answered(told.nationality, NATIONALITIES, asked.get("nationality")),
        contract=_answered(told.contract, CONTRACTS, asked.get("stable_contracts")),
        has_cnss_number=np.ones(len(told), dtype=np.bool_),
        training_minutes=np.maximum(told.training_minutes, _ENOUGH_MINUTES),
        income=np.where(told.income_known, told.income, income),
        income_known=np.ones_like(told.income_known),
        salary_known=np.zeros_like(told.salary_known),
    )


def renewed(facts: Facts) -> Facts:
    """The same lines, in firms whose certificates never lapse."""
    no_limit = np.full(len(facts), NO_END, dtype=np.int64)
    return replace(
        facts,
        certificate_from=np.full(len(facts), NEVER, dtype=np.int64),
        certificate_until=no_limit,
        cnss_certificate_until=no_limit,
        tax_certificate_until=no_limit,
    )


def in_post(facts: Facts) -> Facts:
    """The same lines, if nobody had left."""
    return replace(facts, left_on=np.full(len(facts), NO_END, dtype=np.int64))


def undisputed(facts: Facts) -> Facts:
    """The same lines, if no other aid paid these days."""
    nowhere = np.zeros(len(facts), dtype=np.bool_)
    return replace(facts, paid_elsewhere=nowhere, granted_here=nowhere)


def _income(facts: Facts, year: int, pay: DailyPay) -> Int64s:
    return share(np.array([pay.income]), days_employed(facts, year), pay.days)


def days_employed(facts: Facts, year: int) -> Int64s:
    """Days of employment in a calendar year."""
    first, last = year_bounds(year)
    return Interval.common([facts.hired_on, first], [facts.left_on, last], len(facts)).days


def _years(claim_year: int, facts: Facts) -> range:
    return range(claim_year - facts.years + 1, claim_year + 1)


def _filled(values: Column, unknown: int, answer: int) -> Column:
    filled: Column = np.where(values == unknown, answer, values).astype(values.dtype)
    return filled


def _answered(values: Int16s, vocabulary: Vocabulary, asked: Parameter | None) -> Int16s:
    """Where nobody answered, the first word that the scheme admits, if it asks for one."""
    if asked is None:
        return values
    admitted = vocabulary.encode(cast("tuple[str, ...]", asked.values[-1].value))
    return _filled(values, UNKNOWN, int(admitted[0]))
