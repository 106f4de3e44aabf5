"""The firm's pages on the day of the factories, inside the filing window of 2025."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from companies.firms.models import Firm, FirmRole
from tests.factories.browsers import signed_in
from tests.factories.claimants import firm, member
from tests.factories.claims import AT

Enter = Callable[..., Client]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def the_firm(db: None) -> Firm:
    return firm(1)


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser in which somebody of the firm is signed in; by default its signataire."""

    def enter(of: Firm, role: FirmRole = FirmRole.SIGNATAIRE) -> Client:
        return signed_in(member(of, role, f"{role.value}-{of.public_id}"))

    return enter
