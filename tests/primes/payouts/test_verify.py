"""What the owner of the database does with every guard taken away: `verify` names it."""

import pytest
from django.db import connection

from primes.payouts.verification import verify
from tests.factories.claims import decided_claim, exported_run, filed_claim, settled_run
from tests.factories.tampering import unguarded

pytestmark = pytest.mark.django_db

PAID_DAYS_OF_NOBODY = """
INSERT INTO primes_paiddays (line_id, person_id, family, days, live)
SELECT id, person_id, 'training', '[2030-01-01,2030-02-01)', true FROM primes_claimline
WHERE position = (SELECT max(position) FROM primes_claimline)
"""
ONE_LINE_MORE = """
INSERT INTO primes_claimline (claim_id, employee_id, employment_id, person_id, position)
SELECT claim_id, employee_id + 1000, employment_id, person_id, 99 FROM primes_claimline
WHERE position = 1
"""
OTHER_NUMBER = "UPDATE {} SET rib_fingerprint = sha256(rib_fingerprint)"
LAST_STEPS = """
DELETE FROM accounts_journalentry j WHERE stream LIKE '{stream}' AND sequence > (
  SELECT max(sequence) - {count} FROM accounts_journalentry k WHERE k.stream = j.stream)
"""
TAMPERINGS = {
    "a decided line removed": (
        "DELETE FROM primes_decisionline WHERE amount = 0", "decision_answers_every_line"),
    "granted days removed": (
        "DELETE FROM primes_paiddays", "decision_line_pays_the_days_of_its_window"),
    "days of nobody's decision": (PAID_DAYS_OF_NOBODY, "paid_days_are_those_of_a_decision"),
    "days of another family": (
        "UPDATE primes_paiddays SET family = 'x'", "paid_days_are_of_the_family_of_their_scheme"),
    "a firm beside the days of a bonus paid each year": (
        "UPDATE primes_paiddays SET once_in_id = (SELECT min(id) FROM companies_firm)",
        "bonus_paid_once_names_its_firm"),
    "a line slipped into a claim": (ONE_LINE_MORE, "filed_claim_has_the_lines_it_was_filed_with"),
    "a proposal changed": (
        "UPDATE primes_proposal SET amount = amount + 1", "decision_agrees_with_its_proposal"),
    "a proposal removed from the journal": (
        "DELETE FROM accounts_journalentry WHERE action = 'claim.propose'",
        "proposal_stands_in_the_journal"),
    "the end of a claim's journal": (
        LAST_STEPS.format(stream="claim:%", count=2), "claim_state_is_that_of_its_journal"),
    "a decision the journal knows nothing of": (
        LAST_STEPS.format(stream="claim:%", count=1), "decision_stands_in_the_journal"),
    "a duty erased": (
        "DELETE FROM primes_duty WHERE kind = 'decide'", "duty_of_everybody_is_written"),
    "the account of a firm": (
        OTHER_NUMBER.format("companies_bankaccount"), "bank_account_is_one_rib"),
    "the digits of an account that people are shown": (
        "UPDATE companies_bankaccount SET rib_last_digits = '0000'", "bank_account_is_one_rib"),
    "a release the journal knows nothing of": (
        LAST_STEPS.format(stream="rules:%", count=1), "rule_set_state_is_that_of_its_journal"),
    "other dirhams than those both people saw": (
        "UPDATE primes_releaseimpactrow SET before = before + 1, after = after + 1",
        "release_preview_unchanged"),
}  # fmt: skip
OF_A_PAYMENT = {
    "the account of a payment": (
        OTHER_NUMBER.format("primes_payment"), "payment_goes_to_the_confirmed_account"),
    "an answer the bank's file does not give": (
        "UPDATE primes_bankreturnline SET status = 'RJCT'", "bank_return_line_is_in_its_file"),
    "an answer removed": (
        "DELETE FROM primes_bankreturnline", "payment_is_answered_by_the_bank"),
    "a payment turned back": (
        "UPDATE primes_payment SET state = 'sent', answered_at = NULL",
        "payment_state_is_that_of_its_journal"),
    "a payment apart from its run": (
        "UPDATE primes_payment SET state = 'pending', answered_at = NULL",
        "payment_follows_its_run"),
    "the end of a run's journal": (
        LAST_STEPS.format(stream="run:%", count=1), "run_state_is_that_of_its_journal"),
    "a file removed": ("DELETE FROM primes_payoutfile", "run_exported_has_its_file"),
    "a due freed to be paid again": (
        "UPDATE primes_paymentline SET live = false",
        "payment_line_is_live_until_the_bank_returns_it"),
    "a ledger entry removed": (
        "DELETE FROM primes_ledgerentry WHERE kind = 'pay'",
        "payment_state_agrees_with_the_ledger"),
    "an entry of the journal in the middle": (
        "DELETE FROM accounts_journalentry WHERE action = 'run.order'", "journal_chain_whole"),
}  # fmt: skip


def _broken() -> set[str]:
    return {verdict.promise for verdict in verify() if verdict.breaches}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_decided_claim_tampered_with_is_named(name):
    statement, promise = TAMPERINGS[name]
    decided_claim(filed_claim(eligible=2, ineligible=1))

    assert promise in _broken_by(statement)


@pytest.mark.parametrize("name", OF_A_PAYMENT)
def test_a_paid_run_tampered_with_is_named(name):
    statement, promise = OF_A_PAYMENT[name]
    settled_run()

    assert promise in _broken_by(statement)


def test_a_payment_sent_to_another_number_is_named():
    """The sealed number alone is swapped: the fingerprint that was signed still looks right."""
    exported_run()

    broken = _broken_by(
        "UPDATE primes_payment"
        " SET rib_sealed = set_byte(rib_sealed, 20, 1 # get_byte(rib_sealed, 20))"
    )

    assert {"payment_goes_to_the_confirmed_account", "payout_file_is_what_was_signed"} <= broken


def _broken_by(statement: str) -> set[str]:
    before = _broken()
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement)
        touched = cursor.rowcount
    assert touched
    assert before == set()
    return _broken()
