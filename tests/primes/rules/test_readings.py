"""The law read twice: the suite asks 6,000 people of each scheme, `make proof` 100,000."""

from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primes.rules.assessment import Assessment
from primes.rules.engine import assess
from primes.rules.parameters.loader import scheme_names
from tests.primes.rules.lines import ORDINARY
from tests.primes.rules.population import PEOPLE, people
from tests.primes.rules.readings import READINGS, require_agreement, years_of
from tests.primes.rules.texts import assess_lines, facts_for

SCHEMES = sorted(READINGS)
SEEDS = st.integers(0, 2**40)
TOGETHER = 100
A_FEW = 8
ROUNDS = settings(deadline=None, max_examples=min(settings().max_examples, 1_000))
"""Of `TOGETHER` people each: sixty in the suite, a thousand in `make proof`."""

# What the texts may say one day, or another annex: the optional parameters, and other lengths.
OTHERWISE: dict[str, list[dict[str, Any]]] = {
    "paf-2025": [
        {
            "limit_to_training_cost": True,
            "amount_max_per_year": 500_000,
            "export_share_min": Fraction(7, 10),
            "training_hours_min": 20,
        },
        {"bonus_months": 13, "months_without_same_employer": 30, "rate": Fraction(1, 3)},
        {"training_required": False, "income_tolerance": Fraction(1, 4)},
    ],
    "pae-2025": [
        {"export_share_min": Fraction(7, 10), "paid_months": 7, "rate": Fraction(1, 3)},
        {"stayed_months": 24, "months_without_same_employer": 30},
    ],
    "aide-formation-2007": [
        {
            "overall_max": 3_000_000,
            "ceilings": {
                "management": (1_500_000, 1_000_000, 500_000),
                "engineer-it": (2_166_666, None, 1),
                "technician-it": (None, None, None),
                "bac2-bpo": (0, 0, 0),
                "bac-call-centre": (None, 700_000, None),
            },
        },
    ],
}
TEXTS = [(scheme, values) for scheme in SCHEMES for values in OTHERWISE[scheme]]


def year_of(scheme: str, seed: int) -> int:
    """Every claim year of the scheme in its turn."""
    years = years_of(scheme)
    return years[seed % len(years)]


def test_no_scheme_goes_without_a_second_reading_and_people_of_its_own() -> None:
    assert set(scheme_names()) == set(READINGS) == set(PEOPLE) == set(ORDINARY)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(seed=SEEDS)
@ROUNDS
def test_the_engine_says_what_a_second_reading_of_the_text_says(scheme: str, seed: int) -> None:
    year = year_of(scheme, seed)
    facts = facts_for(people(scheme, year, TOGETHER, seed), scheme, year)

    assessment = assess(facts, scheme, year)

    require_agreement(assessment, facts)


@pytest.mark.parametrize(("scheme", "values"), TEXTS)
@given(seed=SEEDS)
@ROUNDS
def test_both_readings_agree_on_another_text(
    scheme: str, values: dict[str, Any], seed: int
) -> None:
    year = year_of(scheme, seed)
    lines = people(scheme, year, TOGETHER // 4, seed)

    assessment = assess_lines(lines, year, scheme, **values)

    require_agreement(assessment, facts_for(lines, scheme, year), **values)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_people_drawn_meet_every_condition_both_ways(scheme: str) -> None:
    failing: set[str] = set()
    eligible = 0
    for seed in range(60):
        lines = people(scheme, year_of(scheme, seed), TOGETHER, seed)
        assessment = assess_lines(lines, year_of(scheme, seed), scheme)
        failing |= {code for line in range(TOGETHER) for code in assessment.reasons(line)}
        eligible += int((assessment.amount > 0).sum())

    assert failing == set(assessment.conditions) - {"export_share_reached"}
    assert eligible > 60 * TOGETHER // 20


@pytest.mark.parametrize("scheme", SCHEMES)
@given(seed=SEEDS, data=st.data())
@ROUNDS
def test_a_line_gets_the_same_answer_wherever_it_stands(
    scheme: str, seed: int, data: st.DataObject
) -> None:
    year = year_of(scheme, seed)
    facts = facts_for(people(scheme, year, TOGETHER, seed), scheme, year)
    order = data.draw(st.permutations(range(TOGETHER)))

    moved, still = assess(facts.take(order), scheme, year), assess(facts, scheme, year)

    require_same(moved, still, order)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(seed=SEEDS)
@ROUNDS
def test_a_line_alone_gets_the_answer_it_gets_among_others(scheme: str, seed: int) -> None:
    year = year_of(scheme, seed)
    facts = facts_for(people(scheme, year, A_FEW, seed), scheme, year)

    among_others = assess(facts, scheme, year)

    for line in range(A_FEW):
        require_same(assess(facts.take([line]), scheme, year), among_others, [line])


def require_same(found: Assessment, of: Assessment, lines: list[int]) -> None:
    for field in fields(Assessment):
        column = getattr(of, field.name)
        expected = column[lines] if isinstance(column, np.ndarray) else column
        assert np.array_equal(getattr(found, field.name), expected), field.name
