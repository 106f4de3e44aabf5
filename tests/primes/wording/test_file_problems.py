"""A problem of a file in words: where it stands, what was found and expected, what to do."""

from pathlib import Path

import pytest
import yaml

from companies.imports.errors import FileWarning, Place, Problem
from primes.wording import file_problems
from primes.wording.file_problems import problem_text, warning_text
from tests.primes.wording.codes import expected_messages

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


def test_what_is_missing_is_named_where_there_is_nothing_to_quote():
    problem = Problem("column_missing", Place("gens.csv", 1, "cin"), "", "cin")

    assert problem_text(problem, "fr") == (
        "gens.csv, ligne 1, colonne cin : Une colonne manque dans l'en-tête, attendu : cin."
        " Ajoutez-la, même vide."
    )


def test_a_problem_of_a_whole_file_is_said_by_its_sentence():
    problem = Problem("cannot_read", Place("gens.csv"), "No such file or directory")

    assert problem_text(problem, "fr") == (
        "gens.csv : Le fichier ne peut pas être lu."
        " Vérifiez le nom du fichier et vos droits de lecture, puis relancez."
    )


def test_a_file_of_a_period_given_twice_names_the_other_one():
    problem = Problem("period_twice", Place("b.txt"), "b.txt", "a.txt")

    assert "b.txt : Ce fichier porte sur la même période que a.txt." in problem_text(problem, "fr")


def test_a_warning_says_what_it_is_then_the_two_values():
    warning = FileWarning("check_sum", Place("DS.txt", 3, "S_Ctr"), "12", "13")

    assert warning_text(warning, "fr") == (
        "DS.txt, ligne 3, colonne S_Ctr : La somme de contrôle de la ligne n'est pas celle attendue"
        " (trouvé « 12 », attendu : 13)."
    )


def test_a_warning_cut_short_says_how_many_lines_have_it_and_which_it_is():
    warning = FileWarning("more_of_the_same", Place("DS.txt"), "345", "check_sum")

    assert warning_text(warning, "fr") == (
        "DS.txt : Cet avertissement se répète : 345 lignes en tout"
        " (La somme de contrôle de la ligne n'est pas celle attendue)."
    )


def test_everything_that_a_reader_expects_has_its_words():
    known = yaml.safe_load(SHEET.read_text(encoding="utf-8"))["words"]

    missing = {text: place for text, place in expected_messages().items() if text not in known}

    assert not missing, f"Write fr and ar for each in {SHEET}: {missing}"
    assert "a header line" in expected_messages()


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
