"""Every code has its words and every text its code, in three languages."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from accounts.models import StaffRole
from companies.firms.models import FirmRole
from primes.claims.what_if.population import PLACES
from primes.payouts.entitlement_calendar import YearState
from primes.review.checks import QUESTIONS
from primes.review.models import Outcome
from primes.rules.columns import FACTS_OF_A_LINE, FACTS_OF_AN_ITEM
from primes.rules.cumulation import Cumulates
from primes.rules.parameters.sheets import Certainty, ReadOn
from primes.rules.parameters.units import UNITS
from primes.wording import words
from primes.wording.words import LANGUAGES, UNKNOWN_CODE, labels, sentences
from tests.primes.wording.codes import (
    ROOT,
    all_codes,
    constraints,
    law_codes,
    quarantine_codes,
    raised_in_python,
    raised_in_sql,
)

CATALOGUE = Path(words.__file__).with_name("catalogue")
FACTS = (*FACTS_OF_A_LINE, *FACTS_OF_AN_ITEM)
PROBLEM_FACTS = frozenset({"code", "file", "line", "field", "place", "found", "expected"})
AVOIDED = {
    "fr": (
        *("veuillez", "invalid", "interdi", "erreur système", "s'il vous plaît"),
        *("valider", "validez", "rejeter", "rejetez", "subvention", "téléverser"),
    ),
    "ar": ("يرجى", "المرجو", "شركة", "الشركة"),
    "en": ("please", "invalid", "forbidden", "illegal", "system error"),
}
SHEETS = [
    sheet
    for folder in ("primes/wording", "primes/rules/parameters")
    for sheet in sorted((ROOT / folder).rglob("*.yaml"))
]


def test_every_code_has_words() -> None:
    missing = {code: place for code, place in all_codes().items() if code not in sentences()}

    assert not missing, (
        f"Codes without words: {missing}. Write `what` and `do` in fr, ar and en for each, in the"
        f" sheet of its subject in {CATALOGUE}."
    )


def test_every_text_has_its_code() -> None:
    conditions, _, warnings = law_codes()
    known = {*all_codes(), *conditions, *warnings, UNKNOWN_CODE}

    orphans = sentences().keys() - known

    assert not orphans, f"No code of the tree says {sorted(orphans)}: delete them in {CATALOGUE}."


def test_no_code_stands_in_two_sheets() -> None:
    sheets = [path.stem for path in CATALOGUE.glob("*.yaml") if path.stem != "labels"]
    written = [code for sheet in sheets for code in words.catalogue(sheet)]

    twice = {code for code in written if written.count(code) > 1}

    assert not twice, f"{sorted(twice)}: keep one of the two entries."


def test_every_text_is_whole_in_three_languages() -> None:
    partial = [
        code
        for code, entry in sentences().items()
        if tuple(entry) != LANGUAGES
        or any(tuple(text) != ("what", "do") or not text["what"] for text in entry.values())
        or len({bool(text["do"]) for text in entry.values()}) > 1
    ]

    assert not partial, f"{partial}: give `what` and `do` in {LANGUAGES}, in this order."


def test_no_text_is_cut_at_a_comma() -> None:
    """In braces, a comma of a text that is not quoted begins another key."""
    texts = [
        text
        for sheet in SHEETS
        for text in _told(yaml.safe_load(sheet.read_text(encoding="utf-8")))
    ]

    cut = [text for text in texts if not text.keys() <= {*LANGUAGES, "version"}]

    assert texts
    assert not cut, f"{cut}: put the text in quotes."


def test_the_three_languages_tell_the_same_facts() -> None:
    differing = [
        (code, part)
        for code, entry in sentences().items()
        for part in ("what", "do")
        if len({_placeholders(entry[language][part]) for language in LANGUAGES}) > 1
    ]

    assert not differing


def test_no_text_names_a_fact_that_its_code_may_lack() -> None:
    lacking = {}
    for raised in raised_in_python():
        given = PROBLEM_FACTS if raised.facts is None else raised.facts | {"code"}
        if missing := _named(raised.code) - given:
            lacking[raised.code] = (raised.place, missing)

    assert not lacking, f"Facts to give with the refusal, or to drop from its text: {lacking}"


def test_what_the_database_refuses_is_said_without_facts() -> None:
    """A constraint gives its name and nothing else."""
    asking = {code: _named(code) for code, _ in (*raised_in_sql(), *constraints()) if _named(code)}

    assert not asking


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_avoided_word_is_written(language: str) -> None:
    texts = [
        text
        for sheet in SHEETS
        for text in _texts(yaml.safe_load(sheet.read_text(encoding="utf-8")), language)
    ]

    found = [text for text in texts if _avoided(text, language)]

    assert texts
    assert not found


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("reason", law_codes()[0]),
        ("remedy", law_codes()[1]),
        ("check", {question.code for question in QUESTIONS}),
        ("fact", {name for name in FACTS if not name.endswith("_known")}),
        ("outcome", set(Outcome.values)),
        ("role", {*StaffRole.values, *FirmRole.values}),
        ("quarantine", quarantine_codes()),
        ("cumulation", set(Cumulates)),
        ("year_state", set(YearState)),
        ("certainty", set(Certainty)),
        ("read_on", set(ReadOn)),
        ("unit", set(UNITS)),
        ("draft_form", set(UNITS)),
        ("place", set(PLACES)),
    ],
)
def test_each_kind_of_label_names_exactly_its_codes(kind: str, codes: set[str]) -> None:
    named = labels()[kind]

    assert set(named) == codes, f"Kind `{kind}` of {CATALOGUE / 'labels.yaml'}."
    assert all(tuple(entry) == LANGUAGES and all(entry.values()) for entry in named.values())


def _placeholders(text: str) -> frozenset[tuple[str, str | None]]:
    return frozenset((name, spec) for _, name, spec, _ in Formatter().parse(text) if name)


def _named(code: str) -> set[str]:
    """Facts that the words of a code show; a code without words is another test's business."""
    text = sentences().get(code, sentences()[UNKNOWN_CODE])["fr"]
    return {name for part in ("what", "do") for name, _ in _placeholders(text[part])}


def _texts(sheet: object, language: str | None) -> Iterator[str]:
    """What stands anywhere under the key of a language."""
    if isinstance(sheet, dict):
        for key, value in sheet.items():
            yield from _texts(value, None if key == language else language)
    elif isinstance(sheet, list):
        for value in sheet:
            yield from _texts(value, language)
    elif isinstance(sheet, str) and language is None:
        yield sheet


def _told(sheet: object) -> Iterator[dict[str, object]]:
    """Every mapping that speaks French."""
    inside = sheet.values() if isinstance(sheet, dict) else sheet if isinstance(sheet, list) else ()
    if isinstance(sheet, dict) and "fr" in sheet:
        yield sheet
    for each in inside:
        yield from _told(each)


def _avoided(text: str, language: str) -> bool:
    return any(word in text.casefold() for word in AVOIDED[language])
