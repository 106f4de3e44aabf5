"""The facts of a year that nobody has declared yet, from those of the last one that is known.

Pure: columns in, columns out. None of it is a fact of anybody: it is what the assumptions say.
"""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import numpy as np

from primes.claims.foreseen_facts import days_employed, renewed
from primes.claims.what_if.assumptions import Assumptions
from primes.claims.what_if.population import Population
from primes.rules.calendar import MONTHS_PER_YEAR, year_bounds
from primes.rules.columns import NEVER, NO_END, UNKNOWN_DAY, Bools, Facts, Int64s, day_of
from primes.rules.money import product, share


def projected(known: Population, year: int, filed_on: date, assumed: Assumptions) -> Population:
    """The people of `known`, and the recruits since its last known pay, as `year` would be."""
    models, hired_on = _recruits(known, year, assumed.hires_per_month)
    lines = np.concatenate([np.arange(len(known)), models])
    recruited = np.arange(len(lines)) >= len(known)
    facts = _hired(known.facts.take(lines), recruited, hired_on)
    pay = _Pay.of(known, lines)
    facts = replace(facts, left_on=_departures(facts, range(known.pay_year, year), assumed.leavers))
    facts = _paid(facts, pay, range(known.year, year), assumed.pay_growth)
    return replace(known, year=year, facts=_filed(facts, filed_on), firm_ids=known.firm_ids[lines])


@dataclass(frozen=True, slots=True, eq=False)
class _Pay:
    """Centimes and days of employment of a year: their quotient is the pay of a day."""

    year: int
    income: Int64s
    days: Int64s
    is_known: Bools

    @classmethod
    def of(cls, known: Population, lines: Int64s) -> "_Pay":
        facts, place = known.facts, known.pay_place
        days = days_employed(facts, known.pay_year)
        is_known = facts.income_known[:, place] & (days > 0)
        return cls(known.pay_year, facts.income[lines, place], days[lines], is_known[lines])

    def of_year(self, facts: Facts, year: int, growth: Fraction) -> Int64s:
        """The same pay a day, on the days of employment of a later year, grown each year."""
        days = days_employed(facts, year)
        same_pay = share(np.where(self.is_known, self.income, 0), days, np.maximum(self.days, 1))
        return product(same_pay, (1 + growth) ** (year - self.year))


def _recruits(known: Population, year: int, hires_per_month: int) -> tuple[Int64s, Int64s]:
    """For each recruit, a person in post to be like, and the first of the month it comes.

    The models are taken at even distances, so that firms and levels of pay keep their shares.
    """
    facts = known.facts
    _, last_day = year_bounds(known.pay_year)
    in_post = np.flatnonzero((facts.left_on > last_day) & facts.income_known[:, known.pay_place])
    months = MONTHS_PER_YEAR * (year - known.pay_year)
    firsts = [
        day_of(date(known.pay_year + 1 + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1))
        for month in range(months)
    ]
    hired_on = np.repeat(np.array(firsts, dtype=np.int64), hires_per_month if in_post.size else 0)
    return in_post[np.arange(len(hired_on)) * len(in_post) // max(len(hired_on), 1)], hired_on


def _hired(facts: Facts, recruited: Bools, hired_on: Int64s) -> Facts:
    """The recruits begin on their day, in the contract of their model, with nothing behind them."""
    days = facts.hired_on.copy()
    days[recruited] = hired_on
    return replace(
        facts,
        hired_on=days,
        left_on=np.where(recruited, NO_END, facts.left_on),
        stable_from=np.where(recruited, UNKNOWN_DAY, facts.stable_from),
        last_same_employer_on=np.where(recruited, NEVER, facts.last_same_employer_on),
        has_cnss_number=facts.has_cnss_number | recruited,
        paid_elsewhere=facts.paid_elsewhere & ~recruited,
        granted_here=facts.granted_here & ~recruited,
    )


def _departures(facts: Facts, years: range, leavers: Fraction) -> Int64s:
    """The last day of each line: on each 31 December every so many of the people in post leave."""
    left_on = facts.left_on.copy()
    for year in years:
        _, last_day = year_bounds(year)
        in_post = np.flatnonzero((facts.hired_on <= last_day) & (left_on > last_day))
        rank = np.arange(len(in_post) + 1) * leavers.numerator // leavers.denominator
        left_on[in_post[np.diff(rank) > 0]] = last_day
    return left_on


def _paid(facts: Facts, pay: _Pay, moved: range, growth: Fraction) -> Facts:
    """The year axis moved on: known years keep their facts, later ones have a projected income.

    `moved` goes from the last year of the axis to its new one. The months of a projected year are
    unknown, so that its income is split by days.
    """
    axis = range(moved.start - facts.years + 1, moved.stop + 1)
    kept = slice(len(moved), pay.year - axis.start + 1)
    later = axis[max(kept.stop, len(moved)) :]
    incomes = [pay.of_year(facts, year, growth) for year in later]
    known = [pay.is_known] * len(later)
    kept_months = slice(MONTHS_PER_YEAR * kept.start, MONTHS_PER_YEAR * kept.stop)
    no_months = np.zeros((len(facts), MONTHS_PER_YEAR * len(later)), dtype=np.int64)
    return replace(
        facts,
        income=np.column_stack([facts.income[:, kept], *incomes]),
        income_known=np.column_stack([facts.income_known[:, kept], *known]),
        salary=np.concatenate([facts.salary[:, kept_months], no_months], axis=1),
        salary_known=np.concatenate([facts.salary_known[:, kept_months], no_months > 0], axis=1),
    )


def _filed(facts: Facts, filed_on: date) -> Facts:
    """In a firm whose certificates were all renewed."""
    return replace(renewed(facts), filed_on=np.full(len(facts), day_of(filed_on)))
