"""Days, months and years on columns. The law adds dates nowhere else.

A day is counted from 1970-01-01, and an interval includes both its ends. The named values of
`columns` stay far outside the calendar whatever number of months is added to them. A set of months
of one year is a bit mask, January at bit 0.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from primes.rules.columns import NEVER, Bools, Int64s

MONTHS_PER_YEAR = 12
_EPOCH_YEAR = 1970
# Days of these years are read in a table: arithmetic on datetime64 costs ten times more.
_TABLE_FROM, _TABLE_UNTIL = np.datetime64("1900-01", "M"), np.datetime64("2200-01", "M")


def add_months(days: Int64s, months: int | Int64s) -> Int64s:
    """The same day of the month, or the last day of a shorter month; months may be negative."""
    number, into_month = _month_and_offset(days)
    target = number + months
    moved: Int64s = np.minimum(_month_start(target) + into_month, _month_start(target + 1) - 1)
    return moved


def subtract_months(days: Int64s, months: int | Int64s) -> Int64s:
    """Months are taken off as they are added."""
    return add_months(days, -months)


def year_of(days: Int64s) -> Int64s:
    number, _ = _month_and_offset(days)
    return number // MONTHS_PER_YEAR + _EPOCH_YEAR


def year_bounds(year: int) -> tuple[int, int]:
    """1 January and 31 December."""
    starts = _month_starts(year)
    return int(starts[0]), int(starts[-1]) - 1


def month_set(flags: Bools) -> Int64s:
    """[n, 12] flags of one year, as a set of months a line."""
    return (flags @ (1 << np.arange(MONTHS_PER_YEAR, dtype=np.int16))).astype(np.int64)


def month_flags(months: Int64s) -> Bools:
    """A set of months a line, as [n, 12] flags."""
    return _every_month_set()[months]


@dataclass(frozen=True, eq=False)
class Interval:
    """Days from one to another, both included; empty when the first is after the last."""

    from_day: Int64s
    until_day: Int64s

    @classmethod
    def common(cls, starts: list[ArrayLike], ends: list[ArrayLike], size: int) -> "Interval":
        """The days on or after every start and on or before every end, one interval a line."""
        from_day = until_day = np.zeros(size, dtype=np.int64)
        from_day = from_day + _latest(starts)
        until_day = until_day + _earliest(ends)
        return cls(from_day, until_day)

    @property
    def days(self) -> Int64s:
        days: Int64s = np.maximum(self.until_day - self.from_day + 1, 0)
        return days

    @property
    def not_empty(self) -> Bools:
        return self.from_day <= self.until_day

    def where(self, kept: Bools) -> "Interval":
        """Empty on the other lines; an empty one has `NEVER` for first day."""
        held = kept & self.not_empty
        return Interval(
            np.where(held, self.from_day, NEVER), np.where(held, self.until_day, NEVER - 1)
        )

    def take(self, lines: Int64s | Bools) -> "Interval":
        return Interval(self.from_day[lines], self.until_day[lines])

    def months_of(self, year: int) -> Int64s:
        """The set of months of the year in which at least one day of the interval falls."""
        january_first, december_last = year_bounds(year)
        first = np.maximum(self.from_day, january_first)
        last = np.minimum(self.until_day, december_last)
        month_of_day = np.repeat(np.arange(MONTHS_PER_YEAR), np.diff(_month_starts(year)))
        held = first <= last
        first_month = month_of_day[np.where(held, first - january_first, 0)]
        last_month = month_of_day[np.where(held, last - january_first, 0)]
        return np.where(held, (2 << last_month) - (1 << first_month), 0)

    def days_by_month(self, year: int) -> Int64s:
        """[n, 12]: how many days of the interval fall in each month of the year."""
        starts = _month_starts(year)
        first = np.maximum(self.from_day[:, None], starts[:-1])
        last = np.minimum(self.until_day[:, None], starts[1:] - 1)
        days: Int64s = np.maximum(last - first + 1, 0)
        return days


def _latest(days: list[ArrayLike]) -> Int64s:
    latest = np.asarray(days[0], dtype=np.int64)
    for other in days[1:]:
        latest = np.maximum(latest, other)
    return latest


def _earliest(days: list[ArrayLike]) -> Int64s:
    earliest = np.asarray(days[0], dtype=np.int64)
    for other in days[1:]:
        earliest = np.minimum(earliest, other)
    return earliest


def _month_starts(year: int) -> Int64s:
    """The first day of each month of the year, and of the January after: 13 days."""
    january = (year - _EPOCH_YEAR) * MONTHS_PER_YEAR
    return _month_start(january + np.arange(MONTHS_PER_YEAR + 1))


def _month_and_offset(days: Int64s) -> tuple[Int64s, Int64s]:
    """Months since January 1970, and days since the first of that month."""
    first_day, numbers, offsets, _ = _table()
    position = days - first_day
    inside = (position >= 0) & (position < len(numbers))
    if inside.all():
        return numbers[position], offsets[position]
    position = np.where(inside, position, 0)
    number, offset = numbers[position], offsets[position]
    number[~inside], offset[~inside] = _divided(days[~inside])
    return number, offset


def _month_start(numbers: Int64s) -> Int64s:
    """The first day of a month counted from January 1970."""
    _, _, _, starts = _table()
    position = numbers - _TABLE_FROM.astype(np.int64)
    inside = (position >= 0) & (position < len(starts))
    all_inside = inside.all()
    start: Int64s = starts[position if all_inside else np.where(inside, position, 0)]
    if not all_inside:
        start[~inside] = _first_day(numbers[~inside])
    return start


@cache
def _every_month_set() -> Bools:
    """[4096, 12]: the flags of each possible set of months of a year."""
    sets = np.arange(1 << MONTHS_PER_YEAR)
    return np.asarray(sets[:, None] >> np.arange(MONTHS_PER_YEAR) & 1, dtype=np.bool_)


@cache
def _table() -> tuple[int, Int64s, Int64s, Int64s]:
    """First day of the table; month and offset of each of its days; first day of each month."""
    starts = _first_day(np.arange(_TABLE_FROM.astype(np.int64), _TABLE_UNTIL.astype(np.int64)))
    days = np.arange(starts[0], _first_day(np.array([_TABLE_UNTIL.astype(np.int64)]))[0])
    return int(starts[0]), *_divided(days), starts


def _divided(days: Int64s) -> tuple[Int64s, Int64s]:
    calendar_days = days.astype("datetime64[D]")
    months = calendar_days.astype("datetime64[M]")
    offsets = calendar_days - months.astype("datetime64[D]")
    return months.astype(np.int64), offsets.astype(np.int64)


def _first_day(numbers: Int64s) -> Int64s:
    return numbers.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
