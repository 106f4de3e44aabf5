"""The questions of PAF 2025 as OpenFisca formulas, in the order of the law."""

from collections.abc import Callable
from datetime import date

import numpy as np
from openfisca_core.parameters import ParameterNodeAtInstant
from openfisca_core.periods import DateUnit, Period
from openfisca_core.populations import Population
from openfisca_core.variables import Variable

from bench.rules.openfisca import MONTHS, day, half_up, known, later, variable
from primes.rules.columns import Column, Int64s

FORMULAS: list[type[Variable]] = []
At = Callable[[Period], ParameterNodeAtInstant]
FIRST, LAST = day(str(MONTHS[0].start)), day(str(MONTHS[-1].stop))
MONTH_BOUNDS = [(month, day(str(month.start)), day(str(month.stop))) for month in MONTHS]


def formula(kind: type) -> Callable[[Callable[..., Column]], type[Variable]]:
    """A yearly variable named after the function that computes it."""

    def made(compute: Callable[..., Column]) -> type[Variable]:
        FORMULAS.append(variable(compute.__name__, kind, DateUnit.YEAR, formula=compute))
        return FORMULAS[-1]

    return made


@formula(bool)
def branch_eligible(person: Population, period: Period, parameters: At) -> Column:
    return np.isin(person("branch", period), parameters(period).branches)


@formula(bool)
def certificate_valid(person: Population, period: Period) -> Column:
    since, until = person("certificate_from", period), person("certificate_until", period)
    return (since <= LAST) & (until >= LAST)


@formula(bool)
def firm_in_good_standing(person: Population, period: Period) -> Column:
    filed_on = person("filed_on", period)
    return (person("cnss_certificate_until", period) >= filed_on) & (
        person("tax_certificate_until", period) >= filed_on
    )


@formula(bool)
def export_share_reached(person: Population, period: Period) -> Column:
    """No least share is set: the question is not put."""
    return np.ones(person.count, dtype=np.bool_)


@formula(bool)
def nationality_moroccan(person: Population, period: Period, parameters: At) -> Column:
    return np.isin(person("nationality", period), parameters(period).nationality)


@formula(bool)
def hired_in_period(person: Population, period: Period, parameters: At) -> Column:
    hired_on, law = person("hired_on", period), parameters(period)
    return (hired_on >= day(law.hired_from)) & (hired_on <= day(law.hired_until))


@formula(bool)
def new_recruit(person: Population, period: Period, parameters: At) -> Column:
    hired_on, last = person("hired_on", period), person("last_same_employer_on", period)
    boundary = later(hired_on, -parameters(period).months_without_same_employer)
    return known(last) & ((last <= boundary) | (last >= hired_on))


@formula(bool)
def contract_admitted(person: Population, period: Period, parameters: At) -> Column:
    return np.isin(person("contract", period), parameters(period).stable_contracts)


@formula(bool)
def stable_contract(person: Population, period: Period) -> Column:
    start = np.maximum(person("stable_start", period), person("worked_from", period))
    return person("contract_admitted", period) & (start <= person("worked_until", period))


@formula(bool)
def within_bonus_window(person: Population, period: Period) -> Column:
    not_empty = person("window_from", period) <= person("window_until", period)
    return person("contract_admitted", period) & not_empty


@formula(bool)
def declared_to_cnss(person: Population, period: Period) -> Column:
    window_from, window_until = person("window_from", period), person("window_until", period)
    one_known = np.zeros(person.count, dtype=np.bool_)
    one_paid = np.zeros(person.count, dtype=np.bool_)
    for month, start, end in MONTH_BOUNDS:
        told = (window_from <= end) & (window_until >= start) & person("salary_known", month)
        one_known |= told
        one_paid |= told & (person("salary", month) > 0)
    declared = person("within_bonus_window", period) & (one_paid | ~one_known)
    return person("has_cnss_number", period) & declared


@formula(bool)
def income_positive(person: Population, period: Period) -> Column:
    return person("income", period) > 0


@formula(bool)
def trained_in_year(person: Population, period: Period, parameters: At) -> Column:
    minutes, law = person("training_minutes", period), parameters(period)
    enough = (minutes > 0) & (minutes >= law.training_hours_min * 60)
    return enough | (not law.training_required)


@formula(bool)
def not_funded_elsewhere(person: Population, period: Period) -> Column:
    return ~person("paid_elsewhere", period)


@formula(date)
def stable_start(person: Population, period: Period) -> Column:
    told = person("stable_from", period)
    return np.where(known(told), told, person("hired_on", period))


@formula(date)
def worked_from(person: Population, period: Period) -> Column:
    return np.maximum(person("hired_on", period), FIRST)


@formula(date)
def worked_until(person: Population, period: Period) -> Column:
    return np.minimum(person("left_on", period), LAST)


