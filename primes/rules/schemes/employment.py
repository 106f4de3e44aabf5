"""The days of employment and the share of a year's income that belongs to some of them."""

from enum import IntEnum

import numpy as np

from primes.rules.calendar import Interval, month_flags, month_set
from primes.rules.columns import Bools, Facts, Int64s, known
from primes.rules.law import Law
from primes.rules.money import share, weighted_share


class Split(IntEnum):
    """How the income of the year is split."""

    NOTHING = 0
    WHOLE = 1
    BY_MONTHS = 2
    BY_DAYS = 3


def employment(facts: Facts, law: Law) -> Interval:
    """P: the days of employment in the claim year; none when the hire date is unknown."""
    days = Interval.common(
        [facts.hired_on, law.first_day], [facts.left_on, law.last_day], len(facts)
    )
    return days.where(known(facts.hired_on))


def stable_start(facts: Facts) -> Int64s:
    """The first day of the stable contract: the hire date when none was told."""
    return np.where(known(facts.stable_from), facts.stable_from, facts.hired_on)


def employment_months(facts: Facts, law: Law) -> Int64s:
    """The months with at least one day of P, as a set."""
    return law.once(employment).months_of(law.year)


def known_months(facts: Facts, law: Law) -> Int64s:
    """The months whose salary is known, as a set."""
    return month_set(facts.salary_known)


def paid_months(facts: Facts, law: Law) -> Int64s:
    """The months with a known salary above 0, as a set."""
    return month_set(facts.salary_known & (facts.salary > 0))


def salaries_complete(facts: Facts, law: Law) -> Bools:
    """Whether P has a day and the salary of each month that has one is known."""
    months = law.once(employment_months)
    return (months > 0) & (months & ~law.once(known_months) <= 0)


def salaries_of_employment(facts: Facts, law: Law) -> Int64s:
    """[n, 12] centimes: the salaries of the months of P, 0 in the others."""
    return np.where(month_flags(law.once(employment_months)), facts.salary, 0)


def split_of(facts: Facts, law: Law, window: Interval) -> Int64s:
    """Which `Split` each line takes. Salaries decide only when the months of P are all known."""
    worked = law.once(employment)
    same = (window.from_day == worked.from_day) & (window.until_day == worked.until_day)
    paid = law.once(paid_months) & law.once(employment_months) > 0
    by_months = law.once(salaries_complete) & paid
    split = np.where(by_months, Split.BY_MONTHS, Split.BY_DAYS)
    return np.where(window.not_empty, np.where(same, Split.WHOLE, split), Split.NOTHING)


def income_within(facts: Facts, law: Law, income: Int64s, window: Interval) -> Int64s:
    """The part of the year's income earned on the days of `window`, which lie within P. Rounded."""
    split = split_of(facts, law, window)
    within = np.where(split == Split.WHOLE, income, 0)
    by_days = np.flatnonzero(split == Split.BY_DAYS)
    if by_days.size:
        worked = law.once(employment).days[by_days]
        within[by_days] = share(income[by_days], window.days[by_days], worked)
    by_months = np.flatnonzero(split == Split.BY_MONTHS)
    if by_months.size:
        salaries = law.once(salaries_of_employment)[by_months]
        weights, scale = month_weights(law, by_months, window)
        within[by_months] = weighted_share(income[by_months], salaries, weights, scale)
    return within


def month_weights(law: Law, lines: Int64s, window: Interval) -> tuple[Int64s, Int64s]:
    """[k, 12] and [k]: weights / scale = days of the window / days of P, exactly, in each month.

    Both are intervals and one lies in the other, so at most two months are cut, the first and the
    last: the product of their lengths is a denominator for all.
    """
    window_days = window.take(lines).days_by_month(law.year)
    worked_days = law.once(employment).take(lines).days_by_month(law.year)
    cut = (window_days > 0) & (window_days < worked_days)
    scale = np.where(cut, worked_days, 1).prod(axis=1)
    return window_days * scale[:, None] // np.maximum(worked_days, 1), scale
