from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primes.rules import engine
from primes.rules.assessment import Assessment
from primes.rules.columns import NEVER, date_of
from primes.rules.engine import assess, bonus_window, rules_of
from primes.rules.errors import ParameterNotFound, UnknownScheme, YearOutsideScheme
from tests.primes.rules.lines import NO_EARLIER, UNKNOWN_MONTHS, Line, facts_of
from tests.primes.rules.oracle import Text, judge
from tests.primes.rules.texts import assess_lines

BOUNDARIES = [date(2025, 7, 1), date(2026, 1, 1), date(2028, 2, 29), date(2030, 12, 31)]
DAYS = st.one_of(
    st.builds(lambda day, n: day + timedelta(n), st.sampled_from(BOUNDARIES), st.integers(-2, 2)),
    st.dates(date(2020, 1, 1), date(2031, 6, 30)),
)
MONEY = st.one_of(
    st.integers(0, 99), st.integers(0, 10**8), st.integers(10**11, 10**13), st.just(2**62)
)
SALARIES = st.one_of(
    st.just(UNKNOWN_MONTHS),
    st.tuples(*[MONEY] * 12),
    st.tuples(*[st.one_of(st.none(), MONEY)] * 12),
    st.integers(1, 10**7).map(lambda salary: (salary,) * 12),
)
LINES = st.builds(
    Line,
    branch=st.sampled_from(["ITO", "CRM", "BPO", "ESO", "KPO", "KPO", "TEXTILE", None]),
    certificate_from=st.one_of(st.none(), DAYS),
    certificate_until=st.one_of(st.none(), DAYS),
    cnss_certificate_until=st.one_of(st.none(), DAYS),
    filed_on=st.one_of(st.none(), DAYS),
    export_share_bp=st.one_of(st.none(), st.integers(6_990, 7_010)),
    firm_started_on=st.one_of(st.none(), DAYS),
    nationality=st.sampled_from(["MA", "MA", "FR", None]),
    hired_on=st.one_of(DAYS, DAYS, DAYS, st.none()),
    left_on=st.one_of(st.none(), DAYS),
    contract=st.sampled_from(["CDI", "CDI", "CDI", "CDD", "PORTAGE", None]),
    stable_from=st.one_of(st.none(), DAYS),
    last_same_employer_on=st.one_of(st.just(NO_EARLIER), st.none(), DAYS),
    has_cnss_number=st.booleans(),
    income=st.one_of(st.none(), MONEY),
    salaries=SALARIES,
    training_minutes=st.integers(0, 1_300),
    training_cost=MONEY,
    paid_elsewhere=st.booleans(),
)
# Mostly favourable, so that amounts matter: only what the split of the income reads varies.
RECRUITS = st.builds(
    Line,
    hired_on=DAYS,
    left_on=st.one_of(st.none(), DAYS),
    stable_from=st.one_of(st.none(), DAYS),
    income=MONEY,
    salaries=SALARIES,
    training_cost=MONEY,
)
YEARS = st.integers(2025, 2030)
OPTIONS = {
    "limit_to_training_cost": True,
    "amount_max_per_year": 500_000,
    "export_share_min": Fraction(7, 10),
    "training_hours_min": 20,
}


def require_agreement(assessment: Assessment, lines: list[Line], year: int, text: Text) -> None:
    for i, line in enumerate(lines):
        verdict = judge(line, year, text)
        assert list(assessment.reasons(i)) == verdict.failing
        assert list(assessment.warnings_of(i)) == verdict.warnings
        amounts = dict(zip(assessment.rows, assessment.amounts[i].tolist(), strict=True))
        assert amounts == verdict.amounts
        assert assessment.amount[i] == verdict.amount
        assert (assessment.p_days[i], assessment.w_days[i]) == (verdict.p_days, verdict.w_days)
        first = min(verdict.window) if verdict.window else None
        assert (None if assessment.w_from[i] == NEVER else date_of(assessment.w_from[i])) == first


