"""Sets of rows written by one statement each, whatever their number: columns are arrays."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql

Rows = Iterable[Sequence[object]]


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Rows,
    *,
    on_conflict: str = "",
    returning: Sequence[str] = (),
) -> list[tuple[Any, ...]]:
    """INSERT … SELECT FROM unnest; `names` are those of the columns.

    `on_conflict` is SQL of this program; the row that is there already is `t` in it.
    """
    columns = _transposed(rows, len(names))
    if not columns:
        return []
    statement = sql.SQL(
        "INSERT INTO {table} AS t ({names}) SELECT {values} FROM {incoming} {rest}"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        names=_identifiers(names),
        values=_values(model, names),
        incoming=_incoming(model, names),
        rest=sql.SQL(on_conflict),
    )
    if returning:
        statement += sql.SQL(" RETURNING ") + _identifiers(returning)
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
        return cursor.fetchall() if returning else []


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


def array_text(values: Sequence[int | None] | None) -> str | None:
    """An array as PostgreSQL writes it: unnest would flatten an array of arrays."""
    if values is None:
        return None
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"


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
    return "text" if kind.endswith("]") or kind.startswith("varchar") else kind


def _type_of(model: type[models.Model], name: str) -> str:
    """The type of a column; a key has that of what it points at, never that of a counter."""
    field = next(field for field in model._meta.concrete_fields if field.column == name)
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    if kind is None:
        raise ValueError(f"{model.__name__}.{name} has no column")
    return kind


def _identifiers(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
