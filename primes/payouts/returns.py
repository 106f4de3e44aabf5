"""Loading what the bank answered: each line moves the payment it names, for its amount, or waits in
quarantine.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.journal import record
from accounts.models import StaffRole, User
from accounts.roles import require_staff_role
from accounts.sealing import unseal
from accounts.workflow import transition, transition_all
from primes.ledger.actions import follow
from primes.ledger.models import EntryKind, LedgerEntry
from primes.payouts.formats.pain002 import BankReturn, Outcome, ReturnLine, outcome, read_pain002
from primes.payouts.formats.return_reasons import UNSPECIFIED
from primes.payouts.models import (
    BankReturnFile,
    BankReturnLine,
    Payment,
    PaymentLine,
    PaymentRun,
    PaymentState,
    RunState,
)
from primes.payouts.states import PAYMENT, RUN

Effect = BankReturnLine.Effect


@dataclass(frozen=True, slots=True)
class Matched:
    """One answer, the payment it names if any, and what it does to it."""

    line: ReturnLine
    payment: Payment | None
    effect: Effect
    quarantine_code: str = ""


def load_bank_return(
    *, name: str, content: bytes, acting_user: User, at: datetime
) -> BankReturnFile:
    """Load one pain.002; the same bytes again give the first load back and change nothing.

    Raises `role_missing`, `return_of_an_unknown_run`, `return_totals_unlike_the_run`, or the
    `PayoutError` of the reader.
    """
    require_staff_role(acting_user, StaffRole.PAYEUR)
    digest = hashlib.sha256(content).hexdigest()
    known = BankReturnFile.objects.filter(sha256=digest).first()
    if known is not None:
        return known
    answer = read_pain002(io.BytesIO(content), name)
    with named_refusals(), transaction.atomic():
        run = (
            PaymentRun.objects.select_for_update(of=("self",), no_key=True)
            .filter(
                reference=answer.original_message_id,
                state__in=[RunState.EXPORTED, RunState.SETTLED],
            )
            .first()
        )
        if run is None:
            raise Refusal("return_of_an_unknown_run", run=answer.original_message_id)
        _require_totals(run, answer)
        # The run is locked: whoever loaded the same bytes meanwhile has finished.
        known = BankReturnFile.objects.filter(sha256=digest).first()
        if known is not None:
            return known
        stored = BankReturnFile.objects.create(
            name=name, sha256=digest, content=content, run=run, loaded_by=acting_user, loaded_at=at
        )
        matched = _match(run, answer)
        _keep(stored, matched)
        _move(run, stored, matched, acting_user=acting_user, at=at)
        run.refresh_from_db()
    return stored


def _require_totals(run: PaymentRun, answer: BankReturn) -> None:
    """What the bank repeats of the order is the order that left."""
    said = (answer.original_count, answer.original_sum_centimes)
    if said[0] not in {None, run.payment_count} or said[1] not in {None, run.total}:
        raise Refusal("return_totals_unlike_the_run", run=run.reference)


def _match(run: PaymentRun, answer: BankReturn) -> list[Matched]:
    payments = {payment.reference: payment for payment in run.payments.order_by("pk")}
    lines: Sequence[ReturnLine] = answer.lines
    if not lines and answer.group_status:
        lines = [
            ReturnLine(
                reference,
                answer.group_status,
                None,
                None,
                answer.group_reason_code,
                answer.group_reason_text,
            )
            for reference in payments
        ]
    return [_matched(line, payments.get(line.end_to_end_id)) for line in lines]


def _matched(line: ReturnLine, payment: Payment | None) -> Matched:
    """Name, amount and account must agree before an answer moves anything."""
    if payment is None:
        return Matched(line, None, Effect.QUARANTINED, "payment_unknown")
    if cause := _difference(line, payment):
        return Matched(line, payment, Effect.QUARANTINED, cause)
    said = outcome(line.status)
    if said == Outcome.PENDING:
        return Matched(line, payment, Effect.PENDING)
    wanted = PaymentState.PAID if said == Outcome.PAID else PaymentState.RETURNED
    if payment.state == wanted:
        return Matched(line, payment, Effect.REPEATED)
    if payment.state != PaymentState.SENT:
        return Matched(line, payment, Effect.QUARANTINED, "answer_contradicts")
    return Matched(line, payment, Effect(wanted.value))


def _difference(line: ReturnLine, payment: Payment) -> str:
    """Why the answer is not about this payment as it was sent; empty when it is."""
    if line.amount_centimes not in {None, payment.amount}:
        return "amount_differs"
    if line.creditor_rib not in {None, unseal("rib", payment.rib_sealed)}:
        return "account_differs"
    return ""


def _keep(stored: BankReturnFile, matched: Sequence[Matched]) -> None:
    BankReturnLine.objects.bulk_create(
        BankReturnLine(
            file=stored,
            payment=each.payment,
            end_to_end_id=each.line.end_to_end_id,
            status=each.line.status,
            reason_code=_reason(each.line),
            amount=each.line.amount_centimes,
            effect=each.effect,
            quarantine_code=each.quarantine_code,
        )
        for each in matched
    )


def _reason(line: ReturnLine) -> str:
    return line.reason_code or ""


def _move(
    run: PaymentRun,
    stored: BankReturnFile,
    matched: Sequence[Matched],
    *,
    acting_user: User,
    at: datetime,
) -> None:
    cause = record(
        stream=run.journal_stream,
        action="run.bank_return",
        acting_user=acting_user,
        at=at,
        detail={"file": stored.sha256, "lines": len(matched)},
    )
    for step, effect, kind in (
        ("pay", Effect.PAID, EntryKind.PAY),
        ("return", Effect.RETURNED, EntryKind.RETURN),
    ):
        chosen = [each for each in matched if each.effect == effect and each.payment]
        filled = {
            each.payment.pk: {
                "answered_at": at,
                "return_code": (_reason(each.line) or UNSPECIFIED) if step == "return" else "",
            }
            for each in chosen
            if each.payment
        }
        transition_all(PAYMENT, step, sorted(filled), acting_user=acting_user, at=at, filled=filled)
        dues = LedgerEntry.objects.filter(
            payment_lines__payment_id__in=filled, payment_lines__live=True
        ).order_by("pk")
        follow(kind=kind, dues=list(dues), cause=cause, reference=run.reference, at=at)
        if step == "return":
            PaymentLine.objects.filter(payment_id__in=filled, live=True).update(live=False)
    waiting = run.payments.filter(state=PaymentState.SENT).exists()
    if run.state == RunState.EXPORTED and not waiting:
        with transition(RUN, "settle", run.pk, acting_user=acting_user, at=at):
            pass
