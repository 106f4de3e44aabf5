"""« Pourquoi ce montant » : the stored facts, each question, the formula with its figures."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.templatetags.formats import unbroken
from companies.firms.models import Firm
from primes.claims.explanation import explain_line
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from tests.factories.claims import filed_claim
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def answer_about_the_first_line(enter: Enter, firm: Firm, query: str = ""):
    claim = Claim.objects.get()
    return enter(firm).get(reverse("line_explained", args=[claim.public_id, 1]) + query)


def test_the_formula_shows_the_rate_and_gives_the_amount(enter: Enter, the_firm: Firm):
    filed_claim(the_firm, eligible=1)

    page = answer_about_the_first_line(enter, the_firm).content.decode()

    assert f"120{NBSP}500,50{NBSP}DH × 3,5{NBSP}%" in page
    assert f"4{NBSP}217,52{NBSP}DH" in page


def test_the_page_says_the_words_of_every_other_skin(enter: Enter, the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)
    assessment = Assessment.objects.explainable().get(line__claim=claim)

    shown = answer_about_the_first_line(enter, the_firm).context["explained"].blocks

    assert shown == explain_line(assessment).in_words("fr")


@pytest.mark.parametrize(
    ("query", "language", "direction"),
    [
        ("", "fr", "ltr"),
        ("?langue=fr", "fr", "ltr"),
        ("?langue=en", "en", "ltr"),
        ("?langue=ar", "ar", "rtl"),
        ("?langue=de", "fr", "ltr"),
    ],
)
def test_the_reader_chooses_the_language_of_the_explanation(
    enter: Enter, the_firm: Firm, query: str, language: str, direction: str
):
    filed_claim(the_firm, eligible=1)

    page = answer_about_the_first_line(enter, the_firm, query)

    assert f'<section class="explanation" lang="{language}" dir="{direction}"' in page.text
    assert page.context["explained"].words["amount"] in page.text


def test_each_language_is_offered_by_its_own_name(enter: Enter, the_firm: Firm):
    filed_claim(the_firm, eligible=1)

    page = answer_about_the_first_line(enter, the_firm, "?langue=ar").text

    for code, name in (("fr", "Français"), ("ar", "العربية"), ("en", "English")):
        current = ' aria-current="true"' if code == "ar" else ""
        link = f'<a href="?langue={code}" lang="{code}" hreflang="{code}"{current}>{name}</a>'
        assert link in page


def test_a_question_that_fails_says_what_to_do(enter: Enter, the_firm: Firm):
    filed_claim(the_firm, eligible=0, ineligible=1)

    answer = answer_about_the_first_line(enter, the_firm)

    failed = [block for block in answer.context["explained"].conditions if not block.holds]
    assert [block.code for block in failed] == ["nationality_moroccan"]
    assert escape(unbroken(failed[0].remedy)) in answer.text
    assert escape(answer.context["explained"].words["would_have_been"]) in answer.text


def test_each_fact_is_said_once_and_names_its_file_and_line(enter: Enter, the_firm: Firm):
    filed_claim(the_firm, eligible=1)

    facts = answer_about_the_first_line(enter, the_firm).context["explained"].facts

    assert len({name for name, _ in facts}) == len(facts)
    assert dict(facts)["Revenu brut imposable de l'année"].endswith("(etat9421_2025.xml, ligne 1)")


def test_a_line_that_does_not_exist_answers_404(enter: Enter, the_firm: Firm):
    claim = filed_claim(the_firm, eligible=1)

    answer = enter(the_firm).get(reverse("line_explained", args=[claim.public_id, 99]))

    assert answer.status_code == 404
