"""Steps in words: formulas with the figures of the line, facts as people read them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from accounts.formats import NBSP
from primes.rules.columns import Facts
from primes.rules.engine import assess, rules_of
from primes.rules.explain import Step, explain
from primes.wording import explanation
from primes.wording.explained_values import fact_text
from primes.wording.explanation import Block, FactSource, blocks
from primes.wording.words import LANGUAGES, label
from tests.primes.rules.lines import Line, facts_of

WORDS = Path(explanation.__file__).with_name("explanation.yaml")
SCHEME = "paf-2025"
CONVERTED = Line(hired_on=date(2026, 1, 15), stable_from=date(2026, 4, 1), income=9_000_000)
SALARIES = (500_000, *[800_000] * 11)


def facts(line: Line) -> Facts:
    return facts_of([line])


def steps(line: Line, year: int = 2026) -> tuple[Step, ...]:
    return explain(facts(line), SCHEME, year)


def block(line: Line, code: str, language: str = "fr", **how: object) -> Block:
    return next(each for each in blocks(steps(line), language, **how) if each.code == code)


def test_there_is_one_block_a_step_in_the_order_of_the_law():
    told = steps(CONVERTED)

    assert [(each.kind, each.code) for each in blocks(told, "fr")] == [
        (step.kind, step.code) for step in told
    ]


def test_a_share_by_days_shows_both_numbers_of_days():
    base = block(CONVERTED, "base")

    assert base.formula == f"90{NBSP}000,00{NBSP}DH × 275 jours ÷ 351 jours"
    assert base.answer == f"70{NBSP}512,82{NBSP}DH"


def test_a_share_by_months_shows_both_sums_of_salaries():
    base = block(replace(CONVERTED, salaries=SALARIES), "base")

    assert base.formula == (
        f"90{NBSP}000,00{NBSP}DH × 72{NBSP}000,00{NBSP}DH ÷ 93{NBSP}000,00{NBSP}DH"
    )
    assert base.answer == f"69{NBSP}677,42{NBSP}DH"


def test_a_whole_income_has_no_share_and_an_empty_window_says_so():
    whole = block(Line(hired_on=date(2026, 1, 1)), "base")
    nothing = block(Line(hired_on=date(2026, 1, 1), contract="CDD"), "base")

    assert whole.formula == f"60{NBSP}000,00{NBSP}DH"
    assert nothing.formula == "aucun jour n'ouvre droit"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_amounts_of_the_blocks_are_those_of_the_assessment(language: str):
    answer = assess(facts(CONVERTED), SCHEME, 2026)

    rows = [each for each in blocks(steps(CONVERTED), language) if each.kind == "row"]

    assert [each.amount for each in rows] == answer.amounts[0].tolist()


def test_the_months_of_equal_salary_are_said_together():
    said = fact_text("salary", (500_000, *[800_000] * 10, None), "fr")

    assert said == (
        f"janvier : 5{NBSP}000,00{NBSP}DH ; février – novembre : 8{NBSP}000,00{NBSP}DH"
        " ; décembre : sans indication"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("salary", (None,) * 12, "sans indication"),
        ("left_on", "no_end", "toujours en poste"),
        ("last_same_employer_on", "never", "aucune"),
        ("stable_from", None, "jour de l'embauche"),
        ("hired_on", "2026-01-15", "15/01/2026"),
        ("training_minutes", 450, f"7{NBSP}h{NBSP}30"),
        ("export_share_bp", 7_050, f"70,5{NBSP}%"),
        ("has_cnss_number", True, "oui"),
        ("nationality", "OTHER", "autre"),
        ("contract", "CDI", "CDI"),
        ("training_cost", 150_050, f"1{NBSP}500,50{NBSP}DH"),
    ],
)
def test_a_fact_is_said_as_people_read_it(name: str, value: object, said: str):
    assert fact_text(name, value, "fr") == said


def test_a_fact_taken_as_favourable_says_so_in_place_of_its_value():
    shown = block(CONVERTED, "trained_in_year", assumed=["training_minutes"])

    assert dict(shown.facts)["Formation suivie dans l'exercice"] == (
        "prise comme favorable, à confirmer"
    )


def test_a_fact_from_a_file_names_its_line():
    source = FactSource("income", "etat9421_2026.xml", 1_234)

    shown = block(CONVERTED, "income_positive", sources=[source])

    assert shown.facts[0][1].endswith(f"(etat9421_2026.xml, ligne 1{NBSP}234)")


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

    assert (block(refused, "nationality_moroccan").answer, block(refused, "gross").remedy) == (
        "Inconnu",
        "",
    )
    assert block(refused, "nationality_moroccan").remedy
    assert not block(CONVERTED, "nationality_moroccan").remedy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_law_has_words(language: str):
    rules, _ = rules_of(SCHEME)
    read = (*rules.conditions, *rules.rows, *rules.warnings)

    facts_read = {name for each in read for name in each.facts}
    remedies = {each.remedy for each in rules.conditions}

    assert [name for name in facts_read if label("fact", name, language) == name] == []
    assert [code for code in remedies if label("remedy", code, language) == code] == []


def test_every_word_of_the_explanation_is_in_three_languages():
    sheet = yaml.safe_load(WORDS.read_text(encoding="utf-8"))

    lacking = [
        (kind, code)
        for kind, entries in sheet.items()
        for code, words in entries.items()
        if set(words) != set(LANGUAGES)
    ]

    assert lacking == []
