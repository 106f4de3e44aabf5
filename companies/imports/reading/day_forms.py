"""Days as people and programs write them, turned into the one form that is read everywhere: ISO."""

import re
from datetime import date, timedelta
from typing import Literal

from companies.imports.reading.people_titles import MONTH_WORDS
from companies.imports.reading.people_words import folded
from companies.imports.reading.values import ValueRefused

DayOrder = Literal["dmy", "mdy"]

SERIAL_DAYS = (date(1950, 1, 1), date(2199, 12, 31))
"""A number that counts no day between these is no day: a year alone would be one of 1905."""
SERIAL_LENGTH_MAX = len("109574")
YEAR_EXPECTED = "a day with its year in four digits"

_MIDNIGHT = r"(?:[T ]0{1,2}:00(?::00)?(?:\.0+)?)?"
NUMBERS_LAST = re.compile(rf"(\d{{1,2}})[./ -](\d{{1,2}})[./ -](\d{{4}}){_MIDNIGHT}", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[./ -](\d{{1,2}})[./ -](\d{{1,2}}){_MIDNIGHT}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([./ -])\d{1,2}\1\d{2}", re.ASCII)
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?", re.ASCII)


def iso_day(text: str, order: DayOrder, day_zero: date) -> str:
    """The day as ISO writes it; a text that is no form of a day is given back as it is.

    What is returned may be no day of the calendar. Raises `ValueRefused` for a year in two digits:
    nobody can know the century of 05/08/26, nor which part of 05/08/06 is the year.
    """
    plain = _western(text)
    if found := NUMBERS_LAST.fullmatch(plain):
        first, second, year = found.groups()
        month, day = (second, first) if order == "dmy" else (first, second)
    elif found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = found.groups()
    elif _SHORT_YEAR.fullmatch(plain):
        raise ValueRefused("year_two_digits", YEAR_EXPECTED)
    elif plain.isdecimal():
        return iso_of_serial(plain, day_zero)
    else:
        return _of_words(plain) or text
    return f"{year}-{month:0>2}-{day:0>2}"


def iso_of_serial(text: str, day_zero: date) -> str:
    """ISO day of the number by which a spreadsheet counts it; another number stays itself."""
    if not text.isdecimal() or len(text) > SERIAL_LENGTH_MAX:
        return text
    day = day_zero + timedelta(days=int(text))
    return day.isoformat() if SERIAL_DAYS[0] <= day <= SERIAL_DAYS[1] else text


def _western(text: str) -> str:
    """Digits of any script as ASCII ones, single spaces, no invisible mark."""
    plain = " ".join(text.split())
    return plain if plain.isascii() else "".join(map(_western_character, plain)).strip()


def _western_character(character: str) -> str:
    if character.isdecimal():
        return str(int(character))
    return "" if character in "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}" else character


def _of_words(text: str) -> str | None:
    """« 5 août 2026 », « mercredi 5 août 2026 », « August 5, 2026 », « 5 غشت 2026 »."""
    words = folded(text).split()
    months = [MONTH_WORDS[word] for word in words if word in MONTH_WORDS]
    numbers = [word for word in words if word[0].isdecimal()]
    if len(months) != 1 or len(numbers) != 2 or len(words) > 4:
        return None
    day = _DAY_OF_MONTH.fullmatch(numbers[0])
    if day is None or not numbers[1].isdecimal():
        return None
    if len(numbers[1]) == 2:
        raise ValueRefused("year_two_digits", YEAR_EXPECTED)
    return f"{numbers[1]:0>4}-{months[0]:02}-{day[1]:0>2}"
