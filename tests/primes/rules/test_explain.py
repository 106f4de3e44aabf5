import json
from dataclasses import replace
from datetime import date

import pytest

from primes.rules.engine import assess
from primes.rules.explain import Answer, Step, as_data, explain, from_data
from tests.primes.rules.lines import ORDINARY, Line, facts_of
from tests.primes.rules.texts import facts_for

CONVERTED = Line(
    hired_on=date(2026, 1, 15),
    stable_from=date(2026, 4, 1),
    income=9_000_000,
    salaries=(500_000, *[800_000] * 11),
)


def steps_of(line: Line, year: int = 2026) -> dict[str, Step]:
    return {step.code: step for step in explain(facts_of([line]), "paf-2025", year)}


def test_the_steps_are_those_of_the_assessment_in_its_order() -> None:
    assessment = assess(facts_of([CONVERTED]), "paf-2025", 2026)

    codes = [step.code for step in explain(facts_of([CONVERTED]), "paf-2025", 2026)]

    assert codes == [*assessment.conditions, *assessment.rows, *assessment.warnings]


def test_a_condition_shows_its_question_facts_parameters_and_source() -> None:
    step = steps_of(Line(hired_on=date(2026, 3, 15)))["new_recruit"]

    assert (step.answer, step.remedy) == (Answer.YES, None)
    assert step.grounds.question == "paf-2025.new_recruit"
    assert dict(step.grounds.facts) == {
        "hired_on": "2026-03-15",
        "last_same_employer_on": "never",
    }
    (months,) = step.grounds.parameters
    assert (months.name, months.value, months.since) == (
        "months_without_same_employer",
        12,
        "2025-07-01",
    )
    assert months.certainty == step.grounds.certainty == "hypothesis"
    assert step.grounds.reference.text.startswith("Circulaire")


@pytest.mark.parametrize(
    ("contract", "answer"), [("CDD", Answer.NO), (None, Answer.UNKNOWN), ("CDI", Answer.YES)]
)
def test_a_refusal_for_want_of_a_fact_is_told_from_a_plain_no(
    contract: str | None, answer: Answer
) -> None:
    step = steps_of(Line(contract=contract))["stable_contract"]

    assert step.answer is answer
    assert step.remedy == (None if answer is Answer.YES else "check_contract")


def test_a_question_the_text_does_not_put_is_not_asked() -> None:
    assert steps_of(Line())["export_share_reached"].answer is Answer.NOT_ASKED


def test_the_base_shows_every_part_of_its_formula() -> None:
    step = steps_of(CONVERTED)["base"]

    assert step.amount == 6_967_742
    assert dict(step.figures) == {
        "previous": 9_000_000,
        "split": "by_months",
        "p_days": 351,
        "w_days": 275,
        "salaries": 9_300_000,
        "salaries_within_numerator": 7_200_000,
        "salaries_within_denominator": 1,
    }


@pytest.mark.parametrize(
    ("line", "split"),
    [
        (Line(), "whole"),
        (replace(CONVERTED, salaries=(None,) * 12), "by_days"),
        (Line(contract="CDD"), "nothing"),
    ],
)
def test_the_base_says_how_the_income_was_split(line: Line, split: str) -> None:
    assert dict(steps_of(line)["base"].figures)["split"] == split


def test_the_gross_shows_the_base_and_the_rate() -> None:
    step = steps_of(CONVERTED)["gross"]

    assert step.figures == (("previous", 6_967_742),)
    assert [(p.name, p.value) for p in step.grounds.parameters] == [("rate", "7/200")]
    assert step.amount == 243_871


def test_a_warning_says_whether_it_is_to_be_looked_at() -> None:
    steps = steps_of(replace(CONVERTED, hired_on=date(2026, 2, 1)))

    assert steps["salary_outside_employment"].answer is Answer.YES
    assert steps["income_gap"].answer is Answer.NO


def test_an_explanation_can_be_kept_as_json() -> None:
    steps = explain(
        facts_of([Line(hired_on=None, income=None, branch="TEXTILE")]), "paf-2025", 2026
    )

    again = json.loads(json.dumps(as_data(steps)))

    assert again[0]["grounds"]["facts"] == [["branch", "OTHER"]]
    assert again[5]["grounds"]["facts"] == [["hired_on", None]]
    assert again[10]["grounds"]["facts"] == [["income", [None]]]


def test_the_line_explained_is_the_one_asked_for() -> None:
    facts = facts_of([Line(), Line(nationality="FR")])

    answers = [explain(facts, "paf-2025", 2026, line)[4].answer for line in range(2)]

    assert answers == [Answer.YES, Answer.NO]


@pytest.mark.parametrize("scheme", ORDINARY)
def test_the_steps_come_back_from_json_as_they_were(scheme: str) -> None:
    year = {"paf-2025": 2026, "pae-2025": 2027, "aide-formation-2007": 2024}[scheme]
    steps = explain(facts_for([ORDINARY[scheme]], scheme, year), scheme, year)

    assert from_data(json.loads(json.dumps(as_data(steps)))) == steps
