"""The rows of a people file put together by person: one a person and year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from companies.imports.errors import Place, Problem
from companies.imports.reading.people_columns import People
from primes.claims.from_files_asked import Asked
from primes.claims.from_files_person import ONE_PERSON
from primes.rules.calendar import MONTHS_PER_YEAR

# What a person is, whatever the year: every row of the person says the same.
LASTING = {
    "nationalite": "nationality",
    "date_embauche": "hired_on",
    "date_depart": "left_on",
    "type_contrat": "contract",
    "date_contrat_stable": "stable_from",
    "derniere_declaration_meme_employeur": "last_same_employer_on",
    "profil": "profile",
    "diplome": "degree_years",
}
IDENTIFIERS = {"matricule_cnss": "cnss_number", "cin": "cin"}


@dataclass(slots=True)
class RowsOfPerson:
    """`rows` are positions in the file by calendar year; `first` is the row met first."""

    first: int
    line: int
    number: str = ""
    cin: str = ""
    rows: dict[int, int] = field(default_factory=dict)

    def by_year(self, amounts: Sequence[int | None], years: range) -> tuple[int | None, ...]:
        """One a year, unknown where the person has no row."""
        rows = (self.rows.get(year) for year in years)
        return tuple(None if row is None else amounts[row] for row in rows)

    def months(self, people: People, years: range) -> tuple[int | None, ...]:
        unknown: Sequence[int | None] = (None,) * MONTHS_PER_YEAR
        rows = (self.rows.get(year) for year in years)
        of_years = (unknown if row is None else people.months[row] for row in rows)
        return tuple(amount for months in of_years for amount in months)


def rows_by_person(
    people: People, file: str, rows: Sequence[int], asked: Asked
) -> tuple[list[RowsOfPerson], list[Problem]]:
    """People in the order in which each first appears; a person whose rows disagree is left out."""
    known: dict[tuple[str, str], RowsOfPerson] = {}
    persons: list[RowsOfPerson] = []
    problems: list[Problem] = []
    wrong: set[int] = set()
    for row in rows:
        said = _identifiers(people, row)
        found = {id(known[key]): known[key] for key in said if key in known}
        person = next(iter(found.values()), None)
        if person is None:
            person = RowsOfPerson(row, people.line[row])
            persons.append(person)
        reading = _Row(people, file, row, person)
        told = reading.problems(people.year[row] or asked.year, is_one=len(found) < 2)
        if told:
            problems += told
            wrong.add(person.first)
        reading.take(people.year[row] or asked.year)
        known |= {key: person for key in said if key not in known}
    return [person for person in persons if person.first not in wrong], problems


def _identifiers(people: People, row: int) -> list[tuple[str, str]]:
    values = {column: getattr(people, name)[row] for column, name in IDENTIFIERS.items()}
    return [(column, value) for column, value in values.items() if value]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row beside what the rows before it said of the same person."""

    people: People
    file: str
    row: int
    person: RowsOfPerson

    def take(self, year: int) -> None:
        person, people = self.person, self.people
        person.number = person.number or people.cnss_shown[self.row]
        if people.cnss_number[self.row]:
            person.number = people.cnss_shown[self.row]
        person.cin = person.cin or people.cin[self.row] or ""
        person.rows.setdefault(year, self.row)

    def problems(self, year: int, *, is_one: bool) -> list[Problem]:
        """A second row of one year, two people in one, or a fact that changes from row to row."""
        first = self.person.rows.get(year)
        if first is not None:
            return [self._problem("duplicate_person", self._identified_by(), first)]
        if not is_one:
            found = str(self.people.cnss_number[self.row])
            place = Place(self.file, self.people.line[self.row], "matricule_cnss")
            return [Problem("person_conflict", place, found, ONE_PERSON)]
        changed = [
            column
            for columns, may_be_empty in ((IDENTIFIERS, True), (LASTING, False))
            for column, name in columns.items()
            if self._changes(name, may_be_empty=may_be_empty)
        ]
        return [self._problem("rows_disagree", column, self.person.first) for column in changed]

    def _changes(self, name: str, *, may_be_empty: bool) -> bool:
        values: Sequence[object] = getattr(self.people, name)
        before, now = values[self.person.first], values[self.row]
        return before != now and not (may_be_empty and (before is None or now is None))

    def _identified_by(self) -> str:
        return "matricule_cnss" if self.people.cnss_number[self.row] else "cin"

    def _problem(self, code: str, column: str, first: int) -> Problem:
        names: Mapping[str, str] = IDENTIFIERS | LASTING
        value = getattr(self.people, names[column])[self.row]
        found = (
            value.isoformat() if isinstance(value, date) else str("" if value is None else value)
        )
        place = Place(self.file, self.people.line[self.row], column)
        return Problem(code, place, found, str(self.people.line[first]))
