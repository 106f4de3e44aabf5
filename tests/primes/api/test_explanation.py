"""Why one line has its amount, read by a program: the words of the firm's own page."""

import pytest

from primes.claims.assessing import latest_assessments
from primes.claims.explanation import explain_line
from tests.factories.claimants import firm, signataire_of
from tests.factories.claims import decided_claim, draft_claim, filed_claim
from tests.primes.api.conftest import Call


def address(claim, position: int = 1) -> str:
    return f"/api/v1/claims/{claim.public_id}/lines/{position}/explanation/"


def test_the_steps_are_the_blocks_of_the_explanation(call: Call) -> None:
    claim = filed_claim(eligible=1)
    (assessment,) = latest_assessments(claim.pk)

    told = call(signataire_of(claim.firm), address(claim)).json()

    said = explain_line(assessment).in_words("fr")
    assert [(each["code"], each["question"], each["answer"]) for each in told["steps"]] == [
        (block.code, block.question, block.answer) for block in said
    ]
    assert (told["eligible"], told["is_current"]) == (True, True)
    assert told["amount"] == {"amount": "4217.52", "currency": "MAD"}


def test_a_row_has_its_formula_and_a_fact_its_source(call: Call) -> None:
    claim = filed_claim(eligible=1)

    steps = call(signataire_of(claim.firm), address(claim)).json()["steps"]

    by_code = {each["code"]: each for each in steps}
    assert by_code["gross"]["formula"].endswith("× 3,5\N{NO-BREAK SPACE}%")
    assert by_code["gross"]["amount"] == {"amount": "4217.52", "currency": "MAD"}
    (income,) = by_code["income_positive"]["facts"]
    assert income["name"] == "Revenu brut imposable de l'année"
    assert income["value"].endswith("(etat9421_2025.xml, ligne 1)")


def test_a_condition_that_fails_has_its_remedy(call: Call) -> None:
    claim = decided_claim(filed_claim(eligible=1, ineligible=1)).claim

    steps = call(signataire_of(claim.firm), address(claim, 2)).json()["steps"]

    failed = [(each["code"], bool(each["remedy"])) for each in steps if each["holds"] is False]
    assert failed == [("nationality_moroccan", True)]


@pytest.mark.django_db
def test_a_line_of_another_firm_of_a_draft_or_of_nobody_is_absent(call: Call) -> None:
    mine, theirs, draft = filed_claim(firm(1)), filed_claim(firm(2)), draft_claim(firm(3))
    asked = [(mine, address(theirs)), (mine, address(mine, 99)), (draft, address(draft))]

    answers = [call(signataire_of(each.firm), where) for each, where in asked]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def told_in(call: Call, claim, query: str = "", accept: str = ""):
    reader = signataire_of(claim.firm)
    return call(reader, address(claim) + query, headers={"Accept-Language": accept})


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "fr"),
        ("", "ar", "ar"),
        ("", "ar-MA,fr;q=0.5", "ar"),
        ("", "fr;q=0.5,en;q=0.8", "en"),
        ("", "de", "fr"),
        ("?language=en", "ar", "en"),
    ],
)
def test_the_words_are_those_of_the_language_asked_for(
    call: Call, query: str, accept: str, language: str
) -> None:
    claim = filed_claim(eligible=1)
    (assessment,) = latest_assessments(claim.pk)

    answer = told_in(call, claim, query, accept)

    said = explain_line(assessment).in_words(language)
    assert [each["question"] for each in answer.json()["steps"]] == [b.question for b in said]
    assert answer.headers["Content-Language"] == language


def test_codes_and_amounts_are_the_same_in_every_language(call: Call) -> None:
    claim = filed_claim(eligible=1)

    told = [told_in(call, claim, f"?language={each}").json() for each in ("fr", "ar", "en")]

    stable = [[(each["code"], each["amount"]) for each in one["steps"]] for one in told]
    assert stable[0] == stable[1] == stable[2]


def test_a_language_that_nobody_wrote_is_refused_by_name(call: Call) -> None:
    claim = filed_claim(eligible=1)

    answer = told_in(call, claim, "?language=de")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "language"
