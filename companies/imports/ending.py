"""How an import ends otherwise than by its load: taken back within a day, or left."""

from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.jobs.actions import cancel_job
from accounts.models import Job, User
from accounts.workflow import transition
from companies.imports.models import Import, ImportFile
from companies.imports.staging.stage import empty
from companies.imports.states import IMPORT
from companies.imports.undoing import undo


def undo_import(*, import_id: int, acting_user: User, at: datetime) -> None:
    """Put every row back as it was before the load.

    Raises `role_missing`, `state_forbids`, `import_undo_too_late`, `import_changed_since`,
    `import_tied_two_people` or `import_used_in_claim`.
    """
    with named_refusals(), transaction.atomic():
        # Said undone first: the database then looks whether a filed claim stands on its people.
        with transition(IMPORT, "undo", import_id, acting_user=acting_user, at=at) as move:
            move.row.undone_at = at
            move.detail["import"] = move.row.public_id
        undo(move.row, acting_user=acting_user, at=at)


def abandon_import(*, import_id: int, acting_user: User, at: datetime) -> None:
    """Forget an import that was not loaded: its files and its rows go."""
    with transition(IMPORT, "abandon", import_id, acting_user=acting_user, at=at) as move:
        if job := live_job(move.row):
            cancel_job(job_id=job.pk, acting_user=acting_user, at=at)
        forget(move.row)
        move.detail["import"] = move.row.public_id


def forget(row: Import) -> None:
    """Delete what the files of an import said; what is left tells that it was, and how it ended."""
    empty(row)
    ImportFile.objects.filter(of=row).exclude(content=b"").update(content=b"")


def live_job(row: Import) -> Job | None:
    """The job that is doing something to the import now."""
    return Job.objects.filter(
        subject=row.public_id, state__in=[Job.State.WAITING, Job.State.RUNNING]
    ).first()
