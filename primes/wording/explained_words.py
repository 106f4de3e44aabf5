"""The sheets of an explanation: words by kind and code, counts with their plurals, legal texts."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from accounts import formats
from primes.rules.parameters.sheets import Certainty
from primes.wording.words import isolated, label

_FOLDER = Path(__file__).parent


def word(kind: str, code: str, language: str) -> str | None:
    """A word of `explanation.yaml`; None when it has none."""
    entry = sheet("explanation").get(kind, {}).get(code)
    return None if entry is None else str(entry[language])


def words_of(kind: str, language: str) -> Mapping[str, str]:
    """All the words of a kind, by code."""
    return {code: str(entry[language]) for code, entry in sheet("explanation")[kind].items()}


def filled(kind: str, code: str, language: str, **values: str) -> str:
    return str(word(kind, code, language)).format(**values)


def certainty_mark(certainty: str, language: str) -> str:
    """How a text is known where it was not read: « presse », « hypothèse »; else empty."""
    return "" if certainty == Certainty.TEXT else label("certainty", certainty, language)


def remedy_form(remedy: str, case: str, language: str) -> str:
    """What would change an answer, to be filled; `remedies.yaml` has every case."""
    return held_together(str(sheet("remedies")[remedy][case][language]), language)


def translated(text: str, language: str) -> str:
    """A legal text cited in French by a parameter sheet; itself where no words were written."""
    return held_together(str(sheet("references").get(text, {}).get(language, text)), language)


def held_together(text: str, language: str) -> str:
    """« 3-2 » stays so: after Arabic letters a hyphen between two numbers would turn them round."""
    if not formats.HABITS[language].isolates:
        return text
    return re.sub(r"\d+-\d+", lambda found: isolated(found.group(), language), text)


def joined(separator: str, texts: Iterable[str], language: str) -> str:
    return str(word("separator", separator, language)).join(texts)


def counted(unit: str, number: int, language: str) -> str:
    """« 275 jours », with the plural of the language."""
    forms = sheet("explanation")["count"][unit][language]
    return str(forms[_plural(number, language)]).format(n=formats.number(number, language))


def _plural(number: int, language: str) -> str:
    """The plural category, as CLDR has it for whole numbers."""
    if language == "fr":
        return "one" if number < 2 else "other"
    if language == "en":
        return "one" if number == 1 else "other"
    if number < 3:
        return ("zero", "one", "two")[number]
    rest = number % 100
    if rest < 3:
        return "other"
    return "few" if rest <= 10 else "many"


@cache
def sheet(name: str) -> Mapping[str, Mapping[str, Any]]:
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, Any]]", yaml.safe_load(text))
