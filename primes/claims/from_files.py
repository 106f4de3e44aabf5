"""The law on files alone: a people file, or CNSS declarations with the état 9421 of the year.

What the files say becomes the columns the law is told, with who each line is and what was assumed.
Pure: no database, no clock; the files come as bytes and nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.formats.declaration import Declaration
from companies.imports.formats.ds import read_declaration
from companies.imports.formats.etat9421 import Etat9421, read_etat9421
from companies.imports.formats.recognise import HEAD_SIZE, recognise
from companies.imports.reading.people import read_people
from companies.imports.reading.people_columns import People
from primes.claims.from_files_asked import Asked, asked_of
from primes.claims.from_files_official import LeftOut, official_people
from primes.claims.from_files_people import PeopleSaid, people_said, told_of_the_file
from primes.claims.from_files_person import (
    FirmSaid,
    PersonSaid,
    facts_from,
    firm_conditions_assumed,
)
from primes.claims.from_files_records import OfficialFiles
from primes.rules.columns import Facts

HEADER_LINE = 2
A_PEOPLE_FILE = "a people file"

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
    asked = asked_of(scheme, year)
    read = _read_all(files)
    people_files = [(name, each) for name, each in read if isinstance(each, People)]
    if people_files:
        _require_alone(people_files, read)
        name, people = people_files[0]
        said = people_said(people, name, asked)
        if said.problems:
            raise FileRefused.because_of(said.problems)
        return _of_people(said, people, firm, asked)
    if asked.asks_trainings:
        raise FileRefused("trainings_not_in_files", Place(read[0][0]), "", A_PEOPLE_FILE)
    official = official_people(_official(read, asked), asked)
    return _answer(official.people, firm, asked, official.warnings, official.left_out)


def from_people(
    people: People, name: str, *, scheme: str, year: int, firm: FirmSaid
) -> tuple[FromFiles, tuple[Problem, ...]]:
    """The rows that agree, computed without the others; the problems say what is wrong with these.

    For a screen, never for a claim: a file of a claim is taken whole or not at all.
    """
    asked = asked_of(scheme, year)
    said = people_said(people, name, asked)
    return _of_people(said, people, firm, asked), said.problems


def _of_people(said: PeopleSaid, people: People, firm: FirmSaid, asked: Asked) -> FromFiles:
    left_out = LeftOut(other_years=said.other_years)
    return _answer(said.people, firm, asked, told_of_the_file(people.warnings), left_out)


def _answer(
    people: Sequence[PersonSaid],
    firm: FirmSaid,
    asked: Asked,
    warnings: tuple[FileWarning, ...],
    left_out: LeftOut,
) -> FromFiles:
    return FromFiles(
        facts=facts_from(people, firm, asked),
        people=tuple(people),
        firm_assumed=firm_conditions_assumed(firm, asked),
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
    kind = recognise(content[:HEAD_SIZE], name)
    if kind not in {"ds", "etat9421"}:
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


def _official(read: Sequence[tuple[str, Read]], asked: Asked) -> OfficialFiles:
    """Files of one employer and of the years asked; raises `FileRefused` with what disagrees."""
    etats = [(name, each) for name, each in read if isinstance(each, Etat9421)]
    declarations = [(name, each) for name, each in read if isinstance(each, Declaration)]
    problems = [
        *_other_years(etats, asked),
        *_other_employers(etats, declarations),
        *_said_twice(etats, declarations),
    ]
    if problems:
        raise FileRefused.because_of(problems)
    by_year = {etat.year: (name, etat) for name, etat in etats}
    if asked.year not in by_year:
        place = Place(read[0][0])
        raise FileRefused("etat9421_missing", place, "", "the état 9421 of the year")
    declarations.sort(key=lambda each: (each[1].header.period, each[1].header.supplement))
    name, etat = by_year.pop(asked.year)
    earlier = [by_year[year] for year in sorted(by_year)]
    return OfficialFiles(declarations, etat, name, earlier)


def _other_years(etats: Sequence[tuple[str, Etat9421]], asked: Asked) -> list[Problem]:
    expected = " ".join(map(str, asked.years))
    return [
        Problem("year_differs", Place(name, None, "annee"), str(etat.year), expected)
        for name, etat in etats
        if etat.year not in asked.years
    ]


def _other_employers(
    etats: Sequence[tuple[str, Etat9421]], declarations: Sequence[tuple[str, Declaration]]
) -> list[Problem]:
    """Numbers are compared without the zeros that spreadsheets lose."""
    numbers = [
        *((Place(name, None, "numeroCNSS"), etat.employer_number) for name, etat in etats),
        *(
            (Place(name, HEADER_LINE, "N_Num_Affilie"), declaration.header.employer_number)
            for name, declaration in declarations
        ),
    ]
    expected = numbers[0][1]
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
