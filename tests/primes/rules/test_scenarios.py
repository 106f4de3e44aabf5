"""The law, case by case, as a lawyer would read it: `tests/scenarios/<scheme>`."""

from typing import Any

import pytest

from primes.rules.engine import assess, rules_of
from primes.rules.parameters.loader import scheme_names
from tests.primes.rules.scenarios import answer_of, line_of, read_expected, read_scenarios
from tests.primes.rules.texts import facts_for

SCENARIOS = read_scenarios()
NOT_ASKED = {"export_share_reached"}
"""No text sets a share yet: tests/primes/rules/test_paf_2025.py asks it of a text that would."""


@pytest.mark.parametrize(
    "scenario", SCENARIOS, ids=lambda s: f"{s['scheme']}/{s['file']}: {s['name']}"
)
def test_the_law_answers_as_the_scenario_says(scenario: dict[str, Any]) -> None:
    scheme, year = scenario["scheme"], int(scenario["year"])
    line = line_of(scheme, scenario["facts"])

    assessment = assess(facts_for([line], scheme, year), scheme, year)

    answer = answer_of(assessment)
    expected = {name: read_expected(value) for name, value in scenario["expected"].items()}
    assert {name: answer[name] for name in expected} == expected


@pytest.mark.parametrize("scheme", scheme_names())
def test_each_condition_of_a_scheme_fails_in_some_scenario(scheme: str) -> None:
    rules, _ = rules_of(scheme)
    told = [s["expected"].get("failing", []) for s in SCENARIOS if s["scheme"] == scheme]

    never = {condition.code for condition in rules.conditions}.difference(*told)

    assert never <= NOT_ASKED
