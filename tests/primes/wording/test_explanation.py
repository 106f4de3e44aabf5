"""Steps in words: questions, answers, facts and their sources, numbers and texts of the law."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import yaml

from accounts.formats import NBSP
from primes.rules.engine import assess, rules_of
from primes.rules.explain import Step, explain
from primes.rules.parameters.loader import load_scheme, scheme_names
from primes.rules.parameters.sheets import Reference
from primes.wording import explanation
from primes.wording.explained_words import translated
from primes.wording.explanation import Block, FactSource, blocks, facts_read
from primes.wording.words import LANGUAGES, label
from tests.primes.rules.lines import ORDINARY, Line, facts_of

FOLDER = Path(explanation.__file__).parent
SCHEME = "paf-2025"
CONVERTED = Line(hired_on=date(2026, 1, 15), stable_from=date(2026, 4, 1), income=9_000_000)


def steps(line: Line, year: int = 2026, scheme: str = SCHEME) -> tuple[Step, ...]:
    return explain(facts_of([line], year, rules_of(scheme)[0].years), scheme, year)


def block(line: Line, code: str, language: str = "fr", **how: object) -> Block:
    told = blocks(steps(line), language, year=2026, **how)
    return next(each for each in told if each.code == code)


def test_there_is_one_block_a_step_in_the_order_of_the_law():
    told = steps(CONVERTED)

    assert [(each.kind, each.code) for each in blocks(told, "fr", year=2026)] == [
        (step.kind, step.code) for step in told
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_amounts_of_the_blocks_are_those_of_the_assessment(language: str):
    answer = assess(facts_of([CONVERTED]), SCHEME, 2026)

    told = blocks(steps(CONVERTED), language, year=2026)

    assert [each.amount for each in told if each.kind == "row"] == answer.amounts[0].tolist()


def test_a_row_that_stands_for_several_years_names_each():
    told = steps(ORDINARY["pae-2025"], scheme="pae-2025")

    base = [each for each in blocks(told, "fr", year=2026) if each.code.startswith("base:")]

    assert [each.code for each in base] == ["base:2024", "base:2025", "base:2026"]
    assert base[2].question.endswith("(année 2026)")


def test_a_row_that_stands_for_several_training_years_names_each():
    told = steps(ORDINARY["aide-formation-2007"], 2024, "aide-formation-2007")

    (second,) = [each for each in blocks(told, "ar", year=2024) if each.code == "cost:2"]

    assert second.question.endswith("(السنة الثانية من التكوين)")


def test_a_question_is_that_of_its_own_scheme():
    """« base » is a row of two schemes, and each asks for its own days."""
    paf, pae = (
        next(step for step in steps(ORDINARY[name], 2026, name) if step.code == "base")
        for name in ("paf-2025", "pae-2025")
    )

    (of_paf,), (of_pae,) = (blocks([step], "en", year=2026) for step in (paf, pae))

    assert of_paf.question == load_scheme("paf-2025").rows["base"].question["en"]
    assert of_pae.question.startswith(load_scheme("pae-2025").rows["base"].question["en"])


def test_a_fact_taken_as_favourable_says_so_in_place_of_its_value():
    shown = block(CONVERTED, "trained_in_year", assumed=["training_minutes"])

    assert dict(shown.facts)["Formation suivie dans l'exercice"] == (
        "tenu pour favorable, à confirmer"
    )


def test_a_fact_from_a_file_names_its_line():
    source = FactSource("income", "etat9421_2026.xml", 1_234)

    shown = block(CONVERTED, "income_positive", sources=[source])

    assert shown.facts[0][1].endswith(f"(etat9421_2026.xml, ligne 1{NBSP}234)")


def test_a_fact_from_two_files_names_both():
    sources = [FactSource("salary", "DS_01.txt", 3), FactSource("salary", "DS_02.txt", 4)]

    shown = dict(block(CONVERTED, "declared_to_cnss", sources=sources).facts)

    assert shown["Salaires mensuels déclarés à la CNSS"].endswith(
        "(DS_01.txt, ligne 3 ; DS_02.txt, ligne 4)"
    )


def test_a_file_keeps_its_direction_inside_arabic():
    shown = block(CONVERTED, "income_positive", "ar", sources=[FactSource("income", "a.xml", 1)])

    assert "\N{FIRST STRONG ISOLATE}a.xml\N{POP DIRECTIONAL ISOLATE}" in shown.facts[0][1]


def test_the_number_of_a_form_is_not_turned_round_in_arabic():
    told = steps(ORDINARY["aide-formation-2007"], 2024, "aide-formation-2007")

    shown = next(b for b in blocks(told, "ar", year=2024) if b.code == "notified_before_training")

    form = "\N{FIRST STRONG ISOLATE}3-2\N{POP DIRECTIONAL ISOLATE}"
    assert all(form in text for text in (shown.question, shown.reference, shown.facts[2][0]))


def test_each_fact_is_read_once():
    facts = facts_read(blocks(steps(CONVERTED), "fr", year=2026))

    assert len({name for name, _ in facts}) == len(facts)
    assert dict(facts)["Date d'embauche"] == "15/01/2026"


def test_a_number_of_the_law_says_since_when_it_holds_and_how_it_is_known():
    (rate,) = block(CONVERTED, "gross").parameters

    assert rate == (
        "Taux de la prime",
        f"3,5{NBSP}% (en vigueur depuis le 01/07/2025, presse)",
    )


def test_a_condition_with_one_number_assumed_is_marked_as_a_hypothesis():
    assert block(CONVERTED, "within_bonus_window").mark == "hypothèse"
    assert block(CONVERTED, "income_positive").mark == "presse"


def test_only_a_condition_that_is_not_met_has_a_remedy():
    refused = replace(CONVERTED, nationality=None)

    assert block(refused, "nationality_moroccan").answer == "Inconnu"
    assert block(refused, "nationality_moroccan").remedy
    assert not block(refused, "gross").remedy
    assert not block(CONVERTED, "nationality_moroccan").remedy


def test_a_warning_has_a_remedy_when_it_is_to_be_said():
    late = replace(CONVERTED, hired_on=date(2026, 2, 1), salaries=(500_000, *[800_000] * 11))

    assert block(late, "salary_outside_employment").remedy
    assert not block(late, "income_gap").remedy


@pytest.mark.parametrize("scheme", scheme_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_law_has_words(scheme: str, language: str):
    rules, _ = rules_of(scheme)
    read = (*rules.conditions, *rules.rows, *rules.warnings)

    facts = {name for each in read for name in each.facts}

    assert [name for name in facts if label("fact", name, language) == name] == []


@pytest.mark.parametrize("scheme", scheme_names())
@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_text_that_a_sheet_cites_is_translated(scheme: str, language: str):
    cited = {
        text for reference in _references(scheme) for text in (reference.text, reference.place)
    }

    left = [text for text in cited if translated(text, language) == text]

    assert not left, f"Give {left} in Arabic and English in {FOLDER / 'references.yaml'}."


@pytest.mark.parametrize("name", ["explanation", "remedies"])
def test_every_word_is_in_three_languages(name: str):
    sheet = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))

    lacking = [
        (kind, code)
        for kind, entries in sheet.items()
        for code, words in entries.items()
        if set(words) != set(LANGUAGES)
    ]

    assert lacking == []


def test_the_three_languages_of_a_remedy_tell_the_same_figures():
    sheet = yaml.safe_load((FOLDER / "remedies.yaml").read_text(encoding="utf-8"))

    differing = [
        (remedy, case)
        for remedy, cases in sheet.items()
        for case, words in cases.items()
        if len({frozenset(_placeholders(words[language])) for language in LANGUAGES}) > 1
    ]

    assert differing == []


def _placeholders(text: str) -> Iterator[str]:
    return (name for _, name, _, _ in Formatter().parse(text) if name)


def _references(scheme: str) -> Iterator[Reference]:
    text = load_scheme(scheme)
    for part in (text.conditions, text.rows, text.warnings):
        yield from (provision.reference for provision in part.values())
    for parameter in text.parameters.values():
        yield from (value.reference for value in parameter.values)
