"""What the jobs of an import do: every row read and checked, then the good ones written."""

from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from accounts.workflow import transition
from companies.imports.checking.check import check
from companies.imports.errors import FileRefused
from companies.imports.kinds import Beat, kind_of
from companies.imports.models import Import
from companies.imports.staging.stage import empty, stage
from companies.imports.states import IMPORT
from companies.imports.telling import told

PROBLEMS_KEPT = 200
"""Of a file refused whole: an official one stops at its first, a storm says nothing more."""


def check_import(
    *, import_id: int, acting_user: User, at: datetime, beat: Beat
) -> list[dict[str, object]]:
    """Stage every row and look at all of them; the import is then `checked`, or `refused`.

    Begun again after a fall, it starts over: what was staged is staged anew. Returns the counts
    for the report of the job.
    """
    row = Import.objects.select_related("firm").get(pk=import_id)
    if row.state != Import.State.CHECKING:
        return []
    try:
        stage(row, beat=beat)
        with transaction.atomic():
            check(row, kind_of(row).more_checks)
            with transition(IMPORT, "end_check", row.pk, acting_user=acting_user, at=at) as move:
                move.detail |= _counts(move.row)
    except FileRefused as refused:
        empty(row)
        with transition(IMPORT, "refuse", row.pk, acting_user=acting_user, at=at) as move:
            move.row.refusal = _why(refused)
            move.detail |= {"import": row.public_id, "code": refused.code}
        return []
    row.refresh_from_db()
    return [_counts(row)]


def load_import(
    *, import_id: int, acting_user: User, at: datetime, beat: Beat
) -> list[dict[str, object]]:
    """Write the good rows: all of them, or none and the import comes back to be looked at.

    One transaction: whoever falls in the middle leaves nothing, and the next attempt begins again.
    """
    row = Import.objects.select_related("firm").get(pk=import_id)
    if row.state != Import.State.LOADING:
        return []
    try:
        with named_refusals(), transaction.atomic():
            return _load(row, acting_user=acting_user, at=at, beat=beat)
    except Refusal as refused:
        with transition(IMPORT, "come_back", row.pk, acting_user=acting_user, at=at) as move:
            move.row.refusal = _why(refused)
            move.detail |= {"import": row.public_id, "code": refused.code}
        raise


def _load(row: Import, *, acting_user: User, at: datetime, beat: Beat) -> list[dict[str, object]]:
    with transition(IMPORT, "end_load", row.pk, acting_user=acting_user, at=at) as move:
        loads = kind_of(row).load(move.row, acting_user=acting_user, at=at, beat=beat)
        move.row.loaded_at, move.row.loaded_by = at, acting_user
        move.row.created = sum(load.created for load in loads)
        move.row.updated = sum(load.updated for load in loads)
        move.row.unchanged = sum(load.unchanged for load in loads)
        move.detail |= _counts(move.row)
    return [_counts(move.row)]


def _counts(row: Import) -> dict[str, object]:
    names = ("good", "bad", "skipped", "left_out", "created", "updated", "unchanged")
    return {"import": row.public_id} | {name: getattr(row, name) for name in names}


def _why(refused: Refusal) -> list[dict[str, object]]:
    """Why as it is kept with the import; of the number of a person the end alone."""
    if isinstance(refused, FileRefused):
        return [told(problem) for problem in refused.problems[:PROBLEMS_KEPT]]
    facts = {name: str(value) for name, value in refused.facts.items()}
    return [{"code": refused.code, "facts": facts}]
