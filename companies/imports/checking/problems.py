"""What the checks of a whole import find, on its way to the people who repair or to a refusal."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from accounts.sealing import seal, unseal
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.models import ImportFile
from companies.imports.staging.rows import CELL, copy_problems

CIN, NUMBER = "cin", "cnss"
FIELDS = {
    "ds": {CIN: "L_Num_CIN", NUMBER: "N_Num_Assure"},
    "etat9421": {CIN: "numCNI", NUMBER: "numCNSS"},
}
TABLE_FIELDS = {CIN: "cin", NUMBER: "matricule_cnss"}
"""What each format calls the column of an identifier; spreadsheets are named by their fields."""

DUPLICATE, CONFLICT = "duplicate_person", "person_conflict"
ELSEWHERE, UNKNOWN = "person_also_elsewhere", "employee_unknown"
CHECK_CODES = (DUPLICATE, CONFLICT, ELSEWHERE, UNKNOWN)


class Found(NamedTuple):
    """A row that may not be taken; `sealed` is its own identifier of that `kind`, or empty."""

    file: ImportFile
    line: int
    kind: str
    code: str
    sealed: bytes
    expected: str

    @property
    def field(self) -> str:
        return FIELDS.get(self.file.format, TABLE_FIELDS)[self.kind]

    @property
    def text(self) -> str:
        return unseal(self.kind, self.sealed)


def refuse_official(found: Iterable[Found]) -> None:
    """Official files are taken or refused whole; raises `FileRefused`."""
    problems = [
        Problem(each.code, Place(each.file.name, each.line, each.field), each.text, each.expected)
        for each in found
        if not each.file.is_spreadsheet
    ]
    if problems:
        raise FileRefused.because_of(problems)


def keep(found: Sequence[Found]) -> None:
    """Beside what was wrong with the cells of the row."""
    copy_problems(
        (
            each.file.pk,
            each.line,
            each.field,
            each.code,
            seal(CELL, each.text),
            each.expected,
            True,
        )
        for each in found
    )
