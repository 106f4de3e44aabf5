"""DS and 9421 files as people: who is a line, which employment, what is taken as favourable."""

from collections.abc import Sequence
from datetime import date

import pytest

from companies.imports.errors import FileRefused
from primes.claims.from_files import FromFiles, from_files
from primes.claims.from_files_person import FirmSaid, PersonSaid
from tests.primes.claims.simulated_files import (
    EMPLOYER,
    IMANE,
    OMAR,
    SALMA,
    NamedContent,
    Paid,
    Staff,
    declaration,
    etat,
    months_of,
)

HIRED = date(2026, 1, 5)
STAFF = Staff(SALMA, 9_000_000, HIRED)
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def read(*files: NamedContent) -> FromFiles:
    return from_files(files, scheme="paf-2025", year=2026, firm=FirmSaid())


def person_of(*files: NamedContent) -> PersonSaid:
    (person,) = read(*files).people
    return person


def refusal_of(*files: NamedContent) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(*files)
    return refused.value


def test_the_lines_are_the_permanent_staff_in_the_order_of_the_etat():
    people = read(
        etat(Staff(OMAR, 1, HIRED, "AB2222"), Staff(SALMA, 1, HIRED)),
        declaration(FEBRUARY, Paid(SALMA, 1), Paid(OMAR, 1)),
    ).people

    assert [person.number for person in people] == [OMAR, SALMA]


def test_a_person_of_the_declarations_only_is_reported_once_and_left_out():
    found = read(etat(STAFF), *months_of(1, 3, Paid(SALMA, 500_000), Paid(OMAR, 500_000)))

    assert [person.number for person in found.people] == [SALMA]
    assert [(each.file, each.line) for each in found.left_out.declared_only] == [
        ("DS_1234567_012026.txt", 3)
    ]


def test_occasional_staff_and_trainees_are_reported_and_left_out():
    found = read(
        etat(STAFF, occasional=4, trainees=2),
        declaration(FEBRUARY, Paid(SALMA, 500_000), Paid("999999999", 90_000)),
    )

    assert len(found.people) == 1
    assert (found.left_out.occasional, found.left_out.trainees) == (4, 2)
    assert found.left_out.occasional_records == 1


def test_a_month_without_its_declaration_is_unknown_and_absence_from_one_given_is_zero():
    months = person_of(etat(STAFF), *months_of(1, 2, Paid(SALMA, 500_000)), *months_of(4, 4)).months

    assert months == (500_000, 500_000, None, 0, *[None] * 8)


def test_main_and_complementary_declarations_of_a_month_are_summed():
    months = person_of(
        etat(STAFF),
        declaration(FEBRUARY, Paid(SALMA, 500_000)),
        declaration(FEBRUARY, Paid(SALMA, 25_050), supplement=1),
        declaration(FEBRUARY, Paid(SALMA, 10_000), supplement=2),
    ).months

    assert months[1] == 535_050


def test_a_complementary_declaration_alone_does_not_make_its_month_known():
    person = person_of(etat(STAFF), declaration(FEBRUARY, Paid(SALMA, 500), supplement=1))

    assert person.months == (None,) * 12


def test_a_pending_number_is_linked_by_the_cin_and_the_number_of_the_etat():
    person = person_of(
        etat(STAFF),
        declaration(FEBRUARY, Paid("0", 300_000, entrant=True, cin="AB12345")),
        declaration(MARCH, Paid(SALMA, 500_000)),
    )

    assert person.number == SALMA
    assert person.months[1:3] == (300_000, 500_000)


def test_a_number_given_after_the_etat_is_linked_by_the_cin_of_the_entry():
    person = person_of(
        etat(Staff(None, 9_000_000, None)),
        declaration(FEBRUARY, Paid(SALMA, 300_000, entrant=True, cin="AB12345")),
        declaration(MARCH, Paid(SALMA, 500_000)),
    )

    assert (person.number, person.has_cnss_number) == (SALMA, True)
    assert person.hired_on == FEBRUARY
    assert person.months[1:3] == (300_000, 500_000)


def test_a_number_still_pending_is_no_cnss_number():
    person = person_of(
        etat(Staff(None, 9_000_000, HIRED)),
        declaration(FEBRUARY, Paid("0", 300_000, entrant=True, cin="AB12345")),
    )

    assert not person.has_cnss_number
    assert person.months[1] == 300_000


def test_the_date_of_the_etat_comes_before_the_month_of_entry():
    entry = declaration(FEBRUARY, Paid(SALMA, 300_000, entrant=True, cin="AB12345"))

    assert person_of(etat(STAFF), entry).hired_on == HIRED
    assert person_of(etat(Staff(SALMA, 1, None)), entry).hired_on == FEBRUARY


def test_without_date_and_record_of_entry_the_hire_date_is_unknown_and_said():
    person = person_of(etat(Staff(SALMA, 1, None)), declaration(FEBRUARY, Paid(SALMA, 300_000)))

    assert person.hired_on is None
    assert "hire_date_unknown" in person.warnings


