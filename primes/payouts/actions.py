"""Two signatures, one file, and giving a run up before it leaves."""

import hashlib
import io
from datetime import datetime

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.journal import record
from accounts.models import User
from accounts.sealing import unseal
from accounts.workflow import transition, transition_all
from primes.ledger.actions import follow
from primes.ledger.models import EntryKind, LedgerEntry
from primes.payouts.formats.pain001 import PaymentOrder, Transfer, write_pain001
from primes.payouts.formats.schemas import reread_pain001, validate_pain001
from primes.payouts.models import PaymentLine, PaymentRun, PayoutFile, RunState
from primes.payouts.preparation import content_hash
from primes.payouts.signed import is_whole, signed_transfers
from primes.payouts.states import PAYMENT, RUN


def order_run(*, run_id: int, acting_user: User, at: datetime) -> PaymentRun:
    """First signature, the ordonnateur's: what was reserved is ordered."""
    with named_refusals(), transition(RUN, "order", run_id, acting_user=acting_user, at=at) as move:
        _require_content(move.row)
        move.row.ordered_by, move.row.ordered_at = acting_user, at
        move.detail |= {"total": move.row.total, "content": move.row.content_sha256}
        _follow(move.row, EntryKind.ORDER, acting_user=acting_user, at=at)
    return move.row


def sign_run(*, run_id: int, acting_user: User, at: datetime) -> PaymentRun:
    """Second signature, the payeur's."""
    with named_refusals(), transition(RUN, "sign", run_id, acting_user=acting_user, at=at) as move:
        _require_content(move.row)
        move.row.signed_by, move.row.signed_at = acting_user, at
        move.detail |= {"total": move.row.total, "content": move.row.content_sha256}
    return move.row


def cancel_run(*, run_id: int, reason: str, acting_user: User, at: datetime) -> PaymentRun:
    """Give a run up before its file is written; its dues may be put in another."""
    with (
        named_refusals(),
        transition(RUN, "cancel", run_id, acting_user=acting_user, at=at, reason=reason) as move,
    ):
        if move.detail["from"] != RunState.PREPARED:
            _follow(move.row, EntryKind.RETURN, acting_user=acting_user, at=at)
        payments = list(move.row.payments.order_by("pk").values_list("pk", flat=True))
        transition_all(PAYMENT, "cancel", payments, acting_user=acting_user, at=at, filled={})
        PaymentLine.objects.filter(payment__run=move.row, live=True).update(live=False)
    return move.row


def export_run(*, run_id: int, acting_user: User, at: datetime) -> PayoutFile:
    """The file of a signed run: written once, checked, hashed, kept; afterwards the same bytes
    again.

    Raises `state_forbids` for any other run, `role_missing`, `file_differs_from_the_run`,
    `content_changed`.
    """
    stored = PayoutFile.objects.filter(run_id=run_id).select_related("run").first()
    if stored is not None:
        return _served_again(stored, acting_user=acting_user, at=at)
    with (
        named_refusals(),
        transition(RUN, "export", run_id, acting_user=acting_user, at=at) as move,
    ):
        run = move.row
        _require_content(run)
        content = written(run, at)
        payout = PayoutFile.objects.create(
            run=run,
            name=f"{run.reference}.pain.001.001.03.xml",
            format="pain.001.001.03",
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            payment_count=run.payment_count,
            control_sum=run.total,
            written_at=at,
        )
        run.exported_by, run.exported_at = acting_user, at
        move.detail |= {"file": payout.name, "sha256": payout.sha256}
        payments = list(run.payments.order_by("pk").values_list("pk", flat=True))
        transition_all(PAYMENT, "send", payments, acting_user=acting_user, at=at, filled={})
    return payout


def written(run: PaymentRun, at: datetime) -> bytes:
    """The bytes of the order, validated against the schema and read again by another parser."""
    payments = run.payments.order_by("reference")
    order = PaymentOrder(
        message_id=run.reference,
        created_at=at,
        execution_on=at.astimezone(CASABLANCA).date(),
        debtor_name=run.convention.payer_name,
        debtor_rib=run.convention.payer_rib,
        transfers=[
            Transfer(
                payment.reference,
                payment.amount,
                payment.holder,
                unseal("rib", payment.rib_sealed),
                f"PRIME FORMATION {payment.reference}",
            )
            for payment in payments
        ],
        count=run.payment_count,
        control_sum=run.total,
    )
    out = io.BytesIO()
    write_pain001(order, out)
    validate_pain001(io.BytesIO(out.getvalue()))
    reread = reread_pain001(io.BytesIO(out.getvalue()))
    if (
        (reread.count, reread.sum_centimes) != (run.payment_count, run.total)
        or not reread.agrees
        or set(reread.transfers) != signed_transfers(run)
    ):
        raise Refusal("file_differs_from_the_run", run=run.reference)
    return out.getvalue()


def _served_again(payout: PayoutFile, *, acting_user: User, at: datetime) -> PayoutFile:
    """The stored bytes, if they are still what was hashed; each download is in the journal."""
    if not RUN.by_name["export"].roles & RUN.roles_held(payout.run, acting_user):
        raise Refusal("role_missing", roles=sorted(RUN.by_name["export"].roles))
    if payout.run.state not in {RunState.EXPORTED, RunState.SETTLED} or not is_whole(payout):
        raise Refusal("file_changed", file=payout.name)
    record(
        stream=payout.run.journal_stream,
        action="run.download",
        acting_user=acting_user,
        at=at,
        detail={"file": payout.name, "sha256": payout.sha256},
    )
    return payout


def _require_content(run: PaymentRun) -> None:
    """What is signed now is what was prepared; raises `content_changed`."""
    payments = list(run.payments.order_by("firm_id"))
    lines = PaymentLine.objects.filter(payment__run=run, live=True).select_related("due")
    owed: dict[int, list[LedgerEntry]] = {payment.pk: [] for payment in payments}
    for line in lines:
        owed[line.payment_id].append(line.due)
    if content_hash(payments, [owed[payment.pk] for payment in payments]) != run.content_sha256:
        raise Refusal("content_changed", run=run.reference)


def _follow(run: PaymentRun, kind: EntryKind, *, acting_user: User, at: datetime) -> None:
    dues = LedgerEntry.objects.filter(payment_lines__payment__run=run, payment_lines__live=True)
    cause = record(
        stream=run.journal_stream,
        action=f"ledger.{kind}",
        acting_user=acting_user,
        at=at,
        detail={"total": run.total},
    )
    follow(kind=kind, dues=list(dues.order_by("pk")), cause=cause, reference=run.reference, at=at)
