"""The employment bonus beyond its scenarios: other lengths, what it shows, and the guide to it."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from primes.rules.columns import date_of, day_of
from primes.rules.deadlines import filing_window
from primes.rules.engine import assess, paid_days
from primes.rules.errors import FactsRefused, YearOutsideScheme
from primes.rules.explain import Answer, Step, explain
from primes.rules.parameters.loader import load_scheme
from primes.rules.parameters.sheets import Certainty
from tests.primes.rules.lines import ORDINARY, Line, facts_of
from tests.primes.rules.texts import assess_lines, facts_for

SCHEME = "pae-2025"
ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "guides" / "add-a-scheme.md"
RECRUIT = ORDINARY[SCHEME]


def steps_of(line: Line, year: int = 2026) -> list[Step]:
    return list(explain(facts_for([line], SCHEME, year), SCHEME, year))


@pytest.mark.parametrize(
    ("paid_until", "days", "bases"),
    [
        (date(2025, 6, 30), 0, [0, 0]),
        (date(2025, 7, 1), 1, [32_609, 0]),
        (date(2025, 12, 31), 184, [6_000_000, 0]),
        (date(2026, 1, 1), 185, [6_000_000, 32_877]),
        (date(2026, 6, 29), 364, [6_000_000, 5_917_808]),
        (date(2026, 6, 30), 365, [6_000_000, 5_950_685]),
        (date(2026, 7, 1), 365, [6_000_000, 5_950_685]),
    ],
)
def test_no_day_is_paid_after_the_last_one(paid_until: date, days: int, bases: list[int]) -> None:
    assessment = assess_lines([RECRUIT], 2026, SCHEME, paid_until=day_of(paid_until))

    assert assessment.w_days.tolist() == [days]
    assert assessment.amounts[0, 1:3].tolist() == bases
    assert assessment.eligible.tolist() == [days > 0]


@pytest.mark.parametrize(("months", "eligible"), [(17, True), (18, True), (19, False)])
def test_the_months_of_presence_are_those_of_the_sheet(months: int, eligible: bool) -> None:
    assessment = assess_lines([RECRUIT], 2026, SCHEME, stayed_months=months)

    assert assessment.eligible.tolist() == [eligible]


@pytest.mark.parametrize(
    ("months", "until"),
    [(6, date(2025, 12, 31)), (7, date(2026, 1, 31)), (12, date(2026, 6, 30))],
)
def test_the_months_paid_are_those_of_the_sheet(months: int, until: date) -> None:
    assessment = assess_lines([RECRUIT], 2026, SCHEME, paid_months=months)

    assert date_of(assessment.w_until[0]) == until


def test_a_first_month_before_the_years_told_leaves_its_income_unknown() -> None:
    line = replace(RECRUIT, income={2025: 6_000_000, 2026: 6_000_000})

    assessment = assess_lines([line], 2028, SCHEME, stayed_months=31)

    assert assessment.reasons(0) == ("income_positive",)


def test_an_income_after_the_claim_year_cannot_be_known_yet() -> None:
    line = replace(RECRUIT, hired_on=date(2026, 3, 1), income={2026: 6_000_000, 2027: 6_000_000})

    assessment = assess_lines([line], 2026, SCHEME)

    assert assessment.reasons(0) == ("income_positive", "stayed_18_months")


def test_the_days_paid_are_the_twelve_months_whatever_the_claim_year() -> None:
    facts = facts_for([RECRUIT], SCHEME, 2027)

    days = paid_days(facts, SCHEME, 2027)

    assert date_of(days.from_day[0]) == date(2025, 7, 1)
    assert date_of(days.until_day[0]) == date(2026, 6, 30)


def test_the_base_stands_once_a_year_and_the_gross_amount_starts_from_their_sum() -> None:
    rows = [step for step in steps_of(RECRUIT) if step.kind == "row"]

    assert [(row.code, row.part) for row in rows] == [
        ("base", "2024"),
        ("base", "2025"),
        ("base", "2026"),
        ("gross", ""),
    ]
    assert [row.amount for row in rows] == [0, 6_000_000, 5_950_685, 2_031_616]
    assert dict(rows[-1].figures)["previous"] == 11_950_685


def test_each_base_shows_how_the_income_of_its_own_year_was_split() -> None:
    rows = [dict(step.figures) for step in steps_of(RECRUIT) if step.code == "base"]

    assert [(row["split"], row["p_days"], row["w_days"]) for row in rows] == [
        ("nothing", 0, 0),
        ("whole", 184, 184),
        ("by_days", 365, 181),
    ]


def test_a_refused_stay_says_what_to_do() -> None:
    steps = {step.code: step for step in steps_of(replace(RECRUIT, left_on=date(2026, 12, 30)))}

    assert steps["stayed_18_months"].answer is Answer.NO
    assert steps["stayed_18_months"].remedy == "wait_for_the_stay"


@pytest.mark.parametrize("year", [2025, 2033])
def test_the_scheme_answers_from_the_first_stay_to_the_last(year: int) -> None:
    with pytest.raises(YearOutsideScheme, match="2026 to 2032"):
        assess(facts_for([RECRUIT], SCHEME, year), SCHEME, year)


def test_facts_of_the_claim_year_alone_are_refused() -> None:
    with pytest.raises(FactsRefused, match="found 2 years, expected 3 years"):
        assess(facts_of([RECRUIT], 2026, 2), SCHEME, 2026)


def test_only_what_the_press_or_a_law_says_is_not_a_hypothesis() -> None:
    parameters = load_scheme(SCHEME).parameters

    known = {
        name: p.values[0].certainty.value
        for name, p in parameters.items()
        if p.values[0].certainty is not Certainty.HYPOTHESIS
    }

    assert known == {
        "rate": "press",
        "stayed_months": "press",
        "hired_from": "press",
        "branches": "press",
        "decision_days": "text",
    }


def test_the_rate_is_seventeen_hundredths() -> None:
    assert load_scheme(SCHEME).parameters["rate"].values[0].value == Fraction(17, 100)


def test_the_claim_of_the_first_stays_is_filed_in_the_spring_of_2027() -> None:
    window = filing_window(SCHEME, 2026, date(2027, 4, 1))

    assert window == (date(2027, 3, 1), date(2027, 6, 30))


def test_every_file_the_guide_names_exists() -> None:
    named = re.findall(r"`((?:primes|tests|docs)/[\w./-]+)`", GUIDE.read_text(encoding="utf-8"))

    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_guide_names_every_sheet_of_the_scheme() -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    unnamed = [name for name in load_scheme(SCHEME).parameters if f"`{name}`" not in guide]

    assert unnamed == []


def test_the_sheet_and_the_condition_shown_by_the_guide_are_those_of_the_scheme() -> None:
    blocks = re.findall(
        r"```(?:yaml|python)\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    sheet = ROOT / "primes/rules/parameters/pae-2025/rate.yaml"
    module = ROOT / "primes/rules/schemes/pae_2025.py"

    rate, condition = blocks

    assert rate == sheet.read_text(encoding="utf-8")
    assert condition in module.read_text(encoding="utf-8")
