"""A load taken back leaves every row as it was, or is refused because something rests on it."""

from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from companies.imports.ending import undo_import
from companies.imports.models import DAY_TO_UNDO, FileLoad, Import
from companies.imports.staged import LoadChange
from companies.workforce.actions import DeclaredFacts, declare_employment
from companies.workforce.events import EmploymentEvent
from companies.workforce.models import Employee, Employment, PayMonth, Person
from tests.companies.imports.loading.loads import dump, loaded, loading
from tests.factories import claimants
from tests.factories.claims import draft_claim, filed_claim
from tests.factories.people import (
    AT,
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

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
LATER = AT + timedelta(hours=1)
FACTS = DeclaredFacts("CDI", None, None, "MA")
PEOPLE = {
    "nom": "NOM1", "prenom": "SALMA", "nationalite": "SN", "date_embauche": "2026-01-01",
    "type_contrat": "CDD", "revenu_brut_imposable": "90000",
}  # fmt: skip


def _undo(import_: Import, at=LATER) -> None:
    undo_import(import_id=import_.pk, acting_user=member(import_.firm), at=at)


def test_a_new_workforce_leaves_no_trace(firm):
    load(claimants.firm(2), declaration(claimants.firm(2), JANUARY, [row(9)]))
    before = dump()
    import_ = loaded(
        firm,
        declaration(firm, JANUARY, [entrant(1), row(2)]),
        etat(firm, 2025, [{"rank": 1}, {"rank": 3}]),
        people_file([PEOPLE | {"rank": 1}]),
    )
    assert len(dump()["employee"]) == 4

    _undo(import_)

    assert dump() == before
    assert Import.objects.get(pk=import_.pk).state == Import.State.UNDONE


@pytest.mark.parametrize(
    "second",
    [
        lambda firm: declaration(firm, JANUARY, [entrant(1, real_salary=1), entrant(4)]),
        lambda firm: declaration(firm, FEBRUARY, [row(1, situation="SO", days=10)]),
        lambda firm: etat(firm, 2025, [{"rank": 2, "hired_on": date(2025, 5, 2), "income": 1}]),
        lambda _firm: people_file([PEOPLE | {"rank": 1, "date_depart": "2026-01-20"}]),
    ],
    ids=["a corrected declaration", "a departure", "an état", "a people file"],
)
def test_what_a_file_changed_is_as_it_was(firm, second):
    load(firm, declaration(firm, JANUARY, [entrant(1), row(2)]), etat(firm, 2025, [{"rank": 2}]))
    before = dump()
    import_ = loaded(firm, second(firm), at=LATER)
    assert dump() != before

    _undo(import_)

    assert dump() == before


def test_a_file_taken_back_may_be_loaded_again(firm):
    file = declaration(firm, JANUARY, [entrant(1)])
    _undo(loaded(firm, file))

    load(firm, file)

    assert PayMonth.objects.count() == 1


@pytest.mark.parametrize(
    ("late", "refused"),
    [(-timedelta(days=1), False), (timedelta(0), False), (timedelta(microseconds=1), True)],
)
def test_a_load_is_taken_back_for_a_day(firm, late, refused):
    with loading(firm) as import_:
        pass

    if refused:
        with pytest.raises(Refusal, match="import_undo_too_late"):
            _undo(import_, AT + DAY_TO_UNDO + late)
    else:
        _undo(import_, AT + DAY_TO_UNDO + late)


def test_what_a_later_load_went_on_from_is_not_taken_back(firm):
    first = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
    loaded(firm, declaration(firm, FEBRUARY, [row(1)]), at=LATER)

    with pytest.raises(Refusal, match="import_changed_since"):
        _undo(first)


def test_loads_are_taken_back_one_after_the_other_the_last_one_first(firm):
    before = dump()
    first = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
    second = loaded(firm, declaration(firm, FEBRUARY, [row(1)]), at=LATER)

    _undo(second)
    _undo(first)

    assert dump() == before


def test_a_later_load_of_other_people_stops_nothing(firm):
    first = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
    loaded(firm, declaration(firm, FEBRUARY, [row(2)]), at=LATER)

    _undo(first)

    assert [each.last_name for each in Employee.objects.all()] == ["NOM2"]


@pytest.mark.parametrize(
    ("late", "refused"),
    [(-timedelta.resolution, False), (timedelta(0), False), (timedelta.resolution, True)],
)
def test_what_somebody_answered_since_is_not_lost(firm, late, refused):
    import_ = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
    Employment.objects.update(declared_at=AT + late, declared_by=member(firm))

    if refused:
        with pytest.raises(Refusal, match="import_changed_since"):
            _undo(import_)
    else:
        _undo(import_)


def test_an_employment_completed_by_the_firm_is_not_lost(firm):
    import_ = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
    declare_employment(
        employment_id=Employment.objects.get().pk, facts=FACTS, acting_user=member(firm), at=LATER
    )

    with pytest.raises(Refusal, match="import_changed_since"):
        _undo(import_)


def test_an_event_declared_since_is_not_lost(firm):
    employment = claimants.people(firm, 1)[0]
    with loading(firm) as import_:
        Employment.objects.filter(pk=employment.pk).update(left_on=JANUARY)
    EmploymentEvent.objects.create(
        employment=employment, kind="leave", on=JANUARY, declared_by=member(firm), declared_at=LATER
    )

    with pytest.raises(Refusal, match="import_changed_since"):
        _undo(import_)


def test_two_people_who_became_one_stay_one(firm):
    load(firm, declaration(firm, JANUARY, [pending(1)]), declaration(firm, FEBRUARY, [row(1)]))
    assert Person.objects.count() == 2
    import_ = loaded(firm, etat(firm, 2025, [{"rank": 1}]), at=LATER)
    assert Person.objects.count() == 1

    with pytest.raises(Refusal, match="import_tied_two_people"):
        _undo(import_)


def test_a_person_whom_another_firm_employs_by_now_stays(firm):
    other = claimants.firm(2)
    import_ = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
    load(other, declaration(other, JANUARY, [entrant(1)]))

    _undo(import_)

    assert Person.objects.get() == Employee.objects.get(firm=other).person


def test_a_number_by_which_another_firm_found_the_person_is_not_taken_away(firm):
    other = claimants.firm(2)
    load(firm, declaration(firm, JANUARY, [pending(1)]))
    import_ = loaded(firm, etat(firm, 2025, [{"rank": 1}]), at=LATER)
    loaded(other, declaration(other, JANUARY, [row(1)]), at=LATER)
    assert Person.objects.count() == 1

    with pytest.raises(Refusal, match="import_changed_since"):
        _undo(import_)


def test_what_a_sent_claim_rests_on_is_not_taken_back():
    claim = filed_claim()
    with loading(claim.firm) as import_:
        Employment.objects.filter(employee__firm=claim.firm).update(left_on=JANUARY)

    with pytest.raises(Refusal, match="import_used_in_claim"):
        _undo(import_)


def test_the_database_itself_refuses_it_for_those_who_were_created():
    claim = filed_claim()
    with loading(claim.firm) as import_:
        pass
    LoadChange.objects.create(
        of=import_, table="companies_employee", kind="insert",
        created=[claim.lines.first().employee_id],
    )  # fmt: skip

    with pytest.raises(Refusal, match="import_used_in_claim"), named_refusals():
        Import.objects.filter(pk=import_.pk).update(state="undone", undone_at=AT)


def test_a_claim_that_nobody_sent_follows_what_its_people_become():
    claim = draft_claim()
    with loading(claim.firm) as import_:
        Employment.objects.filter(employee__firm=claim.firm).update(left_on=JANUARY)

    _undo(import_)

    assert not Employment.objects.filter(left_on=JANUARY).exists()


def test_people_who_were_put_into_a_claim_since_do_not_vanish_from_it(firm):
    with loading(firm) as import_:
        claimants.people(firm, 1)
    draft_claim(firm)

    with pytest.raises(Refusal, match="import_changed_since"):
        _undo(import_)


def test_taking_back_is_no_change_of_a_load(firm):
    with loading(firm) as import_:
        Person.objects.create(cin_fingerprint=b"1" * 32)
        kept = LoadChange.objects.count()

        _undo(import_)

    assert LoadChange.objects.count() == kept == 1


def test_rows_of_any_table_whose_changes_are_kept_come_back(firm):
    with connection.cursor() as cursor:
        cursor.execute(
            'CREATE TABLE odd_rows (id bigserial PRIMARY KEY, "the Day" date, of bigint[], at'
            " timestamptz, raw bytea, half int GENERATED ALWAYS AS (id / 2) STORED);"
            " SELECT primes_keep_changes_of('odd_rows');"
            " INSERT INTO odd_rows VALUES (DEFAULT, '2026-02-28', '{1,NULL}', now(), '\\x00ff');"
            " INSERT INTO odd_rows DEFAULT VALUES"
        )
        cursor.execute("SELECT * FROM odd_rows ORDER BY id")
        before = cursor.fetchall()
        with loading(firm) as import_:
            cursor.execute(
                "UPDATE odd_rows SET \"the Day\" = NULL, raw = '', of = NULL; INSERT INTO odd_rows"
                " DEFAULT VALUES; UPDATE odd_rows SET at = NULL; DELETE FROM odd_rows WHERE id = 1"
            )

        _undo(import_)

        cursor.execute("SELECT * FROM odd_rows ORDER BY id")
        assert cursor.fetchall() == before


def test_the_application_alone_loads_and_takes_back(firm):
    before = dump()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE primes_app")
        import_ = loaded(firm, declaration(firm, JANUARY, [entrant(1)]))
        _undo(import_)
        cursor.execute("RESET ROLE")

    assert dump() == before
    assert not FileLoad.objects.standing().filter(of=import_).exists()


@pytest.mark.parametrize("right", ["INSERT", "UPDATE"])
def test_the_application_cannot_write_what_a_load_is_taken_back_from(right):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('primes_app', 'companies_loadchange', %s)", [right]
        )

        assert cursor.fetchone() == (False,)
