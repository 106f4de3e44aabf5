"""What is left alone is forgotten on its day; what may still be undone, or gone on with, is not."""

from datetime import timedelta

import pytest

from accounts.jobs.actions import ask_job
from accounts.models import Job, User
from companies.imports.asking import LOAD
from companies.imports.models import DAY_TO_UNDO, DAYS_KEPT, Import, ImportFile
from companies.imports.staged import LoadChange, StagedProblem, StagedRow
from companies.imports.states import MACHINE
from companies.imports.sweeping import sweep_imports
from companies.workforce.models import Person
from tests.companies.imports.loading.loads import an_import, ended, loading
from tests.factories.people import AT, member

pytestmark = pytest.mark.django_db
MOMENT = timedelta.resolution
LATER_BY = [(-MOMENT, False), (0 * MOMENT, True), (MOMENT, True)]
S = Import.State


def _with_a_file(import_: Import) -> Import:
    file = ImportFile.objects.create(
        of=import_, position=0, name="a.csv", format="csv", sha256="0" * 64, size=1, content=b"a"
    )
    StagedRow.objects.create(file=file, line=2)
    StagedProblem.objects.create(file=file, line=2, code="cin_format")
    return import_


def _state(import_: Import) -> str:
    return Import.objects.get(pk=import_.pk).state


def _is_forgotten(import_: Import) -> bool:
    files = ImportFile.objects.filter(of=import_)
    kept = (
        files.exclude(content=b"").exists(),
        StagedRow.objects.filter(file__in=files).exists(),
        StagedProblem.objects.filter(file__in=files).exists(),
    )
    assert len(set(kept)) == 1
    return not any(kept)


def _asked(import_: Import) -> Job:
    user = member(import_.firm)
    return ask_job(kind=LOAD, subject=import_.public_id, firm="", total=0, acting_user=user, at=AT)


@pytest.mark.parametrize(("late", "left"), LATER_BY)
def test_an_import_left_alone_waits_seven_days(firm, late, left):
    import_ = _with_a_file(an_import(firm, state=S.CHECKED))

    swept = sweep_imports(AT + DAYS_KEPT + late)

    assert swept == left
    assert _state(import_) == (S.ABANDONED if left else S.CHECKED)
    assert _is_forgotten(import_) == left


def test_its_job_is_not_begun_any_more(firm):
    import_ = _with_a_file(an_import(firm, state=S.CHECKING))
    job = _asked(import_)

    sweep_imports(AT + DAYS_KEPT)

    assert Job.objects.get(pk=job.pk).state == Job.State.CANCELLED


def test_what_is_being_loaded_is_never_left(firm):
    import_ = _with_a_file(an_import(firm, state=S.LOADING))
    _asked(import_)

    assert sweep_imports(AT + 2 * DAYS_KEPT) == 0
    assert _state(import_) == S.LOADING
    assert not _is_forgotten(import_)


@pytest.mark.parametrize(
    ("ended_as", "refusal"),
    [("cancelled", []), ("failed", [{"code": "job_gave_up", "facts": {}}])],
)
def test_a_load_that_nobody_does_any_more_is_confirmed_again_by_people(firm, ended_as, refusal):
    import_ = _with_a_file(an_import(firm, state=S.LOADING))
    job = _asked(import_)
    failure = "job_gave_up" if refusal else ""
    Job.objects.filter(pk=job.pk).update(state=ended_as, ended_at=AT, failure=failure)

    sweep_imports(AT)

    back = Import.objects.get(pk=import_.pk)
    assert (back.state, back.refusal) == (S.CHECKED, refusal)
    assert not _is_forgotten(import_)


@pytest.mark.parametrize(("late", "dropped"), [(0 * MOMENT, False), (MOMENT, True)])
def test_changes_are_kept_as_long_as_they_may_be_undone(firm, late, dropped):
    with loading(firm):
        Person.objects.create(cin_fingerprint=b"1" * 32)

    sweep_imports(AT + DAY_TO_UNDO + late)

    assert LoadChange.objects.exists() != dropped


@pytest.mark.parametrize(("late", "forgotten"), LATER_BY)
def test_rows_that_a_load_left_out_wait_seven_days(firm, late, forgotten):
    import_ = ended(_with_a_file(an_import(firm)))

    sweep_imports(AT + DAYS_KEPT + late)

    assert _is_forgotten(import_) == forgotten
    assert _state(import_) == S.LOADED


def test_a_second_sweep_finds_nothing_to_do(firm):
    _with_a_file(an_import(firm))
    sweep_imports(AT + DAYS_KEPT)

    assert sweep_imports(AT + DAYS_KEPT) == 0


def test_the_journal_says_that_a_program_left_it(firm):
    _with_a_file(an_import(firm))

    sweep_imports(AT + DAYS_KEPT)

    entry = User.objects.machine(MACHINE).journal.get()
    assert (entry.action, entry.firm) == ("import.abandon", firm.public_id)
