"""What a firm declares of its trainings: programmes, sessions, and who attended for how long."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from accounts.public_ids import new_public_id
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.models import Employee, Employment
from trainings.models import Attendance, Programme, Session


@dataclass(frozen=True, slots=True)
class ProgrammeDeclaration:
    """`provider` is a code of `Provider`; an outside one gives its ICE."""

    title: str
    domain: str
    provider: str
    provider_ice: str = ""
    provider_name: str = ""


@dataclass(frozen=True, slots=True)
class SessionDeclaration:
    """Both days included, within one civil year; `cost` excluding tax, in centimes."""

    starts_on: date
    ends_on: date
    minutes: int
    cost: int = 0


def declare_programme(
    *, firm: Firm, declaration: ProgrammeDeclaration, acting_user: User, at: datetime
) -> Programme:
    """Raises `role_missing`, or the name of the constraint that an impossible value breaks."""
    require_firm_role(firm, acting_user, *WRITERS)
    with named_refusals(), transaction.atomic():
        programme = Programme.objects.create(
            firm=firm,
            public_id=new_public_id("prg"),
            declared_by=acting_user,
            declared_at=at,
            **asdict(declaration),
        )
        detail = {"programme": programme.public_id, "title": programme.title}
        record_of(firm, "training.declare_programme", acting_user, at, **detail)
    return programme


def declare_session(
    *, programme_id: int, session: SessionDeclaration, acting_user: User, at: datetime
) -> Session:
    """Raises `role_missing`, or the name of the constraint that an impossible value breaks."""
    programme = Programme.objects.select_related("firm").get(pk=programme_id)
    require_firm_role(programme.firm, acting_user, *WRITERS)
    with named_refusals(), transaction.atomic():
        declared = Session.objects.create(programme=programme, **asdict(session))
        detail = {
            "programme": programme.public_id,
            "session": declared.pk,
            "starts_on": declared.starts_on.isoformat(),
            "ends_on": declared.ends_on.isoformat(),
            "minutes": declared.minutes,
            "cost": declared.cost,
        }
        record_of(programme.firm, "training.declare_session", acting_user, at, **detail)
    return declared


def record_attendance(
    *, session_id: int, minutes: Mapping[int, int], acting_user: User, at: datetime
) -> int:
    """The whole attendance list of a session, minutes by employee; what it held before is replaced.

    Raises `role_missing`, `attendance_outside_session`, `employee_of_another_firm` or
    `employee_not_employed_then`, each with the people concerned. Returns how many attended.
    """
    with named_refusals(), transaction.atomic():
        session = (
            Session.objects.select_for_update(of=("self",), no_key=True)
            .select_related("programme__firm")
            .get(pk=session_id)
        )
        firm = session.programme.firm
        require_firm_role(firm, acting_user, *WRITERS)
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
        record_of(firm, "training.record_attendance", acting_user, at, **detail)
    return len(minutes)


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
