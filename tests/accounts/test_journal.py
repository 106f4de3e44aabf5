"""The journal: one chain per stream, and every way of touching the past is seen."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.journal import GENESIS, broken_links, record, record_all
from accounts.models import JournalEntry, User

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def machine(db: None) -> User:
    return User.objects.machine("review")


def _write(machine: User, count: int, stream: str = "claim:x") -> None:
    for number in range(count):
        record(stream=stream, action="test", acting_user=machine, at=AT, detail={"n": number})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _behind_its_back(statement: str) -> None:
    """As the owner of the database, with the guards taken away for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_journalentry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE accounts_journalentry ENABLE TRIGGER USER")


def test_each_entry_names_the_one_before_it(machine):
    _write(machine, 3)

    entries = list(JournalEntry.objects.filter(stream="claim:x").order_by("sequence"))

    assert [entry.sequence for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == [GENESIS, entries[0].hash, entries[1].hash]
    assert list(broken_links()) == []


def test_an_act_on_many_streams_keeps_each_chain(machine):
    _write(machine, 1, "claim:b")

    record_all(
        streams=[("claim:b", "", {}), ("claim:a", "", {}), ("claim:b", "", {})],
        action="test",
        acting_user=machine,
        at=AT,
    )

    ranks = JournalEntry.objects.order_by("stream", "sequence").values_list("stream", "sequence")
    assert list(ranks) == [("claim:a", 1), ("claim:b", 1), ("claim:b", 2), ("claim:b", 3)]
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE accounts_journalentry SET action = 'other' WHERE sequence = 2", "changed"),
        ("UPDATE accounts_journalentry SET detail = '{}' WHERE sequence = 2", "changed"),
        ("DELETE FROM accounts_journalentry WHERE sequence = 2", "missing"),
        ("UPDATE accounts_journalentry SET previous_hash = 'x' WHERE sequence = 3", "broken"),
    ],
)
def test_touching_the_past_is_located(machine, statement, fault):
    _write(machine, 3)

    _behind_its_back(statement)

    found = list(broken_links())
    assert found
    assert fault in found[0][1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_journalentry SET action = 'other'",
        "DELETE FROM accounts_journalentry",
        "TRUNCATE accounts_journalentry CASCADE",
    ],
)
def test_the_owner_of_the_database_is_refused_too(machine, statement):
    _write(machine, 1)

    with (
        pytest.raises(DatabaseError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
