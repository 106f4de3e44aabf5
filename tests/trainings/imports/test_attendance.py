"""An attendance sheet from the file to the list of its session, and back."""

from datetime import date, timedelta

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.asking import confirm_import
from companies.imports.beginning import begin_import
from companies.imports.ending import undo_import
from companies.imports.errors import FileRefused
from companies.imports.kinds import no_beat
from companies.imports.models import FileLoad, Import
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.working import check_import, load_import
from companies.workforce.models import Employment
from tests.factories.claimants import firm as a_firm
from tests.factories.people import (
    AT,
    cin,
    declaration,
    entrant,
    load,
    member,
    number,
)
from tests.factories.trainings import programme, session
from trainings.sessions.actions import record_attendance
from trainings.sessions.models import Attendance, Session

pytestmark = pytest.mark.django_db

JANUARY = date(2026, 1, 1)
FIRST = date(2026, 1, 20)


@pytest.fixture
def firm() -> Firm:
    """NOM1 … NOM4 in post since January 2026."""
    firm = a_firm()
    load(firm, declaration(firm, JANUARY, [entrant(rank) for rank in range(1, 5)]))
    return firm


@pytest.fixture
def held(firm: Firm) -> Session:
    """Two days of seven hours, that nobody is said to have attended."""
    return session(programme(firm), FIRST, date(2026, 1, 21), minutes=840)


def sheet(*rows: tuple[int, str], name: str = "presence.csv") -> tuple[str, bytes]:
    lines = ["N° CNSS;CIN;Nom;Heures"]
    lines += [f"{number(rank)};{cin(rank)};NOM{rank};{hours}" for rank, hours in rows]
    return name, "\n".join(lines).encode()


def checked(held: Session, *rows: tuple[int, str]) -> Import:
    firm = held.programme.firm
    begun = begin_import(
        firm=firm, files=[sheet(*rows)], target="attendance", target_id=held.pk,
        acting_user=member(firm), at=AT,
    )  # fmt: skip
    check_import(import_id=begun.pk, acting_user=member(firm), at=AT, beat=no_beat)
    begun.refresh_from_db()
    return begun


def loaded(held: Session, *rows: tuple[int, str]) -> Import:
    import_, user = checked(held, *rows), member(held.programme.firm)
    confirm_import(import_id=import_.pk, acting_user=user, at=AT)
    load_import(import_id=import_.pk, acting_user=user, at=AT, beat=no_beat)
    import_.refresh_from_db()
    return import_


def attended(held: Session) -> dict[str, int]:
    return dict(held.attendances.values_list("employee__last_name", "minutes"))


def problems(import_: Import) -> list[tuple[int | None, str]]:
    found = StagedProblem.objects.filter(file__of=import_).order_by("line", "code")
    return list(found.values_list("line", "code"))


def test_a_sheet_becomes_the_list_of_its_session(held):
    import_ = loaded(held, (1, "14"), (2, "7,5"))

    assert attended(held) == {"NOM1": 840, "NOM2": 450}
    assert (import_.state, import_.created, import_.unchanged) == ("loaded", 2, 0)
    assert FileLoad.objects.latest("pk").file.kind == ReceivedFile.Kind.ATTENDANCE
    entry = JournalEntry.objects.filter(action="training.import_attendance").get()
    assert entry.detail["created"] == 2


def test_what_a_sheet_would_do_is_told_before_anything_is_written(held):
    loaded(held, (1, "14"), (2, "7,5"), (3, "14"))

    import_ = checked(held, (1, "14"), (2, "14"), (4, "7"))

    rows = StagedRow.objects.filter(file__of=import_).order_by("line")
    assert [(row.effect, row.changes) for row in rows] == [
        ("unchanged", None),
        ("updated", {"minutes": [450, 840]}),
        ("created", None),
    ]
    assert (import_.created, import_.updated, import_.unchanged) == (1, 1, 1)
    assert problems(import_) == [(None, "attendance_list_shortened")]
    assert attended(held) == {"NOM1": 840, "NOM2": 450, "NOM3": 840}


def test_a_sheet_replaces_the_list_before(held):
    loaded(held, (1, "14"), (2, "7,5"), (3, "14"))

    import_ = loaded(held, (1, "14"), (2, "14"), (4, "7"))

    assert attended(held) == {"NOM1": 840, "NOM2": 840, "NOM4": 420}
    assert (import_.created, import_.updated, import_.unchanged) == (1, 1, 1)


