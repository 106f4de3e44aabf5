"""Training aid 2007: the proved cost of a recruit's trainings, year by year, within maxima.

The trainings are the items of a line. A claim is about those that ended in its year: any other is
left out before the first question is put. The conditions about trainings then filter them one after
the other, in the order of the law; each holds where a training is left, and so one that fails makes
the later ones fail too. Their reference and certainty stand in
`parameters/aide-formation-2007/scheme.yaml`, every number in the sheets beside it.
"""

import numpy as np

from primes.rules.calendar import MONTHS_PER_YEAR, Interval, add_months
from primes.rules.columns import (
    NEVER,
    NO_END,
    PROFILES,
    TRAINING_YEARS,
    Bools,
    Facts,
    Int64s,
    known,
)
from primes.rules.errors import ParameterRefused
from primes.rules.law import EMPTY_CELL, Law
from primes.rules.money import sums, total
from primes.rules.schemes.declaration import Figures, Rules, amount_row, condition
from primes.rules.schemes.employment import employment_of_claim_year
from primes.rules.schemes.recruitment import (
    certificate_valid,
    firm_in_good_standing,
    hired_in_period,
    nationality_moroccan,
    not_funded_elsewhere,
)

_NOTIFIED = ("item_first_day", "item_last_day", "item_notified_on")
_WITHIN_YEARS = (*_NOTIFIED, "hired_on")
_PROVED = (*_WITHIN_YEARS, "item_invoice", "item_minutes")


@condition(
    facts=("job_seeker", "profile", "degree_years"),
    parameters=("degree_years_min",),
    remedy="check_degree",
)
def job_seeker_graduate(facts: Facts, law: Law) -> Bools:
    """Nobody is a graduate of an unknown profile."""
    minimum = law.cells("degree_years_min", PROFILES, facts.profile)[:, 0]
    graduate: Bools = (minimum != EMPTY_CELL) & (facts.degree_years >= minimum)
    return facts.job_seeker & graduate


def ended_in_claim_year(facts: Facts, law: Law) -> Bools:
    """The items that the claim is about."""
    return (facts.item_last_day >= law.first_day) & (facts.item_last_day <= law.last_day)


def notified(facts: Facts, law: Law) -> Bools:
    """Items whose forms were received before their first day."""
    received = facts.item_notified_on
    before = known(received) & (received < facts.item_first_day)
    return law.once(ended_in_claim_year) & before


def _lacks_a_day(facts: Facts, law: Law) -> Bools:
    """A day unknown of a training that the claim is not about is not asked for."""
    lacking = ~known(facts.item_notified_on) | ~known(facts.item_first_day)
    return facts.any_item(law.once(ended_in_claim_year) & lacking)


def _lacks_a_day_or_hire(facts: Facts, law: Law) -> Bools:
    return law.once(_lacks_a_day) | facts.unknown("hired_on")


@condition(facts=_NOTIFIED, remedy="notify_before_training", lacking=_lacks_a_day)
def notified_before_training(facts: Facts, law: Law) -> Bools:
    return facts.any_item(law.once(notified))


def training_year(facts: Facts, law: Law) -> Int64s:
    """The training year of each item's first day: 0 before the first, one more after the last."""
    anniversaries = np.arange(training_years(law) + 1) * MONTHS_PER_YEAR
    starts = add_months(facts.hired_on[facts.item_line][:, None], anniversaries)
    return np.asarray((facts.item_first_day[:, None] >= starts).sum(axis=1), dtype=np.int64)


def training_years(law: Law) -> int:
    """Raise `ParameterRefused` beyond the years for which the facts hold what was granted."""
    years = law.one("training_years", int)
    if years > TRAINING_YEARS:
        raise ParameterRefused("training_years", years, f"at most {TRAINING_YEARS}")
    return years


def within_years(facts: Facts, law: Law) -> Bools:
    year = law.once(training_year)
    return law.once(notified) & (year >= 1) & (year <= training_years(law))


@condition(
    facts=_WITHIN_YEARS,
    parameters=("training_years",),
    remedy="check_training_dates",
    lacking=_lacks_a_day_or_hire,
)
def training_within_three_years(facts: Facts, law: Law) -> Bools:
    return facts.any_item(law.once(within_years))


