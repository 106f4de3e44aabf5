"""What the broker and the workers are told."""

import pytest

from config.celery import SWEEP_SECONDS, VISIBILITY_SECONDS, app


def test_a_message_does_not_come_back_while_its_task_may_still_run():
    places = (
        app.conf.visibility_timeout,
        app.conf.broker_transport_options["visibility_timeout"],
        app.conf.result_backend_transport_options["visibility_timeout"],
    )

    assert set(places) == {VISIBILITY_SECONDS}
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < VISIBILITY_SECONDS


def test_a_job_may_last_as_long_as_a_large_file_and_no_other_task_may():
    limits = app.conf.task_annotations["companies.tasks.run_jobs"]

    assert limits["soft_time_limit"] < limits["time_limit"] < VISIBILITY_SECONDS
    assert app.conf.task_time_limit < limits["soft_time_limit"]
    assert set(app.conf.task_annotations) == {"companies.tasks.run_jobs"}


def test_a_message_whose_worker_dies_is_neither_acknowledged_nor_hoarded():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_nothing_but_json_is_accepted():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


@pytest.mark.parametrize(
    ("name", "task"), [("sweep", "primes.tasks.sweep"), ("jobs", "companies.tasks.run_jobs")]
)
def test_what_a_lost_message_left_is_looked_for_at_least_every_ten_seconds(name, task):
    entry = app.conf.beat_schedule[name]

    assert entry["task"] == task
    assert entry["schedule"] == SWEEP_SECONDS <= 10
