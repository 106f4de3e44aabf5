"""The API asks the database the same number of questions whatever it tells."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from companies.firms.models import FirmRole
from tests.factories.agency import account
from tests.factories.claimants import firm, member
from tests.factories.claims import filed_claim

LIST_QUERIES_MAX = 8


def queries(user: User, address: str) -> int:
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.django_db
def test_the_list_of_claims() -> None:
    counts = []
    for rank in range(1, 4):
        member(filed_claim(firm(rank)).firm, FirmRole.LECTEUR, "lecteur")
        counts.append(queries(account("lecteur"), "/api/v1/claims/"))

    assert counts[0] == counts[-1] <= LIST_QUERIES_MAX


@pytest.mark.django_db
def test_one_claim() -> None:
    small, large = filed_claim(firm(1), eligible=1), filed_claim(firm(2), eligible=9)
    for claim in (small, large):
        member(claim.firm, FirmRole.LECTEUR, "lecteur")

    few, many = [
        queries(account("lecteur"), f"/api/v1/claims/{claim.public_id}/")
        for claim in (small, large)
    ]

    assert few == many
