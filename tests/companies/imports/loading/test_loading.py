"""Files into rows: who, since when, paid what; the same file twice, corrected ones, wrong ones."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.errors import Refusal
from accounts.journal import broken_links
from accounts.models import JournalEntry
from accounts.sealing import unseal
from companies.documents.models import ReceivedFile
from companies.firms.models import FirmRole
from companies.imports.actions import load_files
from companies.imports.errors import FileRefused
from companies.workforce.models import Employee, Employment, PayMonth, PayYear, Person
from tests.companies.imports.reading.rows import rows_of
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, cin, declaration, entrant, etat, load, member, number, row

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def test_a_declaration_makes_the_people_it_names(firm):
    [report] = load(firm, declaration(firm, JANUARY, [entrant(1), row(2)]))

    assert (report.rows, report.created, report.updated, report.left_out) == (2, 2, 0, 0)
    names = Employee.objects.filter(firm=firm).values_list("last_name", flat=True)
    assert set(names) == {"NOM1", "NOM2"}


def test_numbers_are_sealed_and_only_their_ends_are_shown(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))

    employee = Employee.objects.get(firm=firm)
    assert unseal("cnss", employee.cnss_sealed) == number(1)
    assert unseal("cin", employee.cin_sealed) == cin(1)
    assert (employee.cin_last, employee.cnss_last) == (cin(1)[-3:], number(1)[-3:])


def test_a_moroccan_cin_says_the_nationality_when_nobody_did(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1), entrant(2, cin="PAS12345"), row(3)]))

    said = Employee.objects.filter(firm=firm).order_by("last_name")
    assert list(said.values_list("nationality", flat=True)) == ["MA", "", ""]


def test_a_declared_nationality_stays(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))
    Employee.objects.filter(firm=firm).update(nationality="SN")

    load(firm, etat(firm, 2025, [{"rank": 1}]))

    assert Employee.objects.get(firm=firm).nationality == "SN"


def test_occasional_labour_is_left_out_and_counted(firm):
    crowd = row(9, number=999_999_999)

    [report] = load(firm, declaration(firm, JANUARY, [row(1), crowd]))

    assert (report.rows, report.left_out) == (2, 1)
    assert Employee.objects.filter(firm=firm).count() == 1


def test_each_pay_names_its_file_and_line(firm):
    [report] = load(firm, declaration(firm, JANUARY, [row(1), row(2, real_salary=812_345)]))

    pay = PayMonth.objects.get(employee__last_name="NOM2")
    assert (pay.month, pay.real_salary, pay.days) == (JANUARY, 812_345, 26)
    assert (pay.source, pay.line) == (report.file, 4)


def test_a_complementary_declaration_stands_beside_the_main_one(firm):
    main = declaration(firm, JANUARY, [row(1)])
    bonus = declaration(firm, JANUARY, [row(1, real_salary=50_000, capped_salary=0)], supplement=1)

    load(firm, main, bonus)

    pay = PayMonth.objects.filter(month=JANUARY).order_by("supplement")
    assert list(pay.values_list("supplement", "real_salary")) == [(0, 700_000), (1, 50_000)]


def test_the_yearly_declaration_gives_income_and_date_of_recruitment(firm):
    told = {"rank": 1, "income": 9_000_050, "hired_on": date(2025, 9, 15)}

    _, report = load(
        firm, declaration(firm, date(2025, 9, 1), [entrant(1)]), etat(firm, 2025, [told])
    )

    year, employment = PayYear.objects.get(), Employment.objects.get()
    assert (year.year, year.taxable_income, year.source) == (2025, 9_000_050, report.file)
    assert employment.hired_on == date(2025, 9, 15)
    assert (employment.hired_source, employment.hired_line) == (report.file, year.line)


def test_the_name_of_the_yearly_declaration_is_the_one_shown(firm):
    written = {"rank": 1, "last_name": "Bénomar", "first_name": "Élias"}
    load(firm, etat(firm, 2025, [written]))

    load(firm, declaration(firm, JANUARY, [row(1)]))

    employee = Employee.objects.get()
    assert (str(employee), employee.sort_key) == ("Bénomar Élias", "BENOMAR ELIAS")


def test_a_departure_ends_the_employment_and_names_its_line(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))

    [report] = load(firm, declaration(firm, FEBRUARY, [row(1, situation="SO")]))

    employment = Employment.objects.get()
    assert (employment.hired_on, employment.left_on) == (JANUARY, date(2026, 2, 28))
    assert (employment.left_source, employment.left_line) == (report.file, 3)


def test_absence_without_departure_ends_nothing_and_warns(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1), row(2)]))

    [report] = load(firm, declaration(firm, FEBRUARY, [row(2)]))

    assert Employment.objects.get(employee__last_name="NOM1").left_on is None
    [warning] = report.warnings
    assert (warning["code"], warning["found"]) == ("absent_without_departure", "2026-02")


def test_a_departure_is_no_absence(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1, situation=""), row(2, situation="SO")]))

    [report] = load(firm, declaration(firm, FEBRUARY, [row(1)]))

    assert report.warnings == []


def test_a_kept_warning_shows_only_the_end_of_a_number(firm):
    [report] = load(firm, declaration(firm, JANUARY, [row(1, number=int(number(1)) + 1)]))

    [warning] = [each for each in report.warnings if each["code"] == "employee_number_key"]
    assert warning["found"] == f"…{int(number(1)[-3:]) + 1:03}"


def test_the_same_file_twice_changes_nothing(firm):
    file = declaration(firm, JANUARY, [entrant(1), row(2)])
    [first] = load(firm, file)
    before = rows_of(firm), JournalEntry.objects.count(), ReceivedFile.objects.count()

    [again] = load(firm, ("another name.txt", file[1]))

    assert again == first
    assert before == (rows_of(firm), JournalEntry.objects.count(), ReceivedFile.objects.count())


def test_the_same_bytes_twice_in_one_call_are_one_file(firm):
    file = declaration(firm, JANUARY, [entrant(1)])

    first, second = load(firm, file, file)

    assert first == second


def test_a_corrected_declaration_takes_the_place_of_the_first(firm):
    load(firm, declaration(firm, JANUARY, [row(1), row(2), row(3)]))

    [report] = load(firm, declaration(firm, JANUARY, [row(1), row(2, real_salary=1)]))

    assert (report.created, report.updated, report.unchanged) == (0, 1, 1)
    pay = PayMonth.objects.order_by("line")
    assert list(pay.values_list("real_salary", "source")) == [
        (700_000, report.file_id),
        (1, report.file_id),
    ]
    assert ReceivedFile.objects.count() == 2


def test_a_corrected_yearly_declaration_forgets_whom_it_leaves_out(firm):
    load(firm, etat(firm, 2025, [{"rank": 1}, {"rank": 2}]))

    [report] = load(firm, etat(firm, 2025, [{"rank": 1, "income": 5}]))

    assert list(PayYear.objects.values_list("taxable_income", "source")) == [(5, report.file_id)]


def test_the_file_of_another_firm_is_refused(firm):
    stranger = a_firm(2)

    with pytest.raises(FileRefused) as refused:
        load(firm, declaration(stranger, JANUARY, [row(1)]))

    assert (refused.value.code, refused.value.place.line) == ("file_of_another_firm", 2)
    assert refused.value.found == stranger.employer_number
    assert refused.value.expected == firm.employer_number


def test_a_yearly_declaration_with_the_fiscal_number_of_another_firm_is_refused(firm):
    name, content = etat(firm, 2025, [{"rank": 1}])
    wrong = content.replace(firm.fiscal_id.encode(), b"7654321")

    with pytest.raises(FileRefused) as refused:
        load(firm, (name, wrong))

    assert refused.value.place.field == "identifiantFiscal"
    assert (refused.value.found, refused.value.expected) == ("7654321", firm.fiscal_id)


def test_a_wrong_file_keeps_the_right_ones_out_too_and_writes_nothing(firm):
    right = declaration(firm, JANUARY, [row(1)])

    with pytest.raises(FileRefused) as refused:
        load(firm, right, ("a.txt", b"nothing known"), ("b.txt", right[1][:300]))

    assert [each.place.file for each in refused.value.problems] == ["a.txt", "b.txt"]
    left = [model.objects.count() for model in (ReceivedFile, Person, Employee, JournalEntry)]
    assert left == [0, 0, 0, 0]


def test_two_files_about_the_same_month_are_refused_together(firm):
    one, other = (declaration(firm, JANUARY, [row(1, real_salary=pay)]) for pay in (1, 2))

    with pytest.raises(FileRefused) as refused:
        load(firm, one, other)

    assert refused.value.code == "period_twice"


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_loads_nothing(firm, role):
    with pytest.raises(Refusal) as refused:
        load(firm, declaration(firm, JANUARY, [row(1)]), user=member(firm, role))

    assert refused.value.code == "role_missing"


def test_each_load_is_told_in_the_journal_of_the_firm(firm):
    load(firm, declaration(firm, JANUARY, [row(1)]), declaration(firm, FEBRUARY, [row(1)]))

    told = JournalEntry.objects.filter(stream=firm.journal_stream, action="import.load")
    periods = [entry.detail["period"] for entry in told.order_by("sequence")]
    assert periods == ["2026-01-01", "2026-02-01"]
    assert list(broken_links()) == []


def test_the_number_of_statements_does_not_grow_with_the_people():
    counts = []
    for rank, people in enumerate((10, 200), start=11):
        firm, user = a_firm(rank), member(a_firm(rank))
        rows = [entrant(rank * 1000 + each) for each in range(people)]
        files = [declaration(firm, JANUARY, rows)]
        files.append(etat(firm, 2026, [{"rank": rank * 1000 + each} for each in range(people)]))

        with CaptureQueriesContext(connection) as queries:
            load_files(firm=firm, files=files, acting_user=user, at=AT)
        counts.append(len(queries))

    assert counts[0] == counts[1]
