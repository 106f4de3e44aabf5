"""Demonstration accounts open nothing in production, and production does not start beside them."""

import pytest
from django.core.checks import run_checks
from django.test import Client

from accounts.models import User
from tests.factories.agency import account

pytestmark = pytest.mark.django_db
PASSWORD = "une-phrase-de-passage-longue"


@pytest.fixture
def demonstration_account() -> User:
    user = account("demonstration")
    user.is_demonstration = True
    user.set_password(PASSWORD)
    user.save()
    return user


def _enters(email: str) -> bool:
    return Client().login(username=email, password=PASSWORD)


@pytest.mark.parametrize(("production", "enters"), [(False, True), (True, False)])
def test_a_demonstration_account_enters_outside_production_alone(
    demonstration_account, settings, production, enters
):
    settings.PRODUCTION = production

    assert _enters(demonstration_account.email) is enters


def test_an_address_is_the_same_whatever_its_letter_case(demonstration_account):
    assert _enters(demonstration_account.email.upper())


@pytest.mark.parametrize(("production", "codes"), [(False, set()), (True, {"accounts.E001"})])
def test_production_does_not_start_beside_them(demonstration_account, settings, production, codes):
    settings.PRODUCTION = production

    found = {message.id for message in run_checks(databases=["default"])}

    assert found & {"accounts.E001"} == codes


def test_a_program_never_enters():
    machine = User.objects.machine("review")
    machine.set_password(PASSWORD)
    machine.is_active = True
    machine.save()

    assert not _enters(machine.email)
