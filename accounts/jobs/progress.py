"""How far a job has come, as data that any skin can show."""

from datetime import datetime, timedelta

from accounts.jobs.models import Job

SILENT_AFTER = timedelta(seconds=15)
"""A running job that says nothing for so long may have lost its worker."""


def progress(job: Job, at: datetime) -> dict[str, object]:
    """JSON-able. `percent` is None while the total is unknown; `words` is the code to be told:

    that of the failure, else `stopping`, `silent`, or the state. `silence` counts seconds.
    """
    silence = at - job.heartbeat_at if job.heartbeat_at else timedelta()
    return {
        "id": job.public_id,
        "state": job.state,
        "live": job.is_live,
        "phase": job.phase,
        "done": job.done,
        "total": job.total,
        "percent": job.done * 100 // job.total if job.total else None,
        "words": _words(job, silence),
        "silence": max(0, int(silence.total_seconds())) if job.is_live else 0,
    }


def _words(job: Job, silence: timedelta) -> str:
    if job.failure:
        return job.failure
    if job.is_live and job.cancel_asked_at:
        return "stopping"
    if job.state == Job.State.RUNNING and silence >= SILENT_AFTER:
        return "silent"
    return str(job.state)
