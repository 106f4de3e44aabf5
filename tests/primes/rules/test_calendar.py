from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primes.rules.calendar import (
    Interval,
    add_months,
    month_flags,
    month_set,
    subtract_months,
    year_bounds,
    year_of,
)
from primes.rules.columns import NEVER, NO_END, UNKNOWN_DAY, date_of, day_of
from tests.primes.rules.oracle.calendar_days import days_by_month, shifted

FIRST_TABLED, LAST_TABLED = date(1900, 1, 1), date(2199, 12, 31)
LEAP_DAYS = [date(year, 2, 29) for year in (1896, 1904, 2000, 2024, 2028, 2196, 2204, 2400)]
NOT_LEAP = [date(year, 2, 28) for year in (1900, 2025, 2100, 2200, 2300)]
MONTH_ENDS = [date(2027 + n // 12, n % 12 + 1, 1) - timedelta(1) for n in range(36)]
DAYS = st.one_of(
    st.dates(date(1700, 1, 1), date(2600, 1, 1)),
    st.dates(FIRST_TABLED, LAST_TABLED),
    st.builds(
        lambda day, n: day + timedelta(n),
        st.sampled_from([FIRST_TABLED, LAST_TABLED, *LEAP_DAYS, *NOT_LEAP, *MONTH_ENDS]),
        st.integers(-1, 1),
    ),
)


def column(*days: date) -> np.ndarray:
    return np.array([day_of(day) for day in days], dtype=np.int64)


def moved(day: date, months: int) -> date:
    return date_of(add_months(column(day), months)[0])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 9, 10), 60, date(2030, 9, 10)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 10, 31), 13, date(2027, 11, 30)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(1899, 12, 31), 2, date(1900, 2, 28)),
        (date(2199, 12, 31), 2, date(2200, 2, 28)),
        (date(1850, 1, 31), 1, date(1850, 2, 28)),
    ],
)
def test_adding_months_keeps_the_day_or_takes_the_last_one(
    day: date, months: int, expected: date
) -> None:
    assert moved(day, months) == expected


@given(day=st.dates(date(1800, 1, 1), date(2400, 1, 1)), months=st.integers(-500, 500))
@settings(deadline=None)
def test_months_are_added_as_a_calendar_on_the_wall_does(day: date, months: int) -> None:
    assert moved(day, months) == shifted(day, months)


@given(days=st.lists(st.tuples(DAYS, st.integers(-600, 600)), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_column_of_days_moves_as_each_of_its_days(days: list[tuple[date, int]]) -> None:
    """Days within the table of the years 1900 to 2199 and days outside stand side by side."""
    starts, months = column(*[day for day, _ in days]), np.array([n for _, n in days])

    added, taken_off = add_months(starts, months), subtract_months(starts, months)

    assert [date_of(day) for day in added] == [shifted(day, n) for day, n in days]
    assert [date_of(day) for day in taken_off] == [shifted(day, -n) for day, n in days]


@given(day=DAYS)
@settings(deadline=None)
def test_the_next_month_begins_after_this_one_ends(day: date) -> None:
    """Whatever the day, one more month is later by 28 to 31 days, and never skips a month."""
    this, following = moved(day, 0), moved(day, 1)

    assert this == day
    assert 28 <= (following - day).days <= 31
    assert (following.month - day.month) % 12 == 1


@pytest.mark.parametrize("hired_on", LEAP_DAYS)
@pytest.mark.parametrize("years", [1, 2, 3, 4, 5, 8])
def test_who_is_hired_on_29_february_has_anniversaries_on_the_last_day_of_february(
    hired_on: date, years: int
) -> None:
    anniversary = moved(hired_on, 12 * years)

    assert anniversary == date(hired_on.year + years, 3, 1) - timedelta(1)


def test_months_are_taken_off_as_they_are_added() -> None:
    assert date_of(subtract_months(column(date(2028, 2, 29)), 12)[0]) == date(2027, 2, 28)


def test_each_line_has_its_own_number_of_months() -> None:
    days = add_months(column(date(2026, 1, 31), date(2026, 1, 31)), np.array([1, 2]))

    assert [date_of(day) for day in days] == [date(2026, 2, 28), date(2026, 3, 31)]


@pytest.mark.parametrize("named", [UNKNOWN_DAY, NEVER, NO_END])
@pytest.mark.parametrize("months", [-12, 60])
def test_a_named_day_stays_on_its_side_of_the_calendar(named: int, months: int) -> None:
    later = add_months(np.array([named]), months)[0]

    assert (later > day_of(date.max)) == (named == NO_END)
    assert (later < day_of(date.min)) == (named != NO_END)


def test_a_year_goes_from_its_first_day_to_its_last() -> None:
    assert year_bounds(2028) == (day_of(date(2028, 1, 1)), day_of(date(2028, 12, 31)))


@given(days=st.lists(DAYS, min_size=1, max_size=20))
@settings(deadline=None)
def test_the_year_of_each_day_is_the_one_on_the_wall(days: list[date]) -> None:
    assert year_of(column(*days)).tolist() == [day.year for day in days]


def test_the_year_of_a_day_turns_on_the_first_of_january() -> None:
    days = column(date(2025, 12, 31), date(2026, 1, 1), date(1969, 12, 31))

    assert year_of(days).tolist() == [2025, 2026, 1969]


@given(
    first=st.dates(date(2027, 6, 1), date(2029, 6, 1)),
    length=st.integers(-2, 500),
)
@settings(deadline=None)
def test_the_days_of_an_interval_are_counted_month_by_month(first: date, length: int) -> None:
    interval = Interval(column(first), column(first) + length - 1)
    days = [first + timedelta(n) for n in range(length)]
    expected = [sum(d.year == 2028 and d.month == month for d in days) for month in range(1, 13)]

    assert interval.days[0] == max(length, 0)
    assert interval.days_by_month(2028)[0].tolist() == expected
    assert month_flags(interval.months_of(2028))[0].tolist() == [n > 0 for n in expected]


@given(days=st.lists(st.tuples(DAYS, st.integers(0, 800)), min_size=1, max_size=8), data=st.data())
@settings(deadline=None)
def test_the_days_of_any_year_are_counted_month_by_month(
    days: list[tuple[date, int]], data: st.DataObject
) -> None:
    first = column(*[day for day, _ in days])
    interval = Interval(first, first + np.array([more for _, more in days]))
    year = data.draw(st.sampled_from([day.year + n for day, _ in days for n in (-1, 0, 1, 2)]))

    found = interval.days_by_month(year)

    for line, (day, more) in enumerate(days):
        whole = days_by_month(day + timedelta(n) for n in range(more + 1))
        assert found[line].tolist() == [whole[year, month] for month in range(1, 13)]
    assert (month_flags(interval.months_of(year)) == (found > 0)).all()


def test_a_set_of_months_comes_back_as_its_flags() -> None:
    flags = np.eye(12, dtype=np.bool_)

    assert month_set(flags).tolist() == [1 << month for month in range(12)]
    assert (month_flags(month_set(flags)) == flags).all()
