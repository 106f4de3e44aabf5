"""One human is one person: pending numbers, what ties two halves, what contradicts itself."""

from datetime import date

import pytest

from companies.imports.errors import FileRefused
from companies.workforce.models import Employee, Employment, PayMonth, Person
from tests.companies.imports.reading.rows import rows_of
from tests.factories.claimants import firm as a_firm
from tests.factories.people import (
    cin,
    declaration,
    entrant,
    etat,
    load,
    number,
    pending,
    people_file,
    row,
)
from tests.factories.trainings import programme, session
from trainings.models import Attendance

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def test_a_pending_number_is_a_person_known_by_the_cin(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]))

    employee = Employee.objects.get()
    assert not employee.has_cnss_number
    assert employee.person.cnss_fingerprint is None


def test_the_yearly_declaration_gives_a_pending_person_the_number(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]))
    before = Employee.objects.get()

    load(firm, etat(firm, 2025, [{"rank": 1}]))

    employee = Employee.objects.get()
    assert (employee.pk, employee.has_cnss_number) == (before.pk, True)


def test_a_person_seen_by_the_cin_then_by_the_number_becomes_one_with_all_the_pay(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]))
    load(firm, declaration(firm, FEBRUARY, [row(1)]))
    assert Employee.objects.count() == 2

    load(firm, etat(firm, 2025, [{"rank": 1, "hired_on": date(2025, 12, 29)}]))

    employee = Employee.objects.get()
    assert Person.objects.get() == employee.person
    assert list(PayMonth.objects.values_list("employee", "month").order_by("month")) == [
        (employee.pk, JANUARY),
        (employee.pk, FEBRUARY),
    ]
    assert Employment.objects.get(employee=employee).hired_on == date(2025, 12, 29)


def test_what_other_packages_hold_of_the_two_halves_follows(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]))
    load(firm, declaration(firm, FEBRUARY, [row(1)]))
    Attendance.objects.create(
        session=session(programme(firm), FEBRUARY),
        employee=Employee.objects.get(has_cnss_number=True),
        minutes=60,
    )

    load(firm, etat(firm, 2025, [{"rank": 1}]))

    assert Attendance.objects.get().employee == Employee.objects.get()


def test_one_call_makes_one_person_of_both_halves(firm):
    months = [declaration(firm, JANUARY, [pending(1)]), declaration(firm, FEBRUARY, [row(1)])]

    reports = load(firm, *months, etat(firm, 2025, [{"rank": 1}]))

    assert Employee.objects.count() == 1
    assert [report.created for report in reports] == [1, 0, 0]


@pytest.mark.parametrize(
    "told",
    [{"rank": 1, "cin": cin(2)}, {"rank": 2, "number": number(1)}, {"rank": 1, "cin": "X99999"}],
)
def test_a_row_that_contradicts_what_is_known_is_refused_with_its_line(firm, told):
    load(firm, declaration(firm, JANUARY, [entrant(1), entrant(2)]))
    before = rows_of(firm)

    with pytest.raises(FileRefused) as refused:
        load(firm, etat(firm, 2025, [{"rank": 3}, told]))

    [problem] = refused.value.problems
    assert (problem.code, problem.place.field) == ("person_conflict", "numCNSS")
    assert problem.place.line == 23
    assert rows_of(firm) == before


def test_two_rows_of_a_file_may_not_be_the_same_person(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))

    with pytest.raises(FileRefused) as refused:
        load(firm, declaration(firm, FEBRUARY, [row(1), pending(1)]))

    assert (refused.value.code, refused.value.expected) == ("duplicate_person", "3")


def test_spellings_of_a_cin_are_one_person(firm):
    load(firm, people_file([{"rank": 1, "cin": "ab 000-001"}]))

    load(firm, declaration(firm, JANUARY, [entrant(1)]))

    assert Employee.objects.count() == 1


def test_the_same_human_in_two_firms_is_one_person_with_two_employees(firm):
    other = a_firm(2)
    load(firm, declaration(firm, JANUARY, [entrant(1)]))

    load(other, declaration(other, JANUARY, [entrant(1)]))

    assert Person.objects.count() == 1
    assert set(Employee.objects.values_list("firm", flat=True)) == {firm.pk, other.pk}


def test_a_firm_may_not_settle_who_is_who_among_the_people_of_others(firm):
    other, third = a_firm(2), a_firm(3)
    load(other, declaration(other, JANUARY, [pending(1)]))
    load(third, declaration(third, JANUARY, [row(1)]))

    with pytest.raises(FileRefused) as refused:
        load(firm, etat(firm, 2025, [{"rank": 1}]))

    assert refused.value.code == "person_conflict"
    assert Person.objects.count() == 2


def test_the_half_known_person_of_another_firm_is_recognised(firm):
    other = a_firm(2)
    load(other, declaration(other, JANUARY, [row(1)]))
    load(firm, declaration(firm, JANUARY, [pending(1)]))

    load(firm, etat(firm, 2025, [{"rank": 1}]))

    assert Person.objects.count() == 1
    assert Employee.objects.filter(person=Person.objects.get()).count() == 2
