"""The law over columns: facts in, assessment out. The same facts always give the same answer."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from primes.rules.assessment import Assessment
from primes.rules.calendar import Interval
from primes.rules.columns import NEVER, Bools, Facts, Int64s
from primes.rules.digest import rule_digest
from primes.rules.errors import FactsRefused, ParameterRefused
from primes.rules.law import Law
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import SchemeText
from primes.rules.schemes import aide_formation_2007, pae_2025, paf_2025
from primes.rules.schemes.declaration import AmountRow, Rules

_RULES = {
    rules.scheme: rules for rules in (aide_formation_2007.RULES, pae_2025.RULES, paf_2025.RULES)
}
# The columns of so many lines stay in the processor's cache from one condition to the next.
_BLOCK_LINES = 65_536
_ANSWERS = ("failed", "unknown", "warned", "amount", "p_days", "w_days", "w_from", "w_until")


def assess(facts: Facts, scheme: str, year: int) -> Assessment:
    """Every condition, amount row and warning of the scheme, for each line of one claim year."""
    rules, text = rules_of(scheme)
    return assess_under(facts, rules, text, year)


def assess_under(facts: Facts, rules: Rules, text: SchemeText, year: int) -> Assessment:
    """The same, under a given text: what another value of a parameter would have answered."""
    text.require_year(year)
    if facts.years < rules.years:
        raise FactsRefused("income", f"{facts.years} years", f"{rules.years} years")
    law = Law(text, year, facts)
    rows = tuple(code for row in rows_of(rules, law) for code in row.codes(law))
    # All columns in one piece of memory: to obtain many smaller ones costs ten times more.
    answers = np.empty((len(_ANSWERS) + len(rows), len(facts)), dtype=np.int64)
    for start in range(0, len(facts), _BLOCK_LINES):
        lines = slice(start, start + _BLOCK_LINES)
        block = facts.take(lines)
        answered = _assess_block(block, rules, Law(text, year, block))
        for column, values in zip(answers[:, lines], answered, strict=True):
            column[:] = values
    columns = dict(zip(_ANSWERS, answers, strict=False))
    return Assessment(
        scheme=text.name,
        year=year,
        digest=rule_digest(),
        conditions=tuple(condition.code for condition in rules.conditions),
        warnings=tuple(warning.code for warning in rules.warnings),
        rows=rows,
        eligible=columns["failed"] == 0,
        amounts=answers[len(_ANSWERS) :].T,
        **columns,
    )


def paid_days(facts: Facts, scheme: str, year: int) -> Interval:
    """The days a line pays, for whoever must find the other lines that pay one of them."""
    rules, text = rules_of(scheme)
    text.require_year(year)
    return rules.paid_days(facts, Law(text, year, facts))


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
    last = rules.rows[-1]
    if last.parts is not None:
        raise ParameterRefused(f"{scheme}/scheme.yaml: rows", last.code, "a last row without parts")
    return rules, text


def rows_of(rules: Rules, law: Law) -> tuple[AmountRow, ...]:
    """The amount rows that exist in the claim year."""
    return tuple(row for row in rules.rows if row.applies is None or row.applies(law))


def known_income(facts: Facts) -> Int64s:
    """[n, Y]: what the first amount row starts from; 0 where the income is unknown."""
    return np.where(facts.income_known, facts.income, 0)


def row_amounts(row: AmountRow, facts: Facts, law: Law, previous: Int64s) -> Int64s:
    """[n, parts of the row], from the [n, parts] of the row before it."""
    computed = row.compute(facts, law, previous)
    return computed.reshape(len(facts), len(row.part_names(law)))


def _assess_block(facts: Facts, rules: Rules, law: Law) -> list[Int64s]:
    """The columns of `_ANSWERS`, then one for each amount row or part of it."""
    failed, unknown = _conditions(facts, rules, law)
    warned = _mask([warning.test(facts, law) for warning in rules.warnings], len(facts))
    amounts = [known_income(facts)]
    for row in rows_of(rules, law):
        amounts.append(row_amounts(row, facts, law, amounts[-1]))
    paid = law.once(rules.paid_days)
    return [
        failed,
        unknown,
        warned,
        np.where(failed == 0, amounts[-1][:, 0], 0),
        law.once(rules.employment).days,
        paid.days,
        paid.from_day,
        np.where(paid.not_empty, paid.until_day, NEVER),
        *(column for parts in amounts[1:] for column in parts.T),
    ]


def _conditions(facts: Facts, rules: Rules, law: Law) -> tuple[Int64s, Int64s]:
    missed = [~condition.test(facts, law) for condition in rules.conditions]
    nobody = np.zeros(len(facts), dtype=np.bool_)
    unknown = [
        misses & condition.lacks_a_fact(facts, law) if misses.any() else nobody
        for condition, misses in zip(rules.conditions, missed, strict=True)
    ]
    return _mask(missed, len(facts)), _mask(unknown, len(facts))


def _mask(flags: Sequence[Bools], size: int) -> Int64s:
    """Bit i of a line is its i-th flag; gathered in the narrowest integer, which is the fastest."""
    narrowest = np.min_scalar_type(1 << len(flags))
    mask = np.zeros(size, dtype=narrowest)
    for position, flag in enumerate(flags):
        mask |= flag.astype(narrowest) << position
    return mask.astype(np.int64)
