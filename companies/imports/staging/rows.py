"""Typed rows on their way into staging: identifiers are sealed first, then COPY takes all of it.

A row is staged as that of somebody new: the checks write only what they find otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from psycopg import sql

from accounts.sealing import fingerprint, seal
from companies.identifiers import NationalId
from companies.imports.staged import StagedRow

CELL = "cell"
"""What cells, found values and repairs are sealed as: any may be the number of a person."""
DIGITS_SHOWN = 3
NAME_LENGTH = 60
INFERRED_MOROCCAN = "ma"
"""Nationality that the form of a CIN tells and nobody said: small letters, where said ones are
capitals. It fills an unknown nationality and replaces none."""

WHO = (
    "cin_fingerprint",
    "cnss_fingerprint",
    "cin_sealed",
    "cnss_sealed",
    "cin_last",
    "cnss_last",
    "nationality",
    "last_name",
    "first_name",
)
ROW = ("file_id", "line", "state", "effect", *WHO)
PROBLEM = ("file_id", "line", "field", "code", "found", "expected", "blocks")
GOOD, BAD = StagedRow.State.GOOD.value, StagedRow.State.BAD.value
SKIPPED, LEFT_OUT = StagedRow.State.SKIPPED.value, StagedRow.State.LEFT_OUT.value
CREATED = StagedRow.Effect.CREATED.value
NOBODY = (None, None, None, None, "", "", "", "", "")
"""The columns of `WHO` for a row that is about no person."""

Values = tuple[object, ...]


@dataclass(slots=True)
class Chunk:
    """Rows that are written together, in the order of their columns, and what is wrong there."""

    rows: list[Values] = field(default_factory=list)
    problems: list[Values] = field(default_factory=list)


def who(
    cin: str | None, number: str | None, last_name: str, first_name: str, nationality: str = ""
) -> Values:
    """The columns of `WHO`; `number` is that of a person, never a pending or an occasional one."""
    if not nationality and cin and NationalId.form.fullmatch(cin):
        nationality = INFERRED_MOROCCAN
    return (
        fingerprint("cin", cin) if cin else None,
        fingerprint("cnss", number) if number else None,
        seal("cin", cin) if cin else None,
        seal("cnss", number) if number else None,
        cin[-DIGITS_SHOWN:] if cin else "",
        number[-DIGITS_SHOWN:] if number else "",
        nationality,
        last_name[:NAME_LENGTH],
        first_name[:NAME_LENGTH],
    )


def copy_rows(columns: Sequence[str], rows: Iterable[Values]) -> None:
    _copy("companies_stagedrow", columns, rows)


def copy_problems(problems: Iterable[Values]) -> None:
    """`problems` have the columns of `PROBLEM`."""
    _copy("companies_stagedproblem", PROBLEM, problems)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(table), columns=sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
