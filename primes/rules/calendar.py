"""Days, months and years on columns. The law adds dates nowhere else.

A day is counted from 1970-01-01, and an interval includes both its ends. The named values of
`columns` stay far outside the calendar whatever number of months is added to them. A set of months
of one year is a bit mask, January at bit 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from primes.rules.columns import NEVER, Bools, Column, Int16s, Int64s

MONTHS_PER_YEAR = 12
_EPOCH_YEAR = 1970
_EACH_MONTH = 1 << np.arange(MONTHS_PER_YEAR, dtype=np.int16)
# Days of these years are read in a table: arithmetic on datetime64 costs ten times more.
_TABLE_FROM, _TABLE_UNTIL = np.datetime64("1900-01", "M"), np.datetime64("2200-01", "M")


def add_months(days: Int64s, months: int | Int64s) -> Int64s:
    """The same day of the month, or the last day of a shorter month; months may be negative."""
    number, into_month = _month_and_offset(days)
    start, length = _month_start_and_length(number + months)
    moved: Int64s = start + np.minimum(into_month, length - 1)
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


def month_by_month(values: Column) -> Column:
    """The same [n, 12] values, laid out in memory so that each month is one contiguous column.

    What runs over the months of every line then runs along the lines, several times faster.
    """
    lines, months = values.strides
    return values if lines <= months else np.asfortranarray(values)


def month_set(flags: Bools) -> Int16s:
    """[n, 12] flags of one year, as a set of months a line."""
    months = np.zeros(len(flags), dtype=np.int16)
    for month, flagged in enumerate(month_by_month(flags).T):
        months |= flagged.astype(np.int16) << month
    return months


def month_flags(months: Int16s) -> Bools:
    """A set of months a line, as [n, 12] flags; in memory, month by month."""
    return (months & _EACH_MONTH[:, None]).astype(np.bool_).T


@dataclass(frozen=True, eq=False)
class Interval:
    """Days from one to another, both included; empty when the first is after the last."""

    from_day: Int64s
    until_day: Int64s

    @classmethod
    def common(cls, starts: list[ArrayLike], ends: list[ArrayLike], size: int) -> "Interval":
        """The days on or after every start and on or before every end, one interval a line."""
        return cls(np.broadcast_to(_latest(starts), size), np.broadcast_to(_earliest(ends), size))

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

    def months_of(self, year: int) -> Int16s:
        """The set of months of the year in which at least one day of the interval falls."""
        january_first, december_last = year_bounds(year)
        months_before, months_until = _months_around(year)
        first = np.clip(self.from_day, january_first, december_last + 1) - january_first
        last = np.clip(self.until_day, january_first - 1, december_last) - january_first
        months = months_until.take(last + 1) & ~months_before.take(first)
        return np.where(self.not_empty, months, np.int16(0))

    def days_by_month(self, year: int) -> Int16s:
        """[n, 12]: how many days of the interval fall in each month of the year.

        Days of one year fit in 16 bits, and in memory they stand month by month: that way numpy
        treats four to eight times more of them at once.
        """
        january_first, december_last = year_bounds(year)
        starts = (_month_starts(year) - january_first).astype(np.int16)[:, None]
        first = np.clip(self.from_day, january_first, december_last + 1) - january_first
        last = np.clip(self.until_day, january_first - 1, december_last) - january_first
        from_day = np.maximum(first.astype(np.int16), starts[:-1])
        until_day = np.minimum(last.astype(np.int16), starts[1:] - 1)
        days: Int16s = np.maximum(until_day - from_day + 1, 0).T
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


@cache
def _month_starts(year: int) -> Int64s:
    """The first day of each month of the year, and of the January after: 13 days."""
    january = (year - _EPOCH_YEAR) * MONTHS_PER_YEAR
    return _first_day(january + np.arange(MONTHS_PER_YEAR + 1))


def _month_and_offset(days: Int64s) -> tuple[Int64s, Int64s]:
    """Months since January 1970, and days since the first of that month."""
    first_day, numbers, offsets = _table_of_days()
    return _read((numbers, offsets), days, first_day, _divided)


def _month_start_and_length(numbers: Int64s) -> tuple[Int64s, Int64s]:
    """The first day of a month counted from January 1970, and how many it has."""
    return _read(_table_of_months(), numbers, int(_TABLE_FROM.astype(np.int64)), _measured)


def _read(
    tables: tuple[Column, Column],
    keys: Int64s,
    first: int,
    beyond: Callable[[Int64s], tuple[Int64s, Int64s]],
) -> tuple[Int64s, Int64s]:
    """What both tables say of each key, `first` being their first; `beyond` says it of others."""
    position = keys - first
    inside = (position >= 0) & (position < len(tables[0]))
    if inside.all():
        return tables[0].take(position), tables[1].take(position)
    one, other = (table.take(np.where(inside, position, 0)).astype(np.int64) for table in tables)
    one[~inside], other[~inside] = beyond(keys[~inside])
    return one, other


@cache
def _months_around(year: int) -> tuple[Int16s, Int16s]:
    """For the n-th day of the year, from 0 to the day after the last: the set of the months before
    its month, and the set of the months of all the days before it."""
    months = np.repeat(np.arange(MONTHS_PER_YEAR), np.diff(_month_starts(year)))
    before = (1 << np.append(months, MONTHS_PER_YEAR)) - 1
    until = np.append(0, (2 << months) - 1)
    return before.astype(np.int16), until.astype(np.int16)


@cache
def _table_of_days() -> tuple[int, Column, Column]:
    """The first day of the table; month and offset of each, narrow to stay in the cache."""
    starts, _ = _table_of_months()
    end = int(_first_day(np.array([_TABLE_UNTIL.astype(np.int64)]))[0])
    numbers, offsets = _divided(np.arange(starts[0], end))
    return int(starts[0]), numbers.astype(np.int32), offsets.astype(np.int32)


@cache
def _table_of_months() -> tuple[Column, Column]:
    return _measured(np.arange(_TABLE_FROM.astype(np.int64), _TABLE_UNTIL.astype(np.int64)))


def _divided(days: Int64s) -> tuple[Int64s, Int64s]:
    calendar_days = days.astype("datetime64[D]")
    months = calendar_days.astype("datetime64[M]")
    offsets = calendar_days - months.astype("datetime64[D]")
    return months.astype(np.int64), offsets.astype(np.int64)


def _first_day(numbers: Int64s) -> Int64s:
    return numbers.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _measured(numbers: Int64s) -> tuple[Int64s, Int64s]:
    start = _first_day(numbers)
    return start, _first_day(numbers + 1) - start
