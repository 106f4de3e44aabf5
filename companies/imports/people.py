"""The people file of `simulate`: one row a person, what the firm knows of each.

All problems of a file are found before it is refused, each with its line and column. What an empty
cell means stands beside each column in `people_columns`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from companies.identifiers import IdentifierError, NationalId
from companies.imports.errors import FileRefused, Place, Problem, WarningLog
from companies.imports.people_columns import EVERY_COLUMN, MONTHS, People
from companies.imports.people_csv import csv_rows
from companies.imports.people_sheet import sheet_rows
from companies.imports.people_table import Cells, Row, Table, Tolerance
from companies.imports.values import ValueRefused
from companies.imports.workbook import MAGIC_SIZE, is_workbook


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """The rows that could be read, what is wrong with the others, the columns that were absent."""

    people: People
    problems: tuple[Problem, ...]
    absent: tuple[str, ...]


def read_people(stream: BinaryIO, file_name: str) -> People:
    """All of a CSV or a workbook; raises `FileRefused` with all its `problems`."""
    sifted = sift_people(stream, file_name, Tolerance())
    if sifted.problems:
        raise FileRefused.because_of(sifted.problems)
    return sifted.people


def sift_people(stream: BinaryIO, file_name: str, tolerance: Tolerance) -> Sifted:
    """The good rows beside the bad ones; raises `FileRefused` for what concerns the whole file."""
    table = Table(file_name, tolerance, WarningLog(file_name))
    reading = _Reading(table)
    for rank, (line, cells) in enumerate(_rows(stream, table), 1):
        if tolerance.rows is not None and rank > tolerance.rows:
            raise FileRefused("too_many_people", Place(file_name), "", str(tolerance.rows))
        reading.take(line, cells)
    problems = sorted(table.problems, key=lambda problem: problem.place.line or 0)
    return Sifted(reading.result(), tuple(problems), table.absent)


def _rows(stream: BinaryIO, table: Table) -> Iterator[Row]:
    head = stream.read(MAGIC_SIZE)
    stream.seek(0)
    return sheet_rows(stream.read(), table) if is_workbook(head) else csv_rows(stream, table)


class _Reading:
    """The columns of the rows that can be read."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._lines: list[int] = []
        self._columns: dict[str, list[object]] = {name: [] for name in EVERY_COLUMN}
        self._first_lines: dict[tuple[str, str, object], int] = {}

    def take(self, line: int, cells: Cells) -> None:
        """A row with a problem is left out; its person and year are taken all the same."""
        values = {name: self._value(line, name, cells.get(name, "")) for name in EVERY_COLUMN}
        self._check_identity(line, values)
        self._check_departure(line, values, cells)
        problems = self._table.problems
        if problems and problems[-1].place.line == line:
            return
        self._lines.append(line)
        for name, value in values.items():
            self._columns[name].append(value)

    def _value(self, line: int, name: str, text: str) -> object:
        column = EVERY_COLUMN[name]
        if not text:
            return column.empty
        try:
            return column.read(text)
        except (ValueRefused, IdentifierError) as refused:
            self._problem(refused.code, line, name, text, refused.expected)
            return column.empty

    def _problem(self, code: str, line: int, name: str, found: str, expected: str) -> None:
        place = Place(self._table.file, line, name)
        self._table.problems.append(Problem(code, place, found, expected))

    def _check_identity(self, line: int, values: dict[str, object]) -> None:
        """One row a person, or a person and year where the file has years."""
        number, cin, year = values["matricule_cnss"], values["cin"], values["annee"]
        if number is not None:
            for code in number.warnings:
                self._table.log.add(code, line, "matricule_cnss", found=str(number))
            if number.names_a_person:
                self._refuse_second(line, "matricule_cnss", str(number), year)
        if cin is not None:
            if not NationalId.form.fullmatch(cin):
                self._table.log.add("national_id_format", line, "cin", found=cin)
            self._refuse_second(line, "cin", cin, year)
        elif number is None:
            self._table.log.add("no_identifier", line, "cin")

    def _refuse_second(self, line: int, name: str, value: str, year: object) -> None:
        first = self._first_lines.setdefault((name, value, year), line)
        if first != line:
            self._problem("duplicate_person", line, name, value, str(first))

    def _check_departure(self, line: int, values: dict[str, object], cells: Cells) -> None:
        hired_on, left_on = values["date_embauche"], values["date_depart"]
        if hired_on and left_on and left_on < hired_on:
            expected = cells["date_embauche"]
            self._problem(
                "departure_before_hire", line, "date_depart", cells["date_depart"], expected
            )

    def result(self) -> People:
        columns = self._columns
        numbers = columns["matricule_cnss"]
        people = {
            column.attribute: columns[name]
            for name, column in EVERY_COLUMN.items()
            if name not in MONTHS
        }
        return People(
            **people
            | {
                "line": self._lines,
                "cnss_number": [str(n) if n and n.names_a_person else None for n in numbers],
                "cnss_shown": [str(n) if n else "" for n in numbers],
                "months": [list(row) for row in zip(*(columns[m] for m in MONTHS), strict=True)],
                "warnings": self._table.log.closed(),
            }
        )
