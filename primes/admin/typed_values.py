"""A value of the law as people type it in French, into what a sheet would write."""

import re
from collections.abc import Callable, Mapping

from primes.rules.parameters.units import NONE

_NOTHING = frozenset({"aucun", "aucune", "aucune valeur", "sans"})
_ANSWERS = {"oui": "true", "non": "false"}


def as_sheet(typed: str, unit: str) -> str:
    """« 4,5 % » is « 4.5 », « 31/12/2031 » is « 2031-12-31 », « oui » is « true ».

    What is not understood is left as it is: the law refuses it and says what it expects.
    """
    text = " ".join(typed.split())
    if text.lower() in _NOTHING:
        return NONE
    write = _WRITTEN.get(unit)
    return write(text) if write else text


def _percent(text: str) -> str:
    return _number(text.removesuffix("%"))


def _dirhams(text: str) -> str:
    number = _number(re.sub(r"(?i)\s*(dh|mad|dirhams?)$", "", text))
    whole, _, decimals = number.partition(".")
    return f"{whole}.{decimals:0<2}"


def _count(text: str) -> str:
    return _number(re.sub(r"(?i)(?<=\d)\s*(ans?|années?|mois|jours?|heures?|h)$", "", text))


def _number(text: str) -> str:
    return text.replace(" ", "").replace(",", ".")


def _day(text: str) -> str:
    return re.sub(r"^(\d\d)/(\d\d)/(\d{4})$", r"\3-\2-\1", text)


def _day_of_following_year(text: str) -> str:
    return re.sub(r"^(\d\d)/(\d\d)$", r"\2-\1", text)


def _answer(text: str) -> str:
    return _ANSWERS.get(text.lower(), text)


def _codes(text: str) -> str:
    return " ".join(re.split(r"[ ,;]+", text.upper()))


_WRITTEN: Mapping[str, Callable[[str], str]] = {
    "percent": _percent,
    "dirhams": _dirhams,
    "years": _count,
    "months": _count,
    "days": _count,
    "hours": _count,
    "date": _day,
    "day_of_following_year": _day_of_following_year,
    "boolean": _answer,
    "codes": _codes,
}
