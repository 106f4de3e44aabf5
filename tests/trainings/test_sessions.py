"""Sessions and attendance: who may declare, who can have attended, what proves it."""

from datetime import date
from types import MappingProxyType

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from companies.documents.models import Piece
from companies.firms.models import Firm, FirmRole
from companies.imports.actions import load_files
from companies.workforce.models import Employee
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, declaration, entrant, member, row
from tests.factories.trainings import piece
from trainings.programmes.actions import ProgrammeDeclaration, declare_programme
from trainings.sessions.actions import (
    SessionDeclaration,
    attach_piece,
    declare_session,
    detach_piece,
    record_attendance,
    revise_session,
)
from trainings.sessions.models import Attendance, Session

pytestmark = pytest.mark.django_db

PROGRAMME = ProgrammeDeclaration(title="Relation client", domain="CRM")
DAYS = SessionDeclaration(date(2026, 2, 27), date(2026, 3, 2), minutes=600, cost=1_000_000)


@pytest.fixture
def firm() -> Firm:
    """NOM1 in post since January, NOM2 leaves on 28 February, NOM3 enters on 1 March."""
    firm = a_firm()
    files = [
        declaration(firm, date(2026, 1, 1), [entrant(1), entrant(2)]),
        declaration(firm, date(2026, 2, 1), [row(1), row(2, situation="SO")]),
        declaration(firm, date(2026, 3, 1), [row(1), entrant(3)]),
    ]
    load_files(firm=firm, files=files, acting_user=member(firm), at=AT)
    return firm


def session_of(firm: Firm, days: SessionDeclaration = DAYS) -> Session:
    user = member(firm)
    programme = declare_programme(firm=firm, declaration=PROGRAMME, acting_user=user, at=AT)
    return declare_session(programme_id=programme.pk, session=days, acting_user=user, at=AT)


def attend(session: Session, minutes: dict[str, int]) -> int:
    people = dict(Employee.objects.values_list("last_name", "pk"))
    return record_attendance(
        session_id=session.pk,
        minutes=MappingProxyType({people[name]: attended for name, attended in minutes.items()}),
        acting_user=member(session.programme.firm),
        at=AT,
    )


def test_a_session_belongs_to_a_programme_of_the_firm(firm):
    session = session_of(firm)

    assert session.programme.firm == firm
    assert session.programme.declared_by == member(firm)
    assert JournalEntry.objects.filter(action="training.declare_session").count() == 1


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (
            SessionDeclaration(date(2026, 3, 2), date(2026, 3, 1), 60),
            "session_ends_after_it_begins",
        ),
        (SessionDeclaration(date(2025, 12, 31), date(2026, 1, 1), 60), "session_within_one_year"),
        (SessionDeclaration(date(2026, 3, 2), date(2026, 3, 2), 0), "session_lasts"),
        (
            SessionDeclaration(date(2026, 3, 2), date(2026, 3, 2), 60, -1),
            "session_cost_not_negative",
        ),
    ],
)
def test_an_impossible_session_is_refused_by_name(firm, days, code):
    with pytest.raises(Refusal) as refused:
        session_of(firm, days)

    assert refused.value.code == code


def test_everyone_employed_on_a_day_of_the_session_may_attend(firm):
    assert attend(session_of(firm), {"NOM1": 600, "NOM2": 1, "NOM3": 300}) == 3


def test_somebody_who_left_the_day_before_cannot_have_attended(firm):
    session = session_of(firm, SessionDeclaration(date(2026, 3, 1), date(2026, 3, 2), 600))

    with pytest.raises(Refusal) as refused:
        attend(session, {"NOM1": 60, "NOM2": 60, "NOM3": 60})

    assert refused.value.code == "employee_not_employed_then"
    assert refused.value.facts["people"] == ["NOM2 SALMA"]
    assert not Attendance.objects.exists()


def test_somebody_who_enters_the_day_after_cannot_have_attended(firm):
    session = session_of(firm, SessionDeclaration(date(2026, 2, 27), date(2026, 2, 28), 600))

    with pytest.raises(Refusal) as refused:
        attend(session, {"NOM2": 60, "NOM3": 60})

    assert refused.value.facts["people"] == ["NOM3 SALMA"]


