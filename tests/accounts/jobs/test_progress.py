"""How far a job has come, in figures and codes."""

import json
from datetime import timedelta

import pytest

from accounts.jobs.models import Job
from accounts.jobs.progress import SILENT_AFTER, progress
from tests.accounts.jobs.toys import AT

SECOND = timedelta(seconds=1)


def _running(**changes: object) -> Job:
    return Job(
        **{"state": "running", "done": 2, "total": 3, "heartbeat_at": AT, "phase": "load"} | changes
    )


def test_it_is_data_that_any_skin_can_show() -> None:
    told = json.loads(json.dumps(progress(_running(public_id="job_1"), AT + 3 * SECOND)))

    assert told == {
        "id": "job_1", "state": "running", "live": True, "phase": "load", "done": 2, "total": 3,
        "percent": 66, "words": "running", "silence": 3,
    }  # fmt: skip


def test_without_a_total_there_is_no_percentage() -> None:
    assert progress(_running(total=0), AT)["percent"] is None


@pytest.mark.parametrize(
    ("late", "words"), [(-SECOND, "running"), (0 * SECOND, "silent"), (SECOND, "silent")]
)
def test_a_job_that_says_nothing_for_long_is_said_to_be_silent(late, words) -> None:
    assert progress(_running(), AT + SILENT_AFTER + late)["words"] == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "waiting"}, "waiting"),
        ({"cancel_asked_at": AT}, "stopping"),
        ({"state": "failed", "failure": "job_gave_up"}, "job_gave_up"),
        ({"state": "cancelled", "cancel_asked_at": AT}, "cancelled"),
        ({"state": "done"}, "done"),
    ],
)
def test_its_words_are_those_of_what_happens_to_it(changes, words) -> None:
    assert progress(_running(**changes), AT)["words"] == words
