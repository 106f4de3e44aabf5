"""The matrix of cumulation: complete, in families, and refused by name when it is not."""

from itertools import combinations
from pathlib import Path

import pytest

from primes.rules import cumulation
from primes.rules.cumulation import (
    Cumulates,
    family_of,
    may_cumulate,
    pairs,
    read_matrix,
)
from primes.rules.errors import ParameterRefused, UnknownScheme
from primes.rules.parameters.loader import scheme_names
from primes.rules.parameters.sheets import Certainty

SHEET = Path(cumulation.__file__).parent / "parameters" / "cumulation.yaml"
SCHEMES = ("aide-formation-2007", "pae-2025", "paf-2025")


def changed(folder: Path, old: str, new: str) -> Path:
    text = SHEET.read_text(encoding="utf-8")
    assert old in text
    copy = folder / SHEET.name
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def test_every_scheme_on_disk_has_its_family() -> None:
    assert {scheme: family_of(scheme) for scheme in scheme_names()} == {
        "aide-formation-2007": "training",
        "pae-2025": "employment",
        "paf-2025": "training",
    }


def test_every_two_schemes_on_disk_have_an_answer_and_the_order_does_not_count() -> None:
    for a, b in combinations(scheme_names(), 2):
        assert may_cumulate(a, b) is may_cumulate(b, a)


def test_the_two_bonuses_of_2025_cumulate_and_the_two_training_schemes_do_not() -> None:
    assert may_cumulate("paf-2025", "pae-2025") is Cumulates.YES
    assert may_cumulate("paf-2025", "aide-formation-2007") is Cumulates.NO


def test_a_scheme_never_pays_a_day_twice() -> None:
    assert may_cumulate("paf-2025", "paf-2025") is Cumulates.NO


def test_an_aid_outside_the_system_is_paired_with_every_scheme() -> None:
    asked = {(a, b) for a in cumulation.matrix().outside for b in scheme_names()}

    assert asked
    assert all(isinstance(may_cumulate(a, b), Cumulates) for a, b in asked)


def test_what_no_text_settles_is_unknown_and_marked_as_a_hypothesis() -> None:
    unsettled = [pair for pair in pairs() if pair.cumulates is Cumulates.UNKNOWN]

    assert ("idmaj-exemption", "paf-2025") in {pair.aids for pair in unsettled}
    assert {pair.certainty for pair in unsettled} == {Certainty.HYPOTHESIS}


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(UnknownScheme, match="« paf-2031 »"):
        family_of("paf-2031")
    with pytest.raises(UnknownScheme, match="« paf-2031 »"):
        may_cumulate("paf-2025", "paf-2031")


def test_two_aids_outside_the_system_are_not_its_business() -> None:
    with pytest.raises(UnknownScheme, match="« idmaj-exemption »"):
        may_cumulate("idmaj-exemption", "regional-job-aid")


def test_a_scheme_added_without_its_pairs_is_refused(tmp_path: Path) -> None:
    sheet = changed(tmp_path, "schemes: [pae-2025]", "schemes: [pae-2025, pae-2031]")

    with pytest.raises(ParameterRefused, match=r"pae-2031.*every pair once"):
        read_matrix(sheet, (*SCHEMES, "pae-2031"))


def test_a_scheme_added_without_a_family_is_refused() -> None:
    with pytest.raises(ParameterRefused, match=r"families: found .*pae-2031"):
        read_matrix(SHEET, (*SCHEMES, "pae-2031"))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('cumulates: "no"', 'cumulates: "yes"', "no, within a family"),
        ('cumulates: "yes"', "cumulates: perhaps", "found 'perhaps', expected yes or no"),
        ("[aide-formation-2007, paf-2025]", "[paf-2025]", "families"),
        ("schemes: [pae-2025]", "schemes: [pae-2025, paf-2025]", "families"),
        ("  idmaj-exemption:\n    pae-2025:", "  idmaj-exemption:\n    pae-2026:", "pae-2026"),
        ("paf-2025:\n    regional", "paf-2025:\n    a-regional", "the earlier name first"),
        ("certainty: hypothesis", "certainty: rumour", "rumour"),
        ("last_checked_on: 2026-11-23", "last_checked_on: lately", "lately"),
        ("title: *awrach", "title: {fr: Oui}", "exactly ar, en, fr"),
        ("reference: *idmaj_reference", "reference: {text: Rien}", "reference"),
        ("outside:", "others:", "exactly"),
    ],
)
def test_a_sheet_that_does_not_keep_to_the_form_is_refused(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(ParameterRefused, match=complaint):
        read_matrix(changed(tmp_path, old, new), SCHEMES)
