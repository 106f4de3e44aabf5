"""A page asks the database at most fifteen times, whatever the number of lines."""

from datetime import date

import pytest
from django.urls import reverse

from companies.firms.models import Firm
from companies.imports.models import FileLoad
from companies.workforce.models import Employment
from primes.claims.models.claim import Claim
from tests.factories.browsers import queries
from tests.factories.claimants import BEFORE, people, signataire_of
from tests.factories.claims import decided_claim, draft_claim, filed_claim, prepared_run
from tests.factories.trainings import session
from tests.primes.views.conftest import Enter
from trainings.models import Session

pytestmark = pytest.mark.django_db
BUDGET = 15
FIRM_PAGES = [
    "dashboard", "firm", "files", "employees", "complete_many", "programmes", "providers", "claims",
    "payments",
]  # fmt: skip


def load_something(firm: Firm) -> FileLoad:
    return FileLoad.objects.create(
        file=firm.received_files.get(), period=BEFORE.date(), rows=1, created=1, updated=0,
        unchanged=0, left_out=0, loaded_at=BEFORE, loaded_by=signataire_of(firm),
    )  # fmt: skip


@pytest.mark.parametrize("name", FIRM_PAGES)
def test_a_page_of_the_firm_stays_within_the_budget(enter: Enter, the_firm: Firm, name: str):
    incomplete, _ = people(the_firm, 2)
    Employment.objects.filter(pk=incomplete.pk).update(contract="")
    load_something(the_firm)
    before = queries(enter(the_firm), reverse(name))
    people(the_firm, 8)

    after = queries(enter(the_firm), reverse(name))

    assert after == before <= BUDGET


@pytest.mark.parametrize("name", ["claim", "claim_people", "claim_check", "claim_declare"])
def test_a_page_of_a_draft_stays_within_the_budget(enter: Enter, the_firm: Firm, name: str):
    claim = draft_claim(the_firm, eligible=2)
    before = queries(enter(the_firm), reverse(name, args=[claim.public_id]))
    people(the_firm, 8)
    draft_claim(the_firm)

    after = queries(enter(the_firm), reverse(name, args=[claim.public_id]))

    assert after == before <= BUDGET


@pytest.mark.parametrize("people_count", [2, 9])
def test_the_follow_up_stays_within_the_budget(enter: Enter, the_firm: Firm, people_count: int):
    decided_claim(filed_claim(the_firm, eligible=people_count, ineligible=1))
    prepared_run()

    address = reverse("claim", args=[Claim.objects.get().public_id])

    assert queries(enter(the_firm), address) <= BUDGET


@pytest.mark.parametrize(("name", "more"), [("claim_receipt", []), ("line_explained", [1])])
def test_a_page_about_a_filed_claim_stays_within_the_budget(
    enter: Enter, the_firm: Firm, name: str, more: list[int]
):
    claim = filed_claim(the_firm)

    assert queries(enter(the_firm), reverse(name, args=[claim.public_id, *more])) <= BUDGET


def test_an_attendance_list_stays_within_the_budget(enter: Enter, the_firm: Firm):
    people(the_firm, 2)
    address = reverse("attendance", args=[Session.objects.get().pk])
    before = queries(enter(the_firm), address)
    people(the_firm, 8)

    assert queries(enter(the_firm), address) == before <= BUDGET


def test_a_training_stays_within_the_budget_whatever_it_holds(enter: Enter, the_firm: Firm):
    people(the_firm, 2)
    held = Session.objects.get()
    address = reverse("programme", args=[held.programme.public_id])
    before = queries(enter(the_firm), address)
    people(the_firm, 8)
    for year in range(2019, 2025):
        session(held.programme, date(year, 5, 4))

    assert queries(enter(the_firm), address) == before <= BUDGET


@pytest.mark.parametrize("address", ["/", "/simulateur/", "/connexion/"])
def test_a_public_page_asks_little(client, address: str):
    assert queries(client, address) <= 3
