"""Batch review: every filed claim gets a fresh assessment and its automatic checks.

The state is the queue: a filed claim without a work row, or with one that is due, is work. A batch
is bounded, skips what another worker holds, and does each claim in its own transaction: a kill
loses nothing, a second run changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import StaffRole, User
from accounts.roles import require_staff_role
from primes.claims.assessing import assess_lines, keep, latest_assessments
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import released_rules
from primes.review.checks import Looked, answers
from primes.review.models import Check, ReviewItem

ATTEMPTS_MAX = 3
REVIEWABLE = ("submitted", "in_review")


@dataclass(frozen=True, slots=True)
class BatchReport:
    """Claims taken, finished, and set aside after three failures."""

    taken: int
    done: int
    parked: int


def ask_review(*, scheme: str, year: int, acting_user: User, at: datetime) -> int:
    """Make every filed and undecided claim of a year due again; returns their number.

    Asked by a program or by somebody who instructs or decides; raises `role_missing`.
    """
    if acting_user.kind != User.Kind.MACHINE:
        require_staff_role(acting_user, StaffRole.INSTRUCTEUR, StaffRole.DECIDEUR)
    _open_missing_items(at)
    claims = Claim.objects.filter(scheme=scheme, year=year, state__in=REVIEWABLE)
    with transaction.atomic():
        asked = ReviewItem.objects.filter(claim__in=claims).update(
            state=ReviewItem.State.DUE, attempts=0, asked_at=at, done_at=None, last_error=""
        )
        record(
            stream=f"review:{scheme}:{year}",
            action="review.ask",
            acting_user=acting_user,
            at=at,
            detail={"claims": asked},
        )
    return asked


def review_batch(*, limit: int, acting_user: User, at: datetime) -> BatchReport:
    """One bounded batch of due claims; `acting_user` is the machine or the person who asked."""
    rule_set = released_rules()
    _open_missing_items(at)
    taken = done = parked = 0
    seen: set[int] = set()
    while taken < limit:
        item = _take_next(at, seen)
        if item is None:
            break
        seen.add(item.pk)
        taken += 1
        if item.state == ReviewItem.State.PARKED:
            parked += 1
        else:
            done += _review(item.pk, rule_set=rule_set, acting_user=acting_user, at=at)
    return BatchReport(taken, done, parked)


def _take_next(at: datetime, seen: set[int]) -> ReviewItem | None:
    """Count the attempt first, on its own: a claim that kills its worker is parked too."""
    with transaction.atomic():
        item = (
            ReviewItem.objects.due()
            .exclude(pk__in=seen)
            .select_for_update(of=("self",), skip_locked=True)
            .order_by("asked_at", "pk")
            .first()
        )
        if item is None:
            return None
        if item.attempts >= ATTEMPTS_MAX:
            item.state = ReviewItem.State.PARKED
            item.last_error = item.last_error or "interrupted"
        else:
            item.attempts += 1
        item.asked_at = at
        item.save()
    return item


def _open_missing_items(at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO primes_reviewitem (claim_id, state, attempts, asked_at, last_error)"
            " SELECT c.id, 'due', 0, %s, '' FROM primes_claim c"
            " WHERE c.state IN ('submitted', 'in_review')"
            " AND NOT EXISTS (SELECT FROM primes_reviewitem i WHERE i.claim_id = c.id)"
            " ON CONFLICT (claim_id) DO NOTHING",
            [at],
        )


def _review(item_id: int, *, rule_set: RuleSet, acting_user: User, at: datetime) -> bool:
    """One claim, one transaction; False when another worker holds it or the law's bridge refuses
    it.
    """
    try:
        with transaction.atomic():
            item = (
                ReviewItem.objects.due()
                .select_for_update(of=("self",), skip_locked=True)
                .filter(pk=item_id)
                .first()
            )
            if item is None:
                return False
            # Locked and read again: nobody takes, proposes or withdraws what is being calculated.
            claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=item.claim_id)
            _assess_and_check(claim, rule_set=rule_set, acting_user=acting_user, at=at)
            item.state, item.done_at, item.last_error = ReviewItem.State.DONE, at, ""
            item.save()
    except Refusal as refusal:
        ReviewItem.objects.filter(pk=item_id).update(last_error=str(refusal)[:300])
        return False
    return True


def _assess_and_check(claim: Claim, *, rule_set: RuleSet, acting_user: User, at: datetime) -> None:
    """Nothing is written again when neither facts nor rules nor answers changed."""
    if claim.state not in REVIEWABLE:
        return
    lines = list(claim.lines.order_by("position"))
    for line in lines:
        line.claim = claim
    before = {each.line_id: each for each in latest_assessments(claim.pk)}
    assessed = assess_lines(lines, rule_set=rule_set, purpose=Assessment.Purpose.REVIEW, at=at)
    kept = keep(assessed, unless_told_by=before)
    _keep_checks(Looked(claim, lines, assessed), rule_set=rule_set, acting_user=acting_user, at=at)
    if kept:
        record(
            stream=claim.journal_stream,
            action="claim.review",
            acting_user=acting_user,
            at=at,
            firm=claim.firm.public_id,
            detail={
                "lines": len(lines),
                "amount": int(assessed.answer.amount.sum()),
                "before": sum(each.amount for each in before.values()),
                "rules": rule_set.digest,
            },
        )


def _keep_checks(looked: Looked, *, rule_set: RuleSet, acting_user: User, at: datetime) -> None:
    Check.objects.bulk_create(
        [
            Check(
                claim=looked.claim,
                line=answer.line,
                code=question.code,
                version=question.version,
                input_sha256=digest,
                result=answer.result,
                evidence=answer.facts,
                rule_set=rule_set,
                answered_by=acting_user,
                answered_at=at,
            )
            for question, answer, digest in answers(looked)
        ],
        ignore_conflicts=True,
    )


def work_is_waiting() -> bool:
    """Is there a filed claim that nobody calculated yet?"""
    return (
        ReviewItem.objects.due().exists()
        or Claim.objects.filter(state__in=REVIEWABLE, review_item__isnull=True).exists()
    )