@pytest.mark.parametrize("minutes", [-1, 0, 601])
def test_nobody_attends_outside_the_session(firm, minutes):
    with pytest.raises(Refusal) as refused:
        attend(session_of(firm), {"NOM1": minutes})

    assert refused.value.code == "attendance_outside_session"


def test_the_people_of_another_firm_do_not_attend(firm):
    other = a_firm(2)
    file = declaration(other, date(2026, 1, 1), [entrant(9)])
    load_files(firm=other, files=[file], acting_user=member(other), at=AT)

    with pytest.raises(Refusal) as refused:
        attend(session_of(firm), {"NOM9": 60})

    assert refused.value.code == "employee_of_another_firm"


def test_a_list_replaces_the_one_before(firm):
    session = session_of(firm)
    attend(session, {"NOM1": 600, "NOM2": 300})

    attend(session, {"NOM1": 450})

    assert list(Attendance.objects.values_list("employee__last_name", "minutes")) == [("NOM1", 450)]


def test_a_session_made_shorter_keeps_who_attended(firm):
    session = session_of(firm)
    attend(session, {"NOM1": 600})
    shorter = SessionDeclaration(DAYS.starts_on, DAYS.ends_on, minutes=300)

    revise_session(session_id=session.pk, session=shorter, acting_user=member(firm), at=AT)

    session.refresh_from_db()
    assert (session.minutes, session.attendances.get().minutes) == (300, 600)
    assert JournalEntry.objects.filter(action="training.revise_session").count() == 1


def test_a_paper_of_the_vault_proves_a_session_until_it_is_taken_off(firm):
    session, sheet, user = session_of(firm), piece(firm), member(firm)
    attach_piece(session_id=session.pk, piece_id=sheet.pk, acting_user=user, at=AT)

    detach_piece(session_id=session.pk, piece_id=sheet.pk, acting_user=user, at=AT)

    assert not session.evidence.exists()
    acts = JournalEntry.objects.filter(
        action__in=["training.attach_piece", "training.detach_piece"]
    )
    assert [entry.detail["piece"] for entry in acts] == [sheet.public_id] * 2


def test_a_paper_proves_a_session_once(firm):
    session, sheet = session_of(firm), piece(firm)
    attach_piece(session_id=session.pk, piece_id=sheet.pk, acting_user=member(firm), at=AT)

    with pytest.raises(Refusal, match="session_piece_once"):
        attach_piece(session_id=session.pk, piece_id=sheet.pk, acting_user=member(firm), at=AT)


@pytest.mark.parametrize(
    ("kind", "state", "code"),
    [
        (Piece.Kind.INVOICE, Piece.State.CLEAN, "evidence_of_another_nature"),
        (Piece.Kind.ATTENDANCE, Piece.State.INFECTED, "evidence_infected"),
    ],
)
def test_a_paper_that_proves_nothing_is_refused(firm, kind, state, code):
    paper = piece(firm, kind, state=state)

    with pytest.raises(Refusal, match=code):
        attach_piece(
            session_id=session_of(firm).pk, piece_id=paper.pk, acting_user=member(firm), at=AT
        )


def test_the_paper_of_another_firm_proves_nothing(firm):
    theirs = piece(a_firm(2))

    with pytest.raises(Refusal, match="evidence_not_found"):
        attach_piece(
            session_id=session_of(firm).pk, piece_id=theirs.pk, acting_user=member(firm), at=AT
        )


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_touches_no_session(firm, role):
    session, user = session_of(firm), member(firm, role)
    acts = [
        lambda: revise_session(session_id=session.pk, session=DAYS, acting_user=user, at=AT),
        lambda: record_attendance(session_id=session.pk, minutes={}, acting_user=user, at=AT),
        lambda: attach_piece(session_id=session.pk, piece_id=0, acting_user=user, at=AT),
        lambda: detach_piece(session_id=session.pk, piece_id=0, acting_user=user, at=AT),
    ]

    for act in acts:
        with pytest.raises(Refusal, match="role_missing"):
            act()
