"""One job done by whoever comes first: under a lease, three times at most, with nobody's help.

A message says at best that there may be a job; the row is the record. A process killed anywhere
leaves its lease to run out, and the next one begins the act again: acts are made so that what they
committed stands and what they did not is done again.
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from accounts.errors import Refusal
from accounts.jobs.heartbeat import Beat, Clock, Heartbeat, JobCancelled, LeaseLost
from accounts.jobs.models import ATTEMPTS_MAX, Job

LEASE = timedelta(seconds=60)
"""How long whoever runs a job may stay silent: longer than any one statement of an act."""
GAVE_UP = Refusal("job_gave_up").code
CODE_LENGTH = 60

Results = list[dict[str, object]]
Act = Callable[[Job, Beat], Results | None]
"""Does the job; what it raises as a `Refusal` is its answer, anything else an accident."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended; `waiting` is to be tried again."""

    state: Job.State
    failure: str = ""
    results: Results = field(default_factory=list)


def run_job(
    public_id: str | None, acts: Mapping[str, Act], clock: Clock, *, lease: timedelta = LEASE
) -> bool:
    """Do this job, or the one that waits longest (None); False when there is none to do.

    Must not stand inside a transaction when others are to see how far it has come.
    """
    job = _take(public_id, acts, clock(), lease)
    if job is None:
        return False
    if job.state == Job.State.RUNNING and job.lease_until is not None:
        with closing(Heartbeat(job, held_until=job.lease_until, clock=clock, lease=lease)) as beat:
            outcome = _outcome(job, acts[job.kind], beat)
            if outcome is not None:
                _write(job, beat.held_until, outcome, clock())
    return True


def _take(
    public_id: str | None, acts: Mapping[str, Act], at: datetime, lease: timedelta
) -> Job | None:
    """The attempt is counted first, on its own: a job that kills its worker gives up too."""
    wanted = Job.objects.waiting(at).filter(kind__in=acts)
    if public_id is not None:
        wanted = wanted.filter(public_id=public_id)
    with transaction.atomic():
        job = wanted.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
        if job is None:
            return None
        if job.cancel_asked_at is not None:
            _end(job, Outcome(Job.State.CANCELLED), at)
        elif job.attempts >= ATTEMPTS_MAX:
            _end(job, Outcome(Job.State.FAILED, GAVE_UP), at)
        else:
            _begin(job, at, lease)
        job.save()
    return job


def _begin(job: Job, at: datetime, lease: timedelta) -> None:
    job.state, job.phase, job.done = Job.State.RUNNING, "", 0
    job.attempts += 1
    # Whoever asked may live by a clock that runs ahead of this one.
    job.started_at = max(at, job.asked_at)
    job.heartbeat_at, job.lease_until = at, at + lease


def _outcome(job: Job, act: Act, beat: Beat) -> Outcome | None:
    """What came of the act; None when the job is somebody else's by now."""
    try:
        return Outcome(Job.State.DONE, results=act(job, beat) or [])
    except LeaseLost:
        log.warning("job %s (%s) was silent for too long and is left", job.public_id, job)
        return None
    except JobCancelled:
        return Outcome(Job.State.CANCELLED)
    except Refusal as refusal:
        return Outcome(Job.State.FAILED, failure=refusal.code[:CODE_LENGTH])
    except Exception:
        log.exception("job %s (%s), attempt %s", job.public_id, job, job.attempts)
        if job.attempts >= ATTEMPTS_MAX:
            return Outcome(Job.State.FAILED, failure=GAVE_UP)
        return Outcome(Job.State.WAITING)


def _write(job: Job, held_until: datetime, outcome: Outcome, at: datetime) -> None:
    """Only whoever still holds the lease says how it ended."""
    with transaction.atomic():
        held = (
            Job.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk=job.pk, state=Job.State.RUNNING, lease_until=held_until)
            .first()
        )
        if held is None:
            log.warning("job %s (%s) was ended by somebody else", job.public_id, job)
            return
        held.results = outcome.results
        if held.started_at is not None and held.asked_at > held.started_at:
            _wait_again(held, attempts=0)
            held.cancel_asked_at = None
        elif outcome.state == Job.State.WAITING:
            _wait_again(held, attempts=held.attempts)
        else:
            _end(held, outcome, at)
        held.save()


def _wait_again(job: Job, *, attempts: int) -> None:
    job.state, job.attempts, job.lease_until = Job.State.WAITING, attempts, None


def _end(job: Job, outcome: Outcome, at: datetime) -> None:
    job.state, job.failure = outcome.state, outcome.failure
    job.ended_at, job.lease_until = at, None
    if outcome.state == Job.State.DONE:
        job.done = job.total
