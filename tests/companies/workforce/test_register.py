"""One employee entered by hand: who they are found to be, and what stops it."""

from datetime import date, timedelta

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from accounts.sealing import unseal
from companies.firms.models import Firm, FirmRole
from companies.workforce.models import Employee, Employment, Person
from companies.workforce.register import NewEmployee, Registered, register_employee
from tests.companies.workforce.employments import AT
from tests.factories.claimants import firm, member, signataire_of
from tests.factories.people import cin, number

pytestmark = pytest.mark.django_db

HIRED_ON = date(2026, 2, 1)
DAY = timedelta(days=1)


def register(of: Firm, hired_on: date = HIRED_ON, **typed: str) -> Registered:
    told = {"last_name": "El Émir", "first_name": "Salma", "cin": cin(1), "cnss_number": number(1)}
    employee = NewEmployee(**told | typed, hired_on=hired_on)
    return register_employee(firm=of, employee=employee, acting_user=signataire_of(of), at=AT)


def test_somebody_new_becomes_a_person_an_employee_and_an_employment():
    registered = register(firm(), cin=" ab-000 001 ")

    employee = Employee.objects.get()
    assert unseal("cin", employee.cin_sealed) == "AB000001"
    assert (employee.sort_key, employee.cin_last, employee.nationality) == (
        "EL EMIR SALMA", "001", "MA",
    )  # fmt: skip
    assert (registered.employment.hired_on, registered.warnings) == (HIRED_ON, ())
    assert registered.employment.hired_source is None


def test_the_journal_names_nobody():
    register(firm())

    told = JournalEntry.objects.get(action="employee.register").detail
    assert set(told) == {"employee", "employment", "warnings"}
    assert cin(1) not in str(told)


def test_a_person_of_another_firm_is_a_warning_and_one_person():
    register(firm(2), last_name="Autre Nom")

    registered = register(firm(1))

    assert registered.warnings == ("person_known_elsewhere",)
    assert Person.objects.count() == 1
    assert registered.employment.employee.last_name == "El Émir"


def test_a_number_known_later_completes_the_person():
    register(firm(), cnss_number="000000000")
    Employment.objects.update(left_on=HIRED_ON)

    register(firm(), hired_on=HIRED_ON + DAY)

    assert Person.objects.get().cnss_fingerprint is not None
    assert Employee.objects.get().has_cnss_number is True


def test_numbers_of_two_people_are_refused():
    register(firm())
    register(firm(), cin=cin(2), cnss_number=number(2))

    with pytest.raises(Refusal, match="person_conflict"):
        register(firm(), cnss_number=number(2))
    with pytest.raises(Refusal, match="person_conflict"):
        register(firm(), cin=cin(3))


def test_somebody_in_post_is_not_hired_again():
    register(firm())

    with pytest.raises(Refusal, match="employee_in_post_already"):
        register(firm(), hired_on=date(2026, 3, 1))

    assert Employment.objects.count() == 1


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_a_rehire_comes_after_the_departure(days: int, refused: bool):
    register(firm())
    left_on = date(2026, 2, 15)
    Employment.objects.update(left_on=left_on)

    if not refused:
        register(firm(), hired_on=left_on + days * DAY)
        assert Employment.objects.count() == 2
        return

    with pytest.raises(Refusal, match="hire_before_departure"):
        register(firm(), hired_on=left_on + days * DAY)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"cin": "", "cnss_number": ""}, "identifier_missing"),
        ({"cin": "", "cnss_number": "000000000"}, "identifier_missing"),
        ({"cnss_number": "12345678X"}, "employee_number_format"),
        ({"cnss_number": "1.178E+22"}, "digits_lost_in_spreadsheet"),
        ({"cin": "1.178E+22"}, "digits_lost_in_spreadsheet"),
    ],
)
def test_numbers_are_read_as_those_of_files(typed: dict[str, str], code: str):
    with pytest.raises(Refusal, match=code):
        register(firm(), **typed)

    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"cin": "PASSEPORT7"}, "national_id_format"),
        ({"cnss_number": "100000002"}, "employee_number_key"),
    ],
)
def test_a_doubtful_number_is_taken_with_a_warning(typed: dict[str, str], code: str):
    assert code in register(firm(), **typed).warnings


def test_who_does_not_write_for_the_firm_adds_nobody():
    user = member(firm(), FirmRole.LECTEUR, "reader")
    employee = NewEmployee("A", "B", cin(1), "", HIRED_ON)

    with pytest.raises(Refusal, match="role_missing"):
        register_employee(firm=firm(), employee=employee, acting_user=user, at=AT)

    assert not Person.objects.exists()
