"""A file that has just come in: recognised, read, held against its firm; nothing is stored."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

import numpy as np

from companies.firms.models import Firm
from companies.identifiers import EmployeeNumber, NationalId, bare
from companies.imports.declaration import Declaration
from companies.imports.ds import read_declaration
from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.etat9421 import Etat9421, read_etat9421
from companies.imports.people import read_people
from companies.imports.people_columns import People
from companies.imports.recognise import HEAD_SIZE, FileKind, recognise
from companies.workforce.models import ContractKind

HEADER_LINE = 2
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
FUNDER_LENGTH = 120
NATIONALITY_EXPECTED = "a country code of two letters, such as MA"
OWN_FIRM_EXPECTED = "the number of the firm that sends the file"


@dataclass(frozen=True, slots=True, eq=False)
class NamedPeople:
    """Who the rows of a file are about, columns of equal length. Each row has a number or a CIN."""

    line: list[int]
    number: list[str | None]
    cin: list[str | None]
    last_name: list[str]
    first_name: list[str]

    def __len__(self) -> int:
        return len(self.line)


@dataclass(slots=True, eq=False)
class Incoming:
    """`kept` are the positions, in `read`, of the rows of `people`; the others were left out.

    `period` is the month of a declaration, else 1 January of the year. `employee_ids`, parallel to
    `people`, and the counts are filled by the load.
    """

    name: str
    content: bytes
    kind: FileKind
    read: Declaration | Etat9421 | People
    period: date
    supplement: int
    people: NamedPeople
    kept: list[int]
    rows: int
    warnings: list[FileWarning]
    file_id: int = 0
    employee_ids: list[int] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def left_out(self) -> int:
        return self.rows - len(self.people)


def read_incoming(
    files: Sequence[tuple[str, bytes]], firm: Firm, *, year_by_default: int
) -> list[Incoming]:
    """The files in the order in which they are loaded: declarations by month, états 9421, people.

    Raises `FileRefused` with the problems of all files together. `year_by_default` is that of a
    people file which names none and comes with no état 9421.
    """
    problems: list[Problem] = []
    known: list[Incoming] = []
    people_files: list[tuple[str, bytes]] = []
    for name, content in files:
        try:
            kind = recognise(content[:HEAD_SIZE], name)
            if kind == "people":
                people_files.append((name, content))
            else:
                reader = _read_declaration if kind == "ds" else _read_etat
                known.append(reader(name, content, firm))
        except FileRefused as refused:
            problems += refused.problems
    years = [each.period.year for each in known if each.kind == "etat9421"]
    for name, content in people_files:
        try:
            known.append(_read_people(name, content, max(years, default=year_by_default)))
        except FileRefused as refused:
            problems += refused.problems
    problems += _said_twice(known)
    if problems:
        raise FileRefused.because_of(problems)
    order = {"ds": 0, "etat9421": 1, "people": 2}
    return sorted(known, key=lambda each: (order[each.kind], each.period, each.supplement))


def _said_twice(known: list[Incoming]) -> list[Problem]:
    """Two files of one call about the same thing: nobody can know which is the right one."""
    first: dict[tuple[str, date, int], Incoming] = {}
    problems = []
    for each in known:
        about = (each.kind, each.period, each.supplement)
        before = first.setdefault(about, each)
        if before is not each and each.kind != "people":
            problems.append(Problem("period_twice", Place(each.name), each.name, before.name))
    return problems


def _read_declaration(name: str, content: bytes, firm: Firm) -> Incoming:
    declaration = read_declaration(BytesIO(content), name)
    header, rows = declaration.header, declaration.rows
    if header.is_prefilled:
        place = Place(name, 1, "L_Type_Enreg")
        raise FileRefused("declaration_prefilled", place, header.family, "B or E")
    _check_owner(
        Place(name, HEADER_LINE, "N_Num_Affilie"), header.employer_number, firm.employer_number
    )
    keep = np.flatnonzero(rows.number != int(EmployeeNumber.OCCASIONAL)).tolist()
    lines, numbers = rows.line.tolist(), rows.number_texts()
    cins, last_names, first_names = map(rows.texts, ("cin", "last_name", "first_name"))
    people = NamedPeople(
        line=[lines[row] for row in keep],
        number=[_named(numbers[row]) for row in keep],
        cin=[bare(cins[row]) or None for row in keep],
        last_name=[last_names[row] for row in keep],
        first_name=[first_names[row] for row in keep],
    )
    return Incoming(
        name,
        content,
        "ds",
        declaration,
        header.period,
        header.supplement,
        people,
        keep,
        len(rows),
        list(declaration.warnings),
    )


def _named(number: str) -> str | None:
    return None if number == EmployeeNumber.PENDING else number


def _read_etat(name: str, content: bytes, firm: Firm) -> Incoming:
    etat = read_etat9421(BytesIO(content), name)
    _check_owner(Place(name, None, "numeroCNSS"), etat.employer_number, firm.employer_number)
    _check_owner(Place(name, None, "identifiantFiscal"), etat.fiscal_id, firm.fiscal_id)
    staff = etat.staff
    people = NamedPeople(
        staff.line.tolist(), staff.cnss_number, staff.cin, staff.last_name, staff.first_name
    )
    others = etat.occasional_count + etat.trainee_count + etat.other_count
    return Incoming(
        name,
        content,
        "etat9421",
        etat,
        date(etat.year, 1, 1),
        0,
        people,
        list(range(len(staff))),
        len(staff) + others,
        list(etat.warnings),
    )


def _check_owner(place: Place, found: str, expected: str) -> None:
    """The file is this firm's; numbers are compared without the zeros that spreadsheets lose."""
    if found.lstrip("0") != expected.lstrip("0"):
        raise FileRefused("file_of_another_firm", place, found, expected)


