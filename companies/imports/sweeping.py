"""What nobody comes back for: imports left alone, files kept twice, changes of the day before."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.errors import Refusal
from accounts.jobs.actions import LIVE
from accounts.models import Job, User
from accounts.workflow import transition
from companies.imports.asking import LOAD
from companies.imports.ending import abandon_import, forget
from companies.imports.models import DAY_TO_UNDO, Import, ImportFile
from companies.imports.staged import LoadChange
from companies.imports.states import IMPORT, MACHINE

S = Import.State
LEFT_ALONE = (S.RECEIVED, S.MATCHING, S.CHECKING, S.CHECKED, S.REFUSED)
OVER = (S.LOADED, S.UNDONE, S.ABANDONED)
AT_ONCE = 20
"""Imports looked after in one sweep; the next one comes ten seconds later."""


def sweep_imports(at: datetime) -> int:
    """Abandon what was left for seven days, bring back the loads that nobody does any more, and
    forget what can neither be gone on with nor undone. Returns how many imports were looked after.
    """
    machine = User.objects.machine(MACHINE)
    abandoned = [_abandon(each, machine, at) for each in _left_alone(at)]
    brought_back = [_bring_back(each, machine, at) for each in _loads_of_nobody()]
    LoadChange.objects.filter(of__in=_not_to_undo(at)).delete()
    over = list(_over(at))
    for each in over:
        forget(each)
    return sum(abandoned) + sum(brought_back) + len(over)


def _left_alone(at: datetime) -> QuerySet[Import]:
    return Import.objects.filter(state__in=LEFT_ALONE, waits_until__lte=at)[:AT_ONCE]


def _loads_of_nobody() -> QuerySet[Import]:
    live = Job.objects.filter(kind=LOAD, state__in=LIVE)
    loading = Import.objects.filter(state=S.LOADING)
    return loading.exclude(public_id__in=live.values("subject"))[:AT_ONCE]


def _not_to_undo(at: datetime) -> QuerySet[Import]:
    return Import.objects.filter(
        Q(state=S.UNDONE) | Q(state=S.LOADED, loaded_at__lt=at - DAY_TO_UNDO)
    )


def _over(at: datetime) -> QuerySet[Import]:
    """Loaded, their files stand in the vault."""
    full = ImportFile.objects.exclude(content=b"").values("of")
    return Import.objects.filter(state__in=OVER, waits_until__lte=at, pk__in=full)[:AT_ONCE]


def _abandon(import_: Import, machine: User, at: datetime) -> bool:
    """False when somebody went on with it meanwhile."""
    try:
        abandon_import(import_id=import_.pk, acting_user=machine, at=at)
    except Refusal:
        return False
    return True


def _bring_back(import_: Import, machine: User, at: datetime) -> bool:
    """Nothing was written: its rows wait again for somebody to confirm them."""
    last = Job.objects.filter(kind=LOAD, subject=import_.public_id).latest("pk")
    try:
        with transition(IMPORT, "come_back", import_.pk, acting_user=machine, at=at) as move:
            move.row.refusal = [{"code": last.failure, "facts": {}}] if last.failure else []
            move.detail |= {"import": import_.public_id, "code": last.failure or last.state}
    except Refusal:
        return False
    return True
