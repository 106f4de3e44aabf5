"""What the text may say one day: its optional parameters, each set in turn."""

from datetime import date
from fractions import Fraction

import pytest

from primes.rules.columns import day_of
from tests.primes.rules.lines import Line
from tests.primes.rules.texts import assess_lines


@pytest.mark.parametrize(
    ("cap", "amount"), [(209_999, 209_999), (210_000, 210_000), (210_001, 210_000)]
)
def test_a_yearly_maximum_caps_the_amount(cap: int, amount: int) -> None:
    assessment = assess_lines([Line()], 2025, amount_max_per_year=cap)

    assert assessment.rows == ("base", "gross", "cap")
    assert assessment.amount.tolist() == [amount]


@pytest.mark.parametrize(("cost", "amount"), [(0, 0), (209_999, 209_999), (210_001, 210_000)])
def test_the_proved_cost_of_training_limits_the_amount(cost: int, amount: int) -> None:
    assessment = assess_lines([Line(training_cost=cost)], 2025, limit_to_training_cost=True)

    assert assessment.rows == ("base", "gross", "training_cost_limit")
    assert assessment.amount.tolist() == [amount]


def test_the_maximum_is_applied_after_the_cost_of_training() -> None:
    assessment = assess_lines(
        [Line(training_cost=150_000), Line(training_cost=50_000)],
        2025,
        limit_to_training_cost=True,
        amount_max_per_year=100_000,
    )

    assert assessment.amounts[:, 1:].tolist() == [
        [210_000, 150_000, 100_000],
        [210_000, 50_000, 50_000],
    ]


@pytest.mark.parametrize(
    ("share", "eligible"), [(6_999, False), (7_000, True), (7_001, True), (None, False)]
)
def test_an_export_share_is_asked_once_the_text_has_one(share: int | None, eligible: bool) -> None:
    assessment = assess_lines(
        [Line(export_share_bp=share)], 2025, export_share_min=Fraction(70, 100)
    )

    assert assessment.eligible.tolist() == [eligible]


@pytest.mark.parametrize(
    ("started_on", "asked"),
    [
        (date(2024, 1, 1), False),
        (date(2023, 12, 31), True),
        (date(2023, 1, 1), True),
        (date(2025, 6, 1), False),
        (None, True),
    ],
)
def test_an_export_share_is_asked_from_the_third_calendar_year(
    started_on: date | None, asked: bool
) -> None:
    line = Line(export_share_bp=0, firm_started_on=started_on)

    assessment = assess_lines([line], 2025, export_share_min=Fraction(70, 100))

    assert (assessment.reasons(0) == ("export_share_reached",)) is asked


@pytest.mark.parametrize(("minutes", "trained"), [(599, False), (600, True), (601, True)])
def test_hours_of_training_are_asked_to_the_minute(minutes: int, trained: bool) -> None:
    assessment = assess_lines([Line(training_minutes=minutes)], 2025, training_hours_min=10)

    assert assessment.eligible.tolist() == [trained]


@pytest.mark.parametrize(
    ("paid_until", "days"),
    [(date(2025, 6, 30), 0), (date(2025, 7, 1), 1), (date(2025, 12, 31), 184)],
)
def test_no_day_counts_after_the_last_one_paid(paid_until: date, days: int) -> None:
    assessment = assess_lines([Line()], 2025, paid_until=day_of(paid_until))

    assert assessment.w_days.tolist() == [days]
    assert assessment.eligible.tolist() == [days > 0]


def test_no_training_is_asked_when_none_is_required() -> None:
    assessment = assess_lines([Line(training_minutes=0)], 2025, training_required=False)

    assert assessment.eligible.tolist() == [True]
