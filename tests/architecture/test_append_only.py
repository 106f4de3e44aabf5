"""What is only added, what is never deleted: asked of the database itself, as its owner."""

import pytest
from django.db import DatabaseError, connection, transaction

ONLY_ADDED = (
    "accounts_journalentry",
    "companies_receivedfile",
    "companies_fileload",
    "companies_repair",
    "companies_employmentevent",
    "primes_assessment",
    "primes_check",
    "primes_proposal",
    "primes_decision",
    "primes_ledgerentry",
    "primes_payoutfile",
    "primes_bankreturnfile",
    "primes_bankreturnline",
    "primes_duty",
    "primes_releaseimpact",
    "primes_releaseimpactrow",
)
ONLY_LIVE_CHANGES = ("primes_decisionline", "primes_paymentline", "primes_paiddays")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ONLY_ADDED)
def test_even_the_owner_cannot_truncate_what_is_only_added(table: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ONLY_ADDED)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_application_holds_no_right_to_rewrite(table: str, right: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('primes_app', %s, %s)", [table, right])

        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ONLY_LIVE_CHANGES)
def test_the_application_may_only_end_what_is_replaced(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND has_column_privilege('primes_app', %s, attname, 'UPDATE')",
            [table, table],
        )

        assert cursor.fetchone() == (["live"],)


@pytest.mark.django_db
def test_the_application_cannot_write_who_stood_where() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('primes_app', 'primes_duty', 'INSERT')")

        assert cursor.fetchone() == (False,)
