"""Who may take a copy of an import away, and what it is called."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.models import Import, ImportFile
from tests.factories.claimants import firm
from tests.primes.views.conftest import Enter
from tests.primes.views.handing_over import confirm, hand_over, people_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_waiting(enter: Enter, the_firm: Firm) -> Import:
    """An import with a row to correct."""
    hand_over(enter(the_firm), people_file(date_embauche="hier"))
    return Import.objects.get()


def annotated(row: Import) -> str:
    return reverse("import_annotated", args=[row.public_id, 0])


def read(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content)


def test_whole_numbers_of_people_are_not_there_for_a_reader(
    enter: Enter, the_firm: Firm, in_waiting: Import
):
    answer = enter(the_firm, FirmRole.LECTEUR).get(annotated(in_waiting))

    assert answer.status_code == 404


def test_the_copy_of_another_firm_is_not_there(enter: Enter, in_waiting: Import):
    assert enter(firm(2)).get(annotated(in_waiting)).status_code == 404


def test_a_file_that_was_forgotten_is_not_there(enter: Enter, the_firm: Firm, in_waiting: Import):
    ImportFile.objects.update(content=b"")

    assert enter(the_firm).get(annotated(in_waiting)).status_code == 404


def test_a_name_may_hold_what_no_header_may(enter: Enter, the_firm: Firm, in_waiting: Import):
    ImportFile.objects.update(name="gens\r\nSet-Cookie: a=b.csv")

    answer = enter(the_firm).get(annotated(in_waiting))

    assert "gensSet-Cookie" in answer.headers["Content-Disposition"]
    assert read(answer).startswith(b"PK")


def test_nothing_of_a_copy_is_kept_by_the_browser(enter: Enter, the_firm: Firm, in_waiting: Import):
    answer = enter(the_firm).get(annotated(in_waiting))

    assert "no-store" in answer.headers["Cache-Control"]
    assert read(answer)


def test_a_report_may_be_had_as_plain_text(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    hand_over(client, people_file())
    confirm(client)

    row = Import.objects.get()
    answer = client.get(reverse("import_report", args=[row.public_id]), {"format": "texte"})

    lines = read(answer).decode().splitlines()
    assert lines[0] == f"Import {row.public_id}, {the_firm.name}"
    assert lines[-1].startswith("Ligne ")
    assert "attachment" in answer.headers["Content-Disposition"]
