"""Changing rows behind the product's back: the owner of the database, guards taken away."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def behind_its_back(statement: str, table: str) -> int:
    """Rows touched; the triggers of the table are back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        touched = cursor.rowcount
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return touched


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger runs at all, foreign keys included: what a superuser can always do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
