"""One figure changed behind the product's back, and `manage.py verify` names its row."""

from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories.tampering import behind_its_back


@dataclass(frozen=True)
class Change:
    """`where` chooses one row; `promise` is one that breaks, `place` begins the row's name."""

    table: str
    change: str
    where: str
    promise: str
    place: str


OF_A_PAID_LINE = """id = (SELECT min({column}) FROM primes_paymentline x
  JOIN primes_payment p ON p.id = x.payment_id
  JOIN primes_decisionline d ON d.id = x.decision_line_id
  WHERE p.state = 'paid')"""
ANOTHER_BYTE = "{column} = set_byte({column}, 100, get_byte({column}, 100) # 1)"
CHANGES = {
    "assessment amount": Change(
        "primes_assessment",
        "amount = amount + 1",
        OF_A_PAID_LINE.format(column="d.assessment_id"),
        "assessment_replays_the_same",
        "assessment",
    ),
    "assessed income": Change(
        "primes_assessment",
        "income[1] = income[1] + 100000",
        OF_A_PAID_LINE.format(column="d.assessment_id"),
        "assessment_replays_the_same",
        "assessment",
    ),
    "decision line amount": Change(
        "primes_decisionline",
        "amount = amount + 1",
        OF_A_PAID_LINE.format(column="d.id"),
        "decision_line_grants_what_the_law_said",
        "decision D-",
    ),
    "decision amount": Change(
        "primes_decision",
        "amount = amount - 1",
        "id = (SELECT max(id) FROM primes_decision WHERE amount > 0)",
        "decision_is_the_sum_of_its_lines",
        "decision D-",
    ),
    "ledger entry amount": Change(
        "primes_ledgerentry",
        "amount = amount + 1",
        OF_A_PAID_LINE.format(column="x.due_id"),
        "ledger_follows_its_due",
        "ledger entry",
    ),
    "payment amount": Change(
        "primes_payment",
        "amount = amount + 1",
        "id = (SELECT min(id) FROM primes_payment)",
        "payment_is_the_sum_of_its_lines",
        "payment P-",
    ),
    "run total": Change(
        "primes_paymentrun",
        "total = total + 1",
        "state = 'prepared'",
        "run_is_the_sum_of_its_payments",
        "run L-",
    ),
    "payout file byte": Change(
        "primes_payoutfile",
        ANOTHER_BYTE.format(column="content"),
        "true",
        "payout_file_is_what_was_signed",
        "payout file L-",
    ),
    "bank return byte": Change(
        "primes_bankreturnfile",
        ANOTHER_BYTE.format(column="content"),
        "true",
        "bank_return_unchanged",
        "bank return L-",
    ),
    "journal detail": Change(
        "accounts_journalentry",
        """detail = jsonb_set(detail, '{amount}', '1')""",
        "id = (SELECT max(id) FROM accounts_journalentry WHERE action = 'ledger.reserve')",
        "journal_chain_whole",
        "journal claim:",
    ),
    "received file byte": Change(
        "companies_receivedfile",
        ANOTHER_BYTE.format(column="content"),
        "id = (SELECT min(id) FROM companies_receivedfile)",
        "received_file_unchanged",
        "received file",
    ),
    "envelope reserved": Change(
        "primes_envelope",
        "reserved = reserved - 1",
        "id = (SELECT max(id) FROM primes_envelope WHERE reserved > 0)",
        "envelope_is_the_sum_of_its_reservations",
        "envelope PAF-",
    ),
    "kept rules byte": Change(
        "primes_ruleset",
        ANOTHER_BYTE.format(column="package"),
        "true",
        "rule_set_unchanged",
        "rule set",
    ),
}


@pytest.mark.usefixtures("demonstration_database")
@pytest.mark.parametrize("name", CHANGES)
def test_a_figure_changed_behind_its_back_is_found_and_named(name, capsys):
    tampering = CHANGES[name]
    touched = behind_its_back(
        f"UPDATE {tampering.table} SET {tampering.change} WHERE {tampering.where}", tampering.table
    )

    with pytest.raises(SystemExit) as ended:
        call_command("verify")

    said = capsys.readouterr().out
    assert touched == 1
    assert ended.value.code == 1
    assert f"non  {tampering.promise}" in said
    assert f"      {tampering.place}" in said.split(f"non  {tampering.promise}")[1]


@pytest.mark.usefixtures("demonstration_database")
def test_the_database_itself_refuses_the_same_change():
    with pytest.raises(Exception, match="append_only"), connection.cursor() as cursor:
        cursor.execute("UPDATE primes_assessment SET amount = amount + 1")