def test_a_load_taken_back_leaves_the_list_as_it_was(held):
    loaded(held, (1, "14"), (2, "7,5"), (3, "14"))
    before = list(Attendance.objects.order_by("pk").values())
    import_ = loaded(held, (1, "14"), (2, "14"), (4, "7"))

    undo_import(import_id=import_.pk, acting_user=member(import_.firm), at=AT + timedelta(hours=1))

    assert list(Attendance.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("hours", "code"),
    [("14,5", "attended_beyond_session"), ("", "hours_missing"), ("oui", "hours")],
)
def test_an_impossible_time_waits_and_the_others_are_loaded(held, hours, code):
    import_ = loaded(held, (1, "14"), (2, hours))

    assert attended(held) == {"NOM1": 840}
    assert problems(import_) == [(3, code)]
    assert (import_.good, import_.bad) == (1, 1)


def test_somebody_whose_row_waits_keeps_what_the_list_says(held):
    loaded(held, (1, "14"), (2, "7"))

    loaded(held, (1, "14"), (2, "oui"))

    assert attended(held) == {"NOM1": 840, "NOM2": 420}


def test_somebody_absent_is_left_out_of_the_list(held):
    loaded(held, (1, "14"), (2, "7"))

    import_ = loaded(held, (1, "14"), (2, "0"), (9, "0"))

    assert attended(held) == {"NOM1": 840}
    assert (import_.good, import_.left_out) == (1, 2)


def test_somebody_who_is_not_of_the_firm_is_a_problem(held):
    theirs = a_firm(2)
    load(theirs, declaration(theirs, JANUARY, [entrant(9)]))

    import_ = checked(held, (9, "7"))

    assert problems(import_) == [(2, "employee_unknown")]


@pytest.mark.parametrize(
    ("left_on", "expected"),
    [(FIRST, []), (FIRST - timedelta(days=1), [(2, "not_employed_during_session")])],
)
def test_somebody_who_left_the_day_before_is_a_problem(held, left_on, expected):
    Employment.objects.filter(employee__last_name="NOM1").update(left_on=left_on)

    assert problems(checked(held, (1, "7"))) == expected


def test_a_departure_learnt_after_the_check_stops_the_load(held):
    import_, user = checked(held, (1, "7")), member(held.programme.firm)
    confirm_import(import_id=import_.pk, acting_user=user, at=AT)
    Employment.objects.update(left_on=FIRST - timedelta(days=1))

    with pytest.raises(FileRefused, match="not_employed_during_session"):
        load_import(import_id=import_.pk, acting_user=user, at=AT, beat=no_beat)

    import_.refresh_from_db()
    assert import_.state == Import.State.CHECKED
    assert not Attendance.objects.exists()


def test_a_sheet_for_the_session_of_another_firm_is_refused(firm):
    theirs = session(programme(a_firm(2)), FIRST)

    with pytest.raises(Refusal, match="import_about_nothing"):
        begin_import(
            firm=firm, files=[sheet((1, "7"))], target="attendance", target_id=theirs.pk,
            acting_user=member(firm), at=AT,
        )  # fmt: skip


def test_a_sheet_is_not_taken_back_from_a_list_typed_since(held):
    import_ = loaded(held, (1, "14"))
    minutes = dict.fromkeys(held.attendances.values_list("employee", flat=True), 60)
    user = member(import_.firm)
    record_attendance(session_id=held.pk, minutes=minutes, acting_user=user, at=AT)

    with pytest.raises(Refusal, match="import_changed_since"):
        undo_import(import_id=import_.pk, acting_user=user, at=AT + timedelta(hours=1))

    assert attended(held) == {"NOM1": 60}


def test_a_list_typed_before_a_sheet_does_not_keep_it_from_being_taken_back(held):
    loaded(held, (1, "14"))
    minutes = dict.fromkeys(held.attendances.values_list("employee", flat=True), 60)
    user = member(held.programme.firm)
    record_attendance(session_id=held.pk, minutes=minutes, acting_user=user, at=AT)
    second = loaded(held, (1, "7"))

    undo_import(import_id=second.pk, acting_user=user, at=AT + timedelta(hours=1))

    assert attended(held) == {"NOM1": 60}
