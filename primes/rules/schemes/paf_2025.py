"""PAF 2025: the yearly training bonus for each new recruit, a share of the gross taxable income.

Each function is one question of the text, each row one step of the amount. Their reference and
certainty stand in `parameters/paf-2025/scheme.yaml`, every number in the sheets beside it.
"""

from fractions import Fraction

import numpy as np

from primes.rules.calendar import Interval, add_months, subtract_months, year_of
from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    Bools,
    Facts,
    Int64s,
    known,
)
from primes.rules.law import Law
from primes.rules.money import gap_exceeds, product
from primes.rules.schemes.declaration import (
    Figures,
    Rules,
    amount_row,
    condition,
    warning,
)
from primes.rules.schemes.employment import (
    Split,
    employment,
    employment_months,
    income_within,
    known_months,
    month_weights,
    paid_months,
    salaries_complete,
    salaries_of_employment,
    split_of,
    stable_start,
)

_BASIS_POINTS = 10_000
_MINUTES_PER_HOUR = 60


@condition(facts=("branch",), parameters=("branches",), remedy="check_branch")
def branch_eligible(facts: Facts, law: Law) -> Bools:
    return law.admits("branches", BRANCHES, facts.branch)


@condition(facts=("certificate_from", "certificate_until"), remedy="provide_certificate")
def certificate_valid(facts: Facts, law: Law) -> Bools:
    started = known(facts.certificate_from) & (facts.certificate_from <= law.last_day)
    return started & (facts.certificate_until >= law.last_day)


@condition(
    facts=("cnss_certificate_until", "tax_certificate_until", "filed_on"),
    remedy="renew_standing_certificates",
)
def firm_in_good_standing(facts: Facts, law: Law) -> Bools:
    valid_until = np.minimum(facts.cnss_certificate_until, facts.tax_certificate_until)
    return known(facts.filed_on) & (valid_until >= facts.filed_on)


def _export_share_asked(facts: Facts, law: Law) -> Bools:
    if law.one_or_none("export_share_min", Fraction) is None:
        return np.zeros(len(facts), dtype=np.bool_)
    return law.year >= year_of(facts.firm_started_on) + law.one("export_years_before", int)


