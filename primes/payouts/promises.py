"""What must stay true of runs, payments, files and the bank's answers."""

import hashlib
import io
from collections.abc import Iterator

from accounts.errors import Refusal
from accounts.promises import Breach, Promise, by_query
from accounts.sealing import unseal
from primes.ledger.models import LedgerEntry
from primes.payouts.formats.schemas import reread_pain001
from primes.payouts.models import BankReturnFile, PaymentLine, PaymentRun, PayoutFile
from primes.payouts.preparation import content_hash


def run_content(run: PaymentRun) -> str:
    """The hash of what the run pays, from its lines as they were prepared, answered or not."""
    payments = list(run.payments.order_by("firm_id"))
    owed: dict[int, list[LedgerEntry]] = {payment.pk: [] for payment in payments}
    for line in PaymentLine.objects.filter(payment__run=run).select_related("due").order_by("pk"):
        owed[line.payment_id].append(line.due)
    return content_hash(payments, [owed[payment.pk] for payment in payments])


def _contents() -> Iterator[Breach]:
    for run in PaymentRun.objects.order_by("pk"):
        found = run_content(run)
        if found != run.content_sha256:
            yield Breach(
                "run_pays_what_was_signed", f"run {run.reference}", found, run.content_sha256
            )


def _payout_files() -> Iterator[Breach]:
    code = "payout_file_is_what_was_signed"
    for file in PayoutFile.objects.select_related("run").order_by("pk"):
        place = f"payout file {file.name}"
        content = bytes(file.content)
        found = hashlib.sha256(content).hexdigest()
        if found != file.sha256:
            yield Breach(code, place, found, file.sha256)
            continue
        try:
            reread = reread_pain001(io.BytesIO(content))
        except Refusal as refusal:
            yield Breach(code, place, str(refusal), "a readable file")
            continue
        ordered = {
            (payment.reference, payment.amount, unseal("rib", payment.rib_sealed))
            for payment in file.run.payments.all()
        }
        for transfer in sorted(ordered ^ set(reread.transfers)):
            yield Breach(
                code, f"{place} {transfer[0]}", f"amount {transfer[1]}", "the same on both sides"
            )


def _return_files() -> Iterator[Breach]:
    for file in BankReturnFile.objects.order_by("pk"):
        found = hashlib.sha256(bytes(file.content)).hexdigest()
        if found != file.sha256:
            yield Breach("bank_return_unchanged", f"bank return {file.name}", found, file.sha256)


PROMISES = (
    Promise("run_pays_what_was_signed", _contents),
    Promise("payout_file_is_what_was_signed", _payout_files),
    Promise("bank_return_unchanged", _return_files),
    by_query(
        "run_is_the_sum_of_its_payments",
        """
        SELECT 'run ' || r.reference, r.payment_count || ' payments, ' || r.total,
          count(p.id) || ' payments, ' || coalesce(sum(p.amount), 0)
        FROM primes_paymentrun r LEFT JOIN primes_payment p ON p.run_id = r.id
        GROUP BY r.id HAVING (r.payment_count, r.total) <> (count(p.id), coalesce(sum(p.amount), 0))
        """,
    ),
    by_query(
        "payment_is_the_sum_of_its_lines",
        """
        SELECT 'payment ' || p.reference, p.amount, coalesce(sum(x.amount), 0)
        FROM primes_payment p LEFT JOIN primes_paymentline x ON x.payment_id = p.id
        GROUP BY p.id HAVING p.amount <> coalesce(sum(x.amount), 0)
        """,
    ),
    by_query(
        "payment_line_pays_its_due",
        """
        SELECT 'payment ' || p.reference || ' line ' || x.line_id, x.amount, e.amount
        FROM primes_paymentline x JOIN primes_payment p ON p.id = x.payment_id
        JOIN primes_ledgerentry e ON e.id = x.due_id JOIN primes_decisionline d ON d.id =
          x.decision_line_id
        WHERE x.amount <> e.amount OR x.line_id <> e.line_id OR x.line_id <> d.line_id OR e.kind
          <> 'reserve'
        """,
    ),
    by_query(
        "line_never_ordered_beyond_its_decision",
        """
        SELECT 'claim line ' || x.line_id, sum(x.amount), d.amount
        FROM primes_paymentline x JOIN primes_decisionline d ON d.line_id = x.line_id AND d.live
        WHERE x.live GROUP BY x.line_id, d.amount HAVING sum(x.amount) > d.amount
        """,
    ),
    by_query(
        "payment_state_agrees_with_the_ledger",
        """
        SELECT 'payment ' || p.reference || ' line ' || x.line_id, coalesce(string_agg(e.kind, ',
          ' ORDER BY e.id), 'nothing'),
          p.state
        FROM primes_paymentline x JOIN primes_payment p ON p.id = x.payment_id
        JOIN primes_paymentrun r ON r.id = p.run_id
        LEFT JOIN primes_ledgerentry e ON e.due_id = x.due_id AND e.reference = r.reference
        GROUP BY p.id, x.id, r.state HAVING CASE
          WHEN p.state = 'paid' THEN array_agg(e.kind::text ORDER BY e.id) <> ARRAY['order', 'pay']
          WHEN p.state = 'returned'
            THEN array_agg(e.kind::text ORDER BY e.id) <> ARRAY['order', 'return']
          WHEN p.state = 'sent' THEN array_agg(e.kind::text ORDER BY e.id) <> ARRAY['order']
          WHEN p.state = 'pending' AND r.state = 'prepared' THEN count(e.id) > 0
          WHEN p.state = 'pending' THEN array_agg(e.kind::text ORDER BY e.id) <> ARRAY['order']
          ELSE count(e.id) NOT IN (0, 2) END
        """,
    ),
)
