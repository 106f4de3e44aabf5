"""Names of aids, and what cumulates with what, in three languages."""

import pytest

from primes.rules.cumulation import matrix, pairs
from primes.rules.parameters.loader import scheme_names
from primes.wording.aids import aid_name, cumulation_words
from primes.wording.explained_words import sheet
from primes.wording.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_aid_has_its_name(language: str) -> None:
    names = [aid_name(aid, language) for aid in (*scheme_names(), *matrix().outside)]

    assert all(names)
    assert len(set(names)) == len(names)


def test_every_text_that_the_matrix_cites_is_translated() -> None:
    cited = {text for pair in pairs() for text in (pair.reference.text, pair.reference.place)}

    assert cited - sheet("references").keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pair_of_an_aid_is_said_once(language: str) -> None:
    said = [pair for row in cumulation_words({"paf-2025"}, language) for pair in row.pairs]

    assert len(said) == len(set(said)) == sum("paf-2025" in pair.aids for pair in pairs())


def test_what_is_settled_comes_first_and_a_hypothesis_is_marked() -> None:
    rows = cumulation_words({"paf-2025", "pae-2025"}, "fr")

    unsettled = [row.code == "unknown" for row in rows]

    assert unsettled == sorted(unsettled)
    assert {row.mark for row in rows} == {"hypothèse"}


def test_pairs_of_one_answer_for_one_reason_stand_together() -> None:
    rows = cumulation_words({"paf-2025", "pae-2025"}, "fr")

    (idmaj,) = [row for row in rows if "Idmaj" in row.why]

    assert len(idmaj.pairs) == 2


def test_nobody_with_no_aid_is_told_of_pairs() -> None:
    assert cumulation_words((), "fr") == ()
