"""The API asks the database the same number of questions whatever it tells."""

import pytest

from companies.firms.models import FirmRole
from tests.factories.agency import account
from tests.factories.browsers import queries, signed_in
from tests.factories.claimants import firm, member
from tests.factories.claims import filed_claim

LIST_QUERIES_MAX = 8


@pytest.mark.django_db
def test_the_list_of_claims() -> None:
    counts = []
    for rank in range(1, 4):
        member(filed_claim(firm(rank)).firm, FirmRole.LECTEUR, "lecteur")
        counts.append(queries(signed_in(account("lecteur")), "/api/v1/claims/"))

    assert counts[0] == counts[-1] <= LIST_QUERIES_MAX


@pytest.mark.django_db
def test_one_claim() -> None:
    small, large = filed_claim(firm(1), eligible=1), filed_claim(firm(2), eligible=9)
    for claim in (small, large):
        member(claim.firm, FirmRole.LECTEUR, "lecteur")

    few, many = [
        queries(signed_in(account("lecteur")), f"/api/v1/claims/{claim.public_id}/")
        for claim in (small, large)
    ]

    assert few == many
