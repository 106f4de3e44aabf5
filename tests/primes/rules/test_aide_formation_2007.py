"""What the text of the training aid may say one day: the annex with its ceilings, other limits."""

from datetime import date
from typing import Any

import pytest

from primes.rules.columns import PROFILES, TRAINING_YEARS
from primes.rules.engine import assess, paid_days, rules_of
from primes.rules.errors import ParameterRefused
from primes.rules.explain import Step, explain
from tests.primes.rules.lines import ORDINARY, Line, Training
from tests.primes.rules.texts import assess_lines, facts_for

SCHEME = "aide-formation-2007"
EMPTY: tuple[int | None, ...] = (None,) * TRAINING_YEARS
SECOND_YEAR = Training(date(2025, 9, 1), date(2025, 9, 5), date(2025, 8, 1))


def recruit(**differences: Any) -> Line:
    """The ordinary recruit, hired on 2024-07-01: 10,000.00 of training in the first year."""
    return Line(**vars(ORDINARY[SCHEME]) | differences)


def table(**rows: tuple[int | None, ...]) -> dict[str, tuple[int | None, ...]]:
    """A row for each profile, empty where none is told; `_` stands for the hyphen of a profile."""
    told = {profile.replace("_", "-"): row for profile, row in rows.items()}
    return dict.fromkeys(PROFILES.values, EMPTY) | told


def steps_of(line: Line, year: int = 2024) -> dict[str, Step]:
    return {
        f"{step.code}:{step.part}" if step.part else step.code: step
        for step in explain(facts_for([line], SCHEME, year), SCHEME, year)
    }


@pytest.mark.parametrize(
    ("cell", "amount"), [(999_999, 999_999), (1_000_000, 1_000_000), (1_000_001, 1_000_000)]
)
def test_a_filled_ceiling_limits_the_cost_of_its_year(cell: int, amount: int) -> None:
    ceilings = table(engineer_it=(cell, 1, 1))

    assessment = assess_lines([recruit()], 2024, SCHEME, ceilings=ceilings)

    assert assessment.rows[3:] == ("ceiling:1", "ceiling:2", "ceiling:3", "overall_left")
    assert assessment.amounts[0].tolist() == [1_000_000, 0, 0, amount, 0, 0, amount]


@pytest.mark.parametrize(
    ("granted", "amount"),
    [(0, 900_000), (899_999, 1), (900_000, 0), (900_001, 0)],
)
def test_what_was_granted_for_a_training_year_is_taken_off_its_ceiling(
    granted: int, amount: int
) -> None:
    line = recruit(granted_before=(granted, 0, 0))

    assessment = assess_lines([line], 2024, SCHEME, ceilings=table(engineer_it=(900_000, 1, 1)))

    assert assessment.amount.tolist() == [amount]
    assert assessment.eligible.tolist() == [True]


def test_what_was_granted_for_another_training_year_is_not() -> None:
    line = recruit(granted_before=(0, 900_000, 900_000))

    assessment = assess_lines([line], 2024, SCHEME, ceilings=table(engineer_it=(900_000, 1, 1)))

    assert assessment.amount.tolist() == [900_000]


def test_each_training_year_has_its_own_ceiling() -> None:
    first = Training(date(2025, 6, 2), date(2025, 6, 6), date(2025, 5, 1))
    line = recruit(trainings=(first, SECOND_YEAR))

    assessment = assess_lines([line], 2025, SCHEME, ceilings=table(engineer_it=(300, 40, 1)))

    assert assessment.amounts[0].tolist() == [1_000_000, 1_000_000, 0, 300, 40, 0, 340]


def test_an_empty_cell_limits_nothing_beside_filled_ones() -> None:
    lines = [
        recruit(),
        recruit(profile="management"),
        recruit(profile=None),
        recruit(trainings=(SECOND_YEAR,)),
    ]
    ceilings = table(engineer_it=(None, 5, None), management=(7, None, None))

    in_first, in_second = (
        assess_lines(lines, year, SCHEME, ceilings=ceilings).amounts[:, -1].tolist()
        for year in (2024, 2025)
    )

    assert in_first == [1_000_000, 7, 1_000_000, 0]
    assert in_second == [0, 0, 0, 5]


