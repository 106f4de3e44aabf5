"""The text of a scheme with some values changed, to ask what it would answer then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from primes.rules.assessment import Assessment
from primes.rules.columns import Facts
from primes.rules.engine import assess_under, rules_of
from primes.rules.parameters.sheets import SchemeText
from tests.primes.rules.lines import Line, facts_of


def facts_for(lines: Sequence[Line], scheme: str, year: int) -> Facts:
    """The columns of the lines, with as many years of pay as the scheme reads."""
    rules, _ = rules_of(scheme)
    return facts_of(lines, year, rules.years)


def text_with(scheme: str = "paf-2025", **values: Any) -> SchemeText:
    """Each value holds from the first day; a list of (date, value) holds from each date."""
    _, text = rules_of(scheme)
    parameters = dict(text.parameters)
    for name, value in values.items():
        first = parameters[name].values[0]
        dated = value if isinstance(value, list) else [(first.since, value)]
        parameters[name] = replace(
            parameters[name],
            values=tuple(replace(first, since=since, value=each) for since, each in dated),
        )
    return replace(text, parameters=parameters)


def assess_lines(
    lines: Sequence[Line], year: int, scheme: str = "paf-2025", **values: Any
) -> Assessment:
    rules, _ = rules_of(scheme)
    facts = facts_for(lines, scheme, year)
    return assess_under(facts, rules, text_with(scheme, **values), year)


def since(first: Any, day: date, later: Any) -> list[tuple[date, Any]]:
    return [(date(2025, 7, 1), first), (day, later)]
