"""What a firm does with its claim: start, choose the lines, hand over, file, withdraw."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.journal import record
from accounts.models import User
from accounts.public_ids import new_public_id, next_reference
from accounts.workflow import transition
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.models import Employment
from primes.claims.assessing import assess_lines, keep
from primes.claims.models.assessment import Assessment
from primes.claims.models.claim import Claim, ClaimLine, ClaimState
from primes.claims.preview import employments_of_year, preview
from primes.claims.releases import released_rules
from primes.claims.states import CLAIM
from primes.claims.windows import is_open
from primes.rules.deadlines import decision_days
from primes.wording.declaration import declaration


def start_claim(*, firm: Firm, scheme: str, year: int, acting_user: User, at: datetime) -> Claim:
    """A draft with everyone eligible today; the live claim of that year when there is one already.

    Raises `window_closed`, `role_missing` or `nobody_to_claim_for`.
    """
    on = at.astimezone(CASABLANCA).date()
    if not is_open(scheme, year, on):
        raise Refusal("window_closed", year=year)
    rows = preview(firm=firm, scheme=scheme, year=year, on=on).rows
    chosen = [row.employment for row in rows if row.eligible]
    if not rows:
        raise Refusal("nobody_to_claim_for", year=year)
    with transaction.atomic():
        Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        live = Claim.objects.of_firm(firm).live().filter(scheme=scheme, year=year).first()
        if live is not None:
            return live
        claim = Claim(
            public_id=new_public_id("clm"),
            reference=next_reference("PF", "primes_claim_number", at),
            firm=firm,
            scheme=scheme,
            year=year,
            created_by=acting_user,
            created_at=at,
        )
        require_firm_role(claim.firm, acting_user, *WRITERS)
        claim.save()
        _write_lines(claim, chosen)
        record(
            stream=claim.journal_stream,
            action="claim.start",
            acting_user=acting_user,
            at=at,
            firm=firm.public_id,
            detail={"reference": claim.reference, "lines": len(chosen)},
        )
    return claim


def choose_lines(
    *, claim_id: int, employee_ids: Collection[int], acting_user: User, at: datetime
) -> int:
    """Replace the people of a draft; people the firm did not employ that year are refused."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update(of=("self",), no_key=True).get(pk=claim_id)
        require_firm_role(claim.firm, acting_user, *WRITERS)
        if claim.state != ClaimState.DRAFT:
            raise Refusal("state_forbids", step="choose_lines", state=claim.state)
        possible = {each.employee_id: each for each in employments_of_year(claim.firm, claim.year)}
        strangers = set(employee_ids) - possible.keys()
        if strangers:
            raise Refusal("people_not_employed_that_year", count=len(strangers))
        claim.lines.all().delete()
        _write_lines(
            claim, [employment for pk, employment in possible.items() if pk in set(employee_ids)]
        )
        record(
            stream=claim.journal_stream,
            action="claim.choose_lines",
            acting_user=acting_user,
            at=at,
            firm=claim.firm.public_id,
            detail={"lines": len(employee_ids)},
        )
    return len(employee_ids)


def hand_over_claim(*, claim_id: int, acting_user: User, at: datetime) -> Claim:
    """A rédacteur hands the draft to the signataires."""
    with transition(CLAIM, "hand_over", claim_id, acting_user=acting_user, at=at) as move:
        _require_lines(move.row)
        move.row.ready_at = at
    return move.row


def take_back_claim(*, claim_id: int, acting_user: User, at: datetime) -> Claim:
    """Back to a draft, while it is not filed."""
    with transition(CLAIM, "take_back", claim_id, acting_user=acting_user, at=at) as move:
        move.row.ready_at = None
    return move.row


def withdraw_claim(*, claim_id: int, reason: str, acting_user: User, at: datetime) -> Claim:
    """Give the claim up, before the agency takes it."""
    with transition(
        CLAIM, "withdraw", claim_id, acting_user=acting_user, at=at, reason=reason
    ) as move:
        move.row.withdrawn_at = at
    return move.row


def file_claim(*, claim_id: int, acting_user: User, at: datetime) -> Claim:
    """The signataire certifies and files: receipt, hash of the declaration, what the law says
    today.

    Raises `window_closed`, `rules_not_released`, `claim_has_no_line`, `role_missing`,
    `state_forbids`.
    """
    rule_set = released_rules()
    with (
        named_refusals(),
        transition(CLAIM, "file", claim_id, acting_user=acting_user, at=at) as move,
    ):
        claim = move.row
        on = at.astimezone(CASABLANCA).date()
        if not is_open(claim.scheme, claim.year, on):
            raise Refusal("window_closed", year=claim.year)
        lines = _require_lines(claim)
        claim.filed_by, claim.filed_at = acting_user, at
        claim.receipt_number = next_reference("R", "primes_receipt_number", at)
        claim.declaration_sha256 = declaration().sha256
        claim.decide_before = on + timedelta(days=decision_days(claim.scheme, on))
        assessed = assess_lines(lines, rule_set=rule_set, purpose=Assessment.Purpose.FILING, at=at)
        keep(assessed, unless_told_by={})
        move.detail |= {
            "receipt": claim.receipt_number,
            "declaration": declaration().version,
            "lines": len(lines),
            "amount": int(assessed.answer.amount.sum()),
        }
    return claim


def _require_lines(claim: Claim) -> list[ClaimLine]:
    lines = list(claim.lines.order_by("position"))
    if not lines:
        raise Refusal("claim_has_no_line")
    for line in lines:
        line.claim = claim
    return lines


def _write_lines(claim: Claim, employments: Sequence[Employment]) -> None:
    ClaimLine.objects.bulk_create(
        ClaimLine(
            claim=claim,
            employee_id=employment.employee_id,
            employment=employment,
            person_id=employment.employee.person_id,
            position=position,
        )
        for position, employment in enumerate(employments, start=1)
    )
