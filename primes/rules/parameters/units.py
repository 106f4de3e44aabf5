"""From the text of a sheet to an exact value, by its unit. No value passes through a float."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from primes.rules.columns import day_of
from primes.rules.errors import ParameterRefused
from primes.rules.parameters.sheets import Value

NONE = "none"
_CENTIMES_PER_DIRHAM = 100


def _percent(text: str) -> Fraction:
    return Fraction(_matched(r"\d+(\.\d+)?", text)) / 100


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


UNITS: Mapping[str, Callable[[str], Value]] = {
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


def parse(text: str, unit: str, *, may_be_none: bool, place: str) -> Value:
    if may_be_none and text == NONE:
        return None
    try:
        return UNITS[unit](text)
    except ValueError as error:
        raise ParameterRefused(place, text, unit) from error


def _matched(pattern: str, text: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(text)
    return text
