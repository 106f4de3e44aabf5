"""The law on files alone: a people file, or CNSS declarations with the état 9421 of the year.

What the files say becomes the columns the law is told, with who each line is and what was assumed.
Pure: no database, no clock; the files come as bytes and nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from companies.imports.declaration import Declaration
from companies.imports.ds import read_declaration
from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.etat9421 import Etat9421, read_etat9421
from companies.imports.people import read_people
from companies.imports.people_columns import People
from companies.imports.recognise import HEAD_SIZE, recognise
from primes.claims.from_files_official import LeftOut, official_people
from primes.claims.from_files_people import people_said, told_of_the_file
from primes.claims.from_files_person import (
    Favourable,
    FirmSaid,
    PersonSaid,
    facts_from,
    favourable,
    firm_conditions_assumed,
)
from primes.claims.from_files_records import OfficialFiles
from primes.rules.columns import Facts

ZIP_MAGIC = b"PK\x03\x04"
HEADER_LINE = 2

NamedContent = tuple[str, bytes]
Read = Declaration | Etat9421 | People


@dataclass(frozen=True, slots=True, eq=False)
class FromFiles:
    """Columns and who they are about, position by position.

    `firm_assumed` has the codes of the firm conditions about which nothing was given; `warnings`
    are those about no line in particular.
    """

    facts: Facts
    people: tuple[PersonSaid, ...]
    firm_assumed: tuple[str, ...]
    warnings: tuple[FileWarning, ...]
    left_out: LeftOut


def from_files(
    files: Sequence[NamedContent], *, scheme: str, year: int, firm: FirmSaid
) -> FromFiles:
    """Raises `FileRefused` with the problems of all files, `UnknownScheme`, `YearOutsideScheme`."""
    least = favourable(scheme, year)
    read = _read_all(files)
    people_files = [(name, each) for name, each in read if isinstance(each, People)]
    if people_files:
        _require_alone(people_files, read)
        name, people = people_files[0]
        lines = people_said(people, name, year)
        return _answer(lines, firm, least, told_of_the_file(people.warnings), LeftOut())
    official = official_people(_official(read, year), least)
    return _answer(official.people, firm, least, official.warnings, official.left_out)


def _answer(
    people: Sequence[PersonSaid],
    firm: FirmSaid,
    least: Favourable,
    warnings: tuple[FileWarning, ...],
    left_out: LeftOut,
) -> FromFiles:
    return FromFiles(
        facts=facts_from(people, firm, least),
        people=tuple(people),
        firm_assumed=firm_conditions_assumed(firm, least),
        warnings=warnings,
        left_out=left_out,
    )


def _read_all(files: Sequence[NamedContent]) -> list[tuple[str, Read]]:
    """Every file is read before any is refused."""
    read: list[tuple[str, Read]] = []
    problems: list[Problem] = []
    for name, content in files:
        try:
            read.append((name, _read(name, content)))
        except FileRefused as refused:
            problems += refused.problems
    if problems:
        raise FileRefused.because_of(problems)
    return read


def _read(name: str, content: bytes) -> Read:
    if content.startswith(ZIP_MAGIC):
        raise FileRefused("xlsx_not_read", Place(name), "XLSX", "CSV")
    kind = recognise(content[:HEAD_SIZE], name)
    if kind == "people":
        return read_people(BytesIO(content), name)
    if kind == "etat9421":
        return read_etat9421(BytesIO(content), name)
    declaration = read_declaration(BytesIO(content), name)
    if declaration.header.is_prefilled:
        place = Place(name, 1, "L_Type_Enreg")
        raise FileRefused("declaration_prefilled", place, declaration.header.family, "B or E")
    return declaration


def _require_alone(
    people_files: Sequence[tuple[str, People]], read: Sequence[tuple[str, Read]]
) -> None:
    """A people file says everything: beside another file nobody could tell which one is right."""
    if len(read) > 1:
        other = next(name for name, each in read if each is not people_files[0][1])
        raise FileRefused("people_file_alone", Place(people_files[0][0]), other, "one people file")


def _official(read: Sequence[tuple[str, Read]], year: int) -> OfficialFiles:
    """The files of one employer and of the year asked; raises `FileRefused` with what disagrees."""
    etats = [(name, each) for name, each in read if isinstance(each, Etat9421)]
    declarations = [(name, each) for name, each in read if isinstance(each, Declaration)]
    if not etats:
        place = Place(declarations[0][0])
        raise FileRefused("etat9421_missing", place, "", "the état 9421 of the year")
    name, etat = etats[0]
    problems = [
        *_other_years(etats, year),
        *_other_employers(etats, declarations),
        *_said_twice(etats, declarations),
    ]
    if problems:
        raise FileRefused.because_of(problems)
    declarations.sort(key=lambda each: (each[1].header.period, each[1].header.supplement))
    return OfficialFiles(declarations, etat, name)


def _other_years(etats: Sequence[tuple[str, Etat9421]], year: int) -> list[Problem]:
    return [
        Problem("year_differs", Place(name, None, "annee"), str(etat.year), str(year))
        for name, etat in etats
        if etat.year != year
    ]


def _other_employers(
    etats: Sequence[tuple[str, Etat9421]], declarations: Sequence[tuple[str, Declaration]]
) -> list[Problem]:
    """Numbers are compared without the zeros that spreadsheets lose."""
    expected = etats[0][1].employer_number
    numbers = [
        *((Place(name, None, "numeroCNSS"), etat.employer_number) for name, etat in etats),
        *(
            (Place(name, HEADER_LINE, "N_Num_Affilie"), declaration.header.employer_number)
            for name, declaration in declarations
        ),
    ]
    return [
        Problem("employer_differs", place, found, expected)
        for place, found in numbers
        if found.lstrip("0") != expected.lstrip("0")
    ]


def _said_twice(
    etats: Sequence[tuple[str, Etat9421]], declarations: Sequence[tuple[str, Declaration]]
) -> list[Problem]:
    """Two files about the same thing: nobody can know which is the right one."""
    about: list[tuple[str, object]] = [
        *((name, etat.year) for name, etat in etats),
        *((name, (each.header.period, each.header.supplement)) for name, each in declarations),
    ]
    subjects = [subject for _, subject in about]
    return [
        Problem("period_twice", Place(name), name, about[first][0])
        for position, (name, subject) in enumerate(about)
        if (first := subjects.index(subject)) != position
    ]
