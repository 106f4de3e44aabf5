"""The load of an import: good rows alone, its changes kept, the bytes in the vault."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from companies.documents.models import ReceivedFile
from companies.imports.checking.check import check
from companies.imports.ending import undo_import
from companies.imports.kinds import no_beat
from companies.imports.loading import spells
from companies.imports.loading.load import load as load_rows
from companies.imports.models import FileLoad, Import
from companies.imports.staged import LoadChange, StagedRow
from companies.imports.staging.stage import stage
from companies.workforce.models import Employee, Employment, PayMonth, PayYear
from tests.companies.imports.handed import handed
from tests.companies.imports.reading.rows import rows_of
from tests.factories.people import (
    AT,
    cin,
    declaration,
    entrant,
    etat,
    load,
    member,
    pending,
    people_file,
    row,
)

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


def staged(firm, *files) -> Import:
    begun = handed(firm, *files)
    stage(begun, beat=no_beat)
    check(begun)
    return begun


def test_a_load_is_an_import_that_stands_loaded(firm):
    [report] = load(firm, declaration(firm, JANUARY, [entrant(1)]))

    assert (report.of.state, report.of.loaded_at) == (Import.State.LOADED, AT)
    assert (report.of.good, report.of.created) == (1, 1)


def test_what_it_changes_is_kept_under_its_name_and_nothing_after_it(firm):
    [report] = load(firm, declaration(firm, JANUARY, [entrant(1)]))

    Employee.objects.update(first_name="X")

    tables = LoadChange.objects.filter(of=report.of).values_list("table", "kind").order_by("table")
    assert list(tables) == [
        (f"companies_{name}", "insert") for name in ("employee", "employment", "paymonth", "person")
    ]
    assert LoadChange.objects.count() == 4


def test_only_good_rows_are_loaded_and_the_others_are_counted(firm):
    begun = staged(firm, people_file([{"rank": 1}, {"rank": 2, "type_contrat": "CDX"}]))

    [report] = load_rows(begun, acting_user=member(firm), at=AT, beat=no_beat)

    assert (report.rows, report.created, report.left_out) == (2, 1, 1)
    assert Employee.objects.get().cin_last == cin(1)[-3:]


def test_it_tells_how_far_it_is(firm):
    begun = staged(firm, declaration(firm, JANUARY, [entrant(1), row(2)]))
    told = []

    load_rows(begun, acting_user=member(firm), at=AT, beat=lambda *beat: told.append(beat))

    assert told == [("load", 0, 2), ("load", 2, 2)]


def test_no_row_is_read_from_the_file_again(firm):
    begun = staged(firm, declaration(firm, JANUARY, [entrant(1)]))
    StagedRow.objects.update(last_name="Alami")

    load_rows(begun, acting_user=member(firm), at=AT, beat=no_beat)

    assert Employee.objects.get().last_name == "Alami"


def test_the_same_bytes_load_again_once_they_were_undone(firm):
    file = declaration(firm, JANUARY, [entrant(1)])
    [first] = load(firm, file)
    undo_import(import_id=first.of_id, acting_user=member(firm), at=AT)

    [again] = load(firm, file)

    assert again != first
    assert again.file == first.file == ReceivedFile.objects.get()
    assert PayMonth.objects.get().source == first.file
    assert FileLoad.objects.count() == 2


def test_the_bytes_in_the_vault_are_those_that_came(firm):
    name, content = declaration(firm, JANUARY, [entrant(1)])

    [report] = load(firm, (name, content))

    assert bytes(report.file.content) == content
    assert report.file.content_hash() == report.file.sha256


@pytest.mark.parametrize(
    ("last_name", "sort_key"),
    [
        ("Éloïse d'Çà", "ELOISE D'CA SALMA"),
        ("BENNANI", "BENNANI SALMA"),
        ("ﬁlali", "FILALI SALMA"),
        ("أَحمَد", "احمد SALMA"),
        ("Жуков", "ЖУКОВ SALMA"),
    ],
)
def test_people_are_sorted_by_capitals_without_accents(firm, last_name, sort_key):
    load(firm, etat(firm, 2025, [{"rank": 1, "last_name": last_name}]))

    assert Employee.objects.get().sort_key == sort_key


def test_a_new_spelling_leaves_a_pending_number_pending(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]))

    load(firm, declaration(firm, FEBRUARY, [pending(1, last_name="ALAMI")]))

    employee = Employee.objects.get()
    assert (employee.last_name, employee.has_cnss_number) == ("ALAMI", False)


def test_a_plain_month_after_others_leaves_the_employments_alone(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1), row(2)]))

    [report] = load(firm, declaration(firm, FEBRUARY, [row(1), row(2)]))

    changed = LoadChange.objects.filter(of=report.of).values_list("table", flat=True)
    assert list(changed) == ["companies_paymonth"]


def test_a_plain_month_after_a_departure_begins_an_employment(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))
    load(firm, declaration(firm, FEBRUARY, [row(1, situation="SO")]))

    load(firm, declaration(firm, MARCH, [row(1)]))

    hired = Employment.objects.order_by("hired_on").values_list("hired_on", flat=True)
    assert list(hired) == [JANUARY, MARCH]


def test_people_worked_out_a_few_at_a_time_are_all_worked_out(firm, monkeypatch):
    monkeypatch.setattr(spells, "PEOPLE_AT_ONCE", 2)
    load(firm, declaration(firm, JANUARY, [row(rank) for rank in range(5)]))

    load(firm, etat(firm, 2025, [{"rank": r, "hired_on": date(2025, 5, 2)} for r in range(5)]))

    assert Employment.objects.filter(hired_on=date(2025, 5, 2)).count() == 5


def test_a_column_that_a_file_lacks_answers_nothing(firm):
    load(firm, people_file([{"rank": 1, "date_embauche": "2025-01-02", "finance_par": "OFPPT"}]))
    short = f"cin;nom;date_embauche\n{cin(1)};Alami;2025-01-02".encode()
    begun = staged(firm, ("short.csv", short))
    before = rows_of(firm)

    load_rows(begun, acting_user=member(firm), at=AT, beat=no_beat)

    employment, year = Employment.objects.get(), PayYear.objects.get()
    assert (employment.earlier_declared, year.funded_by) == (True, "OFPPT")
    assert len(rows_of(firm)["employments"]) == len(before["employments"]) == 1


@pytest.mark.parametrize("lines_before", [0, 70_000])
def test_dates_of_recruitment_of_stored_files_are_filled_in(firm, lines_before):
    told = [{"rank": 1, "hired_on": date(2025, 9, 15)}, {"rank": 2}]
    name, content = etat(firm, 2025, told)
    head, mark, rest = content.partition(b"<listPersonnelPermanent>")
    load(firm, (name, head + mark + b"\n" * lines_before + rest))
    PayYear.objects.update(recruited_on=None)

    import_module("companies.migrations.0005_recruited_on").fill(apps, None)

    days = PayYear.objects.order_by("line").values_list("recruited_on", flat=True)
    assert list(days) == [date(2025, 9, 15), None]
