"""PAF 2025: the yearly training bonus for each new recruit, a share of the gross taxable income.

Each function is one question of the text, each row one step of the amount. Their reference and
certainty stand in `parameters/paf-2025/scheme.yaml`, every number in the sheets beside it.
"""

from fractions import Fraction

import numpy as np

from primes.rules.calendar import Interval, add_months
from primes.rules.columns import MINUTES_PER_HOUR, Bools, Facts, Int64s, known
from primes.rules.law import Law
from primes.rules.money import product
from primes.rules.schemes.declaration import Figures, Rules, amount_row, condition, warning
from primes.rules.schemes.employment import (
    base_figures,
    declared_within,
    employment,
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


def bonus_window(facts: Facts, law: Law) -> Interval:
    """W: the days of the claim year that count; none without a stable contract."""
    worked = law.once(employment, law.year)
    months_end = add_months(facts.hired_on, law.each("bonus_months")) - 1
    window = Interval.common(
        [stable_start(facts), law.each("hired_from"), worked.from_day],
        [months_end, law.each("paid_until"), worked.until_day],
        len(facts),
    )
    return window.where(law.once(contract_admitted))


@condition(
    facts=("hired_on", "left_on", "contract", "stable_from"),
    parameters=("stable_contracts", "hired_from", "bonus_months", "paid_until"),
    remedy="wait_or_end_of_right",
)
def within_bonus_window(facts: Facts, law: Law) -> Bools:
    return law.once(bonus_window).not_empty


@condition(
    facts=("has_cnss_number", "salary", "hired_on", "left_on", "contract", "stable_from"),
    parameters=("stable_contracts", "hired_from", "bonus_months", "paid_until"),
    remedy="declare_to_cnss",
)
def declared_to_cnss(facts: Facts, law: Law) -> Bools:
    return facts.has_cnss_number & declared_within(facts, law, [law.year], law.once(bonus_window))


@condition(facts=("income",), remedy="check_income")
def income_positive(facts: Facts, law: Law) -> Bools:
    return income_known(facts, law, law.year) & (income_of_year(facts, law, law.year) > 0)


def _training_asked(facts: Facts, law: Law) -> Bools:
    return np.full(len(facts), law.one("training_required", bool))


@condition(
    facts=("training_minutes",),
    parameters=("training_required", "training_hours_min"),
    remedy="record_training",
    asked=_training_asked,
)
def trained_in_year(facts: Facts, law: Law) -> Bools:
    minimum = law.one("training_hours_min", int) * MINUTES_PER_HOUR
    minutes = facts.training_minutes
    return ~_training_asked(facts, law) | ((minutes > 0) & (minutes >= minimum))


def _base_figures(facts: Facts, law: Law, part: str) -> Figures:
    return base_figures(law, law.year, law.once(bonus_window))


@amount_row(
    facts=("income", "salary", "hired_on", "left_on", "contract", "stable_from"),
    parameters=("stable_contracts", "hired_from", "bonus_months", "paid_until"),
    figures=_base_figures,
)
def base(facts: Facts, law: Law, incomes: Int64s) -> Int64s:
    return income_within(law, law.year, incomes[:, -1], law.once(bonus_window))


@amount_row(parameters=("rate",))
def gross(facts: Facts, law: Law, base: Int64s) -> Int64s:
    return product(base[:, 0], law.one("rate", Fraction))


@amount_row(
    facts=("training_cost",),
    parameters=("limit_to_training_cost",),
    applies=lambda law: law.one("limit_to_training_cost", bool),
)
def training_cost_limit(facts: Facts, law: Law, gross: Int64s) -> Int64s:
    return np.minimum(gross[:, 0], facts.training_cost)


@amount_row(
    parameters=("amount_max_per_year",),
    applies=lambda law: law.one_or_none("amount_max_per_year", int) is not None,
)
def cap(facts: Facts, law: Law, previous: Int64s) -> Int64s:
    return np.minimum(previous[:, 0], law.one("amount_max_per_year", int))


@warning(facts=("income", "salary", "hired_on", "left_on"), parameters=("income_tolerance",))
def income_gap(facts: Facts, law: Law) -> Bools:
    return income_differs(facts, law, law.year)


@warning(facts=("salary", "hired_on", "left_on"))
def salary_outside_employment(facts: Facts, law: Law) -> Bools:
    """Nothing is outside an employment whose first day is unknown."""
    return salary_outside(facts, law, law.year) & known(facts.hired_on)


RULES = Rules(
    scheme="paf-2025",
    years=1,
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
        trained_in_year,
        not_funded_elsewhere,
    ),
    rows=(base, gross, training_cost_limit, cap),
    warnings=(income_gap, salary_outside_employment),
    employment=employment_of_claim_year,
    paid_days=bonus_window,
)
