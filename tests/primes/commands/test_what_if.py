"""`manage.py what_if`: what a value would cost, said in the terminal and as CSV."""

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.formats import NBSP
from companies.firms.models import Firm
from tests.factories.claimants import firm, people

RATE = "paf-2025.rate=4.0%"

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Ran:
    status: int
    said: str
    refused: str


def what_if(*options: str) -> Ran:
    stdout, stderr = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("what_if", *options, stdout=stdout, stderr=stderr)
    except SystemExit as ended:
        status = int(ended.code or 0)
    said, refused = (text.getvalue().replace(NBSP, " ") for text in (stdout, stderr))
    return Ran(status, said, refused)


@pytest.fixture
def two_people() -> Firm:
    of = firm()
    people(of, eligible=2)
    return of


def test_both_answers_and_their_difference_are_said(two_people: Firm) -> None:
    ran = what_if("--set", RATE, "--until", "2025")

    assert "rate = 4.0% depuis le premier jour" in ran.said
    assert "8 435,04 DH → 9 640,04 DH  écart +1 205,00 DH (+14,3 %)" in ran.said
    assert ran.said.endswith("Rien n'a été modifié.\n")


def test_without_a_value_the_law_as_it_is_is_costed(two_people: Firm) -> None:
    ran = what_if("--scheme", "paf-2025", "--until", "2025")

    assert "8 435,04 DH → 8 435,04 DH  écart 0,00 DH" in ran.said


def test_assumptions_and_estimated_years_are_marked(two_people: Firm) -> None:
    ran = what_if("--set", RATE, "--until", "2026", "--growth", "2,5%", "--hires-per-month", "4")

    assert "Rémunérations : la même par jour, avec 2,5 % de hausse par an." in ran.said
    assert "Embauches : 4 par mois" in ran.said
    assert "2026 (estimation)" in ran.said


def test_a_branch_and_a_site_that_nobody_declared_are_said_in_words(two_people: Firm) -> None:
    Firm.objects.update(branch="")

    ran = what_if("--set", RATE, "--until", "2025")

    assert "filière inconnue" in ran.said
    assert "site non déclaré" in ran.said


def test_the_detail_is_written_as_csv(two_people: Firm, tmp_path: Path) -> None:
    what_if("--set", RATE, "--until", "2025", "--out", str(tmp_path / "detail.csv"))

    _, line = (tmp_path / "detail.csv").read_text(encoding="utf-8").splitlines()
    assert line == "2025,non,ITO,site non déclaré,2,2,8435.04,9640.04,1205.00"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--set", "paf-2025.rate=four"), "Valeur attendue : un pourcentage de 0 à 100"),
        (("--set", "paf-1999.rate=4%"), "paf-1999"),
        (("--scheme", "paf-2025", "--until", "2031"), "Choisissez un exercice de 2025 à 2030."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_computed(options: tuple[str, ...], said: str) -> None:
    ran = what_if(*options)

    assert (ran.status, ran.said) == (2, "")
    assert said in ran.refused


@pytest.mark.parametrize(
    "option",
    [("--growth", "beaucoup"), ("--growth", "1/0"), ("--leavers", "101%"), ("--leavers", "-1%"),
     ("--hires-per-month", "-1"), ("--hires-per-month", "10000")],
)  # fmt: skip
def test_an_assumption_that_is_none_is_refused(option: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=option[1]):
        what_if("--set", RATE, "=".join(option))


def test_a_detail_that_cannot_be_written_is_a_refusal(two_people: Firm, tmp_path: Path) -> None:
    ran = what_if("--set", RATE, "--until", "2025", "--out", str(tmp_path))

    assert (ran.status, ran.said) == (2, "")
    assert str(tmp_path) in ran.refused
