"""Who enters the administration, and what each role reads there."""

import pytest
from django.test import Client

from accounts.models import StaffRole
from tests.factories.agency import account, staff, superuser
from tests.factories.claims import decided_claim, reviewed_claim
from tests.primes.admin.conftest import Visit

R = StaffRole
READERS = {
    "primes/claim": {R.INSTRUCTEUR, R.DECIDEUR, R.QUALITE, R.AUDITEUR},
    "primes/assessment": {R.INSTRUCTEUR, R.DECIDEUR, R.QUALITE, R.AUDITEUR},
    "companies/employee": {R.INSTRUCTEUR, R.DECIDEUR, R.QUALITE, R.AUDITEUR},
    "primes/paymentrun": {R.PREPARATEUR, R.ORDONNATEUR, R.PAYEUR, R.AUDITEUR},
    "primes/ledgerentry": {R.PREPARATEUR, R.ORDONNATEUR, R.PAYEUR, R.AUDITEUR},
    "companies/bankaccount": {R.PREPARATEUR, R.ORDONNATEUR, R.PAYEUR, R.QUALITE, R.AUDITEUR},
    "accounts/user": {R.ADMINISTRATEUR, R.AUDITEUR},
    "accounts/journalentry": {R.AUDITEUR},
    "accounts/job": {R.ADMINISTRATEUR, R.AUDITEUR},
    "primes/ruleset": {R.ADMINISTRATEUR, R.INSTRUCTEUR, R.DECIDEUR, R.DIRECTION, R.AUDITEUR},
    "primes/envelope": set(R) - {R.INSTRUCTEUR, R.QUALITE},
}
WITHOUT_PEOPLE = {
    "primes/filingwindow",
    "primes/ruleset",
    "primes/sheets",
    "primes/what-if",
    "primes/convention",
    "primes/envelope",
}


@pytest.mark.parametrize("model", READERS)
def test_a_list_is_read_by_its_roles_and_by_no_other(visit: Visit, model: str) -> None:
    answers = {role: visit(staff(role), f"/admin/{model}/").status_code for role in R}

    assert answers == {role: 200 if role in READERS[model] else 403 for role in R}


def test_the_direction_sees_nothing_personal(visit: Visit) -> None:
    page = visit(staff(R.DIRECTION), "/admin/")

    shown = {
        model["admin_url"].removeprefix("/admin/").strip("/")
        for app in page.context["app_list"]
        for model in app["models"]
    }

    assert shown == WITHOUT_PEOPLE


def test_a_superuser_reads_and_is_offered_no_act(visit: Visit) -> None:
    claim = reviewed_claim()

    page = visit(superuser(), f"/admin/primes/claim/{claim.pk}/change/")
    listed = visit(superuser(), "/admin/primes/claim/")

    assert page.context["acts"] == []
    assert listed.context["acts"] == []


def test_a_role_taken_away_is_gone_at_the_next_request(visit: Visit) -> None:
    instructeur = staff(R.INSTRUCTEUR)
    before = visit(instructeur, "/admin/primes/claim/").status_code

    instructeur.staff_assignments.update(revoked_at=decided_claim().decided_at)
    after = visit(instructeur, "/admin/primes/claim/").status_code

    assert (before, after) == (200, 403)


@pytest.mark.django_db
def test_nobody_enters_without_signing_in() -> None:
    answer = Client().get("/admin/primes/claim/")

    assert (answer.status_code, answer.url) == (302, "/connexion/?next=/admin/primes/claim/")


def test_a_person_of_a_firm_does_not_enter(visit: Visit) -> None:
    sent_away = visit(account("signataire"), "/admin/primes/claim/")

    stopped = visit(account("signataire"), sent_away.url)

    assert (sent_away.status_code, stopped.status_code) == (302, 403)


@pytest.mark.django_db
def test_the_administration_has_no_door_of_its_own() -> None:
    answer = Client().get("/admin/login/?next=/admin/primes/claim/")

    assert answer.url == "/connexion/?next=/admin/primes/claim/"
