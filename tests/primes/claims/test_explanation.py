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
from tests.factories.releases import RATE_SHEET, altered

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


def of_other_rules(assessment: Assessment, package: bytes) -> Assessment:
    """As if these bytes had been released, had answered, and were replaced since."""
    assessment.rule_set.digest, assessment.rule_set.package = "0" * 64, package
    return assessment


def test_a_line_is_explained_by_the_rules_that_answered_it():
    assessment = first_assessment(filed_claim(eligible=1))
    rate = {RATE_SHEET: ("value: 3.5", "value: 4.0")}

    explanation = explain_line(of_other_rules(assessment, altered(rate)))

    assert block(explanation, "gross").formula.endswith(f"× 4{NBSP}%")
    assert (explanation.is_current, explanation.is_faithful) == (False, True)
    assert explanation.remark == "earlier_rules"


def test_the_kept_rules_say_the_same_words_as_when_they_were_running():
    assessment = first_assessment(filed_claim(eligible=1))
    running = explain_line(assessment)

    kept = explain_line(of_other_rules(assessment, altered({})))

    assert kept.steps == running.steps
    assert (running.remark, kept.remark) == ("", "earlier_rules")


def test_a_question_that_the_running_sheets_no_longer_hold_is_shown_by_its_code():
    sheets = "primes/rules/parameters/paf-2025"
    changes = {
        "primes/rules/schemes/paf_2025.py": ("salary_outside_employment", "pay_out_of_post"),
        f"{sheets}/scheme.yaml": ("salary_outside_employment", "pay_out_of_post"),
    }
    assessment = first_assessment(filed_claim(eligible=1))

    explanation = explain_line(of_other_rules(assessment, altered(changes)))

    assert block(explanation, "pay_out_of_post").question == "pay_out_of_post"


def test_rules_kept_too_early_to_explain_leave_the_steps_to_the_running_ones():
    assessment = first_assessment(filed_claim(eligible=1))

    explanation = explain_line(
        of_other_rules(assessment, altered({"primes/rules/answer_steps.py": None}))
    )

    assert explanation.steps == explain_line(first_assessment(assessment.line.claim)).steps
    assert (explanation.is_faithful, explanation.remark) == (False, "rules_changed")