@pytest.mark.parametrize("situation", ["SO", "DE"])
def test_a_departure_ends_on_the_last_day_of_its_month(situation: str):
    person = person_of(
        etat(STAFF),
        declaration(FEBRUARY, Paid(SALMA, 500_000, situation)),
        *months_of(3, 3),
    )

    assert person.left_on == date(2026, 2, 28)
    assert "absent_without_departure" not in person.warnings


def test_absence_without_departure_ends_nothing_and_is_said():
    person = person_of(etat(STAFF), declaration(FEBRUARY, Paid(SALMA, 500_000)), *months_of(3, 3))

    assert person.left_on is None
    assert "absent_without_departure" in person.warnings


def test_a_rehire_makes_the_line_about_the_last_employment_and_shows_the_earlier_one():
    person = person_of(
        etat(STAFF),
        declaration(FEBRUARY, Paid(SALMA, 500_000, "SO")),
        declaration(date(2026, 6, 1), Paid(SALMA, 500_000)),
    )

    assert (person.hired_on, person.left_on) == (date(2026, 6, 1), None)
    assert person.last_same_employer_on == date(2026, 2, 28)
    assert "last_same_employer_on" not in person.assumed


def test_a_declaration_of_the_month_of_hire_belongs_to_the_present_employment():
    person = person_of(
        etat(Staff(SALMA, 1, date(2026, 2, 28))), declaration(FEBRUARY, Paid(SALMA, 1))
    )

    assert person.last_same_employer_on is None


def test_a_declaration_of_the_month_before_the_hire_contradicts_a_new_recruit():
    person = person_of(
        etat(Staff(SALMA, 1, date(2026, 3, 1))), declaration(FEBRUARY, Paid(SALMA, 1))
    )

    assert person.last_same_employer_on == date(2026, 2, 28)


def test_what_the_files_cannot_say_is_favourable_and_named():
    found = read(etat(STAFF))

    assert found.people[0].assumed == (
        "contract",
        "training_minutes",
        "paid_elsewhere",
        "last_same_employer_on",
    )
    assert found.facts.training_minutes[0] > 0


@pytest.mark.parametrize(
    ("cin", "known"),
    [("AB1234", True), ("A1234567", True), ("ab 12345", True), ("AB123", False), (None, False)],
)
def test_a_cin_of_moroccan_form_says_the_nationality(cin: str | None, known: bool):
    person = person_of(etat(Staff(SALMA, 1, HIRED, cin)))

    assert person.nationality == "MA"
    assert ("nationality" in person.assumed) is not known


def test_a_failing_key_is_a_warning_of_the_person_and_still_a_number():
    person = person_of(etat(Staff("123456784", 1, HIRED)))

    assert person.has_cnss_number
    assert "employee_number_key" in person.warnings


def other_employer() -> Sequence[NamedContent]:
    return etat(STAFF), declaration(FEBRUARY, Paid(SALMA, 1), employer="2000016")


def test_files_of_two_employers_are_refused():
    refused = refusal_of(*other_employer())

    assert (refused.code, refused.found, refused.expected) == (
        "employer_differs",
        "2000016",
        EMPLOYER,
    )
    assert refused.place.file == "DS_2000016_022026.txt"


def test_an_etat_of_another_year_is_refused():
    refused = refusal_of(etat(STAFF, year=2025))

    assert (refused.code, refused.found, refused.expected) == ("year_differs", "2025", "2026")


def test_the_same_month_twice_is_refused():
    february = declaration(FEBRUARY, Paid(SALMA, 1))

    assert refusal_of(etat(STAFF), february, february).code == "period_twice"


def test_declarations_without_an_etat_are_refused():
    assert refusal_of(declaration(FEBRUARY, Paid(SALMA, 1))).code == "etat9421_missing"


def test_a_number_tied_to_another_cin_is_refused_with_its_line():
    refused = refusal_of(
        etat(STAFF),
        declaration(FEBRUARY, Paid(SALMA, 300_000, entrant=True, cin="ZZ9999")),
    )

    assert (refused.code, refused.place.line) == ("person_conflict", 4)


def test_two_lines_that_turn_out_to_be_one_person_are_refused():
    refused = refusal_of(
        etat(Staff(SALMA, 1, HIRED, None), Staff(None, 1, HIRED, "AB12345")),
        declaration(FEBRUARY, Paid(SALMA, 300_000, entrant=True, cin="AB12345")),
    )

    assert refused.code == "duplicate_person"


def test_people_of_many_declarations_keep_their_own_salaries():
    staff = (Staff(OMAR, 1, HIRED, "AB2222"), STAFF, Staff(IMANE, 1, HIRED, "AB3333"))

    people = read(
        etat(*staff), *months_of(1, 12, Paid(OMAR, 1), Paid(SALMA, 2), Paid(IMANE, 3))
    ).people

    assert [person.months for person in people] == [(1,) * 12, (2,) * 12, (3,) * 12]
