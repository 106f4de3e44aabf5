"""The files that were received, and the report of each."""

import pytest
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.models import FileLoad
from tests.factories.imports import an_import
from tests.primes.views.conftest import Enter
from tests.primes.views.handing_over import confirm, hand_over, people_file

pytestmark = pytest.mark.django_db


def test_a_file_that_was_loaded_is_listed_and_its_report_counts_the_people(
    enter: Enter, the_firm: Firm
):
    client = enter(the_firm, FirmRole.REDACTEUR)
    hand_over(client, people_file())
    confirm(client)

    listed = client.get(reverse("files")).content.decode()
    load = FileLoad.objects.get()

    assert "salaries.csv" in listed
    assert (load.rows, load.created) == (1, 1)
    assert client.get(reverse("file_report", args=[load.pk])).status_code == 200


def test_the_period_of_a_yearly_file_is_a_year(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    hand_over(client, people_file())
    confirm(client)

    page = client.get(reverse("files")).content.decode()

    assert "janvier" not in page
    assert 'data-label="Période">2025<' in page


def test_imports_that_wait_are_pointed_at(enter: Enter, the_firm: Firm):
    an_import(the_firm)

    assert "1 import vous attend" in enter(the_firm).get(reverse("files")).content.decode()
