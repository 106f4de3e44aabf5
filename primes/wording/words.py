"""Codes into words, in three languages: page, terminal, letter and API say the same.

`catalogue/*.yaml` holds one entry a code, and `labels.yaml` the short names by kind. Text is filled
from the facts given with the code: `{name}` as it is, `{name:money}` centimes, `{name:day}` a day,
`{name:number}` a count, and `{name:role}` (or any kind of label) codes as their names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

import yaml

from accounts import formats
from primes.rules.engine import rules_of
from primes.rules.parameters.loader import load_scheme, scheme_names

LANGUAGES = ("fr", "ar", "en")
UNKNOWN_CODE = "unknown_code"
NO_FACT = "—"
_CATALOGUE = Path(__file__).parent / "catalogue"
_LABELS = "labels"
_ISOLATE, _END_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

Words = Mapping[str, Mapping[str, str]]
"""`what` and `do` by language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what to do about it; a warning may have nothing to be done."""

    what: str
    do: str


def sentence(
    code: str, facts: Mapping[str, object] | None = None, language: str = "fr"
) -> Sentence:
    """The words of a code; one without words is shown as it is, and crashes nothing."""
    words = sentences().get(code) or sentences()[UNKNOWN_CODE]
    given = {"code": code, **(facts or {})}
    filling = _Filling(language)
    what, do = (filling.vformat(words[language][part], (), given) for part in ("what", "do"))
    return Sentence(what, do)


def label(kind: str, code: str, language: str = "fr") -> str:
    """A short name; the code itself when it has none.

    Kinds: `condition`, `row` and `warning` are those of the law, the others stand in `labels.yaml`.
    """
    entry = _of_the_law(kind).get(code) or labels().get(kind, {}).get(code)
    return str(entry[language]) if entry else code


def isolated(text: str, language: str) -> str:
    """A name, a reference or a year keeps its own direction inside an Arabic sentence."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if formats.HABITS[language].isolates else text


@cache
def sentences() -> Mapping[str, Words]:
    """Every sentence, whichever file of the catalogue holds it."""
    found: dict[str, Words] = {}
    for path in sorted(_CATALOGUE.glob("*.yaml")):
        if path.stem != _LABELS:
            found |= catalogue(path.stem)
    return found | _conditions()


@cache
def catalogue(name: str) -> Mapping[str, Words]:
    """One file of the catalogue."""
    text = (_CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8")
    entries: Mapping[str, Words] = yaml.safe_load(text) or {}
    return entries


@cache
def labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Short names, by kind and code."""
    entries: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(
        (_CATALOGUE / f"{_LABELS}.yaml").read_text(encoding="utf-8")
    )
    return entries


def _conditions() -> dict[str, Words]:
    """A condition that fails: its reason, and its remedy as what to do."""
    conditions = [each for name in scheme_names() for each in rules_of(name)[0].conditions]
    return {
        each.code: {
            language: {
                "what": label("reason", each.code, language),
                "do": label("remedy", each.remedy, language),
            }
            for language in LANGUAGES
        }
        for each in conditions
    }


@cache
def _of_the_law(kind: str) -> Mapping[str, Mapping[str, str]]:
    """Questions, rows and warnings stand in the sheet of their scheme."""
    found: dict[str, Mapping[str, str]] = {}
    for name in scheme_names():
        text = load_scheme(name)
        parts = {"condition": text.conditions, "row": text.rows, "warning": text.warnings}
        found |= {code: provision.question for code, provision in parts.get(kind, {}).items()}
    return found


class _Filling(Formatter):
    """Facts as people read them; a page must open whatever it is given, so nothing raises here."""

    def __init__(self, language: str) -> None:
        self._language = language

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key))

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, (list, tuple, set, frozenset)):
            return ", ".join(self.format_field(each, format_spec) for each in value) or NO_FACT
        if value is None or value == "":
            return NO_FACT
        if format_spec == "money" and isinstance(value, int):
            return formats.money(value, self._language)
        if format_spec == "number" and isinstance(value, int):
            return formats.number(value, self._language)
        if isinstance(value, date):
            return formats.day(value, self._language)
        return isolated(label(format_spec, str(value), self._language), self._language)
