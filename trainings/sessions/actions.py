"""What a firm declares of its sessions, of who attended them, and of what proves it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from companies.firms.journal import record_of
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.models import Employee, Employment
from trainings.evidence import OF_A_SESSION, piece_of
from trainings.programmes.models import Programme
from trainings.sessions.models import Attendance, Session, SessionPiece

RECORDED = "training.record_attendance"
"""How the journal calls an attendance list that somebody typed."""


@dataclass(frozen=True, slots=True)
class SessionDeclaration:
    """Both days included, within one civil year; `cost` excluding tax, in centimes."""

    starts_on: date
    ends_on: date
    minutes: int
    cost: int = 0
    place: str = ""
    trainer: str = ""


def declare_session(
    *, programme_id: int, session: SessionDeclaration, acting_user: User, at: datetime
) -> Session:
    """Raises `role_missing`, or the name of the constraint that an impossible value breaks."""
    programme = Programme.objects.select_related("firm").get(pk=programme_id)
    require_firm_role(programme.firm, acting_user, *WRITERS)
    with named_refusals(), transaction.atomic():
        declared = Session.objects.create(programme=programme, **asdict(session))
        _journal(declared, "training.declare_session", acting_user, at)
    return declared


def revise_session(
    *, session_id: int, session: SessionDeclaration, acting_user: User, at: datetime
) -> Session:
    """Those who attended stay; what no longer fits is flagged. Raises as `declare_session`."""
    with named_refusals(), transaction.atomic():
        revised = locked_session(session_id, acting_user)
        columns = asdict(session)
        for name, value in columns.items():
            setattr(revised, name, value)
        revised.save(update_fields=list(columns))
        _journal(revised, "training.revise_session", acting_user, at)
    return revised


def record_attendance(
    *, session_id: int, minutes: Mapping[int, int], acting_user: User, at: datetime
) -> int:
    """The whole attendance list of a session, minutes by employee; what it held before is replaced.

    Raises `role_missing`, `attendance_outside_session`, `employee_of_another_firm` or
    `employee_not_employed_then`, each with the people concerned. Returns how many attended.
    """
    with named_refusals(), transaction.atomic():
        session = locked_session(session_id, acting_user)
        _check_people(session, minutes)
        session.attendances.exclude(employee__in=minutes).delete()
        Attendance.objects.bulk_create(
            (
                Attendance(session=session, employee_id=employee_id, minutes=attended)
                for employee_id, attended in sorted(minutes.items())
            ),
            update_conflicts=True,
            unique_fields=["session", "employee"],
            update_fields=["minutes"],
        )
        detail = {
            "session": session.pk,
            "people": len(minutes),
            "minutes": sum(minutes.values()),
        }
        record_of(session.programme.firm, RECORDED, acting_user, at, **detail)
    return len(minutes)


def attach_piece(
    *, session_id: int, piece_id: int, acting_user: User, at: datetime
) -> SessionPiece:
    """A paper of the vault that proves the session.

    Raises `role_missing`, what `piece_of` raises, or `session_piece_once`.
    """
    with named_refusals(), transaction.atomic():
        session = locked_session(session_id, acting_user)
        piece = piece_of(session.programme.firm, piece_id, OF_A_SESSION)
        attached = SessionPiece.objects.create(session=session, piece=piece)
        detail = {"session": session.pk, "piece": piece.public_id}
        record_of(session.programme.firm, "training.attach_piece", acting_user, at, **detail)
    return attached


def detach_piece(*, session_id: int, piece_id: int, acting_user: User, at: datetime) -> None:
    """The paper stays in the vault and no longer proves the session.

    Raises `role_missing`, or `evidence_not_found` when it did not.
    """
    with transaction.atomic():
        session = locked_session(session_id, acting_user)
        attached = session.evidence.select_related("piece").filter(piece=piece_id).first()
        if attached is None:
            raise Refusal("evidence_not_found")
        detail = {"session": session.pk, "piece": attached.piece.public_id}
        attached.delete()
        record_of(session.programme.firm, "training.detach_piece", acting_user, at, **detail)


def locked_session(session_id: int, acting_user: User) -> Session:
    """The session with its programme and firm; raises `role_missing`."""
    session = (
        Session.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme__firm")
        .get(pk=session_id)
    )
    require_firm_role(session.programme.firm, acting_user, *WRITERS)
    return session


def _journal(session: Session, action: str, acting_user: User, at: datetime) -> None:
    detail = {
        "programme": session.programme.public_id,
        "session": session.pk,
        "starts_on": session.starts_on.isoformat(),
        "ends_on": session.ends_on.isoformat(),
        "minutes": session.minutes,
        "cost": session.cost,
    }
    record_of(session.programme.firm, action, acting_user, at, **detail)


def _check_people(session: Session, minutes: Mapping[int, int]) -> None:
    """Everyone belongs to the firm, was employed on a day of the session, and stayed within it."""
    employed_then = Employment.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gte=session.starts_on),
        employee=OuterRef("pk"),
        hired_on__lte=session.ends_on,
    )
    people = {
        employee.pk: employee
        for employee in Employee.objects.filter(
            firm=session.programme.firm_id, pk__in=minutes
        ).annotate(was_employed=Exists(employed_then))
    }
    strangers = sorted(minutes.keys() - people.keys())
    if strangers:
        raise Refusal("employee_of_another_firm", employees=strangers)
    outside = [
        str(people[pk]) for pk, attended in minutes.items() if not 0 < attended <= session.minutes
    ]
    if outside:
        raise Refusal("attendance_outside_session", people=outside, expected=session.minutes)
    absent = [str(employee) for employee in people.values() if not employee.was_employed]
    if absent:
        raise Refusal("employee_not_employed_then", people=absent)
