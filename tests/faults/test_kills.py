"""A process killed at any statement leaves no half state, and the next one finishes the work."""

import os
import subprocess
import sys

import pytest

from accounts.models import StaffRole
from primes.models import Assessment, BankReturnFile, Decision, LedgerEntry, PayoutFile
from primes.payouts.verification import verify
from tests.factories.agency import staff
from tests.factories.claims import (
    exported_run,
    filed_claim,
    open_credits,
    proposed_claim,
    signed_run,
)
from tests.faults.racing import ROOT

pytestmark = pytest.mark.servers
FEWEST_STATEMENTS = 15
"""An act killed less often was not killed in its middle."""


def _killed_everywhere(database_url: str, act: str) -> None:
    environment = os.environ | {"DATABASE_URL": database_url, "APP_DATABASE_URL": database_url}
    told = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", act],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True,
    ).stdout.splitlines()  # fmt: skip
    *kills, last = told
    assert last == "finished"
    assert len(kills) >= FEWEST_STATEMENTS
    assert [kill for kill in kills if not kill.strip().isdigit()] == []
    assert [str(breach) for verdict in verify() for breach in verdict.breaches] == []


def test_a_review_killed_anywhere_is_done_once(committed_database):
    filed_claim()

    _killed_everywhere(committed_database, "review")

    assert Assessment.objects.filter(purpose="review").count() == 2


def test_a_decision_killed_anywhere_is_taken_once(committed_database):
    proposed_claim()
    open_credits()
    staff(StaffRole.DECIDEUR)

    _killed_everywhere(committed_database, "decide")

    assert Decision.objects.count() == 1
    assert LedgerEntry.objects.count() == 2


def test_an_export_killed_anywhere_writes_one_file(committed_database):
    signed_run()

    _killed_everywhere(committed_database, "export")

    assert PayoutFile.objects.count() == 1


def test_a_return_killed_anywhere_is_loaded_once(committed_database):
    exported_run()

    _killed_everywhere(committed_database, "load_return")

    assert BankReturnFile.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="pay").count() == 2
