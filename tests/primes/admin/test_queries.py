"""A list or a page asks the database the same number of questions whatever it shows."""

import pytest

from accounts.models import StaffRole
from companies.firms.models import Firm
from primes.claims.models.claim import Claim
from tests.factories.agency import staff
from tests.factories.browsers import queries, signed_in
from tests.factories.claimants import firm, people
from tests.factories.claims import decided_claim, filed_claim, prepared_run, reviewed_claim

pytestmark = pytest.mark.django_db
CLAIM_LIST_QUERIES_MAX = 12


def claim_of(rank: int, people_count: int = 2) -> Claim:
    return filed_claim(firm(rank), eligible=people_count)


def test_the_list_of_claims() -> None:
    instructeur = signed_in(staff(StaffRole.INSTRUCTEUR))
    reviewed_claim(claim_of(1))
    few = queries(instructeur, "/admin/primes/claim/")

    for rank in range(2, 6):
        reviewed_claim(claim_of(rank))
    many = queries(instructeur, "/admin/primes/claim/")

    assert few == many <= CLAIM_LIST_QUERIES_MAX


def test_the_page_of_a_claim() -> None:
    instructeur = signed_in(staff(StaffRole.INSTRUCTEUR))
    small, large = reviewed_claim(claim_of(1, 2)), reviewed_claim(claim_of(2, 9))

    few = queries(instructeur, f"/admin/primes/claim/{small.pk}/change/")
    many = queries(instructeur, f"/admin/primes/claim/{large.pk}/change/")

    assert few == many


def test_the_page_of_a_run() -> None:
    ordonnateur = signed_in(staff(StaffRole.ORDONNATEUR))
    decided_claim(claim_of(1))
    small = prepared_run()
    for rank in range(2, 5):
        decided_claim(claim_of(rank))
    large = prepared_run()

    few = queries(ordonnateur, f"/admin/primes/paymentrun/{small.pk}/change/")
    many = queries(ordonnateur, f"/admin/primes/paymentrun/{large.pk}/change/")

    assert large.payment_count == 3
    assert few == many


@pytest.mark.parametrize("model", ["companies/firm", "companies/employee", "companies/bankaccount"])
def test_the_lists_about_firms(model: str) -> None:
    auditeur = signed_in(staff(StaffRole.AUDITEUR))
    _firm_with_people(1)
    few = queries(auditeur, f"/admin/{model}/")

    for rank in range(2, 5):
        _firm_with_people(rank)
    many = queries(auditeur, f"/admin/{model}/")

    assert few == many


def _firm_with_people(rank: int) -> Firm:
    made = firm(rank)
    people(made, 2)
    return made
