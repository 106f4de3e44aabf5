"""A job is asked for once, stopped, and tried again, by rows alone."""

import pytest

from accounts.errors import Refusal
from accounts.jobs.actions import cancel_job, retry_job
from accounts.jobs.models import Job
from accounts.jobs.running import run_job
from accounts.models import JournalEntry
from tests.accounts.jobs.toys import AT, KIND, Clock, asked, fresh
from tests.factories.agency import account

pytestmark = pytest.mark.django_db


def _cancelled(job: Job) -> Job:
    return cancel_job(job_id=job.pk, acting_user=account("stops"), at=AT)


def _retried(job: Job) -> Job:
    return retry_job(job_id=job.pk, acting_user=account("tries"), at=AT)


def test_a_second_question_gets_the_live_job() -> None:
    first = asked()

    second = asked()

    assert second.pk == first.pk
    assert Job.objects.count() == 1


def test_each_subject_has_its_own_job() -> None:
    assert asked("one").pk != asked("two").pk


def test_a_job_that_ended_leaves_room_for_another() -> None:
    first = _cancelled(asked())

    assert asked().pk != first.pk


def test_what_is_asked_while_it_runs_is_done_once_more() -> None:
    runs = []

    def act(job, _beat):
        runs.append(job.pk)
        if len(runs) == 1:
            asked()

    job = asked()
    clock = Clock(step=2)
    while run_job(None, {KIND: act}, clock):
        pass

    assert runs == [job.pk, job.pk]
    assert fresh(job).state == Job.State.DONE


def test_a_waiting_job_stops_at_once_and_is_never_begun() -> None:
    job = _cancelled(asked())

    assert (job.state, job.ended_at) == (Job.State.CANCELLED, AT)
    assert not run_job(None, {KIND: lambda *_: None}, Clock())


def test_a_job_that_is_over_is_not_stopped() -> None:
    job = asked()
    run_job(None, {KIND: lambda *_: None}, Clock())

    with pytest.raises(Refusal, match="job_is_over"):
        _cancelled(job)


def test_a_stopped_job_is_tried_again_with_all_its_attempts() -> None:
    job = _cancelled(asked())

    again = _retried(job)

    assert (again.state, again.attempts, again.cancel_asked_at) == (Job.State.WAITING, 0, None)
    assert run_job(None, {KIND: lambda *_: None}, Clock())
    assert fresh(job).state == Job.State.DONE


def test_a_live_job_is_not_tried_again() -> None:
    with pytest.raises(Refusal, match="job_not_to_retry"):
        _retried(asked())


def test_a_job_that_another_replaced_is_not_tried_again() -> None:
    job = _cancelled(asked())
    asked()

    with pytest.raises(Refusal, match="job_once_a_subject"):
        _retried(job)


def test_the_journal_tells_who_stopped_it_and_who_had_it_tried_again() -> None:
    job = _retried(_cancelled(asked()))

    entries = JournalEntry.objects.filter(stream=f"job:{job.public_id}").order_by("sequence")
    assert [(entry.action, entry.actor.full_name, entry.firm) for entry in entries] == [
        ("job.cancel", "Stops", "frm_1"),
        ("job.retry", "Tries", "frm_1"),
    ]
