"""What somebody who took over the web's own login cannot do with SQL: change who is paid, or
how much.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from accounts.errors import Refusal
from accounts.models import StaffRole
from primes.payouts.actions import export_run
from tests.factories.agency import staff
from tests.factories.claims import (
    AT,
    decided_claim,
    draft_claim,
    exported_run,
    filed_claim,
    ordered_run,
    prepared_run,
    proposed_claim,
    released_rules,
    signed_run,
)

pytestmark = pytest.mark.django_db

COPY_ACCOUNT = """
INSERT INTO companies_bankaccount (firm_id, rib_sealed, rib_fingerprint, rib_last_digits, bank_code,
  holder, state, proposed_by_id, proposed_at, confirmed_by_id, confirmed_at, usable_from)
SELECT firm_id, rib_sealed, rib_fingerprint, rib_last_digits, bank_code, holder, 'active',
  proposed_by_id, proposed_at, confirmed_by_id, confirmed_at, '2026-01-01'
FROM companies_bankaccount
"""
ORDER_OF_A_DUE = """
INSERT INTO primes_ledgerentry (envelope_id, kind, source, target, amount, line_id, due_id,
  cause_id, reference, at)
SELECT envelope_id, 'order', 'reserved', 'ordered', amount, line_id, id, cause_id, 'L-X', now()
FROM primes_ledgerentry WHERE kind = 'reserve' LIMIT 1
"""
PAY_OF_A_DUE = """
INSERT INTO primes_ledgerentry (envelope_id, kind, source, target, amount, line_id, due_id,
  cause_id, reference, at)
SELECT e.envelope_id, 'pay', 'ordered', 'paid', e.amount, e.line_id, e.id, e.cause_id, r.reference,
  now() FROM primes_ledgerentry e, primes_paymentrun r WHERE e.kind = 'reserve' LIMIT 1
"""
SECOND_PAYMENT = """
INSERT INTO primes_payment (reference, run_id, firm_id, bank_account_id, holder, rib_sealed,
  rib_fingerprint, amount, state, return_code)
SELECT 'P-X', run_id, firm_id, bank_account_id, holder, 'x', rib_fingerprint, amount, 'pending', ''
FROM primes_payment
"""
RELEASED_RULES = """
INSERT INTO primes_ruleset (digest, package, package_sha256, codes, state, seen_at, author_id,
  proposed_at, approver_id, released_at)
SELECT 'forged', package, package_sha256, codes, state, seen_at, author_id, proposed_at,
  approver_id, released_at FROM primes_ruleset
"""
MORE_CREDITS = """
INSERT INTO primes_envelope (convention_id, year, cap, reserved)
SELECT convention_id, 2027, 100, 50 FROM primes_envelope
"""
FORGED_PROPOSAL = """
INSERT INTO primes_proposal (claim_id, outcome, amount, reason, content_sha256, proposed_by_id,
  proposed_at)
SELECT claim_id, outcome, amount * 2, reason, content_sha256, proposed_by_id, now()
FROM primes_proposal
"""
SECOND_DECISION_LINE = """
INSERT INTO primes_decisionline (decision_id, line_id, assessment_id, granted, amount, live)
SELECT decision_id, line_id, assessment_id, granted, amount, false FROM primes_decisionline
"""
UNFILED_CLAIM = """
INSERT INTO primes_claim (public_id, reference, firm_id, scheme, year, state, created_by_id,
  created_at, declaration_sha256)
SELECT 'clm_x', 'PF-X', firm_id, scheme, 2026, 'ready_to_sign', created_by_id, created_at, ''
FROM primes_claim
"""


SIGNED_BEHIND_A_SCREEN = """
CREATE TEMP TABLE primes_paymentline AS TABLE primes_paymentline WITH NO DATA;
CREATE TEMP TABLE accounts_user (id bigint, human_id bigint);
INSERT INTO accounts_user VALUES ({user}, 424242);
UPDATE primes_paymentrun SET ordered_by_id = {user}, ordered_at = now(), state = 'ordered'
"""
WITHDRAWN = "UPDATE primes_claim SET state = 'withdrawn', withdrawn_at = now()"
PAID = "UPDATE primes_payment SET state = 'paid', answered_at = now()"
RETURNED = """
UPDATE primes_payment SET state = 'returned', answered_at = now(), return_code = 'AC04'
"""
FILED = """
UPDATE primes_claim SET state = 'submitted', filed_at = now(), filed_by_id = created_by_id,
  receipt_number = 'R', declaration_sha256 = 'x', decide_before = now()
