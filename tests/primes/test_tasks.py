"""What the beat sends every ten seconds, whether or not a message was lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from companies.imports.models import DAYS_KEPT, Import
from primes.review.models import ReviewItem
from primes.tasks import sweep
from tests.companies.imports.loading.loads import an_import
from tests.factories.claimants import firm
from tests.factories.claims import filed_claim

pytestmark = pytest.mark.django_db


def test_a_filed_claim_that_nobody_was_told_of_is_reviewed() -> None:
    filed_claim()

    assert sweep() == 1
    assert ReviewItem.objects.get().state == ReviewItem.State.DONE


def test_an_import_that_everybody_left_is_abandoned() -> None:
    an_import(firm(), timezone.now() - DAYS_KEPT - timedelta(minutes=1))

    assert sweep() == 1
    assert Import.objects.get().state == Import.State.ABANDONED


def test_with_nothing_to_do_it_does_nothing() -> None:
    assert sweep() == 0
