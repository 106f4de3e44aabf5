"""Facts and figures of a step as people read them, in three languages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
from typing import cast

from accounts import formats
from primes.rules.explain import Shown, Step
from primes.wording.explained_words import counted, filled, joined, word
from primes.wording.words import isolated

_ITEM = "item_"
# A number of the law is named with the words of the fact that it is compared with.
_SAME_WORDS = {"stable_contracts": "contract", "branches": "branch"}


def fact_text(name: str, value: Shown, language: str, year: int | None = None) -> str:
    """`value` as `rules.explain` shows it: a day in ISO, money in centimes, None unknown.

    `year` is the claim year, the last one of a fact that has several.
    """
    if isinstance(value, tuple):
        return _several(name, value, language, year)
    if value is None:
        return named(name, "unknown", language)
    if isinstance(value, bool):
        return str(word("answer", "yes" if value else "no", language)).lower()
    if isinstance(value, int):
        return _number(name, value, language)
    try:
        return formats.day(date.fromisoformat(value), language)
    except ValueError:
        return named(name, value, language)


def figures_of(step: Step, language: str) -> tuple[tuple[str, str], ...]:
    """The figures that have a name of their own; the formula shows the others.

    The numerator and denominator of salaries are made one amount.
    """
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


def part_text(part: str, language: str) -> str:
    """« année 2026 », « 1re année de formation »."""
    said = word("part", part, language)
    return said or filled("part", "year", language, year=isolated(part, language))


def _several(name: str, values: tuple[Shown, ...], language: str, year: int | None) -> str:
    if name.startswith(_ITEM):
        return _by_training(name, values, language)
    if name == "granted_before":
        if not any(values):
            return named(name, "nothing", language)
        return by_training_year([fact_text(name, each, language) for each in values], language)
    if all(value is None for value in values):
        return named(name, "unknown", language)
    if len(values) == 1:
        return fact_text(name, values[0], language)
    return joined("items", _runs(name, values, language, year), language)


def _by_training(name: str, values: tuple[Shown, ...], language: str) -> str:
    if not values:
        return str(word("named", "item.nothing", language))
    texts = [fact_text(name, value, language) for value in values]
    if len(texts) == 1:
        return texts[0]
    ranks = (formats.number(rank, language) for rank in range(1, len(texts) + 1))
    names = [filled("part", "training", language, rank=rank) for rank in ranks]
    return _marked(texts, names, language)


def by_training_year(texts: Sequence[str], language: str) -> str:
    names = [part_text(str(rank), language) for rank in range(1, len(texts) + 1)]
    return _marked(texts, names, language)


def _marked(texts: Sequence[str], names: Sequence[str], language: str) -> str:
    """« 5 000,00 DH (formation n° 1) ; 3 000,00 DH (formation n° 2) »."""
    pairs = zip(texts, names, strict=True)
    said = (filled("formula", "marked", language, text=text, mark=name) for text, name in pairs)
    return joined("items", said, language)


def _runs(name: str, values: Sequence[Shown], language: str, year: int | None) -> Iterator[str]:
    """« 5 000,00 DH en janvier », « 8 000,00 DH de février à novembre »: equal figures at once."""
    times = _times(len(values), language, year)
    for value, run in groupby(zip(values, times, strict=True), key=itemgetter(0)):
        first, *others = [time for _, time in run]
        text = fact_text(name, value, language)
        if others:
            yield filled("formula", "during", language, value=text, first=first, last=others[-1])
        else:
            yield filled("formula", "at", language, value=text, time=first)


def _times(size: int, language: str, year: int | None) -> list[str]:
    """Names of the last `size` months or years up to the end of `year`."""
    months = formats.HABITS[language].months
    if size == len(months):
        return list(months)
    if size % len(months):
        return [isolated(str((year or 0) - size + 1 + rank), language) for rank in range(size)]
    first = (year or 0) - size // len(months) + 1
    return [f"{months[at % 12]} {isolated(str(first + at // 12), language)}" for at in range(size)]


def _number(name: str, value: int, language: str) -> str:
    for ending, written in _WRITTEN.items():
        if name.endswith(ending):
            return written(value, language)
    return formats.number(value, language)


def _duration(minutes: int, language: str) -> str:
    """« 7 heures et 30 minutes »."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return counted("hours", hours, language)
    if not hours:
        return counted("minutes", rest, language)
    return filled(
        "formula",
        "hours_minutes",
        language,
        hours=counted("hours", hours, language),
        minutes=counted("minutes", rest, language),
    )


def named(name: str, value: str, language: str) -> str:
    """A word of its own for this fact, else for any fact, else the code itself."""
    name = _SAME_WORDS.get(name, name)
    said = word("named", f"{name}.{value}", language) or word("named", value, language)
    return said or isolated(value, language)


# How whole numbers are written, by the end of the name of the fact or figure: the first that fits.
_WRITTEN: Mapping[str, Callable[[int, str], str]] = {
    "income": formats.money,
    "salary": formats.money,
    "salaries": formats.money,
    "salaries_within": formats.money,
    "granted_before": formats.money,
    "_cost": formats.money,
    "_minutes": _duration,
    "_bp": lambda value, language: formats.percent(Fraction(value, 10_000), language),
    "_days": lambda value, language: counted("days", value, language),
    "_years": lambda value, language: counted("years", value, language),
    "year": lambda value, language: isolated(str(value), language),
    "_invoice": lambda value, language: str(
        word("named", "invoice.known" if value else "invoice.none", language)
    ),
}
