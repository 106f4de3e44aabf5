"""The list of claims and the page of one: what is told, in which order, with which words."""

from datetime import date, timedelta

import pytest
from django.utils.html import escape

from accounts import formats
from accounts.models import StaffRole
from primes.admin.claims import days_left
from primes.claims.models.claim import Claim
from tests.factories.agency import staff
from tests.factories.claimants import INCOME, firm
from tests.factories.claims import AT, decided_claim, filed_claim, proposed_claim, reviewed_claim
from tests.primes.admin.conftest import Visit

BONUS = 421_752
"""3,5 % of 120 500,50 DH, rounded half up."""


@pytest.mark.parametrize(
    ("days", "said"),
    [(-2, "en retard de 2 jours"), (-1, "en retard de 1 jour"), (0, "0 jour"), (1, "1 jour")],
)
def test_the_time_left_is_counted_to_the_day(days: int, said: str) -> None:
    on = date(2026, 6, 6)
    claim = Claim(state="submitted", decide_before=on + timedelta(days=days))

    assert days_left(claim, on) == said


def test_a_decided_claim_has_no_time_left() -> None:
    claim = Claim(state="approved", decide_before=date(2026, 6, 6))

    assert days_left(claim, date(2026, 7, 1)) == "–"


def test_the_nearest_deadline_comes_first(visit: Visit) -> None:
    late, early = filed_claim(firm(1)), filed_claim(firm(2))
    Claim.objects.filter(pk=early.pk).update(decide_before=AT.date())

    page = visit(staff(StaffRole.INSTRUCTEUR), "/admin/primes/claim/")

    assert list(page.context["cl"].result_list) == [early, late]


def test_the_list_shows_lines_and_the_amount_calculated(visit: Visit) -> None:
    reviewed_claim(filed_claim(eligible=2, ineligible=1))

    (row,) = visit(staff(StaffRole.INSTRUCTEUR), "/admin/primes/claim/").context["cl"].result_list

    assert pytest.approx(BONUS, abs=1) == INCOME * 35 / 1000
    assert (row.line_count, row.amount_now) == (3, 2 * BONUS)


def test_filters_stand_in_the_address(visit: Visit) -> None:
    reviewed_claim(filed_claim(firm(1)))
    filed = filed_claim(firm(2))

    page = visit(staff(StaffRole.INSTRUCTEUR), "/admin/primes/claim/?state__exact=submitted")

    assert list(page.context["cl"].result_list) == [filed]


def test_the_page_shows_checks_with_who_answered_and_lines_with_their_reasons(visit: Visit) -> None:
    claim = reviewed_claim(filed_claim(eligible=1, ineligible=1))

    page = visit(staff(StaffRole.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/change/")

    assert "Salaires déclarés à la CNSS" in page.text
    assert str(staff(StaffRole.INSTRUCTEUR)) in page.text
    (reasons,) = [row.reasons for row in page.context["lines"] if not row.assessment.eligible]
    assert reasons == ["Nationalité marocaine non établie"]


def test_the_history_tells_the_acts_in_french_with_their_reasons(visit: Visit) -> None:
    claim = proposed_claim()

    page = visit(staff(StaffRole.DECIDEUR), f"/admin/primes/claim/{claim.pk}/change/")

    told = [(row.act, row.reason) for row in page.context["history"]]
    assert told[-2:] == [("Calculée", ""), ("Proposition", "Dossier complet.")]


def test_the_decision_and_its_reason_are_shown(visit: Visit) -> None:
    decision = decided_claim()

    page = visit(staff(StaffRole.AUDITEUR), f"/admin/primes/claim/{decision.claim_id}/change/")

    assert decision.reference in page.text
    assert escape(decision.reason) in page.text


def test_a_line_is_explained_step_by_step_to_its_amount_and_its_source(visit: Visit) -> None:
    claim = reviewed_claim()

    page = visit(staff(StaffRole.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/ligne/1/")

    assert page.context["explained"].rows[-1].amount == BONUS
    assert "etat9421_2025.xml" in page.text
    assert formats.money(BONUS, "fr") in page.text


def test_a_line_is_explained_in_the_language_the_agent_chooses(visit: Visit) -> None:
    claim = reviewed_claim()

    page = visit(staff(StaffRole.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/ligne/1/?langue=ar")

    assert '<section class="explanation" lang="ar" dir="rtl"' in page.text
    assert formats.money(BONUS, "ar") in page.text


def test_a_line_that_does_not_exist_is_not_found(visit: Visit) -> None:
    claim = reviewed_claim()

    page = visit(staff(StaffRole.INSTRUCTEUR), f"/admin/primes/claim/{claim.pk}/ligne/9/")

    assert page.status_code == 404


def test_what_is_decided_comes_after_what_is_not(visit: Visit) -> None:
    decided = decided_claim(filed_claim(firm(1))).claim
    waiting = filed_claim(firm(2))
    Claim.objects.filter(pk=waiting.pk).update(decide_before=AT.date() + timedelta(days=900))

    page = visit(staff(StaffRole.INSTRUCTEUR), "/admin/primes/claim/")

    assert list(page.context["cl"].result_list) == [waiting, decided]
