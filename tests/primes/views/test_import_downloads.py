"""What an import gives back: the template, the firm's own file, the report."""

from io import BytesIO

import pytest
from django.http import HttpResponse
from django.urls import reverse

from companies.firms.models import Firm, FirmRole
from companies.imports.formats.tables import open_table
from companies.imports.formats.workbook_scan import Limits
from companies.imports.models import Import
from companies.imports.reading.targets import WORKFORCE
from tests.factories.claimants import people
from tests.primes.views.conftest import Enter
from tests.primes.views.handing_over import confirm, hand_over, people_file

pytestmark = pytest.mark.django_db


def read(answer: HttpResponse) -> tuple[list[str], list[list[str]]]:
    """Titles and kinded cells of the first sheet of a workbook that was sent."""
    content = BytesIO(b"".join(answer.streaming_content))
    table = open_table(content, "back.xlsx", WORKFORCE.titles, Limits())
    return list(table.titles), [cells for _, cells in table.rows]


def test_the_template_is_a_workbook_to_save(enter: Enter, the_firm: Firm):
    answer = enter(the_firm, FirmRole.LECTEUR).get(reverse("import_template"))

    titles, _ = read(answer)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "matricule_cnss" in titles


def test_the_prefilled_template_has_the_people_of_the_firm(enter: Enter, the_firm: Firm):
    people(the_firm, 2)

    _, rows = read(enter(the_firm).get(reverse("import_template_filled")))

    assert len(rows) == 2


def test_numbers_of_people_are_not_given_to_a_reader(enter: Enter, the_firm: Firm):
    answer = enter(the_firm, FirmRole.LECTEUR).get(reverse("import_template_filled"))

    assert answer.status_code == 403


def test_the_file_comes_back_with_its_anomalies(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    hand_over(client, people_file(date_embauche="hier"))

    row = Import.objects.get()
    answer = client.get(reverse("import_annotated", args=[row.public_id, 0]))

    titles, [cells] = read(answer)
    assert titles[-1] == "Anomalies"
    assert "La date ne se lit pas" in cells[-1]
    assert "salaries-anomalies.xlsx" in answer.headers["Content-Disposition"]


def test_the_report_of_a_load_is_a_workbook(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    hand_over(client, people_file())
    confirm(client)

    row = Import.objects.get()
    answer = client.get(reverse("import_report", args=[row.public_id]))

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_an_import_under_way_has_no_report(enter: Enter, the_firm: Firm):
    client = enter(the_firm)
    hand_over(client, people_file())

    row = Import.objects.get()
    answer = client.get(reverse("import_report", args=[row.public_id]))

    assert answer.headers["Location"] == reverse("import_confirm", args=[row.public_id])
