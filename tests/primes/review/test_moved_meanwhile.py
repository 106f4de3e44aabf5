"""What changes between the review, the proposal and the decision; and amounts nobody expects."""

import pytest

from accounts.errors import Refusal
from accounts.models import StaffRole
from companies.workforce.models import Employee, PayYear
from primes.claims.assessing import latest_assessments
from primes.claims.models.claim import Claim, ClaimState
from primes.claims.models.paid_days import PaidDays
from primes.ledger.models import LedgerEntry
from primes.payouts.verification import verify
from primes.review.actions import (
    decide_claim,
    propose_claim,
    send_back_claim,
)
from primes.review.batch import review_batch
from primes.review.models import Outcome
from primes.rules.digest import rule_digest
from tests.factories.agency import staff
from tests.factories.claimants import firm, people
from tests.factories.claims import (
    AT,
    decided_claim,
    filed_claim,
    open_credits,
    proposed_claim,
    released_rules,
    reviewed_claim,
)
from tests.factories.tampering import behind_its_back

pytestmark = pytest.mark.django_db


def _propose(claim: Claim, outcome: Outcome = Outcome.APPROVE) -> None:
    propose_claim(
        claim_id=claim.pk, outcome=outcome, reason="Vu.",
        acting_user=staff(StaffRole.INSTRUCTEUR), at=AT,
    )  # fmt: skip


def _decide(claim: Claim, outcome: Outcome = Outcome.APPROVE) -> None:
    open_credits()
    decide_claim(
        claim_id=claim.pk, outcome=outcome, reason="Conforme.",
        acting_user=staff(StaffRole.DECIDEUR), at=AT,
    )  # fmt: skip


def _code(act, *arguments) -> str:
    with pytest.raises(Refusal) as refused:
        act(*arguments)
    return refused.value.code


def _same_people(eligible: int = 2) -> tuple[Claim, Claim]:
    """Two firms that claim the same humans for the same days."""
    people(firm(1), eligible)
    people(firm(2), eligible)
    pairs = zip(
        Employee.objects.filter(firm=firm(1)).order_by("pk"),
        Employee.objects.filter(firm=firm(2)).order_by("pk"),
        strict=True,
    )
    for mine, theirs in pairs:
        theirs.person = mine.person
        theirs.save()
    return filed_claim(firm(1)), filed_claim(firm(2))


def _other_rules_run() -> None:
    """As if all that was answered until now had been by an older version."""
    behind_its_back(f"UPDATE primes_ruleset SET digest = '{'0' * 64}'", "primes_ruleset")


def _breaches() -> list[str]:
    return [str(breach) for verdict in verify() for breach in verdict.breaches]


def test_nobody_proposes_on_an_income_that_changed_since_the_review():
    claim = reviewed_claim()
    PayYear.objects.update(taxable_income=99)

    assert _code(_propose, claim) == "content_changed"


def test_nobody_decides_on_an_income_that_changed_since_the_proposal():
    claim = proposed_claim()
    PayYear.objects.update(taxable_income=99)

    assert _code(_decide, claim) == "content_changed"


def test_a_claim_sent_back_is_looked_at_again_by_the_next_batch():
    claim = proposed_claim()
    PayYear.objects.update(taxable_income=100_000)
    send_back_claim(
        claim_id=claim.pk, reason="Revenu changé.", acting_user=staff(StaffRole.DECIDEUR), at=AT
    )

    waiting = _code(_propose, claim)
    review_batch(limit=1, acting_user=staff(StaffRole.INSTRUCTEUR), at=AT)
    _propose(claim)
    _decide(claim)

    assert waiting == "review_not_done"
    assert claim.decision.amount == 2 * 3_500
    assert _breaches() == []


def test_nobody_proposes_or_decides_while_the_rules_that_run_are_not_published():
    claims = reviewed_claim(filed_claim(firm(1))), proposed_claim(filed_claim(firm(2)))
    _other_rules_run()

    codes = [_code(act, claim) for act, claim in zip((_propose, _decide), claims, strict=True)]

    assert codes == ["rules_not_released"] * 2


def test_what_older_rules_answered_is_looked_at_again_before_it_is_decided():
    claim = proposed_claim()
    _other_rules_run()
    released_rules()

    moved = _code(_decide, claim)
    send_back_claim(
        claim_id=claim.pk, reason="Règles.", acting_user=staff(StaffRole.DECIDEUR), at=AT
    )
    review_batch(limit=1, acting_user=staff(StaffRole.INSTRUCTEUR), at=AT)
    _propose(claim)
    _decide(claim)

    assert moved == "content_changed"
    assert {each.rule_set.digest for each in latest_assessments(claim.pk)} == {rule_digest()}


def test_days_granted_to_one_firm_meanwhile_are_not_granted_to_another():
    first, second = (proposed_claim(claim) for claim in _same_people())
    _decide(first)

    assert _code(_decide, second) == "content_changed"
    assert _breaches() == []


def test_days_refused_to_one_firm_are_free_for_another():
    first, second = _same_people()
    decided_claim(first, Outcome.REFUSE)

    decided = decided_claim(second)

    assert decided.outcome == Outcome.APPROVE
    assert PaidDays.objects.filter(live=True).count() == 2


def test_a_line_worth_less_than_half_a_centime_is_granted_for_nothing():
    people(firm(), 2)
    poorest = PayYear.objects.order_by("pk").first()
    poorest.taxable_income = 1
    poorest.save()

    decision = decided_claim(filed_claim())

    assert decision.outcome == Outcome.APPROVE
    assert sorted(decision.lines.values_list("granted", "amount")) == [(True, 0), (True, 421_752)]
    assert LedgerEntry.objects.count() == 1
    assert _breaches() == []


def test_a_claim_worth_nothing_is_decided_all_the_same():
    people(firm(), 1)
    PayYear.objects.update(taxable_income=1)
    claim = filed_claim()

    decided_claim(claim)

    claim.refresh_from_db()
    assert claim.state == ClaimState.APPROVED
    assert not LedgerEntry.objects.exists()
    assert _breaches() == []


def test_a_claim_of_which_every_line_fails_is_refused_and_reserves_nothing():
    decision = decided_claim(filed_claim(eligible=0, ineligible=2))

    assert (decision.outcome, decision.amount) == (Outcome.REFUSE, 0)
    assert not PaidDays.objects.exists()
    assert _breaches() == []
