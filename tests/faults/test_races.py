"""Races over the acts that make or move money: one outcome each, and every promise still holds."""

import pytest

from accounts.models import StaffRole
from companies.workforce.models import Employee
from primes.claims.models.claim import Claim
from primes.claims.models.paid_days import PaidDays
from primes.ledger.models import Envelope, LedgerEntry
from primes.models import BankReturnFile, Decision, PaymentRun
from primes.payouts.verification import verify
from tests.factories.agency import staff
from tests.factories.claimants import another_account, firm, people
from tests.factories.claims import (
    decided_claim,
    draft_claim,
    exported_run,
    filed_claim,
    open_credits,
    proposed_claim,
    released_rules,
    signed_run,
)
from tests.faults.racing import race

pytestmark = pytest.mark.servers
RUNNERS = 4


def _breaches() -> list[str]:
    return [str(breach) for verdict in verify() for breach in verdict.breaches]


def test_a_double_click_starts_one_claim(committed_database):
    released_rules()
    people(firm(), 2)

    told = race(committed_database, "start", RUNNERS)

    assert told == ["won"] * RUNNERS
    assert Claim.objects.count() == 1


def test_filing_twice_at_once_gives_one_receipt(committed_database):
    released_rules()
    draft_claim()

    told = race(committed_database, "file", RUNNERS)

    assert told == ["state_forbids"] * (RUNNERS - 1) + ["won"]
    assert _breaches() == []


def test_a_claim_is_decided_once(committed_database):
    proposed_claim()
    open_credits()
    staff(StaffRole.DECIDEUR)

    told = race(committed_database, "decide_same", RUNNERS)

    assert told == ["state_forbids"] * (RUNNERS - 1) + ["won"]
    assert Decision.objects.count() == 1
    assert _breaches() == []


def test_an_envelope_is_never_overspent_whoever_decides_at_once(committed_database):
    amount = 421_752
    for rank in range(1, RUNNERS + 1):
        proposed_claim(filed_claim(firm(rank), eligible=1))
    open_credits(cap=2 * amount)
    staff(StaffRole.DECIDEUR)

    told = race(committed_database, "decide_own", RUNNERS)

    assert told == ["envelope_short"] * 2 + ["won"] * 2
    envelope = Envelope.objects.get()
    assert envelope.reserved == envelope.cap == 2 * amount
    assert _breaches() == []


def test_two_firms_that_claim_one_person_are_not_both_granted(committed_database):
    people(firm(1), 1)
    people(firm(2), 1)
    Employee.objects.filter(firm=firm(2)).update(person=Employee.objects.get(firm=firm(1)).person)
    for rank in (1, 2):
        proposed_claim(filed_claim(firm(rank)))
    open_credits()
    staff(StaffRole.DECIDEUR)

    told = race(committed_database, "decide_own", 2)

    assert told in (["content_changed", "won"], ["day_of_a_person_paid_once", "won"])
    assert PaidDays.objects.count() == Decision.objects.count() == 1
    assert _breaches() == []


def test_an_account_closed_while_its_run_is_exported_is_paid_before_or_not_at_all(
    committed_database,
):
    signed_run()
    another_account(firm())

    told = race(committed_database, "export_or_close", 2)

    assert told in (["run_pays_a_closed_account", "won"], ["won", "won"])
    assert _breaches() == []


def test_what_is_due_stands_in_one_run(committed_database):
    decided_claim()
    staff(StaffRole.PREPARATEUR)

    told = race(committed_database, "prepare", RUNNERS)

    assert told == ["nothing_to_pay"] * (RUNNERS - 1) + ["won"]
    assert PaymentRun.objects.count() == 1
    assert _breaches() == []


def test_the_same_return_loaded_at_once_moves_money_once(committed_database):
    exported_run()

    told = race(committed_database, "load_return", RUNNERS)

    assert told == ["won"] * RUNNERS
    assert BankReturnFile.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="pay").count() == 2
    assert _breaches() == []
