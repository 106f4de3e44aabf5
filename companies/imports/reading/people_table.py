"""A people file being read: what may be missing from it, its header, what is wrong with it."""

import re
from dataclasses import dataclass, field, replace

from companies.imports.errors import FileRefused, Place, Problem, WarningLog
from companies.imports.formats.header_search import WORDS_MIN
from companies.imports.formats.workbook_scan import Limits
from companies.imports.reading.people_columns import COLUMNS, EVERY_COLUMN

HEADER_EXPECTED = "a header line"
PEOPLE_EXPECTED = "a people file"
MONTHS_EXPECTED = "mois_01 to mois_12"
_MONTH = re.compile(r"mois_?[0-9]+")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What a file may lack, and what it may cost.

    With `lacking`, an absent column reads as an empty one. `rows` bounds the rows, where it is set.
    """

    lacking: bool = False
    rows: int | None = None
    workbook: Limits = field(default_factory=Limits)


class Header:
    """The titles of a people file, whose `names` are to be written exactly.

    Raises `FileRefused` for a column that is missing or doubled; `absent` are those it may lack.
    """

    def __init__(self, file_name: str, tolerance: Tolerance, line: int, titles: list[str]) -> None:
        self.names = [title.lower() for title in titles]
        self._place = Place(file_name, line)
        if not any(self.names):
            raise FileRefused("file_empty", self._place, "", HEADER_EXPECTED)
        self._refuse_other_tables(tolerance)
        self.absent = tuple(name for name in COLUMNS if name not in self.names)
        problems = [*(() if tolerance.lacking else self._missing()), *self._wrong()]
        if problems:
            raise FileRefused.because_of(problems)

    def warn(self, log: WarningLog) -> None:
        """An unknown column is left unread."""
        for name in self.names:
            if name and name not in EVERY_COLUMN:
                log.add("column_unknown", self._place.line, name, found=name)

    def _refuse_other_tables(self, tolerance: Tolerance) -> None:
        """A first line that names few columns is a row, or the table of something else."""
        if sum(name in EVERY_COLUMN for name in self.names) < WORDS_MIN:
            found = " ".join(filter(None, self.names))[:40]
            code = "header_missing" if tolerance.lacking else "file_unknown"
            expected = HEADER_EXPECTED if tolerance.lacking else PEOPLE_EXPECTED
            raise FileRefused(code, self._place, found, expected)

    def _missing(self) -> list[Problem]:
        return [Problem("column_missing", self._at(name), "", name) for name in self.absent]

    def _wrong(self) -> list[Problem]:
        names = self.names
        twice = [name for at, name in enumerate(names) if name and name in names[:at]]
        months = [name for name in names if _MONTH.fullmatch(name) and name not in COLUMNS]
        return [
            *(Problem("column_twice", self._at(name), name, "once") for name in twice),
            *(Problem("month_column", self._at(name), name, MONTHS_EXPECTED) for name in months),
        ]

    def _at(self, name: str) -> Place:
        return replace(self._place, field=name)
