"""A worker killed anywhere in a long act: the job is taken again, no row twice and none lost."""

import os
import subprocess
import sys
from datetime import date

import pytest

from accounts.jobs.models import Job
from companies.firms.models import Firm
from companies.imports.asking import confirm_import
from companies.imports.beginning import begin_import
from companies.imports.models import FileLoad, Import
from companies.imports.staged import LoadChange, StagedRow
from companies.workforce.models import Employee, Employment, PayMonth, Person
from tests.accounts.jobs.toys import asked
from tests.factories.claimants import firm
from tests.factories.people import AT, declaration, entrant, member
from tests.faults.killing_jobs import PERSONS
from tests.faults.racing import ROOT

pytestmark = pytest.mark.servers
FEWEST_KILLS = 15
"""An act killed less often was not killed in its middle."""
PEOPLE = 5


def _killed_everywhere(database_url: str, act: str) -> None:
    environment = os.environ | {"DATABASE_URL": database_url, "APP_DATABASE_URL": database_url}
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing_jobs", act],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=True,
    ).stdout.splitlines()  # fmt: skip
    *kills, last = told
    assert last == "finished"
    assert len(kills) >= FEWEST_KILLS
    assert [kill for kill in kills if not kill.strip().isdigit()] == []


def test_a_job_killed_anywhere_is_done_once(committed_database):
    job = asked()

    _killed_everywhere(committed_database, "toy")

    assert Person.objects.count() == PERSONS
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE


def _begun(of: Firm) -> Import:
    file = declaration(of, date(2026, 1, 1), [entrant(rank) for rank in range(1, PEOPLE + 1)])
    return begin_import(firm=of, files=[file], acting_user=member(of), at=AT)


def test_a_check_and_a_load_killed_anywhere_are_done_once(committed_database):
    import_ = _begun(firm())

    _killed_everywhere(committed_database, "imports")

    assert Import.objects.get().state == Import.State.CHECKED
    assert StagedRow.objects.count() == PEOPLE

    confirm_import(import_id=import_.pk, acting_user=member(firm()), at=AT)
    _killed_everywhere(committed_database, "imports")

    assert Import.objects.get().state == Import.State.LOADED
    assert set(Job.objects.values_list("state", flat=True)) == {Job.State.DONE}
    written = [model.objects.count() for model in (Person, Employee, Employment, PayMonth)]
    assert written == [PEOPLE] * 4
    assert FileLoad.objects.count() == 1
    kept = LoadChange.objects.filter(table="companies_person", kind="insert")
    assert sum(len(each.created) for each in kept) == PEOPLE
