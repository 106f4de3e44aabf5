"""Changing rows behind the product's back: the owner of the database, guards taken away."""

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
