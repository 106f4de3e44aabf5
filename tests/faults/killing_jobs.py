"""Jobs killed as `killing` does it: whoever comes next takes them when their lease has run out."""

import os
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import transaction  # noqa: E402

from accounts.jobs.models import Job  # noqa: E402
from accounts.jobs.running import Act, run_job  # noqa: E402
from companies.tasks import IMPORT_JOBS  # noqa: E402
from companies.workforce.models import Person  # noqa: E402
from tests.accounts.jobs.toys import AT, KIND  # noqa: E402
from tests.faults.killing import kill_everywhere  # noqa: E402

PERSONS = 12


class _AfterTheLease:
    """Nobody has to wait: it is later than the lease of whoever was killed, and goes on."""

    def __init__(self) -> None:
        left = Job.objects.exclude(lease_until=None).values_list("lease_until", flat=True).first()
        self.at = left or AT

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=3)
        return self.at


def _write_persons(_job: Job, beat: object) -> None:
    """As acts of jobs are made: one transaction, and nothing to do where it is done already."""
    with transaction.atomic():
        if Person.objects.exists():
            return
        for rank in range(PERSONS):
            Person.objects.create(cin_fingerprint=rank.to_bytes(32))
            beat("toy", rank, PERSONS)


def _resume(acts: Mapping[str, Act]) -> None:
    """A kill counts as an attempt and three are too many: somebody asks again each time."""
    Job.objects.filter(state__in=["waiting", "running"]).update(attempts=0)
    run_job(None, acts, _AfterTheLease())
    if Job.objects.exclude(state=Job.State.DONE).exists():
        raise RuntimeError("the act failed by itself")


def toy() -> None:
    _resume({KIND: _write_persons})


def imports() -> None:
    _resume(IMPORT_JOBS)


if __name__ == "__main__":
    kill_everywhere(globals()[sys.argv[1]])
