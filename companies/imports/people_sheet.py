"""The rows of a people file in a workbook: typed values, as the texts that CSV would have.

A number among the days is the day that a spreadsheet counts by it. What a spreadsheet has destroyed
is refused and never mended: digits of an identifier, the value of a formula, a merged cell.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from companies.imports.errors import Place, Problem
from companies.imports.people_columns import DAY_COLUMNS, EVERY_COLUMN, IDENTIFIER_COLUMNS
from companies.imports.people_table import Row, Table
from companies.imports.values import ValueRefused
from companies.imports.workbook import read_sheet

DAYS = (date(1950, 1, 1), date(2199, 12, 31))
"""A number that counts no day between these is no day: a year alone would be one of 1905."""
NUMBER_LENGTH = 9
TEXT_CELL_EXPECTED = "a cell in text format"
VALUE_EXPECTED = "a value"


def sheet_rows(content: bytes, table: Table) -> Iterator[Row]:
    """The header is the first row that is not empty; raises `FileRefused`."""
    sheet = read_sheet(content, table.file, frozenset(EVERY_COLUMN), table.tolerance.workbook)
    rows = iter(sheet.rows)
    line, header = next(rows)
    table.take_header(line, [cell[1:] for cell in header])
    for line, cells in rows:
        found: dict[str, str] = {}
        for name, cell in zip(table.names, [*cells, *[""] * len(table.names)], strict=False):
            if name:
                found[name] = _text(table, line, name, cell, sheet.day_zero)
        if any(found.values()) or any(
            problem.place.line == line for problem in table.problems[-1:]
        ):
            yield line, found


def _text(table: Table, line: int, name: str, cell: str, day_zero: date) -> str:
    """The text of a cell, empty where it is a problem."""
    kind, text = cell[:1], cell[1:].strip()
    try:
        return _value(name, kind, text, day_zero)
    except ValueRefused as refused:
        found = text.partition(" ")[2] if kind == "!" else text
        place = Place(table.file, line, name)
        table.problems.append(Problem(refused.code, place, found, refused.expected))
        return ""


def _value(name: str, kind: str, text: str, day_zero: date) -> str:
    if kind == "!":
        raise ValueRefused(text.partition(" ")[0], VALUE_EXPECTED)
    if name in IDENTIFIER_COLUMNS and kind in {"n", "d", "m"}:
        return _identifier(name, kind, text)
    if name in DAY_COLUMNS and kind == "n":
        return _day(text, day_zero)
    return text


def _identifier(name: str, kind: str, text: str) -> str:
    """A number has no zeros before it: only a CNSS number of full length lost none."""
    is_whole = name == "matricule_cnss" and (len(text) >= NUMBER_LENGTH or text == "0")
    if kind != "n" or not is_whole:
        raise ValueRefused("identifier_as_number", TEXT_CELL_EXPECTED)
    return text


def _day(text: str, day_zero: date) -> str:
    """ISO day of a serial number; another number stays itself, to be refused as a day."""
    if not text.isdigit() or len(text) > len("109574"):
        return text
    day = day_zero + timedelta(days=int(text))
    return day.isoformat() if DAYS[0] <= day <= DAYS[1] else text