@formula(date)
def window_from(person: Population, period: Period, parameters: At) -> Column:
    start = np.maximum(person("stable_start", period), person("worked_from", period))
    return np.maximum(start, day(parameters(period).hired_from))


@formula(date)
def window_until(person: Population, period: Period, parameters: At) -> Column:
    law = parameters(period)
    end = later(person("hired_on", period), law.bonus_months) - 1
    return np.minimum(np.minimum(end, day(law.paid_until)), person("worked_until", period))


@formula(bool)
def salaries_complete(person: Population, period: Period) -> Column:
    """Whether there is employment in the year and each of its months has a known salary."""
    worked_from, worked_until = person("worked_from", period), person("worked_until", period)
    complete = worked_from <= worked_until
    for month, start, end in MONTH_BOUNDS:
        outside = (worked_from > end) | (worked_until < start)
        complete = complete & (outside | person("salary_known", month))
    return complete


@formula(float)
def salaries_of_employment(person: Population, period: Period) -> Column:
    worked_from, worked_until = person("worked_from", period), person("worked_until", period)
    total = np.zeros(person.count)
    for month, start, end in MONTH_BOUNDS:
        inside = (worked_from <= end) & (worked_until >= start)
        total += person("salary", month) * inside
    return total


@formula(float)
def base(person: Population, period: Period) -> Column:
    income = person("income", period).astype(np.float64)
    worked = person("worked_from", period), person("worked_until", period)
    window = person("window_from", period), person("window_until", period)
    counted = person("within_bonus_window", period)
    cut = counted & ((window[0] != worked[0]) | (window[1] != worked[1]))
    total = person("salaries_of_employment", period)
    monthly = person("salaries_complete", period) & (total > 0)
    within = income * counted
    lines = np.flatnonzero(cut & ~monthly)
    share = days(window, lines) / days(worked, lines)
    within[lines] = half_up(income[lines] * share)
    lines = np.flatnonzero(cut & monthly)
    part = np.zeros(len(lines))
    for month, start, end in MONTH_BOUNDS:
        worked_days = days(worked, lines, start, end)
        window_days = days(window, lines, start, end)
        part += person("salary", month)[lines] * window_days / np.maximum(worked_days, 1)
    within[lines] = half_up(income[lines] * part / total[lines])
    return within


def days(
    interval: tuple[Column, Column],
    lines: Int64s,
    start: np.datetime64 = FIRST,
    end: np.datetime64 = LAST,
) -> Int64s:
    from_day = np.maximum(interval[0][lines], start)
    until_day = np.minimum(interval[1][lines], end)
    return np.maximum((until_day - from_day).astype(np.int64) + 1, 0)


@formula(float)
def gross(person: Population, period: Period, parameters: At) -> Column:
    return half_up(person("base", period).astype(np.float64) * parameters(period).rate)


CONDITIONS = [
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
    trained_in_year,
    not_funded_elsewhere,
]
YEARLY_CONDITIONS = [
    branch_eligible,
    certificate_valid,
    firm_in_good_standing,
    nationality_moroccan,
    hired_in_period,
    contract_admitted,
    income_positive,
    trained_in_year,
    not_funded_elsewhere,
]


def mask(person: Population, period: Period, conditions: list[type[Variable]]) -> Column:
    failing = np.zeros(person.count, dtype=np.int32)
    for position, condition in enumerate(conditions):
        failing |= (~person(condition.__name__, period)).astype(np.int32) << position
    return failing


@formula(int)
def failed(person: Population, period: Period) -> Column:
    return mask(person, period, CONDITIONS)


@formula(int)
def failed_on_yearly_facts(person: Population, period: Period) -> Column:
    return mask(person, period, YEARLY_CONDITIONS)


@formula(float)
def amount(person: Population, period: Period) -> Column:
    return person("gross", period) * (person("failed", period) == 0)


@formula(float)
def amount_on_yearly_facts(person: Population, period: Period, parameters: At) -> Column:
    gross = half_up(person("income", period).astype(np.float64) * parameters(period).rate)
    return gross * (person("failed_on_yearly_facts", period) == 0)


@formula(bool)
def income_gap(person: Population, period: Period, parameters: At) -> Column:
    income = person("income", period)
    gap = np.abs(income - person("salaries_of_employment", period))
    return person("salaries_complete", period) & (
        gap > parameters(period).income_tolerance * income
    )


@formula(bool)
def salary_outside_employment(person: Population, period: Period) -> Column:
    worked_from, worked_until = person("worked_from", period), person("worked_until", period)
    said = np.zeros(person.count, dtype=np.bool_)
    for month, start, end in MONTH_BOUNDS:
        outside = (worked_from > end) | (worked_until < start)
        said |= outside & person("salary_known", month) & (person("salary", month) > 0)
    return said


@formula(int)
def warned(person: Population, period: Period) -> Column:
    outside = person("salary_outside_employment", period)
    return person("income_gap", period) + 2 * outside.astype(np.int32)