def _read_people(name: str, content: bytes, year_by_default: int) -> Incoming:
    read = read_people(BytesIO(content), name)
    problems = _unknown_words(read, name)
    if problems:
        raise FileRefused.because_of(problems)
    keep = [row for row in range(len(read)) if read.cnss_number[row] or read.cin[row]]
    people = NamedPeople(
        line=[read.line[row] for row in keep],
        number=[read.cnss_number[row] for row in keep],
        cin=[read.cin[row] for row in keep],
        last_name=[read.last_name[row] for row in keep],
        first_name=[read.first_name[row] for row in keep],
    )
    warnings = list(read.warnings)
    if any(read.training_minutes):
        # Trainings are declared by session, with who attended: a number of hours proves nothing.
        warnings.append(FileWarning("column_not_loaded", Place(name, 1, "heures_formation")))
    period = date(max(filter(None, read.year), default=year_by_default), 1, 1)
    return Incoming(name, content, "people", read, period, 0, people, keep, len(read), warnings)


def _unknown_words(read: People, name: str) -> list[Problem]:
    """Words the law may ignore but a register may not hold."""
    contracts = " ".join(ContractKind.values)
    problems = []
    for row, line in enumerate(read.line):
        contract, nationality = read.contract[row], read.nationality[row]
        if contract and contract not in ContractKind.values:
            place = Place(name, line, "type_contrat")
            problems.append(Problem("contract_unknown", place, contract, contracts))
        if nationality and not COUNTRY_CODE.fullmatch(nationality):
            place = Place(name, line, "nationalite")
            problems.append(
                Problem("nationality_unknown", place, nationality, NATIONALITY_EXPECTED)
            )
        if len(read.funded_by[row]) > FUNDER_LENGTH:
            place = Place(name, line, "finance_par")
            problems.append(
                Problem("text_too_long", place, read.funded_by[row], str(FUNDER_LENGTH))
            )
    return problems


def is_moroccan(cin: str | None) -> bool:
    """A CIN of Moroccan form says so; any other says nothing."""
    return cin is not None and NationalId.form.fullmatch(cin) is not None
