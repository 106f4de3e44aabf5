"""Asking for a long act, stopping it, having it tried again.

A job is about somebody's rows, which only the package of its kind knows: whether the person may do
this to them is asked there, before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.jobs.models import Job
from accounts.journal import record
from accounts.models import User
from accounts.public_ids import new_public_id

LIVE = (Job.State.WAITING, Job.State.RUNNING)


def ask_job(
    *, kind: str, subject: str, firm: str, total: int, acting_user: User, at: datetime
) -> Job:
    """The live job of this kind about this subject, which this call may have made.

    One that somebody runs already may have passed what is asked now: it is done once more when it
    ends. `subject` and `firm` are public ids; `total` is 0 as long as nobody knows it.
    """
    live = Job.objects.filter(kind=kind, subject=subject, state__in=LIVE)
    with transaction.atomic():
        # Two who ask at once wait for one another on the constraint; whoever lost looks again.
        while (job := live.select_for_update(of=("self",), no_key=True).first()) is None:
            asked = Job(
                public_id=new_public_id("job"),
                kind=kind,
                subject=subject,
                firm=firm,
                total=total,
                asked_by=acting_user,
                asked_at=at,
            )
            Job.objects.bulk_create([asked], ignore_conflicts=True)
        if job.state == Job.State.RUNNING and job.started_at is not None:
            # Later than its start, whatever the clocks of two machines say.
            job.asked_at = max(at, job.started_at + timedelta.resolution)
            job.asked_by = acting_user
            job.save(update_fields=["asked_by", "asked_at"])
    return job


def cancel_job(*, job_id: int, acting_user: User, at: datetime) -> Job:
    """Stop it: at once when nobody took it yet, else at the next sign of whoever runs it.

    Raises `job_is_over`.
    """
    with _locked(job_id, "job.cancel", acting_user, at) as job:
        if not job.is_live:
            raise Refusal("job_is_over")
        if job.state == Job.State.WAITING:
            job.state, job.ended_at = Job.State.CANCELLED, at
        job.cancel_asked_at = at
    return job


def retry_job(*, job_id: int, acting_user: User, at: datetime) -> Job:
    """Have one that failed or was stopped done again, with all its attempts.

    Raises `job_not_to_retry`, or `job_once_a_subject` when another one is at it.
    """
    with _locked(job_id, "job.retry", acting_user, at) as job:
        if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
            raise Refusal("job_not_to_retry")
        job.state, job.attempts, job.failure = Job.State.WAITING, 0, ""
        job.asked_by, job.asked_at = acting_user, at
        job.cancel_asked_at = job.ended_at = None
    return job


@contextmanager
def _locked(job_id: int, action: str, acting_user: User, at: datetime) -> Iterator[Job]:
    """The row to change, saved and journalled when the body ends."""
    with named_refusals(), transaction.atomic():
        job = Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job_id)
        yield job
        job.save()
        record(
            stream=f"job:{job.public_id}",
            action=action,
            acting_user=acting_user,
            at=at,
            firm=job.firm,
            detail={"kind": job.kind, "subject": job.subject},
        )
