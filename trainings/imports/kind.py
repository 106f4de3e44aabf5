"""Attendance sheets as one more kind of import: importing this module makes it known."""

from companies.firms.models import Firm
from companies.imports.kinds import ImportKind, register_kind
from companies.imports.models import Import
from trainings.imports.checking import more_checks
from trainings.imports.loading import load_attendance
from trainings.imports.target import ATTENDANCE
from trainings.sessions.models import Session


def session_name(firm: Firm, session_id: int) -> str | None:
    session = Session.objects.select_related("programme").filter(programme__firm=firm)
    found = session.filter(pk=session_id).first()
    return str(found) if found else None


register_kind(
    Import.Target.ATTENDANCE,
    ImportKind(ATTENDANCE, load_attendance, more_checks, session_name),
)
