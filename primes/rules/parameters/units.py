"""From the text of a sheet to an exact value, by its unit. No value passes through a float.

A table has one row a profile, and every row as many cells: one text, or a list of them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from primes.rules.columns import PROFILES, day_of
from primes.rules.errors import ParameterRefused
from primes.rules.parameters.sheets import Table, Value

Written = Any
"""A value as it stands in a sheet: a text, or texts in a list or a mapping."""

NONE = "none"
_CENTIMES_PER_DIRHAM = 100


def _percent(text: str) -> Fraction:
    """Six decimals at most: a longer ratio would not fit beside an amount in 64 bits."""
    return Fraction(_matched(r"\d+(\.\d{1,6})?", text)) / 100


def _money(text: str) -> int:
    """Dirhams with two decimals, to centimes."""
    return int(Fraction(_matched(r"\d+\.\d{2}", text)) * _CENTIMES_PER_DIRHAM)


def _count(text: str) -> int:
    return int(_matched(r"\d+", text))


def _date(text: str) -> int:
    return day_of(date.fromisoformat(_matched(r"\d{4}-\d{2}-\d{2}", text)))


def _day_of_following_year(text: str) -> tuple[int, int]:
    """Month and day, in the year after the claim year; 29 February is not in every year."""
    month, day = _matched(r"\d{2}-\d{2}", text).split("-")
    date(1970, int(month), int(day))
    return int(month), int(day)


def _boolean(text: str) -> bool:
    return _matched("true|false", text) == "true"


def _codes(text: str) -> tuple[str, ...]:
    return tuple(_matched(r"[A-Z]+( [A-Z]+)*", text).split())


_UNITS: Mapping[str, Callable[[str], Value]] = {
    "percent": _percent,
    "dirhams": _money,
    "years": _count,
    "months": _count,
    "days": _count,
    "hours": _count,
    "date": _date,
    "day_of_following_year": _day_of_following_year,
    "boolean": _boolean,
    "codes": _codes,
}
_CELLS: Mapping[str, Callable[[str], int]] = {
    "years_by_profile": _count,
    "dirhams_by_profile": _money,
}
UNITS = (*_UNITS, *_CELLS)


def parse(written: Written, unit: str, *, may_be_none: bool, place: str) -> Value:
    """In a table each cell by itself may be none."""
    try:
        if unit in _CELLS:
            return _table(written, partial(_cell, read=_CELLS[unit], may_be_none=may_be_none))
        return None if may_be_none and written == NONE else _UNITS[unit](written)
    except ValueError as error:
        raise ParameterRefused(place, written, unit) from error


def _table(written: Written, read: Callable[[Written], int | None]) -> Table:
    if not isinstance(written, dict) or written.keys() != set(PROFILES.values):
        raise ValueError(written)
    rows = {word: row if isinstance(row, list) else [row] for word, row in written.items()}
    if len({len(row) for row in rows.values()}) > 1 or not all(rows.values()):
        raise ValueError(written)
    return {word: tuple(read(cell) for cell in row) for word, row in rows.items()}


def _cell(written: Written, *, read: Callable[[str], int], may_be_none: bool) -> int | None:
    return None if may_be_none and written == NONE else read(written)


def _matched(pattern: str, text: Written) -> str:
    if not isinstance(text, str) or not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(text)
    return text
