"""What the agency does with a claim: take it, propose, decide."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.journal import record
from accounts.models import User
from accounts.public_ids import next_reference
from accounts.workflow import transition
from primes.claims.assessing import latest_assessments, still_told_the_same
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.claims.models.paid_days import PaidDays
from primes.claims.releases import released_rules
from primes.claims.states import CLAIM
from primes.ledger.actions import Due, reserve
from primes.review.models import Check, Decision, DecisionLine, Outcome, Proposal, ReviewItem
from primes.rules.columns import date_of
from primes.rules.cumulation import family_of
from primes.rules.engine import rules_of

STEP_OF = {
    Outcome.APPROVE: "approve",
    Outcome.APPROVE_IN_PART: "approve_in_part",
    Outcome.REFUSE: "refuse",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a proposal and a decision bind to: the very assessments that were looked at."""

    assessments: Sequence[Assessment]

    @property
    def sha256(self) -> str:
        seen = [(each.pk, each.line_id, each.amount, each.failed) for each in self.assessments]
        return hashlib.sha256(json.dumps(seen).encode()).hexdigest()

    @property
    def amount(self) -> int:
        return sum(each.amount for each in self.assessments)

    @property
    def outcome(self) -> Outcome:
        """What the law's answer amounts to: all, some or none of the lines."""
        eligible = [each.eligible for each in self.assessments]
        if all(eligible):
            return Outcome.APPROVE
        return Outcome.APPROVE_IN_PART if any(eligible) else Outcome.REFUSE


def take_claim(*, claim_id: int, acting_user: User, at: datetime) -> Claim:
    """An instructeur takes a filed claim in charge."""
    with (
        named_refusals(),
        transition(CLAIM, "take", claim_id, acting_user=acting_user, at=at) as move,
    ):
        move.row.instructed_by, move.row.taken_at = acting_user, at
    return move.row


def propose_claim(
    *, claim_id: int, outcome: Outcome, reason: str, acting_user: User, at: datetime
) -> Proposal:
    """Propose what the law's answer amounts to, or to refuse all.

    Raises `rules_not_released`, `review_not_done` before the batch review, `content_changed` after
    a fact or the rules changed since, `check_failed` while a blocking check fails and the proposal
    grants something, `outcome_unlike_the_lines` when the outcome is not that of the lines.
    """
    with (
        named_refusals(),
        transition(
            CLAIM, "propose", claim_id, acting_user=acting_user, at=at, reason=reason
        ) as move,
    ):
        content = _reviewed(move.row)
        if outcome not in {content.outcome, Outcome.REFUSE}:
            raise Refusal("outcome_unlike_the_lines", outcome=outcome, expected=content.outcome)
        if outcome != Outcome.REFUSE:
            _require_checks(move.row)
        proposal = Proposal.objects.create(
            claim=move.row,
            outcome=outcome,
            amount=0 if outcome == Outcome.REFUSE else content.amount,
            reason=reason,
            content_sha256=content.sha256,
            proposed_by=acting_user,
            proposed_at=at,
        )
        move.detail |= {"outcome": outcome, "amount": proposal.amount}
    return proposal


def send_back_claim(*, claim_id: int, reason: str, acting_user: User, at: datetime) -> Claim:
    """The décideur gives the claim back to its instructeur; the batch looks at it again."""
    with (
        named_refusals(),
        transition(
            CLAIM, "send_back", claim_id, acting_user=acting_user, at=at, reason=reason
        ) as move,
    ):
        ReviewItem.objects.filter(claim=move.row).update(
            state=ReviewItem.State.DUE, attempts=0, asked_at=at, done_at=None, last_error=""
        )
    return move.row