def test_the_overall_maximum_limits_what_the_ceilings_left() -> None:
    line = recruit(granted_before=(0, 0, 100))
    values = {"ceilings": table(engineer_it=(900, 900, 900)), "overall_max": 950}

    assessment = assess_lines([line], 2024, SCHEME, **values)

    assert assessment.amounts[0, -1] == 850


def test_a_training_of_a_year_that_the_text_no_longer_counts_pays_nothing() -> None:
    line = recruit(trainings=(SECOND_YEAR,))

    counted, left_out = (
        assess_lines([line], 2025, SCHEME, training_years=years) for years in (2, 1)
    )

    assert counted.rows == ("cost:1", "cost:2", "overall_left")
    assert counted.reasons(0) == ()
    assert left_out.reasons(0) == ("training_within_three_years", "cost_proved")


def test_more_training_years_than_the_facts_can_tell_are_refused() -> None:
    with pytest.raises(ParameterRefused, match="training_years: found 4, expected at most 3"):
        assess_lines([recruit()], 2024, SCHEME, training_years=4)


def test_a_table_with_too_few_ceilings_is_refused() -> None:
    short = dict.fromkeys(PROFILES.values, (1,))

    with pytest.raises(ParameterRefused, match="ceilings: found 1, expected 3 cells a profile"):
        assess_lines([recruit()], 2024, SCHEME, ceilings=short)


def test_each_line_is_judged_on_its_own_trainings() -> None:
    lines = [
        recruit(trainings=()),
        recruit(),
        recruit(trainings=(Training(invoice=0), Training(cost=7), Training(cost=5))),
        recruit(trainings=(Training(notified_on=None),)),
    ]
    facts = facts_for(lines, SCHEME, 2024)

    assessment, reversed_ = (
        assess(each, SCHEME, 2024) for each in (facts, facts.take([3, 2, 1, 0]))
    )

    assert assessment.amount.tolist() == [0, 1_000_000, 12, 0]
    assert reversed_.amount.tolist() == [0, 12, 1_000_000, 0]


def test_absurd_costs_stay_exact() -> None:
    absurd = Training(cost=2**62 - 1)
    lines = [recruit(trainings=(absurd, absurd)), recruit(granted_before=(2**62, 2**62 - 1, 0))]

    assessment = assess(facts_for(lines, SCHEME, 2024), SCHEME, 2024)

    assert assessment.amounts[:, 0].tolist() == [2**63 - 2, 1_000_000]
    assert assessment.amount.tolist() == [6_500_000, 0]


def test_the_days_paid_are_those_of_the_trainings_that_count() -> None:
    lines = [
        recruit(trainings=(Training(), Training(date(2024, 11, 4), date(2024, 11, 8), invoice=0))),
        recruit(trainings=()),
    ]

    days = paid_days(facts_for(lines, SCHEME, 2024), SCHEME, 2024)

    assert days.days.tolist() == [5, 0]


def test_the_explanation_shows_the_empty_cells_as_a_hypothesis() -> None:
    read = {each.name: each for each in steps_of(recruit())["cost:1"].grounds.parameters}

    assert read["ceilings"].value == EMPTY
    assert read["ceilings"].certainty == "hypothesis"


def test_the_explanation_counts_the_trainings_of_each_year_and_says_what_is_left() -> None:
    line = recruit(trainings=(Training(), Training(invoice=0)), granted_before=(100, 20, 3))

    steps = steps_of(line)

    assert dict(steps["cost:1"].figures)["trainings"] == 1
    assert dict(steps["cost:2"].figures)["trainings"] == 0
    assert dict(steps["overall_left"].figures) == {
        "previous": 1_000_000,
        "max": 6_500_000,
        "granted": 123,
        "left": 6_499_877,
    }


def test_no_ceiling_row_stands_while_the_annex_is_not_at_hand() -> None:
    rules, text = rules_of(SCHEME)
    cells = text.parameters["ceilings"].values[0].value

    assert cells == table()
    assert "ceiling:1" not in assess_lines([recruit()], 2024, SCHEME).rows
    assert [row.code for row in rules.rows] == ["cost", "ceiling", "overall_left"]
