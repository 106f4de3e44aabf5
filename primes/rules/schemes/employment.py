"""The days of employment and the share of a year's income that belongs to some of them.

Each function is about one calendar year of the facts' year axis.
"""

from collections.abc import Sequence
from enum import IntEnum
from fractions import Fraction

import numpy as np

from primes.rules.calendar import (
    MONTHS_PER_YEAR,
    Interval,
    month_by_month,
    month_flags,
    month_set,
    year_bounds,
)
from primes.rules.columns import Bools, Facts, Int16s, Int64s, known
from primes.rules.law import Law
from primes.rules.money import gap_exceeds, share, weighted_share


class Split(IntEnum):
    """How the income of the year is split."""

    NOTHING = 0
    WHOLE = 1
    BY_MONTHS = 2
    BY_DAYS = 3


def employment(facts: Facts, law: Law, year: int) -> Interval:
    """P: the days of employment in the year; none when the hire date is unknown."""
    first_day, last_day = year_bounds(year)
    days = Interval.common([facts.hired_on, first_day], [facts.left_on, last_day], len(facts))
    return days.where(known(facts.hired_on))


def employment_of_claim_year(facts: Facts, law: Law) -> Interval:
    """P of the claim year."""
    return law.once(employment, law.year)


def stable_start(facts: Facts) -> Int64s:
    """The first day of the stable contract: the hire date when none was told."""
    return np.where(known(facts.stable_from), facts.stable_from, facts.hired_on)


def income_of_year(facts: Facts, law: Law, year: int) -> Int64s:
    """Centimes; a figure only where `income_known` says so."""
    return facts.income[:, _position(facts, law, year)]


def income_known(facts: Facts, law: Law, year: int) -> Bools:
    return facts.income_known[:, _position(facts, law, year)]


def employment_months(facts: Facts, law: Law, year: int) -> Int16s:
    """The months with at least one day of P, as a set."""
    return law.once(employment, year).months_of(year)


def known_months(facts: Facts, law: Law, year: int) -> Int16s:
    """The months whose salary is known, as a set."""
    return month_set(facts.salary_known[:, _months(facts, law, year)])


def paid_months(facts: Facts, law: Law, year: int) -> Int16s:
    """The months with a known salary above 0, as a set."""
    return law.once(known_months, year) & month_set(law.once(salaries, year) > 0)


def salaries_complete(facts: Facts, law: Law, year: int) -> Bools:
    """Whether P has a day and the salary of each month that has one is known."""
    months = law.once(employment_months, year)
    return (months > 0) & (months & ~law.once(known_months, year) <= 0)


def salaries(facts: Facts, law: Law, year: int) -> Int64s:
    """[n, 12] centimes, month by month in memory."""
    return month_by_month(facts.salary[:, _months(facts, law, year)])


def salaries_of_employment(facts: Facts, law: Law, year: int) -> Int64s:
    """[n, 12] centimes: the salaries of the months of P, 0 in the others."""
    return law.once(salaries, year) * month_flags(law.once(employment_months, year))


def declared_within(facts: Facts, law: Law, years: Sequence[int], window: Interval) -> Bools:
    """Whether the window has a day, and CNSS declarations of its months do not deny it.

    Months whose salary is unknown say nothing: among the known ones, one must be above 0.
    """
    one_known = one_paid = np.zeros(len(facts), dtype=np.bool_)
    for year in years:
        months = window.months_of(year)
        one_known = one_known | (law.once(known_months, year) & months > 0)
        one_paid = one_paid | (law.once(paid_months, year) & months > 0)
    return window.not_empty & (one_paid | ~one_known)


