"""The chain of a payment and what was signed: refused by the database itself, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from primes.models import ClaimLine, DecisionLine, LedgerEntry, Payment, PaymentLine
from tests.factories.claims import (
    decided_claim,
    exported_run,
    filed_claim,
    prepared_run,
    signed_run,
)

pytestmark = pytest.mark.django_db


def _refused(statement: str, code: str, *values: object) -> None:
    with (
        pytest.raises(DatabaseError, match=code),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE primes_paymentrun SET total = total + 1", "run_never_changes"),
        ("UPDATE primes_paymentrun SET content_sha256 = 'x'", "run_never_changes"),
        ("UPDATE primes_paymentrun SET state = 'exported'", "run_never_changes"),
        ("UPDATE primes_paymentrun SET state = 'settled'", "run_never_changes"),
        ("DELETE FROM primes_paymentrun", "append_only"),
        ("UPDATE primes_payment SET amount = amount + 1", "payment_never_changes"),
        ("UPDATE primes_payment SET rib_sealed = 'x'", "payment_never_changes"),
        ("UPDATE primes_payment SET holder = 'AUTRE'", "payment_never_changes"),
        ("UPDATE primes_payment SET state = 'paid', answered_at = now()", "payment_never_changes"),
        ("UPDATE primes_payment SET state = 'sent'", "payment_sent_without_a_file"),
        ("DELETE FROM primes_payment", "append_only"),
        ("UPDATE primes_paymentline SET amount = amount + 1", "payment_line_never_changes"),
        ("DELETE FROM primes_paymentline", "append_only"),
        ("UPDATE primes_ledgerentry SET amount = amount + 1", "append_only"),
        ("DELETE FROM primes_ledgerentry", "append_only"),
        ("UPDATE primes_decision SET amount = amount + 1", "append_only"),
        ("UPDATE primes_decisionline SET amount = amount + 1", "decision_line_never_changes"),
        ("UPDATE primes_assessment SET amount = amount + 1", "append_only"),
        ("UPDATE primes_paiddays SET days = '[2025-01-01,2025-02-01)'", "paid_days_never_change"),
        ("UPDATE primes_claim SET state = 'submitted'", "claim_filed_never_changes"),
        ("UPDATE primes_claim SET filed_at = now()", "claim_filed_never_changes"),
        ("DELETE FROM primes_claim", "claim_is_kept"),
        ("UPDATE primes_envelope SET reserved = cap + 1", "envelope_never_overspent"),
        ("UPDATE companies_bankaccount SET holder = 'AUTRE'", "bank_account_never_changes"),
        ("UPDATE primes_ruleset SET package = 'x'", "rule_set_never_changes"),
    ],
)
def test_sql_typed_by_the_owner_rewrites_nothing(statement, code):
    prepared_run()

    _refused(statement, code)


def test_a_filed_claim_takes_no_line_more():
    claim = filed_claim()
    line = claim.lines.get(position=1)

    _refused(
        "INSERT INTO primes_claimline (claim_id, employee_id, employment_id, person_id, position)"
        " VALUES (%s, %s, %s, %s, 99)",
        "claim_filed_never_changes",
        claim.pk,
        line.employee_id,
        line.employment_id,
        line.person_id,
    )


def test_a_payment_line_needs_its_whole_chain():
    run = prepared_run()
    line = PaymentLine.objects.first()
    other = ClaimLine.objects.exclude(pk=line.line_id).first()

    _refused(
        "INSERT INTO primes_paymentline"
        " (payment_id, due_id, line_id, decision_line_id, amount, live)"
        " VALUES (%s, %s, %s, %s, %s, true)",
        "payment_line_without_its_chain",
        run.payments.get().pk,
        line.due_id,
        other.pk,
        line.decision_line_id,
        line.amount,
    )


def test_a_due_stands_in_one_live_payment():
    prepared_run()

    _refused(
        "INSERT INTO primes_paymentline"
        " (payment_id, due_id, line_id, decision_line_id, amount, live)"
        " SELECT payment_id, due_id, line_id, decision_line_id, amount, true"
        " FROM primes_paymentline LIMIT 1",
        "payment_line_without_its_chain",
    )


def test_nothing_is_reserved_beyond_the_decision():
    decided_claim()
    due = LedgerEntry.objects.first()

    _refused(
        "INSERT INTO primes_ledgerentry (envelope_id, kind, source, target, amount, line_id,"
        " cause_id, reference, at) VALUES (%s, 'reserve', 'available', 'reserved', 1, %s, %s,"
        " 'D-X', now())",
        "ledger_reserves_what_was_decided",
        due.envelope_id,
        due.line_id,
        due.cause_id,
    )


def test_a_day_of_a_person_is_paid_once():
    decided_claim()
    line = DecisionLine.objects.first().line
    stranger = ClaimLine.objects.exclude(pk=line.pk).first()

    _refused(
        "INSERT INTO primes_paiddays (line_id, person_id, family, days, live)"
        " SELECT line_id, person_id, family, days, true FROM primes_paiddays WHERE line_id = %s",
        "day_of_a_person_paid_once|paid_days_once_a_line",
        stranger.pk,
    )


def test_the_file_of_an_unsigned_run_cannot_be_written():
    run = prepared_run()

    _refused(
        "INSERT INTO primes_payoutfile (run_id, name, format, sha256, content, payment_count,"
        " control_sum, written_at) VALUES (%s, 'x', 'x', 'x', 'x', %s, %s, now())",
        "payout_file_of_an_unsigned_run",
        run.pk,
        run.payment_count,
        run.total,
    )


def test_a_signed_run_is_not_exported_without_its_file():
    run = signed_run()

    _refused(
        "UPDATE primes_paymentrun SET state = 'exported', exported_by_id = signed_by_id,"
        " exported_at = now() WHERE id = %s",
        "run_exported_without_a_file",
        run.pk,
    )


def test_the_bytes_of_a_file_never_change():
    run = exported_run()

    _refused("UPDATE primes_payoutfile SET content = 'x'", "append_only")

    assert Payment.objects.filter(run=run, state="sent").exists()
