"""Facts, figures and parameters of a step as people read them, in three languages."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from accounts import formats
from primes.rules.explain import ParameterRead, Shown, Step

MONEY = frozenset({"income", "salary", "training_cost", "previous", "salaries", "salaries_within"})
COUNTED_UNITS = frozenset({"years", "months", "days", "hours"})
_SHEET = Path(__file__).with_name("explanation.yaml")


def word(kind: str, code: str, language: str) -> str | None:
    """A word of `explanation.yaml`; None when it has none."""
    entry = _sheet().get(kind, {}).get(code)
    return None if entry is None else str(entry[language])


def filled(kind: str, code: str, language: str, **values: str) -> str:
    return str(word(kind, code, language)).format(**values)


@cache
def _sheet() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return cast("Mapping[str, Any]", yaml.safe_load(_SHEET.read_text(encoding="utf-8")))


def fact_text(name: str, value: Shown, language: str) -> str:
    """`value` as `rules.explain` shows it: a day in ISO, money in centimes, None unknown."""
    if isinstance(value, tuple):
        return _several(name, value, language)
    if value is None:
        return _named(name, "unknown", language)
    if isinstance(value, bool):
        return str(word("answer", "yes" if value else "no", language)).lower()
    if isinstance(value, int):
        return _number(name, value, language)
    try:
        return formats.day(date.fromisoformat(value), language)
    except ValueError:
        return _named(name, value, language)


def figures_of(step: Step, language: str) -> tuple[tuple[str, str], ...]:
    """The parts of a formula, with the numerator and denominator of salaries made one amount."""
    figures = dict(step.figures)
    within = salaries_within(figures)
    if within is not None:
        figures["salaries_within"] = within
    shown = []
    for name, value in figures.items():
        text = word("figure", name, language)
        if text is not None:
            said = word("split", str(value), language) if name == "split" else None
            shown.append((text, said or fact_text(name, value, language)))
    return tuple(shown)


def salaries_within(figures: Mapping[str, Shown]) -> int | None:
    """Centimes, half up for showing; the law computes with the exact fraction."""
    if "salaries_within_numerator" not in figures:
        return None
    exact = Fraction(
        cast("int", figures["salaries_within_numerator"]),
        cast("int", figures["salaries_within_denominator"]),
    )
    return int(exact + Fraction(1, 2))


def parameter_text(read: ParameterRead, language: str) -> str:
    """« 3,5 % (en vigueur depuis le 01/07/2025, presse) »."""
    values = {
        "value": parameter_value(read, language),
        "day": formats.day(date.fromisoformat(read.since), language),
    }
    mark = word("certainty", read.certainty, language)
    if mark:
        return filled("formula", "since_marked", language, mark=mark, **values)
    return filled("formula", "since", language, **values)


def parameter_value(read: ParameterRead, language: str) -> str:
    value = read.value
    if value is None:
        return _named(read.name, "none", language)
    if read.unit == "percent":
        return formats.percent(Fraction(str(value)), language)
    if read.unit == "dirhams":
        return formats.money(cast("int", value), language)
    if read.unit in COUNTED_UNITS:
        return filled("count", read.unit, language, n=formats.number(cast("int", value), language))
    if read.unit == "codes":
        return ", ".join(
            _named(read.name, str(code), language) for code in cast("tuple[str]", value)
        )
    return fact_text(read.name, value, language)


def _several(name: str, values: tuple[Shown, ...], language: str) -> str:
    """One year is one figure; of twelve months, the runs of equal figures are said once."""
    if all(value is None for value in values):
        return _named(name, "unknown", language)
    if len(values) == 1:
        return fact_text(name, values[0], language)
    months = formats.HABITS[language].months
    runs: list[list[int]] = []
    for position, value in enumerate(values):
        if runs and values[runs[-1][0]] == value:
            runs[-1].append(position)
        else:
            runs.append([position])
    return " ; ".join(
        " – ".join(months[position % 12] for position in dict.fromkeys((run[0], run[-1])))
        + f" : {fact_text(name, values[run[0]], language)}"
        for run in runs
    )


def _number(name: str, value: int, language: str) -> str:
    if name in MONEY:
        return formats.money(value, language)
    if name == "training_minutes":
        return formats.duration(value, language)
    if name.endswith("_bp"):
        return formats.percent(Fraction(value, 10_000), language)
    return formats.number(value, language)


def _named(name: str, value: str, language: str) -> str:
    """A word of its own for this fact, else for any fact, else the code itself."""
    return word("named", f"{name}.{value}", language) or word("named", value, language) or value
