"""Rows of a spreadsheet into staging: read by their layout and their repairs, the bad ones too.

The cells of a row are kept, sealed, where it has something to show or to write anew.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from accounts.sealing import seal, unseal
from companies.imports.errors import FileWarning, Place, Problem
from companies.imports.formats.tables import OpenTable, open_table
from companies.imports.formats.workbook_scan import Limits
from companies.imports.models import Import, ImportFile, Repair
from companies.imports.reading.cells import CellReader
from companies.imports.reading.layout import Layout, as_data, from_data, is_anomalies, placed
from companies.imports.reading.people_columns import MONTHS, NEVER
from companies.imports.reading.targets import Target
from companies.imports.staging.rows import (
    BAD,
    CELL,
    CREATED,
    GOOD,
    LEFT_OUT,
    NOBODY,
    ROW,
    SKIPPED,
    Chunk,
    Values,
    who,
)
from companies.imports.telling import told

CHUNK_ROWS = 5_000
EARLIER = "derniere_declaration_meme_employeur"
DIRECT = {
    "taxable_income": "revenu_brut_imposable",
    "funded_by": "finance_par",
    "hired_on": "date_embauche",
    "left_on": "date_depart",
    "contract": "type_contrat",
    "stable_from": "date_contrat_stable",
    "minutes": "heures",
}
"""Staged columns that are the value of a field; fields that a table lacks leave them NULL."""
NOT_LOADED = "heures_formation"
COLUMNS = (
    *ROW,
    *DIRECT,
    "year",
    "months",
    "earlier_declared",
    "last_same_employer_on",
    "cells",
)
_NOTHING = (None,) * (len(COLUMNS) - len(ROW))


@dataclass(slots=True)
class LineRepairs:
    """What people wrote over a row, the last word of each cell; or that it is set aside."""

    cells: dict[str, str] = field(default_factory=dict)
    skips: bool = False


class TableStager:
    """Makes staged rows of the rows of one table.

    `year` is that of a row which names none, None where rows have no year.
    """

    def __init__(self, file: ImportFile, target: Target, layout: Layout, year: int | None) -> None:
        self._file_id = file.pk
        self._reader = CellReader(file.name, layout, target)
        self._matched = frozenset(layout.positions)
        self._year = year
        self._about_people_known = target.name == Import.Target.ATTENDANCE
        self.last_year = 0
        self.hours_given = False

    def take(self, chunk: Chunk, line: int, cells: list[str], repairs: LineRepairs) -> None:
        """Add one row to the chunk, and what is wrong with it.

        A row that names nobody is left out, save where each must be of somebody; one that says
        nothing at all is a total or a note.
        """
        read = self._reader.read(line, cells, repairs.cells)
        values = read.values
        cin, number = values["cin"], number_of(values)
        named = cin or number or self._about_people_known
        if not named and not repairs.cells and self._reader.says_nothing(cells):
            chunk.rows.append((self._file_id, line, LEFT_OUT, CREATED, *NOBODY, *_NOTHING))
            return
        state = GOOD if named else LEFT_OUT
        kept = None
        if repairs.skips:
            state, kept = SKIPPED, sealed_cells(cells)
        elif read.problems or read.warnings:
            state, kept = BAD if read.problems else state, sealed_cells(cells)
            chunk.problems += [
                problem_row(self._file_id, line, each) for each in (*read.problems, *read.warnings)
            ]
        last_name, first_name = values.get("nom") or "", values.get("prenom") or ""
        person = who(cin, number, last_name, first_name, values.get("nationalite") or "")
        said = self._said(values, self._matched.union(repairs.cells))
        chunk.rows.append((self._file_id, line, state, CREATED, *person, *said, kept))

    def _said(self, values: Mapping[str, Any], told: Collection[str]) -> Values:
        """What follows the person in `COLUMNS`; `told` are the fields that the row has."""
        year = values.get("annee") or self._year
        if year and year > self.last_year:
            self.last_year = year
        if values.get(NOT_LOADED):
            self.hours_given = True
        months = [values.get(name) for name in MONTHS]
        last = values.get(EARLIER)
        return (
            *[values[name] if name in told else None for name in DIRECT.values()],
            year,
            None if months.count(None) == len(months) else _array(months),
            True if EARLIER in told else None,
            None if last == NEVER else last,
        )


def _array(amounts: list[int | None]) -> str:
    """An array as COPY takes it; a text travels much faster than a list would."""
    return "{" + ",".join("NULL" if each is None else str(each) for each in amounts) + "}"


def number_of(values: Mapping[str, Any]) -> str | None:
    """The CNSS number of a row, where it names a person."""
    number = values["matricule_cnss"]
    return str(number) if number is not None and number.names_a_person else None


def sealed_cells(cells: list[str]) -> bytes:
    return seal(CELL, json.dumps(cells, ensure_ascii=False, separators=(",", ":")))


def opened_cells(sealed: bytes | memoryview) -> list[str]:
    cells: list[str] = json.loads(unseal(CELL, sealed))
    return cells


def problem_row(file_id: int, line: int | None, said: Problem | FileWarning) -> Values:
    """The columns of `PROBLEM`."""
    blocks = isinstance(said, Problem)
    name = said.place.field or ""
    return (file_id, line, name, said.code, seal(CELL, said.found), said.expected, blocks)


def opened_table(file: ImportFile, target: Target, stream: BinaryIO) -> tuple[OpenTable, Layout]:
    """The table, and how it is read; raises `FileRefused`."""
    table = open_table(stream, file.name, target.titles, Limits())
    return table, placed(from_data(file.layout), table)


def repairs_of(file: ImportFile, lines: Collection[int] | None = None) -> dict[int, LineRepairs]:
    """By line, what people wrote last; a cell written after its row was set aside takes it back."""
    made = Repair.objects.filter(file=file).order_by("pk")
    if lines is not None:
        made = made.filter(line__in=lines)
    repairs: defaultdict[int, LineRepairs] = defaultdict(LineRepairs)
    for line, name, value, skips in made.values_list("line", "field", "new_value", "skips"):
        repairs[line].skips = skips
        if not skips:
            repairs[line].cells[name] = unseal(CELL, value)
    return dict(repairs)


def table_chunks(
    file: ImportFile, target: Target, stream: BinaryIO, year: int | None
) -> Iterator[Chunk]:
    """Rows in the order of `COLUMNS`; raises `FileRefused`.

    `layout`, `period` and `warnings` of the file are filled in, not saved.
    """
    table, layout = opened_table(file, target, stream)
    file.layout = as_data(layout)
    stager = TableStager(file, target, layout, year)
    repairs, nothing = repairs_of(file), LineRepairs()
    chunk = Chunk()
    with table:
        for line, cells in table.rows:
            stager.take(chunk, line, cells, repairs.get(line, nothing))
            if len(chunk.rows) == CHUNK_ROWS:
                yield chunk
                chunk = Chunk()
    yield chunk
    file.period = date(stager.last_year, 1, 1) if stager.last_year else None
    file.warnings = [told(each) for each in _unread(file, layout, hours_given=stager.hours_given)]


def _unread(file: ImportFile, layout: Layout, *, hours_given: bool) -> Iterator[FileWarning]:
    """Columns that no field was found for, and hours, which prove nothing without who attended."""
    for column in layout.columns:
        if column.field is None and column.title and not is_anomalies(column.title):
            place = Place(file.name, layout.header_line, column.title)
            yield FileWarning("column_unknown", place, column.title)
    if hours_given:
        yield FileWarning("column_not_loaded", Place(file.name, layout.header_line, NOT_LOADED))
