"""The calendar as one reads it on the wall: every day written out, and months added by hand."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

Days = list[date]
ONE_DAY = timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The same day of the month, or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day_of_months(day: date, months: int) -> date:
    """The last of so many months that begin on that day."""
    return shifted(day, months) - ONE_DAY


@cache
def days_of_year(year: int) -> tuple[date, ...]:
    return tuple(day for n in range(366) if (day := date(year, 1, 1) + n * ONE_DAY).year == year)


def days_by_month(days: Iterable[date]) -> Counter[tuple[int, int]]:
    return Counter((day.year, day.month) for day in days)
