"""What must stay true of runs, payments, files and the bank's answers."""

import hashlib
import io
from collections.abc import Iterator

from accounts.errors import Refusal
from accounts.promises import Breach, Promise, by_query
from primes.ledger.models import LedgerEntry
from primes.payouts.formats.pain002 import read_pain002
from primes.payouts.formats.schemas import reread_pain001
from primes.payouts.models import BankReturnFile, Payment, PaymentLine, PaymentRun, PayoutFile
from primes.payouts.preparation import content_hash
from primes.payouts.signed import signed_rib, signed_transfers


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
        for transfer in sorted(signed_transfers(file.run) ^ set(reread.transfers)):
            yield Breach(
                code, f"{place} {transfer[0]}", f"amount {transfer[1]}", "the same on both sides"
            )


def _return_files() -> Iterator[Breach]:
    for file in BankReturnFile.objects.order_by("pk"):
        found = hashlib.sha256(bytes(file.content)).hexdigest()
        if found != file.sha256:
            yield Breach("bank_return_unchanged", f"bank return {file.name}", found, file.sha256)


def _accounts() -> Iterator[Breach]:
    """The number that is paid is the one whose fingerprint people confirmed and signed."""
    for payment in Payment.objects.select_related("bank_account").order_by("pk"):
        account = payment.bank_account
        found = signed_rib(payment)
        if not found or (account.firm_id, bytes(account.rib_fingerprint)) != (
            payment.firm_id,
            bytes(payment.rib_fingerprint),
        ):
            yield Breach(
                "payment_goes_to_the_confirmed_account",
                f"payment {payment.reference}",
                "another account",
                f"account {account.pk}",
            )


def _answers() -> Iterator[Breach]:
    """Each answer kept of a return is one its file gives."""
    code = "bank_return_line_is_in_its_file"
    for file in BankReturnFile.objects.order_by("pk"):
        try:
            read = read_pain002(io.BytesIO(bytes(file.content)), file.name)
        except Refusal as refusal:
            yield Breach(code, f"bank return {file.name}", str(refusal), "a readable file")
            continue
        said = {(line.end_to_end_id, line.status) for line in read.lines}
        kept = set(file.lines.values_list("end_to_end_id", "status"))
        if not read.lines:
            # One word for the whole message: every payment of the run took it.
            said = {(reference, str(read.group_status)) for reference, _ in kept}
        for answer in sorted(kept ^ said):
            yield Breach(code, f"bank return {file.name}", str(answer), "the same on both sides")


PROMISES = (
    Promise("run_pays_what_was_signed", _contents),
    Promise("payout_file_is_what_was_signed", _payout_files),
    Promise("payment_goes_to_the_confirmed_account", _accounts),
    Promise("bank_return_unchanged", _return_files),
    Promise("bank_return_line_is_in_its_file", _answers),
    by_query(
        "payment_is_answered_by_the_bank",
        """
        SELECT 'payment ' || p.reference, p.state, coalesce(b.effect, 'no answer of the bank')
        FROM primes_payment p LEFT JOIN primes_bankreturnline b ON b.payment_id = p.id
          AND b.effect IN ('paid', 'returned')
        WHERE p.state IN ('paid', 'returned') AND b.effect IS DISTINCT FROM p.state
           OR p.state NOT IN ('paid', 'returned') AND b.id IS NOT NULL
        """,
    ),
    by_query(
        "run_state_is_that_of_its_journal",
        """
        SELECT 'run ' || r.reference, r.state, coalesce(told.state, 'no step in the journal')
        FROM primes_paymentrun r LEFT JOIN LATERAL (
          SELECT coalesce(j.detail->>'to', 'prepared') AS state FROM accounts_journalentry j
          WHERE j.stream = 'run:' || r.reference
            AND (j.action = 'run.prepare' OR j.action LIKE 'run.%' AND j.detail ? 'to')
          ORDER BY j.sequence DESC LIMIT 1) AS told ON true
        WHERE r.state IS DISTINCT FROM told.state
        """,
    ),
    by_query(
        "payment_state_is_that_of_its_journal",
        """
        SELECT 'payment ' || p.reference, p.state, coalesce(told.state, 'pending')
        FROM primes_payment p JOIN primes_paymentrun r ON r.id = p.run_id
        LEFT JOIN (
          SELECT DISTINCT ON (j.detail->>'subject') j.detail->>'subject' AS reference,
            j.detail->>'to' AS state
          FROM accounts_journalentry j WHERE j.stream LIKE 'run:%' AND j.action LIKE 'payment.%'
          ORDER BY j.detail->>'subject', j.sequence DESC) AS told ON told.reference = p.reference
        WHERE p.state <> coalesce(told.state, 'pending')
        """,
    ),
    by_query(
        "payment_follows_its_run",
        """
        SELECT 'payment ' || p.reference, p.state, 'run ' || r.reference || ' ' || r.state
        FROM primes_payment p JOIN primes_paymentrun r ON r.id = p.run_id
        WHERE CASE WHEN r.state IN ('prepared', 'ordered', 'signed') THEN p.state <> 'pending'
          WHEN r.state = 'exported' THEN p.state NOT IN ('sent', 'paid', 'returned')
          WHEN r.state = 'settled' THEN p.state NOT IN ('paid', 'returned')
          ELSE p.state <> 'cancelled' END
        """,
    ),
    by_query(
        "run_exported_has_its_file",
        """
        SELECT 'run ' || r.reference, coalesce(f.sha256, 'no file'), r.state
        FROM primes_paymentrun r LEFT JOIN primes_payoutfile f ON f.run_id = r.id
        WHERE (r.state IN ('exported', 'settled')) <> (f.id IS NOT NULL)
        """,
    ),
    by_query(
        "payment_line_is_live_until_the_bank_returns_it",
        """
        SELECT 'payment ' || p.reference || ' line ' || x.line_id, x.live, p.state
        FROM primes_paymentline x JOIN primes_payment p ON p.id = x.payment_id
        WHERE x.live = (p.state IN ('returned', 'cancelled'))
        """,
    ),
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
