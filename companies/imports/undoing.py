"""Taking a load back: every row as it was before, from what the database kept of each statement.

Nothing here knows the tables: `LoadChange` names them, those of packages above this one too. What
else happened to the same rows or people since then stops it, because it would be lost without
anybody having said so.
"""

from datetime import datetime

import psycopg
from django.db import IntegrityError, connection
from psycopg import sql

from accounts.errors import Refusal
from accounts.models import User
from companies.firms.models import Firm
from companies.imports.kinds import kind_of
from companies.imports.models import DAY_TO_UNDO, Import
from companies.imports.staged import LoadChange
from companies.imports.touched import is_answered_since, is_loaded_over
from companies.workforce.models import Employee, Person

# The last statement is taken back first: each finds the rows as it left them.
_TAKE_BACK = {
    LoadChange.Kind.INSERT: (
        "DELETE FROM {table} t"
        " USING (SELECT unnest(created) AS id FROM companies_loadchange WHERE id = %s) AS c"
        " WHERE t.id = c.id AND {unused}"
    ),
    LoadChange.Kind.UPDATE: (
        "UPDATE {table} t SET ({columns}) = ROW({values}) FROM companies_loadchange c"
        " CROSS JOIN jsonb_populate_recordset(NULL::{table}, c.before) AS b"
        " WHERE c.id = %s AND t.id = b.id"
    ),
    LoadChange.Kind.DELETE: (
        "INSERT INTO {table} ({columns}) SELECT {values} FROM companies_loadchange c"
        " CROSS JOIN jsonb_populate_recordset(NULL::{table}, c.before) AS b WHERE c.id = %s"
    ),
}
_UNUSED_PERSON = "NOT EXISTS (SELECT FROM {employee} e WHERE e.person_id = t.id)"


def undo(import_: Import, *, acting_user: User, at: datetime) -> None:
    """Put back what the load of `import_` changed, inside the transaction of the caller.

    `acting_user` is known to hold the right to. A person whom somebody else employs by now stays.
    Raises `import_undo_too_late`, `import_tied_two_people` or `import_changed_since`; what the
    caller then writes of the import may be refused by the database as `import_used_in_claim`.
    """
    if import_.loaded_at is None or at > import_.loaded_at + DAY_TO_UNDO:
        raise Refusal("import_undo_too_late")
    # As a load does: the next one of this firm waits, and finds what is left.
    Firm.objects.select_for_update(no_key=True).get(pk=import_.firm_id)
    changes = LoadChange.objects.filter(of=import_)
    if changes.filter(table=Person._meta.db_table, kind=LoadChange.Kind.DELETE).exists():
        raise Refusal("import_tied_two_people")
    changed = kind_of(import_).is_changed_since
    if is_answered_since(import_) or is_loaded_over(import_) or (changed and changed(import_)):
        raise Refusal("import_changed_since")
    _take_back(import_)


def _take_back(import_: Import) -> None:
    changes = LoadChange.objects.filter(of=import_).order_by("-pk")
    columns: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        # What is taken back is no change of a load, even in the transaction of one.
        cursor.execute("SELECT set_config('primes.load_of', '', true)")
        for pk, table, kind in changes.values_list("pk", "table", "kind"):
            if table not in columns:
                columns[table] = _columns_of(table)
            cursor.execute(_statement(table, LoadChange.Kind(kind), columns[table]), [pk])
        _look_at_keys()


def _look_at_keys() -> None:
    """Now rather than on commit: something written since may stand on a row that goes."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as broken:
            if isinstance(broken.__cause__, psycopg.errors.ForeignKeyViolation):
                raise Refusal("import_changed_since") from broken
            raise
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _statement(table: str, kind: LoadChange.Kind, columns: list[str]) -> sql.Composed:
    is_person = table == Person._meta.db_table
    unused = sql.SQL(_UNUSED_PERSON if is_person else "true").format(
        employee=sql.Identifier(Employee._meta.db_table)
    )
    return sql.SQL(_TAKE_BACK[kind]).format(
        table=sql.Identifier(table),
        unused=unused,
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        values=sql.SQL(", ").join(sql.Identifier("b", name) for name in columns),
    )


def _columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
            [sql.Identifier(table).as_string(cursor.connection)],
        )
        return [name for (name,) in cursor.fetchall()]
