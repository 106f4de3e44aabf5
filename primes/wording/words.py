"""Codes into words, in three languages: page, terminal, letter and API say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from accounts.formats import day, money
from primes.rules.parameters.loader import load_scheme, scheme_names

LANGUAGES = ("fr", "ar", "en")
_CATALOGUE = Path(__file__).parent / "catalogue"
_UNKNOWN = "unknown_code"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what to do about it."""

    what: str
    do: str


class _Filling(Formatter):
    """`{amount:money}` and `{day:day}` are written as people read them; a missing fact stays empty."""

    def __init__(self, language: str) -> None:
        self.language = language

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "")

    def format_field(self, value: object, format_spec: str) -> str:
        if format_spec == "money" and isinstance(value, int):
            return money(value, self.language)
        if format_spec == "day" and isinstance(value, date):
            return day(value, self.language)
        if isinstance(value, (list, tuple)):
            return ", ".join(str(each) for each in value)
        return str(value)


@cache
def catalogue(name: str) -> Mapping[str, Mapping[str, Any]]:
    text = (_CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text) or {}


@cache
def sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Every sentence, whichever file of the catalogue holds it."""
    found: dict[str, Mapping[str, Mapping[str, str]]] = {}
    for path in sorted(_CATALOGUE.glob("*.yaml")):
        if path.stem != "labels":
            found |= catalogue(path.stem)
    return found


def sentence(
    code: str, facts: Mapping[str, object] | None = None, language: str = "fr"
) -> Sentence:
    """The words of a code; a code without words is shown as it is, and crashes nothing."""
    known = sentences()
    entry = known.get(code) or known[_UNKNOWN]
    words = entry.get(language) or entry["fr"]
    given = {"code": code, **(facts or {})}
    filling = _Filling(language)
    return Sentence(
        filling.vformat(words["what"], (), given), filling.vformat(words["do"], (), given)
    )


def label(kind: str, code: str, language: str = "fr") -> str:
    """A short name; the code itself when it has none."""
    entry = _of_the_law(kind).get(code) or catalogue("labels").get(kind, {}).get(code)
    return str(entry[language]) if entry else code


@cache
def _of_the_law(kind: str) -> Mapping[str, Mapping[str, str]]:
    """Questions, rows and warnings stand in the sheet of their scheme."""
    found: dict[str, Mapping[str, str]] = {}
    for name in scheme_names():
        text = load_scheme(name)
        part = {"condition": text.conditions, "row": text.rows, "warning": text.warnings}.get(
            kind, {}
        )
        found |= {code: provision.question for code, provision in part.items()}
    return found
