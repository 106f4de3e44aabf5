"""All rows of an import at once: who is who, what a load would do, what nobody may settle."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.sealing import fingerprint
from companies.imports.checking.check import Counts, check
from companies.imports.errors import FileRefused
from companies.imports.kinds import no_beat
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.stage import stage
from companies.workforce.models import Employee, Person
from tests.companies.imports.handed import handed
from tests.factories.claimants import firm as a_firm
from tests.factories.people import (
    cin,
    declaration,
    entrant,
    etat,
    load,
    number,
    pending,
    row,
)

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


def checked(firm, *files):
    begun = handed(firm, *files)
    stage(begun, beat=no_beat)
    return begun, check(begun)


def rows_of(import_):
    return StagedRow.objects.filter(file__of=import_).order_by("file__position", "line")


def test_people_nobody_knows_are_created(firm):
    begun, counts = checked(firm, declaration(firm, JANUARY, [row(1), entrant(2)]))

    assert counts == Counts(good=2, created=2)
    begun.refresh_from_db()
    assert (begun.good, begun.created, begun.updated) == (2, 2, 0)


def test_somebody_new_in_two_files_is_created_once(firm):
    begun, counts = checked(
        firm, declaration(firm, FEBRUARY, [row(1)]), declaration(firm, JANUARY, [row(1)])
    )

    assert (counts.created, counts.updated) == (1, 1)
    assert list(rows_of(begun).values_list("month", "effect")) == [
        (FEBRUARY, "updated"),
        (JANUARY, "created"),
    ]


def test_a_row_of_the_other_half_of_somebody_new_is_no_second_person(firm):
    _, counts = checked(
        firm,
        declaration(firm, JANUARY, [pending(1)]),
        etat(firm, 2025, [{"rank": 1}]),
        declaration(firm, FEBRUARY, [row(1)]),
    )

    assert (counts.created, counts.updated) == (1, 2)


def test_people_of_the_firm_are_found_by_either_number(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1), entrant(2)]))

    begun, _ = checked(firm, declaration(firm, FEBRUARY, [row(1), pending(2)]))

    known = Employee.objects.filter(firm=firm)
    assert set(rows_of(begun).values_list("person_id", "employee_id")) == set(
        known.values_list("person_id", "pk")
    )


def test_the_same_month_said_again_is_unchanged(firm):
    load(firm, declaration(firm, JANUARY, [row(1), row(2)]))

    begun, counts = checked(firm, declaration(firm, JANUARY, [row(1), row(2)]))

    assert counts == Counts(good=2, unchanged=2)
    assert set(rows_of(begun).values_list("changes", flat=True)) == {None}


def test_a_corrected_month_tells_the_old_and_the_new_value(firm):
    load(firm, declaration(firm, JANUARY, [row(1)]))

    begun, counts = checked(
        firm, declaration(firm, JANUARY, [row(1, real_salary=812_345, situation="SO")])
    )

    assert counts == Counts(good=1, updated=1)
    assert rows_of(begun).get().changes == {
        "real_salary": [700_000, 812_345],
        "situation": ["", "SO"],
    }


def test_a_departure_ends_the_employment_there_is(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))

    begun, _ = checked(firm, declaration(firm, FEBRUARY, [row(1, situation="SO")]))

    assert rows_of(begun).get().changes == {"left_on": [None, "2026-02-28"]}


def test_a_corrected_year_tells_the_old_and_the_new_income(firm):
    load(firm, etat(firm, 2025, [{"rank": 1}]))

    begun, _ = checked(firm, etat(firm, 2025, [{"rank": 1, "income": 9_000_000}]))

    assert rows_of(begun).get().changes == {"taxable_income": [8_400_000, 9_000_000]}


@pytest.mark.parametrize(
    ("first", "then", "spelt"),
    [("etat", "ds", None), ("ds", "etat", ["NOM1", "Nom1"])],
)
def test_the_spelling_of_the_weightiest_file_stays(firm, first, then, spelt):
    files = {
        "ds": declaration(firm, JANUARY, [row(1)]),
        "etat": etat(firm, 2025, [{"rank": 1, "first_name": "SALMA"}]),
    }
    load(firm, files[first])

    begun, _ = checked(firm, files[then])

    assert (rows_of(begun).get().changes or {}).get("last_name") == spelt


def test_a_second_line_of_a_person_refuses_the_declaration(firm):
    twice = declaration(firm, JANUARY, [row(1), row(2), entrant(1)])
    begun = handed(firm, twice)
    stage(begun, beat=no_beat)

    with pytest.raises(FileRefused) as refused:
        check(begun)

    [problem] = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.field) == (
        "duplicate_person",
        6,
        "N_Num_Assure",
    )
    assert (problem.found, problem.expected) == (number(1), "3")


def test_two_lines_that_the_register_knows_for_one_person_are_refused(firm):
    load(firm, declaration(firm, JANUARY, [entrant(1)]))
    begun = handed(firm, declaration(firm, FEBRUARY, [row(1), pending(1)]))
    stage(begun, beat=no_beat)

    with pytest.raises(FileRefused) as refused:
        check(begun)

    assert (refused.value.code, refused.value.expected) == ("duplicate_person", "3")


@pytest.mark.parametrize(
    "told",
    [{"rank": 1, "number": number(2)}, {"rank": 1, "cin": cin(2)}],
    ids=["another number", "another CIN"],
)
def test_a_row_that_contradicts_the_register_is_refused_with_its_line(firm, told):
    load(firm, etat(firm, 2025, [{"rank": 1}]))
    begun = handed(firm, etat(firm, 2026, [told]))
    stage(begun, beat=no_beat)

    with pytest.raises(FileRefused) as refused:
        check(begun)

    [problem] = refused.value.problems
    assert (problem.code, problem.place.field) == ("person_conflict", "numCNSS")
    assert problem.found == told.get("number", number(1))


def test_two_files_that_contradict_one_another_are_refused_at_the_later_one(firm):
    begun = handed(
        firm,
        etat(firm, 2026, [{"rank": 1, "number": number(2)}]),
        declaration(firm, JANUARY, [entrant(1)]),
    )
    stage(begun, beat=no_beat)

    with pytest.raises(FileRefused) as refused:
        check(begun)

    [problem] = refused.value.problems
    assert (problem.code, problem.place.file) == ("person_conflict", "etat9421_2026.xml")


def test_two_halves_of_somebody_become_one_where_the_firm_may_say_so(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]))
    load(firm, declaration(firm, FEBRUARY, [row(1)]))

    begun, counts = checked(firm, etat(firm, 2025, [{"rank": 1}]))

    assert (counts.good, counts.created) == (1, 0)
    assert rows_of(begun).get().person_id == min(Person.objects.values_list("pk", flat=True))


def test_nobody_settles_who_is_who_among_the_people_of_others(firm):
    other, third = a_firm(2), a_firm(3)
    load(other, declaration(other, JANUARY, [pending(1)]))
    load(third, declaration(third, JANUARY, [row(1)]))
    begun = handed(firm, etat(firm, 2025, [{"rank": 1}]))
    stage(begun, beat=no_beat)

    with pytest.raises(FileRefused) as refused:
        check(begun)

    assert refused.value.code == "person_conflict"


def test_whoever_works_elsewhere_on_the_same_days_is_to_be_checked(firm):
    other = a_firm(2)
    load(other, declaration(other, JANUARY, [entrant(1)]))

    begun, counts = checked(firm, declaration(firm, FEBRUARY, [row(1), row(2)]))

    [warning] = StagedProblem.objects.filter(file__of=begun)
    assert (warning.code, warning.line, warning.blocks) == ("person_also_elsewhere", 3, False)
    assert (bytes(warning.found), warning.expected, counts.bad) == (b"", "", 0)


def test_whoever_had_left_the_other_firm_is_not_to_be_checked(firm):
    other = a_firm(2)
    load(other, declaration(other, JANUARY, [entrant(1)]))
    load(other, declaration(other, FEBRUARY, [row(1, situation="SO")]))

    begun, _ = checked(firm, declaration(firm, date(2026, 3, 1), [row(1)]))

    assert not StagedProblem.objects.filter(file__of=begun).exists()


def test_somebody_of_another_firm_alone_is_new_here(firm):
    other = a_firm(2)
    load(other, declaration(other, JANUARY, [row(1)]))

    begun, counts = checked(firm, declaration(firm, JANUARY, [row(1)]))

    person = Person.objects.get(cnss_fingerprint=fingerprint("cnss", number(1)))
    assert counts.created == 1
    assert list(rows_of(begun).values_list("person_id", "employee_id", "changes")) == [
        (person.pk, None, None)
    ]


def test_checking_again_says_the_same(firm):
    other = a_firm(2)
    load(other, declaration(other, JANUARY, [entrant(1)]))
    begun, counts = checked(firm, declaration(firm, FEBRUARY, [row(1), row(2)]))

    again = check(begun)

    assert again == counts
    assert StagedProblem.objects.filter(file__of=begun).count() == 1


def test_the_number_of_statements_does_not_grow_with_the_rows(firm):
    asked = []
    for people in (range(1, 3), range(1, 30)):
        begun = handed(firm, declaration(firm, JANUARY, [row(rank) for rank in people]))
        stage(begun, beat=no_beat)
        with CaptureQueriesContext(connection) as told:
            check(begun)
        asked.append(len(told))

    assert asked[0] == asked[1]
