"""The conditions that several schemes put to a firm and to a recruitment.

Each scheme reads them with the parameters of its own sheets.
"""

from fractions import Fraction

import numpy as np

from primes.rules.calendar import Interval, subtract_months, year_of
from primes.rules.columns import BRANCHES, CONTRACTS, NATIONALITIES, Bools, Facts, known
from primes.rules.law import Law
from primes.rules.schemes.declaration import condition
from primes.rules.schemes.employment import employment, stable_start

_BASIS_POINTS = 10_000


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
    worked = law.once(employment, law.year)
    days = Interval.common([stable_start(facts), worked.from_day], [worked.until_day], len(facts))
    return law.once(contract_admitted) & days.not_empty


def contract_admitted(facts: Facts, law: Law) -> Bools:
    return law.admits("stable_contracts", CONTRACTS, facts.contract)


@condition(facts=("paid_elsewhere",), remedy="check_other_funding")
def not_funded_elsewhere(facts: Facts, law: Law) -> Bools:
    return ~facts.paid_elsewhere