def split_of(law: Law, year: int, window: Interval) -> Int64s:
    """Which `Split` each line takes. Salaries decide only when the months of P are all known."""
    worked = law.once(employment, year)
    same = (window.from_day == worked.from_day) & (window.until_day == worked.until_day)
    paid = law.once(paid_months, year) & law.once(employment_months, year) > 0
    by_months = law.once(salaries_complete, year) & paid
    split = np.where(by_months, Split.BY_MONTHS, Split.BY_DAYS)
    return np.where(window.not_empty, np.where(same, Split.WHOLE, split), Split.NOTHING)


def income_within(law: Law, year: int, income: Int64s, window: Interval) -> Int64s:
    """The part of the year's income earned on the days of `window`, which lie within P. Rounded."""
    split = split_of(law, year, window)
    within = np.where(split == Split.WHOLE, income, 0)
    by_days = np.flatnonzero(split == Split.BY_DAYS)
    if by_days.size:
        worked = law.once(employment, year).take(by_days)
        within[by_days] = share(income[by_days], window.take(by_days).days, worked.days)
    by_months = np.flatnonzero(split == Split.BY_MONTHS)
    if by_months.size:
        paid = law.once(salaries_of_employment, year).T.take(by_months, axis=1).T
        weights, scale = month_weights(law, year, by_months, window)
        within[by_months] = weighted_share(income[by_months], paid, weights, scale)
    return within


def month_weights(law: Law, year: int, lines: Int64s, window: Interval) -> tuple[Int64s, Int64s]:
    """[k, 12] and [k]: weights / scale = days of the window / days of P, exactly, in each month.

    Both are intervals and one lies in the other, so at most two months are cut, the first and the
    last: the product of their lengths, 31 × 31 at most, is a denominator for all.
    """
    window_days = window.take(lines).days_by_month(year)
    worked_days = law.once(employment, year).take(lines).days_by_month(year)
    cut = (window_days > 0) & (window_days < worked_days)
    scale = np.where(cut, worked_days, 1).prod(axis=1, dtype=np.int16)
    weights = window_days * scale[:, None] // np.maximum(worked_days, 1)
    return weights, scale.astype(np.int64)


def income_differs(facts: Facts, law: Law, year: int) -> Bools:
    """Whether the income is far from the salaries of P; said only where all of them are known."""
    comparable = income_known(facts, law, year) & law.once(salaries_complete, year)
    income, salaries = income_of_year(facts, law, year), law.once(salaries_of_employment, year)
    return comparable & gap_exceeds(income, salaries, law.one("income_tolerance", Fraction))


def salary_outside(facts: Facts, law: Law, year: int) -> Bools:
    """Whether a month without a day of P has a known salary; of an unknown hire date, all do."""
    return law.once(paid_months, year) & ~law.once(employment_months, year) > 0


def base_figures(law: Law, year: int, window: Interval) -> dict[str, int | str]:
    """How the first line's income of the year was split, and by which figures."""
    worked = law.once(employment, year)
    split = Split(int(split_of(law, year, window)[0]))
    figures: dict[str, int | str] = {
        "split": split.name.lower(),
        "p_days": int(worked.days[0]),
        "w_days": int(window.days[0]),
    }
    if split is Split.BY_MONTHS:
        # A figure shown is a Python integer: a sum of salaries may pass 64 bits.
        salaries = [int(salary) for salary in law.once(salaries_of_employment, year)[0]]
        weights, scale = month_weights(law, year, np.array([0]), window)
        parts = zip(salaries, weights[0].tolist(), strict=True)
        figures["salaries"] = sum(salaries)
        figures["salaries_within_numerator"] = sum(salary * weight for salary, weight in parts)
        figures["salaries_within_denominator"] = int(scale[0])
    return figures


def _position(facts: Facts, law: Law, year: int) -> int:
    """Where a calendar year stands on the year axis, whose last year is the claim year."""
    return facts.years - 1 - (law.year - year)


def _months(facts: Facts, law: Law, year: int) -> slice:
    first = _position(facts, law, year) * MONTHS_PER_YEAR
    return slice(first, first + MONTHS_PER_YEAR)
