"""The last step of an import: what will change, the report, and a day to take it back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts import formats
from accounts.jobs.models import Job
from companies.firms.models import Firm
from companies.imports.models import Import
from tests.factories.claims import AT
from tests.factories.imports import an_import, loaded, staged, wrong
from tests.primes.views.conftest import Enter

pytestmark = pytest.mark.django_db


def confirmation(enter: Enter, row: Import) -> str:
    return enter(row.firm).get(reverse("import_confirm", args=[row.public_id])).content.decode()


def result(enter: Enter, row: Import) -> str:
    return enter(row.firm).get(reverse("import_result", args=[row.public_id])).content.decode()


def test_the_button_says_how_many_employees_are_saved(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, good=1_322, created=1_300, updated=22)

    page = confirmation(enter, row)

    assert 'Enregistrer <bdi class="nowrap">1\N{NO-BREAK SPACE}322</bdi> salariés' in page


def test_what_changes_is_shown_old_and_new(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, good=1, updated=1)
    changes = {"taxable_income": [6_000_000, 7_250_050], "left_on": [None, "2026-01-31"]}
    staged(row, 2, effect="updated", changes=changes)

    page = confirmation(enter, row)

    assert "60\N{NO-BREAK SPACE}000,00" in page
    assert "72\N{NO-BREAK SPACE}500,50" in page
    assert "<del>—" in page
    assert "31/01/2026" in page


def test_rows_that_wait_are_said_before_confirming(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, good=1)
    wrong(row, 2, "date_embauche", "date", "hier")

    assert "elle n’est pas enregistrée maintenant" in confirmation(enter, row)


def test_nothing_is_confirmed_when_no_row_is_ready(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    wrong(row, 2, "date_embauche", "date", "hier")

    page = confirmation(enter, row)

    assert "Aucune ligne n’est prête" in page
    assert "Enregistrer <bdi" not in page


def test_the_report_says_until_when_it_may_be_undone(enter: Enter, the_firm: Firm):
    row = loaded(the_firm, AT, created=322)

    page = result(enter, row)

    assert formats.long_day(date(2026, 4, 8), "fr") in page
    assert ">09:12<" in page
    assert "Annuler cet import" in page


@pytest.mark.parametrize(("hours", "offered"), [(22, True), (23, False)])
def test_the_undo_is_offered_for_a_day(enter: Enter, the_firm: Firm, hours: int, offered: bool):
    row = loaded(the_firm, AT)

    with time_machine.travel(AT + timedelta(hours=hours), tick=False):
        page = result(enter, row)

    assert ("Annuler cet import" in page) is offered


def test_a_refused_import_names_each_problem_and_what_to_do(enter: Enter, the_firm: Firm):
    problem = {
        "code": "total_differs", "file": "DS.txt", "line": 7, "field": "N_Total",
        "found": "12", "expected": "13",
    }  # fmt: skip
    row = an_import(the_firm, Import.State.REFUSED, refusal=[problem])

    page = result(enter, row)

    assert "Ces fichiers ont été refusés" in page
    assert "DS.txt" in page
    assert "pris ou refusé en entier" in page


def test_an_import_that_was_given_up_says_so(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, Import.State.ABANDONED)

    assert "Cet import a été abandonné" in result(enter, row)


def test_a_load_that_came_back_says_why_beside_the_rows(enter: Enter, the_firm: Firm):
    refusal = [{"code": "role_missing", "facts": {"roles": "redacteur"}}]
    row = an_import(the_firm, good=1, refusal=refusal)

    assert "n’ont pas pu être enregistrées" in confirmation(enter, row)


def test_an_import_is_given_up_after_a_second_question(enter: Enter, the_firm: Firm):
    row = an_import(the_firm)
    address = reverse("import_abandon", args=[row.public_id])
    client = enter(the_firm)

    asked = client.get(address).content.decode()
    client.post(address)

    row.refresh_from_db()
    assert "Abandonner cet import" in asked
    assert row.state == Import.State.ABANDONED
    assert bytes(row.files.get().content) == b""


def test_a_reader_of_an_import_under_way_is_led_where_it_stands(enter: Enter, the_firm: Firm):
    row = an_import(the_firm, Import.State.MATCHING)

    answer = enter(the_firm).get(reverse("import_result", args=[row.public_id]))

    assert answer.headers["Location"] == reverse("import_match", args=[row.public_id])


@pytest.mark.parametrize(("good", "page"), [(500, "import_result"), (501, "job")])
def test_taking_back_more_than_five_hundred_rows_is_left_to_a_worker(
    enter: Enter, the_firm: Firm, good: int, page: str
):
    row = loaded(the_firm, AT, good=good)

    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        answer = enter(the_firm).post(reverse("import_undo", args=[row.public_id]))

    job = Job.objects.get(kind="import.undo")
    ended = {"import_result": row.public_id, "job": job.public_id}
    assert answer.headers["Location"] == reverse(page, args=[ended[page]])
    assert job.is_live is (page == "job")


def test_why_a_load_is_not_taken_back_is_said_on_its_report(enter: Enter, the_firm: Firm):
    row = loaded(the_firm, AT)

    with time_machine.travel(AT + timedelta(hours=25), tick=False):
        answer = enter(the_firm).post(reverse("import_undo", args=[row.public_id]))

    row.refresh_from_db()
    assert answer.status_code == 422
    assert row.state == Import.State.LOADED
    assert "Plus de 24 heures ont passé" in answer.content.decode()
