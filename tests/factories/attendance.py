"""A session that people attended from its first minute to its last."""

from companies.firms.models import Firm
from tests.factories import claimants
from tests.factories import trainings as taught
from trainings.models import Attendance, Provider, Session


def attended(of: Firm, people: int, minutes: int = 1_200, by: Provider | None = None) -> Session:
    """Three days, by an outside organisation unless somebody else is named."""
    by = by or taught.provider(of)
    held = taught.session(
        taught.programme(of, by), taught.DAY, taught.DAY.replace(day=22), minutes=minutes
    )
    Attendance.objects.bulk_create(
        Attendance(session=held, employee=each.employee, minutes=minutes)
        for each in claimants.people(of, people)
    )
    return held
