"""What is seen from outside while the act's own transaction is open."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.jobs.actions import cancel_job
from accounts.jobs.models import Job
from accounts.jobs.running import LEASE, run_job
from accounts.models import Human
from tests.accounts.jobs.toys import AT, KIND, Clock, asked, fresh
from tests.factories.agency import account

pytestmark = pytest.mark.servers
SEEN = "SELECT phase, done, total, lease_until FROM accounts_job"


def _seen_by_others() -> tuple[object, ...]:
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(SEEN)
        row = cursor.fetchone()
    other.close()
    return row


def test_others_see_how_far_it_has_come_before_it_commits(committed_database) -> None:
    asked()
    clock, seen = Clock(step=3), []

    def act(_job, beat):
        with transaction.atomic():
            Human.objects.create(created_at=AT)
            beat("loading", 4, 10)
            seen.append(_seen_by_others())

    run_job(None, {KIND: act}, clock)

    told_at = AT + timedelta(seconds=6)
    assert seen == [("loading", 4, 10, told_at + LEASE)]


@pytest.mark.parametrize(("seconds", "told"), [(1.999, 0), (2, 1), (2.001, 1)])
def test_nothing_is_written_more_often_than_every_two_seconds(
    committed_database, seconds, told
) -> None:
    asked()

    run_job(None, {KIND: lambda _job, beat: beat("loading", 1, 10)}, Clock(step=seconds))

    assert Job.objects.filter(phase="loading").count() == told


def test_a_job_asked_to_stop_stops_at_its_next_sign(committed_database) -> None:
    job = asked()
    humans = Human.objects.count() + 1

    def act(running, beat):
        cancel_job(job_id=running.pk, acting_user=account("stops"), at=AT)
        with transaction.atomic():
            Human.objects.create(created_at=AT)
            beat("loading", 1, 10)

    run_job(None, {KIND: act}, Clock(step=3))

    assert fresh(job).state == Job.State.CANCELLED
    assert Human.objects.count() == humans


def test_whoever_lost_the_lease_leaves_at_the_next_sign_and_writes_nothing(
    committed_database,
) -> None:
    job = asked()

    def sleeps(_job, beat):
        other = Clock(AT + 2 * LEASE)
        assert run_job(None, {KIND: lambda *_: [{"by": "the second"}]}, other)
        with transaction.atomic():
            Human.objects.create(created_at=AT)
            beat("loading", 1, 10)

    run_job(None, {KIND: sleeps}, Clock(step=3))

    ended = fresh(job)
    assert (ended.state, ended.results, ended.attempts) == ("done", [{"by": "the second"}], 2)
    assert Human.objects.count() == 1


def test_whoever_lost_the_lease_and_ends_in_silence_says_nothing(committed_database) -> None:
    job = asked()

    def sleeps(_job, _beat):
        run_job(None, {KIND: lambda *_: [{"by": "the second"}]}, Clock(AT + 2 * LEASE))
        return [{"by": "the first"}]

    run_job(None, {KIND: sleeps}, Clock())

    assert fresh(job).results == [{"by": "the second"}]
