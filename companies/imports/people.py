"""The people file of `simulate`: one row a person, what the firm knows of each.

All problems of a file are found before it is refused, each with its line and column. What an empty
cell means stands beside each column in `people_columns`.
"""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from companies.identifiers import IdentifierError, NationalId
from companies.imports.errors import FileRefused, Place, Problem, WarningLog
from companies.imports.people_columns import COLUMNS, MONTHS, OPTIONAL, People
from companies.imports.values import ValueRefused

BOM = b"\xef\xbb\xbf"
Cells = dict[str, str]


def read_people(stream: BinaryIO, file_name: str) -> People:
    """Parse a CSV in UTF-8, comma or semicolon; raises `FileRefused` with all its `problems`."""
    log = WarningLog(file_name)
    reading = _Reading(file_name, log)
    for line, cells in _rows(stream, file_name, log, reading.problems):
        reading.take(line, cells)
    if reading.problems:
        by_line = sorted(reading.problems, key=lambda problem: problem.place.line or 0)
        raise FileRefused.because_of(by_line)
    return reading.result()


class _Reading:
    """The columns read so far, and everything wrong with them."""

    def __init__(self, file_name: str, log: WarningLog) -> None:
        self.problems: list[Problem] = []
        self._file = file_name
        self._log = log
        self._lines: list[int] = []
        self._columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self._extra: dict[str, list[str]] = {}
        self._first_lines: dict[tuple[str, str, str], int] = {}

    def take(self, line: int, cells: Cells) -> None:
        values = {name: self._value(line, name, cells[name]) for name in COLUMNS}
        self._check_identity(line, values, cells.get("annee", ""))
        self._check_departure(line, values, cells)
        self._lines.append(line)
        for name, value in values.items():
            self._columns[name].append(value)
        for name in OPTIONAL & cells.keys():
            self._extra.setdefault(name, []).append(cells[name])

    def _value(self, line: int, name: str, text: str) -> object:
        column = COLUMNS[name]
        if not text:
            return column.empty
        try:
            return column.read(text)
        except (ValueRefused, IdentifierError) as refused:
            self._problem(refused.code, line, name, text, refused.expected)
            return column.empty

    def _problem(self, code: str, line: int, name: str, found: str, expected: str) -> None:
        self.problems.append(Problem(code, Place(self._file, line, name), found, expected))

    def _check_identity(self, line: int, values: dict[str, object], year: str) -> None:
        """One row a person, or a person and year where the file has years."""
        number, cin = values["matricule_cnss"], values["cin"]
        if number is not None:
            for code in number.warnings:
                self._log.add(code, line, "matricule_cnss", found=str(number))
            if number.names_a_person:
                self._refuse_second(line, "matricule_cnss", str(number), year)
        if cin is not None:
            if not NationalId.form.fullmatch(cin):
                self._log.add("national_id_format", line, "cin", found=cin)
            self._refuse_second(line, "cin", cin, year)
        elif number is None:
            self._log.add("no_identifier", line, "cin")

    def _refuse_second(self, line: int, name: str, value: str, year: str) -> None:
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
            for name, column in COLUMNS.items()
            if name not in MONTHS
        }
        return People(
            **people
            | {
                "line": self._lines,
                "cnss_number": [str(n) if n and n.names_a_person else None for n in numbers],
                "cnss_shown": [str(n) if n else "" for n in numbers],
                "months": [list(row) for row in zip(*(columns[m] for m in MONTHS), strict=True)],
                "extra": self._extra,
                "warnings": self._log.closed(),
            }
        )


def _rows(
    stream: BinaryIO, file_name: str, log: WarningLog, problems: list[Problem]
) -> Iterator[tuple[int, Cells]]:
    """Line and cells by column name; a record over several lines has the line where it begins."""
    lines = _decoded(stream, file_name)
    first = next(lines, "")
    delimiter = ";" if first.count(";") > first.count(",") else ","
    records = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    try:
        names = _header(next(records, []), file_name, log)
        ended = records.line_num
        for record in records:
            line, ended = ended + 1, records.line_num
            cells = [cell.strip() for cell in record]
            if not any(cells):
                continue
            if len(cells) == len(names):
                yield line, dict(zip(names, cells, strict=True))
                continue
            place = Place(file_name, line)
            problems.append(Problem("cell_count", place, str(len(cells)), str(len(names))))
    except csv.Error as broken:
        place = Place(file_name, records.line_num)
        raise FileRefused("csv_broken", place, str(broken), "a CSV file") from broken


def _decoded(stream: BinaryIO, file_name: str) -> Iterator[str]:
    for line, raw in enumerate(stream, 1):
        try:
            yield (raw.removeprefix(BOM) if line == 1 else raw).decode("utf-8")
        except UnicodeDecodeError as wrong:
            found = raw[wrong.start : wrong.end].hex()
            place = Place(file_name, line)
            raise FileRefused("not_utf8", place, found, "UTF-8") from wrong


def _header(cells: list[str], file_name: str, log: WarningLog) -> list[str]:
    """Names of the columns; an unknown one is left unread, a missing or doubled one refused."""
    names = [cell.strip().lower() for cell in cells]
    if not any(names):
        raise FileRefused("file_empty", Place(file_name, 1), "", "a header line")
    missing = [name for name in COLUMNS if name not in names]
    doubled = [name for at, name in enumerate(names) if name and name in names[:at]]
    problems = [
        *(Problem("column_missing", Place(file_name, 1, name), "", name) for name in missing),
        *(Problem("column_twice", Place(file_name, 1, name), name, "once") for name in doubled),
    ]
    if problems:
        raise FileRefused.because_of(problems)
    for name in names:
        if name and name not in COLUMNS and name not in OPTIONAL:
            log.add("column_unknown", 1, name, found=name)
    return names
