"""Jobs as people meet them: waiting, under way, over."""

from datetime import timedelta

from accounts.jobs.models import Job
from accounts.public_ids import new_public_id
from companies.imports.asking import CHECK
from companies.imports.models import Import


def a_job(about: Import, state: str = Job.State.RUNNING, **columns: object) -> Job:
    """The check of an import, asked for when the import was begun."""
    at = about.begun_at
    held = {"started_at": at, "heartbeat_at": at, "lease_until": at + timedelta(minutes=1)}
    over = {} if state in {"waiting", "running"} else {"ended_at": at}
    return Job.objects.create(
        **{
            "public_id": new_public_id("job"),
            "kind": CHECK,
            "subject": about.public_id,
            "firm": about.firm.public_id,
            "state": state,
            "asked_by": about.begun_by,
            "asked_at": at,
            **(held if state == Job.State.RUNNING else {}),
            **over,
            **columns,
        }
    )
