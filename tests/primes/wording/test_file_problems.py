"""A problem of a file in words: where it stands, what was found and expected, what to do."""

from pathlib import Path

import pytest
import yaml

from companies.imports.errors import Place, Problem
from primes.wording import file_problems
from primes.wording.file_problems import problem_text

SHEET = Path(file_problems.__file__).with_name("file_problems.yaml")
DAY = "a day such as 2026-01-31 or 31/01/2026"


def test_place_found_expected_and_remedy_make_one_line():
    problem = Problem("year_differs", Place("etat.xml", 9, "annee"), "2025", "2026")

    assert problem_text(problem, "fr") == (
        "etat.xml, ligne 9, colonne annee : trouvé « 2025 », attendu : l'exercice demandé, 2026."
        " Donnez les fichiers de l'exercice 2026, ou changez --year."
    )


def test_an_expected_message_is_said_in_the_language_of_the_reader():
    problem = Problem("date", Place("gens.csv", 3, "date_embauche"), "32/01/2026", DAY)

    assert "attendu : un jour comme 2026-01-31 ou 31/01/2026." in problem_text(problem, "fr")


def test_a_code_without_words_still_says_what_to_do():
    problem = Problem("code_of_tomorrow", Place("gens.csv", 3), "x", "y")

    assert problem_text(problem, "fr").endswith(" Corrigez le fichier et recommencez.")


def test_an_empty_value_is_said_to_be_empty():
    problem = Problem("column_missing", Place("gens.csv", 1, "cin"), "", "cin")

    assert "rien n'y est écrit, cette colonne manque dans l'en-tête" in problem_text(problem, "fr")


def test_an_expected_value_that_is_no_message_stays_itself():
    problem = Problem("line_length", Place("DS.txt", 4), "259", "260")

    assert "attendu : 260" in problem_text(problem, "fr")


@pytest.mark.parametrize(("language", "word"), [("ar", "السطر 3"), ("en", "line 3")])
def test_it_is_said_in_the_language_asked(language: str, word: str):
    problem = Problem("date", Place("gens.csv", 3, "date_embauche"), "x", DAY)

    assert word in problem_text(problem, language)


def test_every_form_is_in_three_languages():
    """A message id is its own English."""
    sheet = yaml.safe_load(SHEET.read_text(encoding="utf-8"))

    lacking = [
        (kind, code)
        for kind, entries in sheet.items()
        for code, words in entries.items()
        if {"en", *words} != {"fr", "ar", "en"} or (kind != "words" and "en" not in words)
    ]

    assert lacking == []
