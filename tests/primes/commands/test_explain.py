"""`manage.py explain`: the explanation of one line in the terminal, in three languages."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.formats import NBSP, money
from primes.claims.assessing import latest_assessments
from primes.claims.models.claim import Claim
from tests.factories.claims import draft_claim, filed_claim

pytestmark = pytest.mark.django_db


def explain(line: object, *options: str) -> str:
    out = StringIO()
    call_command("explain", str(line), *options, stdout=out)
    return out.getvalue()


def named(claim: Claim, rank: int = 1) -> str:
    return f"{claim.reference}/{rank}"


def test_it_ends_with_the_stored_amount():
    claim = filed_claim(eligible=1)

    said = explain(named(claim))

    assert said.rstrip().endswith(f"Montant : 4{NBSP}217,52{NBSP}DH")
    assert f"120{NBSP}500,50{NBSP}DH × 3,5{NBSP}% = 4{NBSP}217,52{NBSP}DH" in said


def test_the_parts_of_a_formula_are_named():
    said = explain(named(filed_claim(eligible=1)))

    assert "Partage du revenu : le revenu entier" in said
    assert "Durée ouvrant droit : 122 jours" in said


def test_a_line_is_named_by_its_claim_and_rank_or_by_its_key():
    claim = filed_claim(eligible=2)
    second = claim.lines.get(position=2)

    assert explain(named(claim, 2)) == explain(second.pk)


def test_a_refused_line_says_what_to_do():
    said = explain(named(filed_claim(eligible=0, ineligible=1)))

    assert "Non. La nationalité enregistrée n'est pas marocaine." in said
    assert said.rstrip().endswith(f"Montant : 0,00{NBSP}DH")


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "Quel revenu correspond aux jours ouvrant droit ?"),
        ("ar", "ما الدخل المطابق للأيام المخوّلة للحق؟"),
        ("en", "Which income belongs to the days that count?"),
    ],
)
def test_it_speaks_three_languages(language: str, question: str):
    claim = filed_claim(eligible=1)
    (assessment,) = latest_assessments(claim.pk)

    said = explain(named(claim), "--language", language)

    assert question in said
    assert money(assessment.amount, language) in said.splitlines()[-1]


@pytest.mark.parametrize("line", ["PF-2026-000001", "PF-2026-000001/x", "hier"])
def test_what_is_not_a_line_is_refused_with_an_example(line: str):
    with pytest.raises(CommandError, match="PF-2026-000001/3"):
        explain(line)


def test_a_claim_that_is_not_filed_has_nothing_to_explain():
    with pytest.raises(CommandError, match="n'est pas déposée"):
        explain(named(draft_claim(eligible=1)))
