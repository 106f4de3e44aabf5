"""Delays in working days, over week-ends and over the dates of the setting."""

from datetime import date

import pytest

from companies.firms.working_days import account_hold, add_working_days


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 9), 0, date(2026, 3, 9)),
        (date(2026, 3, 9), 4, date(2026, 3, 13)),
        (date(2026, 3, 9), 5, date(2026, 3, 16)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2026, 3, 15), 5, date(2026, 3, 20)),
    ],
)
def test_saturdays_and_sundays_do_not_count(day: date, count: int, expected: date):
    assert add_working_days(day, count) == expected


@pytest.mark.parametrize("on", [date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1)])
def test_an_account_waits_five_working_days(on: date):
    assert account_hold(on) == 5
