"""The explanation of a stored line says the same facts and amounts as its assessment."""

from datetime import date

import pytest

from accounts.formats import NBSP, money
from companies.workforce.models import Employment
from primes.claims.assessing import latest_assessments
from primes.claims.explanation import Explanation, explain_line
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.wording.explanation import Block
from tests.factories.claimants import firm, people
from tests.factories.claims import filed_claim

pytestmark = pytest.mark.django_db


def first_assessment(claim: Claim) -> Assessment:
    return latest_assessments(claim.pk)[0]


def explained(claim: Claim) -> Explanation:
    return explain_line(first_assessment(claim))


def block(explanation: Explanation, code: str, language: str = "fr") -> Block:
    return next(each for each in explanation.in_words(language) if each.code == code)


def test_the_amounts_of_the_steps_are_those_of_the_assessment():
    claim = filed_claim(eligible=2)

    for assessment in latest_assessments(claim.pk):
        explanation = explain_line(assessment)
        rows = {step.code: step.amount for step in explanation.steps if step.kind == "row"}
        assert rows == assessment.steps
        assert explanation.amount == assessment.amount == rows["gross"]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_amounts_in_words_are_those_of_the_assessment(language: str):
    claim = filed_claim(eligible=1)

    shown = block(explained(claim), "gross", language)

    assert shown.amount == first_assessment(claim).amount
    assert shown.answer == money(first_assessment(claim).amount, language)


def test_every_condition_stands_in_the_order_of_the_law_with_its_answer():
    claim = filed_claim(eligible=0, ineligible=1)

    conditions = [each for each in explained(claim).in_words("fr") if each.kind == "condition"]

    assessment = first_assessment(claim)
    assert [each.code for each in conditions if not each.holds] == list(assessment.reasons)
    assert len(conditions) == 13


def test_a_condition_that_fails_says_what_to_do():
    failing = block(explained(filed_claim(eligible=0, ineligible=1)), "nationality_moroccan")

    assert (failing.answer, failing.holds) == ("Non", False)
    assert failing.remedy.startswith("La nationalité enregistrée n'est pas marocaine.")


def test_the_facts_of_a_file_name_the_file_and_the_line():
    facts = dict(block(explained(filed_claim(eligible=1)), "income_positive").facts)

    income = facts["Revenu brut imposable de l'année"]
    assert income == f"120{NBSP}500,50{NBSP}DH (etat9421_2025.xml, ligne 1)"


def test_a_share_by_days_is_shown_with_both_numbers_of_days():
    of = firm()
    people(of, 1)
    Employment.objects.update(stable_from=date(2025, 10, 1))

    base = block(explained(filed_claim(of)), "base")

    assert base.formula == f"120{NBSP}500,50{NBSP}DH × 92{NBSP}jours ÷ 122{NBSP}jours"
    assert base.answer == f"90{NBSP}869,23{NBSP}DH"


def test_the_rate_and_the_mark_of_a_hypothesis_are_shown():
    explanation = explained(filed_claim(eligible=1))

    gross, hired = block(explanation, "gross"), block(explanation, "hired_in_period")
    assert gross.formula == f"120{NBSP}500,50{NBSP}DH × 3,5{NBSP}%"
    assert (gross.mark, hired.mark) == ("presse", "hypothèse")


def test_rows_that_changed_since_do_not_change_the_explanation():
    claim = filed_claim(eligible=1)
    before = explained(claim).in_words("fr")

    Employment.objects.update(contract="CDD")

    assert explained(claim).in_words("fr") == before


def test_other_rules_than_the_running_ones_are_said():
    assessment = first_assessment(filed_claim(eligible=1))
    was_current = explain_line(assessment).is_current

    assessment.rule_set.digest = "0" * 64

    assert was_current
    assert not explain_line(assessment).is_current
