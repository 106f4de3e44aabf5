"""What the database refuses is a refusal with the name of what held."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from tests.factories.agency import JOINED_AT, account

pytestmark = pytest.mark.django_db


def test_a_check_gives_its_name():
    with pytest.raises(Refusal) as refused, named_refusals(), transaction.atomic():
        User.objects.create(email="x@primes.test", full_name="X", joined_at=JOINED_AT)

    assert refused.value.code == "user_person_has_a_human"


def test_a_unique_index_gives_its_name():
    human = account("a").human

    with pytest.raises(Refusal) as refused, named_refusals(), transaction.atomic():
        User.objects.create(email="A@primes.test", full_name="A", human=human, joined_at=JOINED_AT)

    assert refused.value.code == "user_email_once_whatever_the_case"


def test_a_trigger_gives_the_name_it_chose():
    with (
        pytest.raises(Refusal) as refused,
        named_refusals(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT primes_refuse('invented_rule', 'somewhere')")

    assert refused.value.code == "invented_rule"


def test_a_breach_without_a_name_stays_a_fault():
    with pytest.raises(IntegrityError), named_refusals():
        raise IntegrityError("no constraint behind it")


def test_a_missing_value_stays_a_fault():
    with pytest.raises(IntegrityError), named_refusals(), transaction.atomic():
        User.objects.create(email="y@primes.test", full_name=None, joined_at=JOINED_AT)
