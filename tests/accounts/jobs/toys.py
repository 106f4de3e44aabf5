"""An act of nothing in particular, a clock that is told, and jobs of it."""

from datetime import UTC, datetime, timedelta

from accounts.jobs.actions import ask_job
from accounts.jobs.models import Job
from tests.factories.agency import account

AT = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
KIND = "toy.act"


class Clock:
    """Goes on by so many seconds each time it is read."""

    def __init__(self, at: datetime = AT, step: float = 0) -> None:
        self.at = at
        self.step = timedelta(seconds=step)

    def __call__(self) -> datetime:
        self.at += self.step
        return self.at


def asked(subject: str = "one", at: datetime = AT, total: int = 10) -> Job:
    return ask_job(
        kind=KIND, subject=subject, firm="frm_1", total=total, acting_user=account("asks"), at=at
    )


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