@given(lines=st.lists(LINES | RECRUITS, min_size=1, max_size=8), year=YEARS)
@settings(deadline=None, max_examples=200)
def test_the_engine_says_what_a_second_reading_of_the_text_says(
    lines: list[Line], year: int
) -> None:
    assessment = assess(facts_of(lines), "paf-2025", year)

    require_agreement(assessment, lines, year, Text())


@given(lines=st.lists(LINES | RECRUITS, min_size=1, max_size=8), year=YEARS)
@settings(deadline=None, max_examples=100)
def test_both_readings_agree_on_a_text_with_every_option(lines: list[Line], year: int) -> None:
    assessment = assess_lines(lines, year, **OPTIONS)

    require_agreement(assessment, lines, year, Text(**OPTIONS))


@given(lines=st.lists(LINES | RECRUITS, min_size=2, max_size=8), data=st.data())
@settings(deadline=None, max_examples=50)
def test_a_line_gets_the_same_answer_wherever_it_stands(
    lines: list[Line], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(lines))))
    facts = facts_of(lines)

    moved, still = assess(facts.take(order), "paf-2025", 2026), assess(facts, "paf-2025", 2026)

    for field in fields(Assessment):
        column = getattr(still, field.name)
        expected = column[order] if isinstance(column, np.ndarray) else column
        assert np.array_equal(getattr(moved, field.name), expected)


def test_lines_of_several_blocks_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [Line(income=100 * n, paid_elsewhere=n % 3 == 0) for n in range(1, 12)]
    whole = assess(facts_of(lines), "paf-2025", 2025)

    monkeypatch.setattr(engine, "_BLOCK_LINES", 4)

    blocks = assess(facts_of(lines), "paf-2025", 2025)
    assert blocks.amounts.tolist() == whole.amounts.tolist()
    assert blocks.failed.tolist() == whole.failed.tolist()


def test_no_line_at_all_is_answered_by_empty_columns() -> None:
    assessment = assess(facts_of([]), "paf-2025", 2026)

    assert len(assessment) == 0
    assert assessment.amounts.shape == (0, 2)


def test_exactly_one_answer_stands_for_each_month_of_the_scheme() -> None:
    hires = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(6, 72)]

    paid = {
        hired_on: [
            year
            for year in range(2025, 2031)
            if assess(facts_of([Line(hired_on=hired_on)]), "paf-2025", year).eligible[0]
        ]
        for hired_on in hires
    }

    assert paid == {hired_on: list(range(hired_on.year, 2031)) for hired_on in hires}


@pytest.mark.parametrize("year", [2024, 2031])
def test_a_year_outside_the_scheme_is_an_error(year: int) -> None:
    with pytest.raises(YearOutsideScheme, match=f"2025 to 2030, not {year}"):
        assess(facts_of([Line()]), "paf-2025", year)


def test_a_scheme_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(UnknownScheme):
        assess(facts_of([Line()]), "paf-1999", 2026)


def test_the_window_alone_is_the_window_of_the_assessment() -> None:
    facts = facts_of([Line(hired_on=date(2026, 3, 5)), Line(contract="CDD")])

    window, assessment = (ask(facts, "paf-2025", 2026) for ask in (bonus_window, assess))

    assert window.from_day.tolist() == assessment.w_from.tolist()
    assert window.days.tolist() == assessment.w_days.tolist() == [302, 0]


def test_more_income_never_lowers_the_amount() -> None:
    lines = [Line(income=income, stable_from=date(2025, 9, 17)) for income in range(0, 9_000, 7)]

    amounts = assess(facts_of(lines), "paf-2025", 2025).amount

    assert (np.diff(amounts) >= 0).all()


def test_a_condition_that_asks_for_no_known_parameter_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules, _ = rules_of("paf-2025")
    first = replace(rules.conditions[0], parameters=("guilds",))
    changed = replace(rules, conditions=(first, *rules.conditions[1:]))
    monkeypatch.setitem(engine._RULES, "paf-2025", changed)

    with pytest.raises(ParameterNotFound, match="« guilds » on any day, asked by branch_eligible"):
        rules_of.__wrapped__("paf-2025")
