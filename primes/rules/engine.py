"""The law over columns: facts in, assessment out. The same facts always give the same answer."""

from functools import cache

import numpy as np

from primes.rules.assessment import Assessment
from primes.rules.calendar import Interval
from primes.rules.columns import NEVER, Column, Facts, Int64s
from primes.rules.digest import rule_digest
from primes.rules.errors import ParameterRefused
from primes.rules.law import Law
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import SchemeText
from primes.rules.schemes import paf_2025
from primes.rules.schemes.declaration import AmountRow, Rules

_RULES = {rules.scheme: rules for rules in (paf_2025.RULES,)}
# The columns of so many lines stay in the processor's cache from one condition to the next.
_BLOCK_LINES = 32_768


def assess(facts: Facts, scheme: str, year: int) -> Assessment:
    """Every condition, amount row and warning of the scheme, for each line of one claim year."""
    rules, text = rules_of(scheme)
    return assess_under(facts, rules, text, year)


def assess_under(facts: Facts, rules: Rules, text: SchemeText, year: int) -> Assessment:
    """The same, under a given text: what another value of a parameter would have answered."""
    text.require_year(year)
    starts = range(0, max(len(facts), 1), _BLOCK_LINES)
    blocks = [facts.take(slice(start, start + _BLOCK_LINES)) for start in starts]
    parts = [_assess_block(block, rules, Law(text, year, block)) for block in blocks]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    law = Law(text, year, facts)
    return Assessment(
        scheme=text.name,
        year=year,
        digest=rule_digest(),
        conditions=tuple(condition.code for condition in rules.conditions),
        warnings=tuple(warning.code for warning in rules.warnings),
        rows=tuple(row.code for row in rows_of(rules, law)),
        **columns,
    )


def bonus_window(facts: Facts, scheme: str, year: int) -> Interval:
    """W alone, for whoever must find the other lines that pay a day of it."""
    rules, text = rules_of(scheme)
    text.require_year(year)
    return rules.bonus_window(facts, Law(text, year, facts))


@cache
def rules_of(scheme: str) -> tuple[Rules, SchemeText]:
    """The functions and the text of a scheme, checked against each other."""
    text = load_scheme(scheme)
    rules = _RULES[scheme]
    declared = (
        ("conditions", rules.conditions, text.conditions),
        ("rows", rules.rows, text.rows),
        ("warnings", rules.warnings, text.warnings),
    )
    for part, functions, provisions in declared:
        codes = [function.code for function in functions]
        if codes != list(provisions):
            raise ParameterRefused(f"{scheme}/scheme.yaml: {part}", list(provisions), codes)
        for function in functions:
            for name in function.parameters:
                text.parameter(name, asked_by=function.code)
    return rules, text


def rows_of(rules: Rules, law: Law) -> tuple[AmountRow, ...]:
    """The amount rows that exist in the claim year."""
    return tuple(row for row in rules.rows if row.applies is None or row.applies(law))


def year_income(facts: Facts) -> Int64s:
    """The income of the claim year, 0 where it is unknown."""
    return np.where(facts.income_known, facts.income, 0)[:, 0]


def _assess_block(facts: Facts, rules: Rules, law: Law) -> dict[str, Column]:
    failed, unknown = _conditions(facts, rules, law)
    warned = np.zeros(len(facts), dtype=np.int64)
    for position, warning in enumerate(rules.warnings):
        warned |= warning.test(facts, law).astype(np.int64) << position
    amounts = [year_income(facts)]
    for row in rows_of(rules, law):
        amounts.append(row.compute(facts, law, amounts[-1]))
    window = law.once(rules.bonus_window)
    eligible = failed == 0
    return {
        "failed": failed,
        "unknown": unknown,
        "warned": warned,
        "eligible": eligible,
        "amounts": np.stack(amounts[1:], axis=1),
        "amount": np.where(eligible, amounts[-1], 0),
        "p_days": law.once(rules.employment).days,
        "w_days": window.days,
        "w_from": window.from_day,
        "w_until": np.where(window.not_empty, window.until_day, NEVER),
    }


def _conditions(facts: Facts, rules: Rules, law: Law) -> tuple[Int64s, Int64s]:
    failed = np.zeros(len(facts), dtype=np.int64)
    unknown = np.zeros(len(facts), dtype=np.int64)
    for position, condition in enumerate(rules.conditions):
        missed = ~condition.test(facts, law)
        if missed.any():
            failed |= missed.astype(np.int64) << position
            unknown |= (missed & condition.lacks_a_fact(facts)).astype(np.int64) << position
    return failed, unknown
