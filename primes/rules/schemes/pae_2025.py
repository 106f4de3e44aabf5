"""PAE 2025: the employment bonus, paid once for the first months of a new and stable job.

Not the Awrach bonus of the same initials. D is the first day of the stable job. The first months
lie in one or two calendar years, and the recruit must then have stayed some months more: the claim
year is the one in which that stay is reached.
"""

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from primes.rules.calendar import Interval, add_months, year_bounds
from primes.rules.columns import UNKNOWN_DAY, Bools, Facts, Int64s, known
from primes.rules.law import Law
from primes.rules.money import product, total
from primes.rules.schemes.declaration import Figures, Rules, amount_row, condition, warning
from primes.rules.schemes.employment import (
    base_figures,
    declared_within,
    employment_of_claim_year,
    income_differs,
    income_known,
    income_of_year,
    income_within,
    salary_outside,
    stable_start,
)
from primes.rules.schemes.recruitment import (
    branch_eligible,
    certificate_valid,
    contract_admitted,
    export_share_reached,
    firm_in_good_standing,
    hired_in_period,
    nationality_moroccan,
    new_recruit,
    not_funded_elsewhere,
    stable_contract,
)

_YEARS = 3
"""The claim year and the two before it: months paid before a stay that ends in it lie there."""
_JOB = ("hired_on", "left_on", "contract", "stable_from")
_FIRST_MONTHS = ("stable_contracts", "paid_months", "paid_until")


def first_day(facts: Facts, law: Law) -> Int64s:
    """D: the hire date or the start of the stable contract, the later; unknown without either."""
    started = np.maximum(facts.hired_on, stable_start(facts))
    return np.where(known(facts.hired_on) & law.once(contract_admitted), started, UNKNOWN_DAY)


def first_months(facts: Facts, law: Law) -> Interval:
    """The days that the bonus pays, in one or two calendar years; none without a stable job."""
    started = law.once(first_day)
    months_end = add_months(started, law.each("paid_months")) - 1
    days = Interval.common(
        [started], [months_end, law.each("paid_until"), facts.left_on], len(facts)
    )
    return days.where(known(started))


def first_months_in(facts: Facts, law: Law, year: int) -> Interval:
    """The days of the first months that fall in a calendar year."""
    days, (first, last) = law.once(first_months), year_bounds(year)
    return Interval.common([days.from_day, first], [days.until_day, last], len(facts))


def _years(law: Law) -> range:
    return range(law.year - _YEARS + 1, law.year + 1)


def _touches(facts: Facts, law: Law, year: int) -> Bools:
    return law.once(first_months_in, year).not_empty


@condition(facts=_JOB, parameters=_FIRST_MONTHS, remedy="check_contract")
def within_bonus_window(facts: Facts, law: Law) -> Bools:
    return law.once(first_months).not_empty


@condition(
    facts=("has_cnss_number", "salary", *_JOB), parameters=_FIRST_MONTHS, remedy="declare_to_cnss"
)
def declared_to_cnss(facts: Facts, law: Law) -> Bools:
    return facts.has_cnss_number & declared_within(facts, law, _years(law), law.once(first_months))


def _income_unknown(facts: Facts, law: Law) -> Bools:
    """Where the income of a year touched is unknown; no other year's is asked."""
    unknown = np.zeros(len(facts), dtype=np.bool_)
    for year in _years(law):
        unknown |= _touches(facts, law, year) & ~income_known(facts, law, year)
    return unknown


def _lacks_an_income(facts: Facts, law: Law) -> Bools:
    """Without a known job nobody can say which years are touched."""
    return law.once(_income_unknown) | facts.unknown("hired_on") | facts.unknown("contract")


@condition(
    facts=("income", *_JOB),
    parameters=_FIRST_MONTHS,
    remedy="check_income_of_each_year",
    lacking=_lacks_an_income,
)
def income_positive(facts: Facts, law: Law) -> Bools:
    """An income is never negative: the sum is above 0 when one of them is.

    The income of a year that is not told, such as one after the claim year, cannot be known.
    """
    days = law.once(first_months)
    told = (days.from_day >= year_bounds(_years(law)[0])[0]) & (days.until_day <= law.last_day)
    one_positive = np.zeros(len(facts), dtype=np.bool_)
    for year in _years(law):
        one_positive |= _touches(facts, law, year) & (income_of_year(facts, law, year) > 0)
    return told & ~law.once(_income_unknown) & one_positive


@condition(facts=_JOB, parameters=("stable_contracts", "stayed_months"), remedy="wait_for_the_stay")
def stayed_18_months(facts: Facts, law: Law) -> Bools:
    """The last day of the stay lies in the claim year, and the recruit is still in post on it."""
    reached = add_months(law.once(first_day), law.each("stayed_months")) - 1
    return (law.first_day <= reached) & (reached <= np.minimum(facts.left_on, law.last_day))


@condition(facts=("granted_here",), remedy="check_earlier_grant")
def not_paid_before(facts: Facts, law: Law) -> Bools:
    return ~facts.granted_here


def _base_figures(facts: Facts, law: Law, part: str) -> Figures:
    return base_figures(law, int(part), law.once(first_months_in, int(part)))


@amount_row(
    facts=("income", "salary", *_JOB),
    parameters=_FIRST_MONTHS,
    parts=lambda law: tuple(str(year) for year in _years(law)),
    figures=_base_figures,
)
def base(facts: Facts, law: Law, incomes: Int64s) -> Int64s:
    """[n, years]: a year that the first months do not touch gives 0."""
    years = _years(law)
    parts = [
        income_within(law, year, income, law.once(first_months_in, year))
        for year, income in zip(years, incomes[:, -len(years) :].T, strict=True)
    ]
    return np.stack(parts, axis=1)


@amount_row(parameters=("rate",))
def gross(facts: Facts, law: Law, bases: Int64s) -> Int64s:
    return product(total(bases), law.one("rate", Fraction))


@warning(facts=("income", "salary", *_JOB), parameters=(*_FIRST_MONTHS, "income_tolerance"))
def income_gap(facts: Facts, law: Law) -> Bools:
    """Said of a year touched."""
    return _in_a_year_touched(income_differs, facts, law)


@warning(facts=("salary", *_JOB), parameters=_FIRST_MONTHS)
def salary_outside_employment(facts: Facts, law: Law) -> Bools:
    return _in_a_year_touched(salary_outside, facts, law)


def _in_a_year_touched(holds: Callable[[Facts, Law, int], Bools], facts: Facts, law: Law) -> Bools:
    years = [_touches(facts, law, year) & holds(facts, law, year) for year in _years(law)]
    return np.asarray(np.logical_or.reduce(years), dtype=np.bool_)


RULES = Rules(
    scheme="pae-2025",
    years=_YEARS,
    conditions=(
        branch_eligible,
        certificate_valid,
        firm_in_good_standing,
        export_share_reached,
        nationality_moroccan,
        hired_in_period,
        new_recruit,
        stable_contract,
        within_bonus_window,
        declared_to_cnss,
        income_positive,
        not_funded_elsewhere,
        stayed_18_months,
        not_paid_before,
    ),
    rows=(base, gross),
    warnings=(income_gap, salary_outside_employment),
    employment=employment_of_claim_year,
    paid_days=first_months,
)
