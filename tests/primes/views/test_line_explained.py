"""« Pourquoi ce montant » : the stored facts, each question, the formula with its figures."""

from datetime import date

import pytest
from django.urls import reverse

from companies.firms.models import Firm
from companies.workforce.models import Employment
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.views.explained import Explained, explained
from tests.factories.claimants import people
from tests.factories.claims import filed_claim
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def answer_about_the_first_line(enter: Enter, firm: Firm):
    claim = Claim.objects.get()
    return enter(firm).get(reverse("line_explained", args=[claim.public_id, 1]))


def explanation_of(claim: Claim) -> Explained:
    return explained(Assessment.objects.get(line__claim=claim, line__position=1))


def test_the_formula_shows_the_rate_and_gives_the_amount(enter: Enter, the_firm: Firm):
    filed_claim(the_firm, eligible=1)

    page = answer_about_the_first_line(enter, the_firm).content.decode()

    assert f"120{NBSP}500,50{NBSP}DH × 3,5{NBSP}%" in page
    assert f"4{NBSP}217,52{NBSP}DH" in page


def test_a_share_by_days_shows_both_numbers_of_days(the_firm: Firm):
    people(the_firm, 1)
    Employment.objects.update(stable_from=date(2025, 10, 1))

    stage = explanation_of(filed_claim(the_firm)).stages[0]

    assert stage.formula == f"120{NBSP}500,50{NBSP}DH × 92 jours ÷ 122 jours"
    assert stage.amount == 9_086_923


def test_a_question_that_fails_says_why(enter: Enter, the_firm: Firm):
    filed_claim(the_firm, eligible=0, ineligible=1)

    questions = answer_about_the_first_line(enter, the_firm).context["explained"].questions

    assert [each.code for each in questions if not each.holds] == ["nationality_moroccan"]


def test_a_fact_from_a_file_names_the_file_and_the_line(the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)

    income = explanation_of(claim).facts[0]

    assert income.source == "etat9421_2025.xml, ligne 1"


def test_the_stored_facts_answer_even_when_the_rows_changed_since(the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)
    before = explanation_of(claim)
    Employment.objects.update(contract="CDD")

    assert explanation_of(claim) == before


def test_rules_that_changed_since_are_said(the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)
    assessment = Assessment.objects.select_related("rule_set").get(line__claim=claim)
    assessment.rule_set.digest = "0" * 64

    assert not explained(assessment).is_current


def test_a_line_that_does_not_exist_answers_404(enter: Enter, the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)

    answer = enter(the_firm).get(reverse("line_explained", args=[claim.public_id, 99]))

    assert answer.status_code == 404
