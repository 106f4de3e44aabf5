"""Batch review, proposal, decision: bound to what was seen, reasoned, never twice."""

from datetime import timedelta

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry, StaffRole, User
from companies.workforce.models import PayYear
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import ClaimState
from primes.claims.models.paid_days import PaidDays
from primes.ledger.models import Envelope, LedgerEntry
from primes.review.actions import decide_claim, propose_claim, send_back_claim
from primes.review.batch import ask_review, review_batch
from primes.review.models import Check, Decision, Outcome, ReviewItem
from tests.factories.agency import staff
from tests.factories.claimants import YEAR, firm
from tests.factories.claims import (
    AT,
    SCHEME,
    decided_claim,
    filed_claim,
    open_credits,
    proposed_claim,
    reviewed_claim,
)

pytestmark = pytest.mark.django_db


def _machine() -> User:
    return User.objects.machine("review")


def _propose(claim):
    return propose_claim(
        claim_id=claim.pk, outcome=Outcome.APPROVE, reason="Oui.",
        acting_user=staff(StaffRole.INSTRUCTEUR), at=AT,
    )  # fmt: skip


def _decide(claim, outcome=Outcome.APPROVE):
    return decide_claim(
        claim_id=claim.pk, outcome=outcome, reason="Conforme.",
        acting_user=staff(StaffRole.DECIDEUR), at=AT,
    )  # fmt: skip


def _code(act, *arguments, **named) -> str:
    with pytest.raises(Refusal) as refused:
        act(*arguments, **named)
    return refused.value.code


def test_a_filed_claim_is_work_without_any_message():
    claim = filed_claim()

    report = review_batch(limit=10, acting_user=_machine(), at=AT)

    assert (report.taken, report.done, report.parked) == (1, 1, 0)
    assert claim.review_item.state == ReviewItem.State.DONE
    assert Assessment.objects.filter(line__claim=claim, purpose="review").count() == 2
    assert set(claim.checks.values_list("code", flat=True)) >= {"firm_verified", "account_usable"}


def test_reviewing_again_changes_nothing_when_nothing_changed():
    filed_claim()
    review_batch(limit=10, acting_user=_machine(), at=AT)
    before = (Assessment.objects.count(), Check.objects.count())
    told = JournalEntry.objects.filter(action="claim.review").count()

    ask_review(scheme=SCHEME, year=YEAR, acting_user=_machine(), at=AT)
    report = review_batch(limit=10, acting_user=_machine(), at=AT + timedelta(days=1))

    assert report.done == 1
    assert (Assessment.objects.count(), Check.objects.count()) == before
    assert JournalEntry.objects.filter(action="claim.review").count() == told


def test_reviewing_again_adds_what_changed():
    claim = filed_claim()
    review_batch(limit=10, acting_user=_machine(), at=AT)
    line = claim.lines.get(position=1)
    PayYear.objects.filter(employee=line.employee).update(taxable_income=100_00)

    ask_review(scheme=SCHEME, year=YEAR, acting_user=_machine(), at=AT)
    review_batch(limit=10, acting_user=_machine(), at=AT)

    assert list(line.assessments.order_by("pk").values_list("amount", flat=True)) == [
        421_752, 421_752, 350,
    ]  # fmt: skip
    changed = Check.objects.get(line=line, code="amount_changed_since_filing")
    assert changed.evidence == {"at_filing": 421_752, "now": 350}


def test_a_batch_is_bounded():
    for rank in (1, 2, 3):
        filed_claim(firm(rank), eligible=1)

    report = review_batch(limit=2, acting_user=_machine(), at=AT)

    assert report.taken == 2
    assert ReviewItem.objects.due().count() == 1


def test_a_claim_that_failed_three_times_is_set_aside():
    filed_claim()
    review_batch(limit=0, acting_user=_machine(), at=AT)
    ReviewItem.objects.update(attempts=3)

    report = review_batch(limit=10, acting_user=_machine(), at=AT)

    assert report.parked == 1
    assert ReviewItem.objects.get().state == ReviewItem.State.PARKED


def test_nothing_is_proposed_before_the_review():
    claim = filed_claim()
    taken = reviewed_claim(claim)
    ReviewItem.objects.update(state=ReviewItem.State.DUE)

    assert _code(_propose, taken) == "review_not_done"


def test_granting_all_is_not_proposed_when_a_line_fails():
    claim = reviewed_claim(filed_claim(eligible=1, ineligible=1))

    assert _code(_propose, claim) == "outcome_unlike_the_lines"


def test_a_failed_check_of_the_claim_blocks_a_favourable_proposal():
    claim = filed_claim()
    claim.firm.verified_at = None
    claim.firm.save()
    reviewed = reviewed_claim(claim)

    assert _code(_propose, reviewed) == "check_failed"


def test_a_decision_reserves_its_amount_on_the_envelope():
    decision = decided_claim()

    envelope = Envelope.objects.get()
    assert envelope.reserved == decision.amount == 843_504
    assert LedgerEntry.objects.filter(kind="reserve").count() == 2
    assert PaidDays.objects.filter(line__claim=decision.claim, live=True).count() == 2


def test_a_decision_is_refused_when_anything_moved_since_the_proposal():
    claim = proposed_claim()
    open_credits()
    ReviewItem.objects.update(state=ReviewItem.State.DUE)

    assert _code(_decide, claim) == "review_not_done"


def test_a_decision_is_that_of_the_proposal():
    claim = proposed_claim(outcome=Outcome.REFUSE)
    open_credits()

    assert _code(_decide, claim, Outcome.APPROVE) == "outcome_unlike_the_proposal"
    assert _decide(claim, Outcome.REFUSE).amount == 0


def test_a_refusal_takes_no_day_and_no_money():
    decided_claim(outcome=Outcome.REFUSE)

    assert not LedgerEntry.objects.exists()
    assert Decision.objects.get().lines.filter(granted=False).count() == 2


def test_one_centime_beyond_the_envelope_is_refused():
    claim = proposed_claim()
    open_credits(cap=843_503)

    assert _code(_decide, claim) == "envelope_short"
    claim.refresh_from_db()
    assert claim.state == ClaimState.PROPOSED
    assert not Decision.objects.exists()


def test_the_envelope_may_be_spent_to_its_last_centime():
    claim = proposed_claim()
    open_credits(cap=843_504)

    assert _decide(claim).amount == 843_504


def test_a_claim_sent_back_is_proposed_again():
    claim = proposed_claim()
    send_back_claim(
        claim_id=claim.pk, reason="Regardez les présences.",
        acting_user=staff(StaffRole.DECIDEUR), at=AT,
    )  # fmt: skip
    review_batch(limit=1, acting_user=staff(StaffRole.INSTRUCTEUR), at=AT)

    _propose(claim)
    open_credits()

    assert _decide(claim).proposal_id == claim.proposals.latest("pk").pk
