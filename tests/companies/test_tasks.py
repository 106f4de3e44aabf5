"""Small jobs are done in the request, large ones by a worker; no broker is needed for either."""

import pytest

from accounts.errors import Refusal
from accounts.jobs.actions import ask_job
from accounts.jobs.models import Job
from companies import tasks
from companies.imports.asking import CHECK
from companies.imports.models import Import, ImportFile
from companies.imports.staged import StagedRow
from companies.tasks import SMALL_BYTES, SMALL_ROWS, do_job, run_jobs
from tests.companies.imports.loading.loads import an_import
from tests.factories.claimants import firm
from tests.factories.people import AT, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch) -> list[str | None]:
    """Messages sent to workers."""
    sent: list[str | None] = []
    monkeypatch.setattr("companies.tasks.run_jobs.delay", sent.append)
    return sent


@pytest.fixture
def done(monkeypatch) -> list[int]:
    """Imports whose step was taken."""
    taken: list[int] = []

    def step(job, _beat):
        taken.append(Import.objects.get(public_id=job.subject).pk)

    monkeypatch.setattr("companies.tasks.IMPORT_JOBS", {CHECK: step})
    return taken


def _asked(import_: Import, total: int = 0) -> Job:
    return ask_job(
        kind=CHECK, subject=import_.public_id, firm="", total=total,
        acting_user=member(import_.firm), at=AT,
    )  # fmt: skip


def _weighing(size: int) -> Import:
    import_ = an_import(firm(), state=Import.State.CHECKING)
    ImportFile.objects.create(
        of=import_, position=0, name="a.csv", format="csv", sha256="0" * 64, size=size, content=b"a"
    )
    return import_


@pytest.mark.parametrize(
    ("rows", "at_once"), [(SMALL_ROWS - 1, True), (SMALL_ROWS, True), (SMALL_ROWS + 1, False)]
)
def test_five_hundred_rows_are_done_in_the_request(
    told, done, django_capture_on_commit_callbacks, rows, at_once
):
    import_ = _weighing(SMALL_BYTES + 1)
    job = _asked(import_, rows)

    with django_capture_on_commit_callbacks(execute=True):
        do_job(job)

    assert (done, told) == (([import_.pk], []) if at_once else ([], [job.public_id]))


@pytest.mark.parametrize(
    ("size", "at_once"), [(SMALL_BYTES - 1, True), (SMALL_BYTES, True), (SMALL_BYTES + 1, False)]
)
def test_rows_that_nobody_counted_are_weighed(
    told, done, django_capture_on_commit_callbacks, size, at_once
):
    job = _asked(_weighing(size))

    with django_capture_on_commit_callbacks(execute=True):
        do_job(job)

    assert bool(done) == at_once
    assert bool(told) != at_once


def test_a_worker_asks_for_the_next_job_while_there_is_one(
    told, done, django_capture_on_commit_callbacks
):
    first, second = _weighing(1), _weighing(1)
    _asked(first), _asked(second)

    with django_capture_on_commit_callbacks(execute=True):
        assert [run_jobs(), run_jobs(), run_jobs()] == [True, True, False]

    assert done == [first.pk, second.pk]
    assert told == [None]


def test_a_step_that_was_taken_meanwhile_is_no_failure():
    import_ = _weighing(1)

    def late(**_step):
        raise Refusal("state_forbids", step="end_load", state="loaded")

    assert tasks._do(late, _asked(import_), print) == []


def test_what_is_staged_after_an_import_was_left_goes_too():
    import_ = _weighing(1)
    job = _asked(import_)

    def slow(**_step):
        StagedRow.objects.create(file=import_.files.get(), line=2)
        Import.objects.filter(pk=import_.pk).update(state=Import.State.ABANDONED)
        return []

    tasks._do(slow, job, print)

    assert not StagedRow.objects.exists()