def proved(facts: Facts, law: Law) -> Bools:
    """The items that are paid for."""
    held: Bools = (facts.item_invoice != 0) & (facts.item_minutes > 0)
    return law.once(within_years) & held


@condition(
    facts=_PROVED,
    parameters=("training_years",),
    remedy="add_invoice_and_attendance",
    lacking=_lacks_a_day_or_hire,
)
def cost_proved(facts: Facts, law: Law) -> Bools:
    return facts.any_item(law.once(proved))


def trained_days(facts: Facts, law: Law) -> Interval:
    """From the first to the last day of the trainings that are paid for."""
    first_day, last_day = np.full(len(facts), NO_END), np.full(len(facts), NEVER)
    paid = law.once(proved)
    lines = facts.item_line[paid]
    np.minimum.at(first_day, lines, facts.item_first_day[paid])
    np.maximum.at(last_day, lines, facts.item_last_day[paid])
    return Interval(first_day, last_day).where(facts.any_item(paid))


def _parts(law: Law) -> tuple[str, ...]:
    return tuple(str(year + 1) for year in range(training_years(law)))


def _cost_figures(facts: Facts, law: Law, part: str) -> Figures:
    counted = law.once(proved) & (law.once(training_year) == int(part))
    return {"trainings": int(counted.sum())}


@amount_row(
    facts=(*_PROVED, "item_cost"),
    # The cost reads no ceiling, but whoever reads the cost must see that a cell is still empty.
    parameters=("training_years", "ceilings"),
    parts=_parts,
    figures=_cost_figures,
)
def cost(facts: Facts, law: Law, incomes: Int64s) -> Int64s:
    """The person's shares of the invoices; it starts from no income."""
    years, paid = training_years(law), law.once(proved)
    place = facts.item_line[paid] * years + law.once(training_year)[paid] - 1
    return sums(facts.item_cost[paid], place, len(facts) * years).reshape(len(facts), years)


def ceilings(facts: Facts, law: Law) -> Int64s:
    """[n, training years], EMPTY_CELL where nothing limits."""
    cells, years = law.cells("ceilings", PROFILES, facts.profile), training_years(law)
    if cells.shape[1] < years:
        raise ParameterRefused("ceilings", cells.shape[1], f"{years} cells a profile")
    return cells[:, :years]


def _some_ceiling(law: Law) -> bool:
    rows = law.one("ceilings", dict).values()
    return any(cell is not None for row in rows for cell in row)


def _ceiling_figures(facts: Facts, law: Law, part: str) -> Figures:
    position = int(part) - 1
    maximum = int(law.once(ceilings)[0, position])
    granted = int(facts.granted_before[0, position])
    return {} if maximum == EMPTY_CELL else _left_figures(maximum, granted)


def _left_figures(maximum: int, granted: int) -> Figures:
    return {"max": maximum, "granted": granted, "left": max(maximum - granted, 0)}


@amount_row(
    facts=("profile", "granted_before"),
    parameters=("training_years", "ceilings"),
    applies=_some_ceiling,
    parts=_parts,
    figures=_ceiling_figures,
)
def ceiling(facts: Facts, law: Law, cost: Int64s) -> Int64s:
    cells = law.once(ceilings)
    left = np.maximum(cells - facts.granted_before[:, : training_years(law)], 0)
    return np.where(cells == EMPTY_CELL, cost, np.minimum(cost, left))


def _overall_figures(facts: Facts, law: Law, part: str) -> Figures:
    return _left_figures(law.one("overall_max", int), sum(facts.granted_before[0].tolist()))


@amount_row(facts=("granted_before",), parameters=("overall_max",), figures=_overall_figures)
def overall_left(facts: Facts, law: Law, previous: Int64s) -> Int64s:
    left = np.maximum(law.one("overall_max", int) - total(facts.granted_before), 0)
    return np.minimum(total(previous), left)


RULES = Rules(
    scheme="aide-formation-2007",
    years=1,
    conditions=(
        certificate_valid,
        firm_in_good_standing,
        nationality_moroccan,
        hired_in_period,
        job_seeker_graduate,
        notified_before_training,
        training_within_three_years,
        cost_proved,
        not_funded_elsewhere,
    ),
    rows=(cost, ceiling, overall_left),
    warnings=(),
    employment=employment_of_claim_year,
    paid_days=trained_days,
)
