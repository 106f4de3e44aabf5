"""The records of official files, person by person: who each is about, and what it says.

One CNSS number is one person, the CIN where the number is pending; rows that have both tie them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from companies.identifiers import EmployeeNumber, bare
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.formats.declaration import Declaration
from companies.imports.formats.etat9421 import Etat9421
from companies.imports.loading.employments import (
    LEAVING_SITUATIONS,
    DeclaredMonth,
    Origin,
    Recruitment,
)
from primes.claims.from_files_person import ONE_PERSON

Key = tuple[str, str]
"""« number » or « cin », and its value."""


@dataclass(frozen=True, slots=True, eq=False)
class OfficialFiles:
    """What was read: declarations by file name, in order of month, and the état of the claim year.

    `earlier` are the états of years before it.
    """

    declarations: Sequence[tuple[str, Declaration]]
    etat: Etat9421
    etat_name: str
    earlier: Sequence[tuple[str, Etat9421]] = ()

    @property
    def etats(self) -> list[tuple[str, Etat9421]]:
        """Those of earlier years, then that of the claim year."""
        return [*self.earlier, (self.etat_name, self.etat)]

    def months_given(self) -> list[date]:
        """A month is known when its main declaration was given."""
        headers = [declaration.header for _, declaration in self.declarations]
        return sorted(header.period for header in headers if not header.supplement)


@dataclass(slots=True, eq=False)
class Ties:
    """Which number and which CIN are of one person, as rows that have both say."""

    number_of: dict[str, str] = field(default_factory=dict)
    cin_of: dict[str, str] = field(default_factory=dict)

    def tie(self, number: str, cin: str) -> bool:
        """False when it contradicts what was said before."""
        same_cin = self.cin_of.setdefault(number, cin) == cin
        return self.number_of.setdefault(cin, number) == number and same_cin

    def key(self, number: str | None, cin: str | None) -> Key:
        number = number or self.number_of.get(cin or "")
        return ("number", number) if number else ("cin", cin or "")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a declaration that is about one person."""

    file: str
    line: int
    number: str | None
    cin: str | None
    said: DeclaredMonth
    salary: int

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, "N_Num_Assure")


@dataclass(slots=True, eq=False)
class Evidence:
    """What the declarations say of one person, and the états of every year."""

    months: list[DeclaredMonth] = field(default_factory=list)
    salaries: dict[date, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    incomes: dict[int, int] = field(default_factory=dict)
    recruitments: list[Recruitment] = field(default_factory=list)

    def take(self, row: Row) -> None:
        self.months.append(row.said)
        month = row.said.month
        self.salaries[month] = self.salaries.get(month, 0) + row.salary


def rows_of(files: OfficialFiles) -> Iterator[Row]:
    """The records about one person; those of occasional labour are about nobody in particular."""
    for name, declaration in files.declarations:
        yield from _rows(name, declaration)


def _rows(name: str, declaration: Declaration) -> Iterator[Row]:
    month, rows = declaration.header.period, declaration.rows
    columns = zip(
        rows.line.tolist(),
        rows.number_texts(),
        rows.texts("cin"),
        rows.entrant.tolist(),
        rows.texts("situation"),
        rows.real_salary.tolist(),
        strict=True,
    )
    for line, number, cin, entrant, situation, salary in columns:
        if number != EmployeeNumber.OCCASIONAL:
            said = DeclaredMonth(
                month, entrant, situation in LEAVING_SITUATIONS, Origin(name, line)
            )
            known = None if number == EmployeeNumber.PENDING else number
            yield Row(name, line, known, bare(cin) or None, said, salary)


def ties_of(files: OfficialFiles, rows: Iterable[Row]) -> Ties:
    both = [
        *(
            (number, cin, Place(name, line, "numCNSS"))
            for name, etat in files.etats
            for number, cin, line in zip(
                etat.staff.cnss_number, etat.staff.cin, etat.staff.line.tolist(), strict=True
            )
        ),
        *((row.number, row.cin, row.place) for row in rows),
    ]
    ties = Ties()
    problems = [
        Problem("person_conflict", place, number, ONE_PERSON)
        for number, cin, place in both
        if number and cin and not ties.tie(number, cin)
    ]
    if problems:
        raise FileRefused.because_of(problems)
    return ties


def evidence_of(files: OfficialFiles, ties: Ties) -> tuple[dict[Key, Evidence], int]:
    """One place a person of the claim year's état, and how many are in earlier états only.

    Two rows of one état that turn out to be one person are refused.
    """
    evidence: dict[Key, Evidence] = {}
    outside: set[Key] = set()
    for name, etat in reversed(files.etats):
        is_claim_year = etat is files.etat
        for position, key in enumerate(_keys(name, etat, ties)):
            if is_claim_year:
                evidence[key] = Evidence()
            if key in evidence:
                _take_year(evidence[key], name, etat, position)
            else:
                outside.add(key)
    return evidence, len(outside)


def _keys(name: str, etat: Etat9421, ties: Ties) -> list[Key]:
    staff, first_lines = etat.staff, dict[Key, int]()
    keys = []
    for number, cin, line in zip(staff.cnss_number, staff.cin, staff.line.tolist(), strict=True):
        key = ties.key(number, cin)
        first = first_lines.setdefault(key, line)
        if first != line:
            raise FileRefused("duplicate_person", Place(name, line, "numCNI"), key[1], str(first))
        keys.append(key)
    return keys


def _take_year(said: Evidence, name: str, etat: Etat9421, position: int) -> None:
    staff = etat.staff
    said.incomes[etat.year] = int(staff.taxable_income[position])
    hired_on = staff.hired_on[position]
    if hired_on:
        origin = Origin(name, int(staff.line[position]))
        said.recruitments.append(Recruitment(etat.year, hired_on, origin))
