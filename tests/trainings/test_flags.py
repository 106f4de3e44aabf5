"""What looks wrong in a session: each doubt on its day, and not the day before."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.firms.models import Firm
from companies.workforce.models import Employee, Employment
from tests.factories.claimants import firm as a_firm
from tests.factories.claimants import people
from tests.factories.trainings import piece, programme, provider, session
from trainings.flags import FlagCode, flags_by_session, flags_of
from trainings.invoices.models import Invoice, InvoiceShare
from trainings.sessions.models import Attendance, Session, SessionPiece

pytestmark = pytest.mark.django_db

ON = date(2026, 1, 15)


@pytest.fixture
def firm() -> Firm:
    return a_firm()


@pytest.fixture
def salma(firm: Firm) -> Employee:
    """In post since 1 September 2025; she attended nothing yet."""
    employee = people(firm, 1)[0].employee
    Attendance.objects.all().delete()
    return employee


def attended(by: Employee, first: date, last: date | None = None, minutes: int = 420) -> Session:
    """A session that somebody attended whole."""
    held = session(programme(by.firm), first, last, minutes=minutes)
    Attendance.objects.create(session=held, employee=by, minutes=minutes)
    return held


def flagged(firm: Firm, code: FlagCode, on: date = ON) -> list[int]:
    return [flag.session_id for flag in flags_of(firm, [2025], on) if flag.code == code]


def test_two_sessions_with_a_day_in_common_are_both_flagged(firm, salma):
    first = attended(salma, date(2025, 10, 20), date(2025, 10, 22), 300)
    second = attended(salma, date(2025, 10, 22), minutes=60)

    assert flagged(firm, FlagCode.SESSIONS_OVERLAP) == [first.pk, second.pk]


def test_a_session_that_begins_the_day_after_another_is_not_flagged(firm, salma):
    attended(salma, date(2025, 10, 20), date(2025, 10, 22))
    attended(salma, date(2025, 10, 23))

    assert flagged(firm, FlagCode.SESSIONS_OVERLAP) == []


def test_two_people_in_two_sessions_of_one_day_are_not_flagged(firm, salma):
    other = people(firm, 1)[0].employee
    Attendance.objects.all().delete()
    attended(salma, date(2025, 10, 20))
    attended(other, date(2025, 10, 20))

    assert flagged(firm, FlagCode.SESSIONS_OVERLAP) == []


@pytest.mark.parametrize(("minutes", "is_flagged"), [(600, False), (601, True)])
def test_a_day_holds_ten_hours(firm, salma, minutes, is_flagged):
    attended(salma, date(2025, 10, 20), minutes=minutes)

    assert bool(flagged(firm, FlagCode.DAY_TOO_LONG)) is is_flagged


@pytest.mark.parametrize(("minutes", "is_flagged"), [(1_800, False), (1_801, True)])
def test_a_session_is_spread_over_its_days(firm, salma, minutes, is_flagged):
    attended(salma, date(2025, 10, 20), date(2025, 10, 22), minutes)

    assert bool(flagged(firm, FlagCode.DAY_TOO_LONG)) is is_flagged


@pytest.mark.parametrize(("minutes", "is_flagged"), [(300, False), (301, True)])
def test_the_sessions_of_a_day_add_up(firm, salma, minutes, is_flagged):
    attended(salma, date(2025, 10, 20), date(2025, 10, 22), 900)
    second = attended(salma, date(2025, 10, 21), minutes=minutes)

    assert flagged(firm, FlagCode.DAY_TOO_LONG) == ([second.pk] if is_flagged else [])


@pytest.mark.parametrize(
    ("first", "is_flagged"), [(date(2025, 8, 31), True), (date(2025, 9, 1), False)]
)
def test_nobody_attends_before_the_hire_date(firm, salma, first, is_flagged):
    attended(salma, first, date(2025, 9, 5), 60)

    assert bool(flagged(firm, FlagCode.BEFORE_HIRE)) is is_flagged
    assert flagged(firm, FlagCode.AFTER_DEPARTURE) == []


@pytest.mark.parametrize(
    ("last", "is_flagged"), [(date(2025, 10, 31), False), (date(2025, 11, 1), True)]
)
def test_nobody_attends_after_the_departure(firm, salma, last, is_flagged):
    Employment.objects.update(left_on=date(2025, 10, 31))
    attended(salma, date(2025, 10, 30), last, 60)

    assert bool(flagged(firm, FlagCode.AFTER_DEPARTURE)) is is_flagged
    assert flagged(firm, FlagCode.BEFORE_HIRE) == []


def test_a_session_between_two_employments_is_after_one_and_before_the_other(firm, salma):
    Employment.objects.update(left_on=date(2025, 9, 30))
    Employment.objects.create(employee=salma, hired_on=date(2025, 11, 1))
    between = attended(salma, date(2025, 10, 20))

    assert flagged(firm, FlagCode.BEFORE_HIRE) == [between.pk]
    assert flagged(firm, FlagCode.AFTER_DEPARTURE) == [between.pk]


@pytest.mark.parametrize(("length", "is_flagged"), [(420, False), (419, True)])
def test_nobody_attends_for_longer_than_the_session(firm, salma, length, is_flagged):
    held = attended(salma, date(2025, 10, 20))
    Session.objects.filter(pk=held.pk).update(minutes=length)

    assert bool(flagged(firm, FlagCode.LONGER_THAN_SESSION)) is is_flagged


@pytest.mark.parametrize(("planned", "is_flagged"), [(420, False), (419, True), (None, False)])
def test_a_session_lasts_no_longer_than_its_programme_plans(firm, planned, is_flagged):
    session(programme(firm, planned_minutes=planned), date(2025, 10, 20), minutes=420)

    assert bool(flagged(firm, FlagCode.LONGER_THAN_PROGRAMME)) is is_flagged


@pytest.mark.parametrize(("cost", "is_flagged"), [(1_000_00, False), (999_99, True)])
def test_invoices_of_a_session_stay_within_its_cost(firm, cost, is_flagged):
    institute = provider(firm)
    held = session(programme(firm, institute), date(2025, 10, 20), cost=cost)
    for number in ("1", "2"):
        invoice = Invoice.objects.create(
            provider=institute, public_id=f"inv_{number}", number=number, dated_on=ON,
            amount=500_00, declared_by=institute.declared_by, declared_at=institute.declared_at,
        )  # fmt: skip
        InvoiceShare.objects.create(invoice=invoice, session=held, amount=500_00)

    assert bool(flagged(firm, FlagCode.INVOICED_ABOVE_COST)) is is_flagged


@pytest.mark.parametrize(
    ("on", "is_flagged"), [(date(2025, 10, 20), False), (date(2025, 10, 21), True)]
)
def test_an_attendance_sheet_is_missed_once_the_session_is_over(firm, on, is_flagged):
    session(programme(firm), date(2025, 10, 20))

    assert bool(flagged(firm, FlagCode.NO_ATTENDANCE_SHEET, on)) is is_flagged


@pytest.mark.parametrize(
    ("kind", "state", "is_flagged"),
    [("attendance", "clean", False), ("training", "clean", True), ("attendance", "infected", True)],
)
def test_only_a_sound_attendance_sheet_counts_as_one(firm, kind, state, is_flagged):
    held = session(programme(firm), date(2025, 10, 20))
    SessionPiece.objects.create(session=held, piece=piece(firm, kind, state=state))

    assert bool(flagged(firm, FlagCode.NO_ATTENDANCE_SHEET)) is is_flagged


def test_a_flag_names_the_people_concerned_by_name(firm):
    employments = people(firm, 7)
    Attendance.objects.all().delete()
    held = session(programme(firm), date(2025, 8, 4))
    for each in reversed(employments):
        Attendance.objects.create(session=held, employee=each.employee, minutes=60)

    flag = next(each for each in flags_of(firm, [2025], ON) if each.code == FlagCode.BEFORE_HIRE)

    assert flag.employees == tuple(each.employee_id for each in employments)
    assert flag.facts["count"] == 7
    assert flag.facts["people"] == [*(f"Salarié 00{rank}" for rank in range(1, 6)), "…"]


def test_another_firm_and_another_year_are_not_looked_at(firm, salma):
    other = people(a_firm(2), 1)[0].employee
    attended(other, date(2025, 10, 20), minutes=900)
    attended(salma, date(2024, 10, 20), minutes=900)

    assert flagged(firm, FlagCode.DAY_TOO_LONG) == []


def test_one_statement_says_it_whatever_the_number_of_sessions(firm, salma):
    for day in range(1, 9):
        attended(salma, date(2025, 10, day), minutes=700)

    with CaptureQueriesContext(connection) as queries:
        flags = flags_by_session(firm, [2025], ON)

    assert (len(queries), len(flags)) == (1, 9)
