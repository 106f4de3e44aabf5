"""The explanations that were read aloud and agreed, in three languages and as data."""

import json
import re

import pytest

from primes.rules.explain import explain
from primes.wording.explanation import blocks
from primes.wording.words import LANGUAGES
from tests.primes.rules.texts import facts_for
from tests.primes.wording.golden import CASES, FOLDER, rendered


@pytest.mark.parametrize(("scheme", "case"), CASES)
def test_an_explanation_is_the_one_that_was_agreed(scheme: str, case: str):
    """When a change is meant: `python -m tests.primes.wording.golden`, and read it aloud."""
    for ending, text in rendered(scheme, case).items():
        agreed = (FOLDER / scheme / f"{case}.{ending}").read_text(encoding="utf-8")

        assert text.splitlines() == agreed.splitlines(), f"{case}.{ending}"


@pytest.mark.parametrize(("scheme", "case"), CASES)
def test_the_words_and_the_data_have_the_same_codes(scheme: str, case: str):
    year, line = CASES[scheme, case]
    data = json.loads((FOLDER / scheme / f"{case}.json").read_text(encoding="utf-8"))
    steps = explain(facts_for([line], scheme, year), scheme, year)

    codes = [":".join(filter(None, (step["code"], step["part"]))) for step in data]

    for language in LANGUAGES:
        assert [each.code for each in blocks(steps, language, year=year)] == codes


@pytest.mark.parametrize(("scheme", "case"), CASES)
def test_no_word_of_another_language_is_left_in_arabic(scheme: str, case: str):
    """Names of files and acronyms of three letters stay Latin."""
    text = (FOLDER / scheme / f"{case}.ar.txt").read_text(encoding="utf-8")

    latin = set(re.findall(r"[A-Za-zÀ-ÿ]{4,}", re.sub(r"etat9421_\d+\.xml", "", text)))

    assert latin == set()


def test_every_scheme_has_a_case_and_no_file_is_left_of_another():
    files = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*")}
    endings = ("json", *(f"{language}.txt" for language in LANGUAGES))

    assert files == {f"{scheme}/{case}.{end}" for scheme, case in CASES for end in endings}
    assert {scheme for scheme, _ in CASES} == {"paf-2025", "pae-2025", "aide-formation-2007"}
