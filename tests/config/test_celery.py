"""What the broker and the workers are told."""

from config.celery import SWEEP_SECONDS, VISIBILITY_SECONDS, app


def test_a_message_does_not_come_back_while_its_task_may_still_run():
    places = (
        app.conf.visibility_timeout,
        app.conf.broker_transport_options["visibility_timeout"],
        app.conf.result_backend_transport_options["visibility_timeout"],
    )

    assert set(places) == {VISIBILITY_SECONDS}
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < VISIBILITY_SECONDS


def test_a_message_whose_worker_dies_is_neither_acknowledged_nor_hoarded():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_nothing_but_json_is_accepted():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"


def test_the_sweep_is_sent_at_least_every_ten_seconds():
    entry = app.conf.beat_schedule["sweep"]

    assert entry["task"] == "primes.tasks.sweep"
    assert entry["schedule"] == SWEEP_SECONDS <= 10
