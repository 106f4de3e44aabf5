"""Attendance sheets as one more kind of import: importing this module makes it known."""

from accounts.models import JournalEntry
from companies.firms.models import Firm
from companies.imports.kinds import ImportKind, register_kind
from companies.imports.models import Import
from trainings.imports.checking import more_checks
from trainings.imports.loading import LOADED, load_attendance
from trainings.imports.target import ATTENDANCE
from trainings.sessions.actions import RECORDED
from trainings.sessions.models import Session


def session_name(firm: Firm, session_id: int) -> str | None:
    session = Session.objects.select_related("programme").filter(programme__firm=firm)
    found = session.filter(pk=session_id).first()
    return str(found) if found else None


def is_recorded_since(import_: Import) -> bool:
    """Has somebody typed the list of the session anew since this load?

    The journal says so, whatever the clocks of two machines say: its streams have one order.
    """
    Session.objects.select_for_update(no_key=True).get(pk=import_.target_id)
    told = JournalEntry.objects.filter(stream=import_.journal_stream)
    load = told.filter(action=LOADED, detail__import=import_.public_id).latest("sequence")
    later = told.filter(action=RECORDED, sequence__gt=load.sequence)
    return later.filter(detail__session=import_.target_id).exists()


register_kind(
    Import.Target.ATTENDANCE,
    ImportKind(ATTENDANCE, load_attendance, more_checks, session_name, is_recorded_since),
)