def decide_claim(
    *, claim_id: int, outcome: Outcome, reason: str, acting_user: User, at: datetime
) -> Decision:
    """Decide what was proposed: take the granted days, reserve the amount on the envelope.

    Raises `rules_not_released`, `outcome_unlike_the_proposal`, `content_changed` when anything
    moved since the proposal, the rules included, `day_of_a_person_paid_once`,
    `bonus_once_a_person_and_firm`, `duty_one_a_person_and_claim`, `envelope_short`.
    """
    with (
        named_refusals(),
        transition(
            CLAIM, STEP_OF[outcome], claim_id, acting_user=acting_user, at=at, reason=reason
        ) as move,
    ):
        content = _reviewed(move.row)
        proposal = _proposed(move.row, outcome, content)
        decision = Decision.objects.create(
            reference=next_reference("D", "primes_decision_number", at),
            claim=move.row,
            proposal=proposal,
            outcome=outcome,
            amount=proposal.amount,
            reason=reason,
            content_sha256=proposal.content_sha256,
            decided_by=acting_user,
            decided_at=at,
        )
        move.row.decided_at = at
        move.detail |= {"decision": decision.reference, "amount": decision.amount}
        granted = (
            [] if outcome == Outcome.REFUSE else [a for a in content.assessments if a.eligible]
        )
        _take_days(move.row, granted)
        _write_lines(decision, content.assessments, granted)
        _reserve(decision, granted, acting_user=acting_user, at=at)
    return decision


def _proposed(claim: Claim, outcome: Outcome, content: Content) -> Proposal:
    """The last proposal, if it is this one and nothing moved since."""
    proposal = claim.proposals.latest("pk")
    if proposal.outcome != outcome:
        raise Refusal("outcome_unlike_the_proposal", outcome=outcome, proposed=proposal.outcome)
    if proposal.content_sha256 != content.sha256:
        raise Refusal("content_changed", claim=claim.reference)
    return proposal


def _reviewed(claim: Claim) -> Content:
    """The assessments of the batch review, made by the released rules that run.

    Raises `rules_not_released`, `review_not_done` while a review is awaited, `content_changed` when
    the rules or what they were told have changed since: the next batch looks again.
    """
    rules = released_rules()
    done = ReviewItem.objects.filter(claim=claim, state=ReviewItem.State.DONE).exists()
    assessments = latest_assessments(claim.pk)
    if not done or any(each.purpose != Assessment.Purpose.REVIEW for each in assessments):
        raise Refusal("review_not_done", claim=claim.reference)
    by_other_rules = any(each.rule_set_id != rules.pk for each in assessments)
    if by_other_rules or not still_told_the_same(claim, assessments):
        raise Refusal("content_changed", claim=claim.reference)
    return Content(assessments)


def _require_checks(claim: Claim) -> None:
    """No check of the claim as a whole may stand failed; line checks are answered by the lines."""
    latest = (
        Check.objects.filter(claim=claim, line__isnull=True)
        .order_by("code", "-pk")
        .distinct("code")
    )
    failed = sorted(check.code for check in latest if check.result == Check.Result.FAIL)
    if failed:
        raise Refusal("check_failed", checks=failed)


def _take_days(claim: Claim, granted: Sequence[Assessment]) -> None:
    rules, _ = rules_of(claim.scheme)
    PaidDays.objects.bulk_create(
        PaidDays(
            line=each.line,
            person_id=each.line.person_id,
            family=family_of(claim.scheme),
            days=DateRange(date_of(each.window_from), date_of(each.window_until), "[]"),
            once_in_id=claim.firm_id if rules.once_a_firm else None,
        )
        for each in granted
    )


def _write_lines(
    decision: Decision, assessments: Sequence[Assessment], granted: Sequence[Assessment]
) -> None:
    favourable = {each.pk for each in granted}
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=decision,
            line=each.line,
            assessment=each,
            granted=each.pk in favourable,
            amount=each.amount if each.pk in favourable else 0,
        )
        for each in assessments
    )


def _reserve(
    decision: Decision, granted: Sequence[Assessment], *, acting_user: User, at: datetime
) -> None:
    """The envelope is that of the year of the decision."""
    if not granted:
        return
    claim = decision.claim
    cause = record(
        stream=claim.journal_stream,
        action="ledger.reserve",
        acting_user=acting_user,
        at=at,
        firm=claim.journal_firm,
        detail={"decision": decision.reference, "amount": decision.amount},
    )
    reserve(
        scheme=claim.scheme,
        year=at.astimezone(CASABLANCA).year,
        dues=[Due(each.line_id, each.amount) for each in granted if each.amount],
        cause=cause,
        reference=decision.reference,
        at=at,
    )
