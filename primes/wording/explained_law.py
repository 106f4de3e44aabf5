"""Numbers of the law and the texts that say them, as people read them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

from accounts import formats
from primes.rules.explain import ParameterRead, Shown
from primes.rules.parameters.sheets import Reference
from primes.wording.explained_values import by_training_year, fact_text, named
from primes.wording.explained_words import certainty_mark, counted, filled, joined, translated

COUNTED_UNITS = frozenset({"years", "months", "days", "hours"})
OF_A_TABLE = "_by_profile"
"""End of the unit of a number that stands in a table."""


def parameter_text(read: ParameterRead, language: str) -> str:
    """« 3,5 % (en vigueur depuis le 01/07/2025, presse) »."""
    values = {
        "value": parameter_value(read, language),
        "day": formats.day(date.fromisoformat(read.since), language),
    }
    mark = certainty_mark(read.certainty, language)
    if mark:
        return filled("formula", "since_marked", language, mark=mark, **values)
    return filled("formula", "since", language, **values)


def parameter_value(read: ParameterRead, language: str) -> str:
    value = read.value
    if value is None:
        return named(read.name, "none", language)
    if isinstance(value, tuple):
        return _codes(read, language) if read.unit == "codes" else _cells(read, value, language)
    if read.unit == "percent":
        return formats.percent(Fraction(str(value)), language)
    unit = read.unit.removesuffix(OF_A_TABLE)
    if unit == "dirhams":
        return formats.money(cast("int", value), language)
    if unit in COUNTED_UNITS:
        return counted(unit, cast("int", value), language)
    return fact_text(read.name, value, language)


def _codes(read: ParameterRead, language: str) -> str:
    codes = cast("tuple[str, ...]", read.value)
    return joined("words", (named(read.name, code, language) for code in codes), language)


def reference_text(reference: Reference, language: str) -> str:
    """« Circulaire …, publiée le 24 novembre 2025 – Annexe « Liste des activités » »."""
    return filled(
        "formula",
        "reference",
        language,
        text=translated(reference.text, language),
        place=translated(reference.place, language),
    )


def _cells(read: ParameterRead, values: Sequence[Shown], language: str) -> str:
    """The row of a table: one cell is one value, several are those of the training years."""
    if all(value is None for value in values):
        return named(read.name, "none", language)
    cells = [parameter_value(replace(read, value=value), language) for value in values]
    return cells[0] if len(cells) == 1 else by_training_year(cells, language)
