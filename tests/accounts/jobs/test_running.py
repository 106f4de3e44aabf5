"""One attempt at a time, under a lease; what the act answers is how the job ends."""

from datetime import timedelta

import pytest

from accounts.errors import Refusal
from accounts.jobs.models import ATTEMPTS_MAX, Job
from accounts.jobs.running import LEASE, run_job
from tests.accounts.jobs.toys import AT, KIND, Clock, asked, fresh

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


def _nothing(_job, _beat):
    return None


def _falls(_job, _beat):
    raise ZeroDivisionError


def test_without_a_job_nothing_is_done() -> None:
    assert not run_job(None, {KIND: _nothing}, Clock())


def test_the_one_that_waits_longest_is_taken_first() -> None:
    later, earlier = asked("later", AT + MOMENT), asked("earlier", AT)

    run_job(None, {KIND: _nothing}, Clock(AT + LEASE))

    assert (fresh(earlier).state, fresh(later).state) == (Job.State.DONE, Job.State.WAITING)


def test_a_named_job_is_taken_before_its_turn() -> None:
    earlier, later = asked("earlier"), asked("later", AT + MOMENT)

    run_job(later.public_id, {KIND: _nothing}, Clock(AT + LEASE))

    assert (fresh(earlier).state, fresh(later).state) == (Job.State.WAITING, Job.State.DONE)


def test_a_job_of_a_kind_that_nobody_here_knows_waits() -> None:
    asked()

    assert not run_job(None, {"another.act": _nothing}, Clock())


def test_what_the_act_leaves_to_say_is_kept() -> None:
    job = asked(total=7)

    run_job(None, {KIND: lambda *_: [{"good": 7}]}, Clock())

    ended = fresh(job)
    assert (ended.state, ended.results, ended.done) == (Job.State.DONE, [{"good": 7}], 7)
    assert (ended.ended_at, ended.lease_until, ended.attempts) == (AT, None, 1)


def test_a_refusal_is_an_answer_and_is_not_asked_twice() -> None:
    def refuses(_job, _beat):
        raise Refusal("person_conflict")

    job = asked()
    run_job(None, {KIND: refuses}, Clock())

    assert (fresh(job).state, fresh(job).failure) == (Job.State.FAILED, "person_conflict")


def test_an_accident_is_tried_again_three_times_and_then_given_up() -> None:
    job = asked()

    states = []
    while run_job(None, {KIND: _falls}, Clock()):
        states.append(fresh(job).state)

    assert states == [Job.State.WAITING] * (ATTEMPTS_MAX - 1) + [Job.State.FAILED]
    assert fresh(job).failure == "job_gave_up"


@pytest.mark.parametrize(("late", "taken"), [(-MOMENT, False), (0 * MOMENT, True), (MOMENT, True)])
def test_a_job_left_alone_is_taken_again_when_its_lease_runs_out(late, taken) -> None:
    job = asked()
    Job.objects.update(
        state="running", attempts=1, started_at=AT, heartbeat_at=AT, lease_until=AT + LEASE
    )

    assert run_job(None, {KIND: _nothing}, Clock(AT + LEASE + late)) == taken
    assert fresh(job).attempts == 1 + taken


def test_a_job_that_killed_three_workers_gives_up_without_a_fourth() -> None:
    job = asked()
    Job.objects.update(
        state="running", attempts=ATTEMPTS_MAX, started_at=AT, heartbeat_at=AT, lease_until=AT
    )

    assert run_job(None, {KIND: _falls}, Clock())
    assert (fresh(job).state, fresh(job).failure) == (Job.State.FAILED, "job_gave_up")


def test_a_job_to_be_stopped_whose_worker_died_is_not_begun_again() -> None:
    job = asked()
    Job.objects.update(
        state="running", attempts=1, started_at=AT, heartbeat_at=AT, lease_until=AT,
        cancel_asked_at=AT,
    )  # fmt: skip

    run_job(None, {KIND: _falls}, Clock())

    assert fresh(job).state == Job.State.CANCELLED
