"""Sets of rows written by one statement each, whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

Rows = Iterable[Sequence[object]]
Values = Mapping[str, object]


def execute(statement: str, values: Values | None = None) -> int:
    """Run SQL of this program; returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return max(cursor.rowcount, 0)


def fetch(statement: str, values: Values | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def filled(statement: str, **fragments: str) -> str:
    """SQL of this program with fragments of its own in place of their names in braces."""
    for name, fragment in fragments.items():
        statement = statement.replace(f"{{{name}}}", fragment)
    return statement


def keep_table(name: str, columns: str) -> None:
    """An empty table that goes with the transaction; one of an earlier act in it goes now."""
    execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
    execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Rows) -> None:
    """INSERT … SELECT FROM unnest; `names` are those of the columns."""
    columns = _transposed(rows, len(names))
    if not columns:
        return
    statement = sql.SQL("INSERT INTO {table} ({names}) SELECT {values} FROM {incoming}").format(
        table=sql.Identifier(model._meta.db_table),
        names=_identifiers(names),
        values=_values(model, names),
        incoming=_incoming(model, names),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


def update_rows(model: type[models.Model], names: Sequence[str], rows: Rows) -> None:
    """UPDATE … FROM unnest; the first value of a row is its primary key, the others are `names`."""
    everything = ("id", *names)
    columns = _transposed(rows, len(everything))
    if not columns:
        return
    changes = sql.SQL(", ").join(
        sql.SQL("{name} = n.{name}").format(name=sql.Identifier(name)) for name in names
    )
    statement = sql.SQL("UPDATE {table} t SET {changes} FROM {incoming} WHERE t.id = n.id").format(
        table=sql.Identifier(model._meta.db_table),
        changes=changes,
        incoming=_incoming(model, everything),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)


def _transposed(rows: Rows, width: int) -> list[list[object]]:
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns and len(columns) != width:
        raise ValueError(f"{len(columns)} values a row for {width} columns")
    return columns


def _incoming(model: type[models.Model], names: Sequence[str]) -> sql.Composed:
    arrays = sql.SQL(", ").join(
        sql.SQL("%s::") + sql.SQL(f"{_travels_as(model, name)}[]") for name in names
    )
    return sql.SQL("unnest({arrays}) AS n({names})").format(
        arrays=arrays, names=_identifiers(names)
    )


def _values(model: type[models.Model], names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("n.{name}::").format(name=sql.Identifier(name)) + sql.SQL(_type_of(model, name))
        for name in names
    )


def _travels_as(model: type[models.Model], name: str) -> str:
    kind = _type_of(model, name)
    return "text" if kind.startswith("varchar") else kind


def _type_of(model: type[models.Model], name: str) -> str:
    """The type of a column; a key has that of what it points at, never that of a counter."""
    field = next(field for field in model._meta.concrete_fields if field.column == name)
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    if kind is None:
        raise ValueError(f"{model.__name__}.{name} has no column")
    return kind


def _identifiers(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
