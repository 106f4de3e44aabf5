"""A people file being read: what may be missing from it, its header, what is wrong with it."""

import re
from dataclasses import dataclass, field

from companies.imports.errors import FileRefused, Place, Problem, WarningLog
from companies.imports.people_columns import COLUMNS, EVERY_COLUMN
from companies.imports.workbook_scan import Limits

HEADER_WORDS_MIN = 3
HEADER_EXPECTED = "a header line"
MONTHS_EXPECTED = "mois_01 to mois_12"
_MONTH = re.compile(r"mois_?[0-9]+")

Cells = dict[str, str]
Row = tuple[int, Cells]
"""Line and cells by the name of their column."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What a file may lack, and what it may cost.

    With `lacking`, an absent column reads as an empty one. `rows` bounds the rows, where it is set.
    """

    lacking: bool = False
    rows: int | None = None
    workbook: Limits = field(default_factory=Limits)


@dataclass(slots=True, eq=False)
class Table:
    """`problems` grow as the rows are read; `absent` are the columns that the file lacks."""

    file: str
    tolerance: Tolerance
    log: WarningLog
    problems: list[Problem] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    absent: tuple[str, ...] = ()

    def take_header(self, line: int, cells: list[str]) -> None:
        """An unknown column is left unread; one that is missing or doubled is refused."""
        names = [cell.strip().lower() for cell in cells]
        if not any(names):
            raise FileRefused("file_empty", Place(self.file, line), "", HEADER_EXPECTED)
        self._refuse_other_tables(line, names)
        problems = [*self._missing(line, names), *self._wrong(line, names)]
        if problems:
            raise FileRefused.because_of(problems)
        for name in names:
            if name and name not in EVERY_COLUMN:
                self.log.add("column_unknown", line, name, found=name)
        self.names = names
        self.absent = tuple(name for name in COLUMNS if name not in names)

    def _refuse_other_tables(self, line: int, names: list[str]) -> None:
        """A first line that names few columns is a row, or the table of something else."""
        known = [name for name in names if name in EVERY_COLUMN]
        if self.tolerance.lacking and len(known) < HEADER_WORDS_MIN:
            found = " ".join(filter(None, names))[:40]
            raise FileRefused("header_missing", Place(self.file, line), found, HEADER_EXPECTED)

    def _missing(self, line: int, names: list[str]) -> list[Problem]:
        if self.tolerance.lacking:
            return []
        return [
            Problem("column_missing", Place(self.file, line, name), "", name)
            for name in COLUMNS
            if name not in names
        ]

    def _wrong(self, line: int, names: list[str]) -> list[Problem]:
        twice = [name for at, name in enumerate(names) if name and name in names[:at]]
        months = [name for name in names if _MONTH.fullmatch(name) and name not in COLUMNS]
        return [
            *(
                Problem("column_twice", Place(self.file, line, name), name, "once")
                for name in twice
            ),
            *(
                Problem("month_column", Place(self.file, line, name), name, MONTHS_EXPECTED)
                for name in months
            ),
        ]
