"""Who does the jobs of imports: the request itself when they are small, else a worker.

The rows of `Job` are the record. A message says that there may be one; the beat says it again.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

from celery import shared_task
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.errors import Refusal
from accounts.jobs.heartbeat import Beat
from accounts.jobs.models import Job
from accounts.jobs.running import Act, Results, run_job
from accounts.models import User
from companies.imports.asking import CHECK, LOAD, UNDO
from companies.imports.ending import forget, undo_import
from companies.imports.models import Import, ImportFile
from companies.imports.working import check_import, load_import

SMALL_ROWS = 500
SMALL_BYTES = 128 * 1024
"""About what five hundred rows weigh, for files whose rows nobody has counted yet."""


class Step(Protocol):
    def __call__(
        self, *, import_id: int, acting_user: User, at: datetime, beat: Beat
    ) -> Results: ...


@shared_task(name="companies.tasks.run_jobs")
def run_jobs(public_id: str | None = None) -> bool:
    """Do this job, or the one that waits longest; asks for the next while there is one."""
    taken = run_job(public_id, IMPORT_JOBS, timezone.now)
    if taken and Job.objects.waiting(timezone.now()).filter(kind__in=IMPORT_JOBS).exists():
        _nudge(None)
    return taken


def do_job(job: Job) -> None:
    """Done when this returns, if it is small; else a worker is told, and the page may be closed."""
    if _is_small(job):
        run_job(job.public_id, IMPORT_JOBS, timezone.now)
    else:
        _nudge(job.public_id)


def _is_small(job: Job) -> bool:
    if job.total:
        return job.total <= SMALL_ROWS
    files = ImportFile.objects.filter(of__public_id=job.subject)
    weight: int = files.aggregate(all=Sum("size"))["all"] or 0
    return weight <= SMALL_BYTES


def _nudge(public_id: str | None) -> None:
    """A lost message is said again by the beat: no broker, no harm."""
    transaction.on_commit(partial(run_jobs.delay, public_id), robust=True)


def _do(step: Step, job: Job, beat: Beat) -> Results:
    """One step of the import the job is about, in the name of whoever asked for it."""
    row = Import.objects.get(public_id=job.subject)
    try:
        return step(
            import_id=row.pk,
            acting_user=job.asked_by,
            at=job.started_at or job.asked_at,
            beat=beat,
        )
    except Refusal as refusal:
        # Ended by another attempt, or left by its people, while this one was at it.
        if refusal.code != "state_forbids":
            raise
        return []
    finally:
        row.refresh_from_db(fields=["state"])
        if row.state == Import.State.ABANDONED:
            forget(row)


def _take_back(*, import_id: int, acting_user: User, at: datetime, beat: Beat) -> Results:
    """One act that cannot be stopped once begun: the keys of the database are most of its time."""
    beat("undo", 0, 0)
    undo_import(import_id=import_id, acting_user=acting_user, at=at)
    return []


IMPORT_JOBS: Mapping[str, Act] = {
    CHECK: partial(_do, check_import),
    LOAD: partial(_do, load_import),
    UNDO: partial(_do, _take_back),
}
