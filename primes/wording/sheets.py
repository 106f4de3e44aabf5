"""The values of the law as its sheets hold them, in words; short names stand in `labels.yaml`."""

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from accounts import formats
from primes.rules.columns import date_of
from primes.rules.explain import ParameterRead, Shown
from primes.rules.parameters.sheets import DatedValue, Parameter
from primes.wording.explained_law import parameter_value
from primes.wording.explained_values import named
from primes.wording.explained_words import filled, joined


def value_texts(parameter: Parameter, dated: DatedValue, language: str) -> tuple[str, ...]:
    """One text; of a table, one a profile unless all read the same."""
    value = dated.value
    if not isinstance(value, Mapping):
        return (value_text(parameter, dated, language),)
    rows = {
        named("profile", profile, language): _text(parameter, dated, row, language)
        for profile, row in value.items()
    }
    if len(set(rows.values())) == 1:
        return (next(iter(rows.values())),)
    return tuple(
        filled("formula", "named", language, name=profile, value=text)
        for profile, text in rows.items()
    )


def value_text(parameter: Parameter, dated: DatedValue, language: str) -> str:
    """« 3,5 % », « 31/12/2031 », « 30 juin de l'année suivante »; a table on one line."""
    value = dated.value
    if isinstance(value, Mapping):
        return joined("items", value_texts(parameter, dated, language), language)
    if value is not None and parameter.unit == "day_of_following_year":
        return _day_of_following_year(cast("tuple[int, int]", value), language)
    if value is not None and parameter.unit == "date":
        return formats.day(date_of(cast("int", value)), language)
    if isinstance(value, Fraction):
        return formats.percent(value, language)
    return _text(parameter, dated, cast("Shown", value), language)


def _text(parameter: Parameter, dated: DatedValue, value: Shown, language: str) -> str:
    read = ParameterRead(
        name=parameter.name,
        value=value,
        since=dated.since.isoformat(),
        unit=parameter.unit,
        certainty=dated.certainty.value,
        reference=dated.reference,
    )
    return parameter_value(read, language)


def _day_of_following_year(value: tuple[int, int], language: str) -> str:
    month, day = value
    rank = "1er" if language == "fr" and day == 1 else str(day)
    name = formats.HABITS[language].months[month - 1]
    return filled("formula", "following_year", language, day=rank, month=name)
