"""The people file of `simulate`: one row a person, what the firm knows of each.

All problems of a file are found before it is refused, each with its line and column. What an empty
cell means stands beside each column in `people_columns`.
"""

from dataclasses import dataclass
from typing import BinaryIO

from companies.identifiers import EmployeeNumber
from companies.imports.errors import FileRefused, Place, Problem, WarningLog
from companies.imports.formats.tables import OpenTable, open_plain_table
from companies.imports.reading.cells import CellReader, ReadRow
from companies.imports.reading.layout import ColumnMatch, Layout, placed
from companies.imports.reading.people_columns import EVERY_COLUMN, MONTHS, People
from companies.imports.reading.people_table import Header, Tolerance
from companies.imports.reading.targets import PEOPLE

ATTRIBUTES = {
    "cin": "cin",
    "nom": "last_name",
    "prenom": "first_name",
    "nationalite": "nationality",
    "date_embauche": "hired_on",
    "date_depart": "left_on",
    "type_contrat": "contract",
    "date_contrat_stable": "stable_from",
    "derniere_declaration_meme_employeur": "last_same_employer_on",
    "revenu_brut_imposable": "taxable_income",
    "heures_formation": "training_minutes",
    "cout_formation": "training_cost",
    "finance_par": "funded_by",
    "annee": "year",
    "profil": "profile",
    "diplome": "degree_years",
    "date_notification": "notified_on",
    "debut_formation": "training_from",
    "deja_accorde": "granted",
}
"""Columns of the file that are columns of `People` as they are."""


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
    with open_plain_table(stream, file_name, EVERY_COLUMN, tolerance.workbook) as table:
        return _sifted(table, file_name, tolerance)


def _sifted(table: OpenTable, file_name: str, tolerance: Tolerance) -> Sifted:
    header = Header(file_name, tolerance, table.header_line, table.titles)
    reader = CellReader(file_name, _layout(header, table), PEOPLE)
    reading = _Reading(file_name, WarningLog(file_name))
    header.warn(reading.log)
    taken = 0
    for line, cells in table.rows:
        if table.format != "csv" and reader.says_nothing(cells):
            continue
        row = reader.read(line, cells)
        # A row cut elsewhere is no person, and says nothing but that.
        taken += not any(problem.code == "cell_count" for problem in row.problems)
        if tolerance.rows is not None and taken > tolerance.rows:
            raise FileRefused("too_many_people", Place(file_name), "", str(tolerance.rows))
        reading.take(row)
    problems = sorted(reading.problems, key=lambda problem: problem.place.line or 0)
    return Sifted(reading.result(), tuple(problems), header.absent)


def _layout(header: Header, table: OpenTable) -> Layout:
    """Columns are known by their exact names."""
    columns = tuple(
        ColumnMatch(position, name, name if name in EVERY_COLUMN else None, "same")
        for position, name in enumerate(header.names)
    )
    return placed(Layout(columns), table)


class _Reading:
    """The columns of the rows that can be read."""

    def __init__(self, file_name: str, log: WarningLog) -> None:
        self.log = log
        self.problems: list[Problem] = []
        self._file = file_name
        self._lines: list[int] = []
        self._columns: dict[str, list[object]] = {name: [] for name in EVERY_COLUMN}
        self._first_lines: dict[tuple[str, str, object], int] = {}

    def take(self, row: ReadRow) -> None:
        """A row with a problem is left out; its person and year are taken all the same."""
        problems = [*row.problems, *self._seconds(row)]
        self.problems += problems
        for told in row.warnings:
            self.log.add(told.code, row.line, told.place.field, found=told.found)
        if problems:
            return
        self._lines.append(row.line)
        for name, value in row.values.items():
            self._columns[name].append(value)

    def _seconds(self, row: ReadRow) -> list[Problem]:
        """One row a person, or a person and year where the file has years."""
        number, cin, year = (row.values[name] for name in ("matricule_cnss", "cin", "annee"))
        said = []
        if isinstance(number, EmployeeNumber) and number.names_a_person:
            said.append(("matricule_cnss", str(number)))
        if isinstance(cin, str):
            said.append(("cin", cin))
        problems = []
        for name, value in said:
            first = self._first_lines.setdefault((name, value, year), row.line)
            if first != row.line:
                place = Place(self._file, row.line, name)
                problems.append(Problem("duplicate_person", place, value, str(first)))
        return problems

    def result(self) -> People:
        columns = self._columns
        numbers = columns["matricule_cnss"]
        people = {attribute: columns[name] for name, attribute in ATTRIBUTES.items()}
        return People(
            **people
            | {
                "line": self._lines,
                "cnss_number": [str(n) if n and n.names_a_person else None for n in numbers],
                "cnss_shown": [str(n) if n else "" for n in numbers],
                "months": [list(row) for row in zip(*(columns[m] for m in MONTHS), strict=True)],
                "warnings": self.log.closed(),
            }
        )
