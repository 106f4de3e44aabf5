"""Putting what is due in a run: frozen amounts, frozen accounts, one hash over both."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.journal import record
from accounts.models import StaffRole, User
from accounts.public_ids import next_reference
from accounts.roles import require_staff_role
from companies.firms.models import BankAccount
from primes.ledger.models import LedgerEntry
from primes.payouts.dues import by_firm, claims_kept_waiting, unpaid_dues, usable_accounts
from primes.payouts.models import Payment, PaymentLine, PaymentRun
from primes.review.models import DecisionLine


@transaction.atomic
def prepare_run(*, scheme: str, acting_user: User, at: datetime) -> PaymentRun:
    """Everything payable of one convention, a payment a firm.

    Firms wait that have no usable account, or one changed by somebody who stands on their claim.

    Raises `role_missing`, `nothing_to_pay` and, by the database, `duty_one_a_person_and_claim`.
    """
    require_staff_role(acting_user, StaffRole.PREPARATEUR)
    _one_preparation_at_a_time(scheme)
    grouped, accounts = _payable(scheme, at.astimezone(CASABLANCA).date())
    owed = [due for dues in grouped.values() for due in dues]
    run = PaymentRun(
        reference=next_reference("L", "primes_run_number", at),
        convention_id=owed[0].envelope.convention_id,
        scheme=scheme,
        payment_count=len(grouped),
        total=sum(due.amount for due in owed),
        prepared_by=acting_user,
        prepared_at=at,
    )
    payments = [
        _payment(run, accounts[firm_id], sum(due.amount for due in dues), at)
        for firm_id, dues in sorted(grouped.items())
    ]
    run.content_sha256 = content_hash(payments, [grouped[payment.firm_id] for payment in payments])
    with named_refusals():
        run.save()
        Payment.objects.bulk_create(payments)
        _write_lines(payments, grouped)
        record(
            stream=run.journal_stream,
            action="run.prepare",
            acting_user=acting_user,
            at=at,
            detail={"payments": len(payments), "total": run.total, "content": run.content_sha256},
        )
    return run


def _payable(scheme: str, on: date) -> tuple[dict[int, list[LedgerEntry]], dict[int, BankAccount]]:
    """Dues by firm, of the convention whose oldest due waits longest, and the accounts to pay."""
    dues = list(unpaid_dues(scheme))
    accounts = usable_accounts([due.line.claim.firm_id for due in dues], on)
    payable = [due for due in dues if due.line.claim.firm_id in accounts]
    if not payable:
        raise Refusal("nothing_to_pay", waiting=len(dues))
    waiting = claims_kept_waiting({due.line.claim_id for due in payable}, list(accounts.values()))
    # When nothing else can be paid, the database says why.
    payable = [due for due in payable if due.line.claim_id not in waiting] or payable
    convention_id = payable[0].envelope.convention_id
    chosen = [due for due in payable if due.envelope.convention_id == convention_id]
    return by_firm(chosen), accounts


def content_hash(payments: Sequence[Payment], dues: Sequence[Sequence[LedgerEntry]]) -> str:
    """What the two signatures bind to: who is paid, on which account, how much, for which dues."""
    content = [
        [payment.reference, payment.firm_id, bytes(payment.rib_fingerprint).hex(), payment.holder,
         payment.amount, sorted((due.pk, due.amount) for due in owed)]
        for payment, owed in zip(payments, dues, strict=True)
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _one_preparation_at_a_time(scheme: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"prepare_run:{scheme}"]
        )


def _payment(run: PaymentRun, account: BankAccount, amount: int, at: datetime) -> Payment:
    return Payment(
        reference=next_reference("P", "primes_payment_number", at),
        run=run,
        firm_id=account.firm_id,
        bank_account=account,
        holder=account.holder,
        rib_sealed=account.rib_sealed,
        rib_fingerprint=account.rib_fingerprint,
        amount=amount,
    )


def _write_lines(payments: Sequence[Payment], grouped: dict[int, list[LedgerEntry]]) -> None:
    line_ids = [due.line_id for owed in grouped.values() for due in owed]
    decided = dict(
        DecisionLine.objects.filter(line_id__in=line_ids, live=True).values_list("line_id", "pk")
    )
    PaymentLine.objects.bulk_create(
        PaymentLine(
            payment=payment,
            due=due,
            line_id=due.line_id,
            decision_line_id=decided[due.line_id],
            amount=due.amount,
        )
        for payment in payments
        for due in grouped[payment.firm_id]
    )
