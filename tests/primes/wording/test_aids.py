"""Names of aids and of the states of a year, in three languages."""

import pytest

from primes.payouts.entitlement_calendar import YearState
from primes.rules.cumulation import Cumulates, matrix, pairs
from primes.rules.parameters.loader import scheme_names
from primes.wording.aids import aid_name, cumulation_words
from primes.wording.words import LANGUAGES, labels


@pytest.mark.parametrize(
    ("kind", "codes"), [("cumulation", set(Cumulates)), ("year_state", set(YearState))]
)
def test_each_kind_of_label_names_exactly_its_codes(kind: str, codes: set[str]) -> None:
    named = labels()[kind]

    assert set(named) == codes
    assert all(tuple(entry) == LANGUAGES and all(entry.values()) for entry in named.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_aid_has_its_name(language: str) -> None:
    names = [aid_name(aid, language) for aid in (*scheme_names(), *matrix().outside)]

    assert all(names)
    assert len(set(names)) == len(names)


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