"""


@contextmanager
def as_the_application() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE primes_app")
        yield cursor
        cursor.execute("RESET ROLE")


def _refused(statement: str, code: str) -> None:
    with pytest.raises(DatabaseError, match=code), as_the_application() as cursor:
        cursor.execute(statement)


ATTACKS = (
    (filed_claim, COPY_ACCOUNT, "bank_account_begins_as_a_proposal"),
    (filed_claim, "UPDATE companies_bankaccount SET usable_from = '2026-01-06'", "never_changes"),
    (filed_claim, "UPDATE companies_bankaccount SET rib_last_digits = '00'", "never_changes"),
    (filed_claim, "DELETE FROM companies_membership", "permission denied"),
    (filed_claim, "UPDATE companies_membership SET user_id = user_id + 1", "role_only_ends"),
    (filed_claim, "UPDATE companies_employee SET firm_id = firm_id + 1", "stays_in_their_firm"),
    (filed_claim, RELEASED_RULES, "rule_set_released_by_two_people"),
    (filed_claim, UNFILED_CLAIM, "claim_begins_as_a_draft"),
    (proposed_claim, FORGED_PROPOSAL, "proposal_of_a_claim_in_review"),
    (proposed_claim, "UPDATE primes_claim SET taken_at = now()", "claim_filed_never_changes"),
    (proposed_claim, WITHDRAWN, "claim_takes_no_such_step"),
    (decided_claim, SECOND_DECISION_LINE, "decision_line_unlike_its_assessment"),
    (prepared_run, "DELETE FROM accounts_staffassignment", "permission denied"),
    (prepared_run, "UPDATE accounts_staffassignment SET role = 'payeur'", "role_only_ends"),
    (prepared_run, "UPDATE accounts_user SET human_id = 1", "user_stays_the_same_person"),
    (prepared_run, "UPDATE accounts_user SET kind = 'machine', human_id = NULL", "same_person"),
    (prepared_run, "UPDATE primes_envelope SET cap = cap * 2", "append_only"),
    (prepared_run, "UPDATE primes_convention SET payer_rib = 'x'", "permission denied"),
    (prepared_run, MORE_CREDITS, "envelope_begins_whole"),
    (prepared_run, "UPDATE primes_paiddays SET live = false", "paid_days_never_change"),
    (prepared_run, "UPDATE primes_decisionline SET live = false", "line_never_changes"),
    (prepared_run, "UPDATE primes_paymentline SET live = false", "payment_line_never_changes"),
    (prepared_run, "INSERT INTO primes_duty (kind) VALUES ('run')", "permission denied"),
    (prepared_run, ORDER_OF_A_DUE, "ledger_entry_unlike_its_due"),
    (prepared_run, PAY_OF_A_DUE, "ledger_entry_unlike_its_due"),
    (prepared_run, SECOND_PAYMENT, "payment_to_an_unusable_account"),
    (ordered_run, PAY_OF_A_DUE, "ledger_entry_unlike_its_due"),
    (exported_run, "UPDATE primes_paymentline SET live = false", "payment_line_never_changes"),
    (exported_run, RETURNED, "payment_answered_by_the_bank_alone"),
    (exported_run, PAID, "payment_answered_by_the_bank_alone"),
)
"""How far the money has come, what is typed, and the refusal."""


@pytest.mark.parametrize(("reach", "statement", "code"), ATTACKS)
def test_the_application_cannot_rewrite_who_is_paid_or_how_much(reach, statement, code):
    reach()

    _refused(statement, code)


def test_a_temporary_table_fools_no_guard():
    """Temporary tables come first in the search path of the session that made them."""
    prepared_run()
    instructeur = staff(StaffRole.INSTRUCTEUR).pk

    with (
        pytest.raises(DatabaseError, match="duty_one_a_person_and_claim"),
        as_the_application() as cursor,
    ):
        cursor.execute(SIGNED_BEHIND_A_SCREEN.format(user=instructeur))


@pytest.mark.parametrize("name", ["primes_guard", "primes_duties", "primes_check", "accounts_guard",
                                  "companies_guard", "primes_stand"])  # fmt: skip
def test_every_guard_reads_the_real_tables(name):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname LIKE %s"
            " AND NOT coalesce(proconfig @> ARRAY['search_path=public, pg_temp'], false)",
            [f"{name}%"],
        )

        assert cursor.fetchall() == []


def test_a_line_about_somebody_else_is_not_filed():
    """The days taken are those of the person of the line: it must be the employee's."""
    released_rules()
    draft_claim()
    with as_the_application() as cursor:
        cursor.execute("INSERT INTO companies_person (cin_fingerprint) VALUES ('x') RETURNING id")
        stranger = cursor.fetchone()[0]
        cursor.execute("UPDATE primes_claimline SET person_id = %s WHERE position = 1", [stranger])

    _refused(FILED, "claim_line_unlike_its_employee")


def test_the_employee_of_a_filed_line_becomes_nobody_else():
    filed_claim()

    _refused("UPDATE companies_employee SET person_id = person_id + 1", "claim_filed_never_changes")


def test_bytes_slipped_in_before_the_export_are_not_served():
    run = signed_run()
    with as_the_application() as cursor:
        cursor.execute(
            "INSERT INTO primes_payoutfile (run_id, name, format, sha256, content, payment_count,"
            " control_sum, written_at) VALUES (%s, 'x', 'x', encode(sha256('evil'), 'hex'), 'evil',"
            " %s, %s, now())",
            [run.pk, run.payment_count, run.total],
        )

    with pytest.raises(Refusal) as refused:
        export_run(run_id=run.pk, acting_user=staff(StaffRole.PAYEUR), at=AT)

    assert refused.value.code == "file_changed"
