"""What a job tells while it runs, seen by others before its own transaction ends."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.jobs.models import Job

EVERY = timedelta(seconds=2)
"""Said more often, nothing is written."""

Clock = Callable[[], datetime]
Beat = Callable[[str, int, int], None]
"""Tells (phase, done, total); raises `JobCancelled` or `LeaseLost`, which the act lets through."""

_TELL = """
UPDATE accounts_job SET phase = %(phase)s, done = %(done)s, total = %(total)s,
  heartbeat_at = %(now)s, lease_until = %(until)s
WHERE id = %(job)s AND state = 'running' AND lease_until = %(held)s
RETURNING cancel_asked_at IS NOT NULL
"""


class JobCancelled(Exception):  # noqa: N818 - an answer to whoever asked, not a fault
    """Somebody asked for the job to be stopped."""


class LeaseLost(Exception):  # noqa: N818 - what was done in time by somebody else is no fault
    """Nothing was heard for too long, and somebody else was given the job."""


class Heartbeat:
    """The `Beat` of one run, on a connection of its own, opened the first time it is needed.

    A run that stands inside a transaction has a row that nobody else sees: it shares its
    connection. The end of the lease is also the proof of holding it: only its holder knows the last
    one, and each is later than all before.
    """

    def __init__(self, job: Job, *, held_until: datetime, clock: Clock, lease: timedelta) -> None:
        self.held_until = held_until
        self._job = job.pk
        self._clock = clock
        self._lease = lease
        self._told_at = held_until - lease
        self._is_shared = connection.in_atomic_block
        self._own: BaseDatabaseWrapper | None = None

    def __call__(self, phase: str, done: int, total: int) -> None:
        now = self._clock()
        if now - self._told_at < EVERY:
            return
        told: dict[str, str | int | datetime] = {
            "phase": phase,
            "done": min(done, total) if total else done,
            "total": total,
            "now": now,
            "until": now + self._lease,
            "job": self._job,
            "held": self.held_until,
        }
        with self._connection().cursor() as cursor:
            cursor.execute(_TELL, told)
            answer = cursor.fetchone()
        if answer is None:
            raise LeaseLost
        self._told_at, self.held_until = now, now + self._lease
        if answer[0]:
            raise JobCancelled

    def close(self) -> None:
        if self._own is not None:
            self._own.close()

    def _connection(self) -> BaseDatabaseWrapper:
        if self._is_shared:
            return connection
        if self._own is None:
            self._own = connection.copy()
        return self._own