@condition(
    facts=("export_share_bp", "firm_started_on"),
    parameters=("export_share_min", "export_years_before"),
    remedy="state_export_share",
    asked=_export_share_asked,
)
def export_share_reached(facts: Facts, law: Law) -> Bools:
    minimum = law.one_or_none("export_share_min", Fraction)
    if minimum is None:
        return np.ones(len(facts), dtype=np.bool_)
    minimum_bp = -(-minimum.numerator * _BASIS_POINTS // minimum.denominator)
    return ~_export_share_asked(facts, law) | (facts.export_share_bp >= minimum_bp)


@condition(facts=("nationality",), parameters=("nationality",), remedy="check_nationality")
def nationality_moroccan(facts: Facts, law: Law) -> Bools:
    return law.admits("nationality", NATIONALITIES, facts.nationality)


@condition(facts=("hired_on",), parameters=("hired_from", "hired_until"), remedy="check_hire_date")
def hired_in_period(facts: Facts, law: Law) -> Bools:
    hired_on = facts.hired_on
    return (law.each("hired_from") <= hired_on) & (hired_on <= law.each("hired_until"))


@condition(
    facts=("hired_on", "last_same_employer_on"),
    parameters=("months_without_same_employer",),
    remedy="check_earlier_employment",
)
def new_recruit(facts: Facts, law: Law) -> Bools:
    """On the boundary day counts as before it; on or after the hire date is this employment."""
    last = facts.last_same_employer_on
    boundary = subtract_months(facts.hired_on, law.each("months_without_same_employer"))
    return known(last) & ((last <= boundary) | (last >= facts.hired_on))


@condition(
    facts=("hired_on", "left_on", "contract", "stable_from"),
    parameters=("stable_contracts",),
    remedy="check_contract",
)
def stable_contract(facts: Facts, law: Law) -> Bools:
    worked = law.once(employment)
    days = Interval.common([stable_start(facts), worked.from_day], [worked.until_day], len(facts))
    return law.once(_contract_admitted) & days.not_empty


def _contract_admitted(facts: Facts, law: Law) -> Bools:
    return law.admits("stable_contracts", CONTRACTS, facts.contract)


def bonus_window(facts: Facts, law: Law) -> Interval:
    """W: the days of the claim year that count; none without a stable contract."""
    worked = law.once(employment)
    months_end = add_months(facts.hired_on, law.each("bonus_months")) - 1
    window = Interval.common(
        [stable_start(facts), law.each("hired_from"), worked.from_day],
        [months_end, law.each("paid_until"), worked.until_day],
        len(facts),
    )
    return window.where(law.once(_contract_admitted))


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
    """Months whose salary is unknown say nothing: among the known ones, one must be above 0."""
    months = law.once(_window_months)
    none_known = law.once(known_months) & months <= 0
    one_paid = law.once(paid_months) & months > 0
    return facts.has_cnss_number & (months > 0) & (none_known | one_paid)


def _window_months(facts: Facts, law: Law) -> Int64s:
    return law.once(bonus_window).months_of(law.year)


@condition(facts=("income",), remedy="check_income")
def income_positive(facts: Facts, law: Law) -> Bools:
    return (facts.income_known & (facts.income > 0))[:, 0]


def _training_asked(facts: Facts, law: Law) -> Bools:
    return np.full(len(facts), law.one("training_required", bool))


@condition(
    facts=("training_minutes",),
    parameters=("training_required", "training_hours_min"),
    remedy="record_training",
    asked=_training_asked,
)
def trained_in_year(facts: Facts, law: Law) -> Bools:
    minimum = law.one("training_hours_min", int) * _MINUTES_PER_HOUR
    minutes = facts.training_minutes
    return ~_training_asked(facts, law) | ((minutes > 0) & (minutes >= minimum))


@condition(facts=("paid_elsewhere",), remedy="check_other_funding")
def not_funded_elsewhere(facts: Facts, law: Law) -> Bools:
    return ~facts.paid_elsewhere


def _base_figures(facts: Facts, law: Law) -> Figures:
    worked, window = law.once(employment), law.once(bonus_window)
    split = Split(int(split_of(facts, law, window)[0]))
    figures: dict[str, int | str] = {
        "split": split.name.lower(),
        "p_days": int(worked.days[0]),
        "w_days": int(window.days[0]),
    }
    if split is Split.BY_MONTHS:
        # A figure shown is a Python integer: a sum of salaries may pass 64 bits.
        salaries = [int(salary) for salary in law.once(salaries_of_employment)[0]]
        weights, scale = month_weights(law, np.array([0]), window)
        parts = zip(salaries, weights[0].tolist(), strict=True)
        figures["salaries"] = sum(salaries)
        figures["salaries_within_numerator"] = sum(salary * weight for salary, weight in parts)
        figures["salaries_within_denominator"] = int(scale[0])
    return figures


@amount_row(
    facts=("income", "salary", "hired_on", "left_on", "contract", "stable_from"),
    parameters=("stable_contracts", "hired_from", "bonus_months", "paid_until"),
    figures=_base_figures,
)
def base(facts: Facts, law: Law, income: Int64s) -> Int64s:
    return income_within(facts, law, income, law.once(bonus_window))


@amount_row(parameters=("rate",))
def gross(facts: Facts, law: Law, base: Int64s) -> Int64s:
    return product(base, law.one("rate", Fraction))


@amount_row(
    facts=("training_cost",),
    parameters=("limit_to_training_cost",),
    applies=lambda law: law.one("limit_to_training_cost", bool),
)
def training_cost_limit(facts: Facts, law: Law, gross: Int64s) -> Int64s:
    return np.minimum(gross, facts.training_cost)


@amount_row(
    parameters=("amount_max_per_year",),
    applies=lambda law: law.one_or_none("amount_max_per_year", int) is not None,
)
def cap(facts: Facts, law: Law, previous: Int64s) -> Int64s:
    return np.minimum(previous, law.one("amount_max_per_year", int))


@warning(facts=("income", "salary", "hired_on", "left_on"), parameters=("income_tolerance",))
def income_gap(facts: Facts, law: Law) -> Bools:
    """Said only where the income and all the salaries of P are known."""
    comparable = facts.income_known[:, 0] & law.once(salaries_complete)
    salaries = law.once(salaries_of_employment)
    tolerance = law.one("income_tolerance", Fraction)
    return comparable & gap_exceeds(facts.income[:, 0], salaries, tolerance)


@warning(facts=("salary", "hired_on", "left_on"))
def salary_outside_employment(facts: Facts, law: Law) -> Bools:
    """Nothing is outside an employment whose first day is unknown."""
    outside = law.once(paid_months) & ~law.once(employment_months) > 0
    return outside & known(facts.hired_on)


RULES = Rules(
    scheme="paf-2025",
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
    employment=employment,
    bonus_window=bonus_window,
)
