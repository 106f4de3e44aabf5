"""CNSS declarations and états 9421 as the people of a simulation.

The lines are the permanent staff of the claim year's état; what these files cannot say is taken as
favourable and named.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from companies.identifiers import EmployeeNumber, NationalId
from companies.imports.errors import FileWarning, Place
from companies.imports.loading.employments import Spell, month_end, spells_of
from primes.claims.from_files_asked import Asked
from primes.claims.from_files_person import PersonSaid
from primes.claims.from_files_records import (
    Evidence,
    Key,
    OfficialFiles,
    Ties,
    evidence_of,
    rows_of,
    ties_of,
)

CANNOT_SAY = ("contract", "training_minutes", "paid_elsewhere", "granted_here")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who is in the files and is no line.

    `declared_only` has the first record of each person of the declarations whom the état does not
    list; `occasional_records` counts records of occasional labour in the declarations, `occasional`
    people of the état; `earlier_only` are in états of earlier years alone. `other_years` are rows
    of a people file about years that the scheme does not read.
    """

    declared_only: tuple[Place, ...] = ()
    occasional_records: int = 0
    occasional: int = 0
    trainees: int = 0
    others: int = 0
    earlier_only: int = 0
    other_years: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialPeople:
    people: list[PersonSaid]
    left_out: LeftOut
    warnings: tuple[FileWarning, ...]


def official_people(files: OfficialFiles, asked: Asked) -> OfficialPeople:
    """The permanent staff, in the order of the état; raises `FileRefused` when rows contradict."""
    rows = list(rows_of(files))
    ties = ties_of(files, rows)
    evidence, earlier_only = evidence_of(files, ties)
    outside: dict[Key, Place] = {}
    listed: dict[tuple[str, int], Evidence] = {}
    for row in rows:
        key = ties.key(row.number, row.cin)
        if key in evidence:
            evidence[key].take(row)
            listed[row.file, row.line] = evidence[key]
        else:
            outside.setdefault(key, row.place)
    warnings = _share_warnings(files, listed)
    people = [
        _Reading(files, key, said, ties, asked).person(position)
        for position, (key, said) in enumerate(evidence.items())
    ]
    left_out = replace(_left_out(files, tuple(outside.values())), earlier_only=earlier_only)
    return OfficialPeople(people, left_out, warnings)


def _share_warnings(
    files: OfficialFiles, listed: dict[tuple[str, int], Evidence]
) -> tuple[FileWarning, ...]:
    """Give each person the warnings of its records; returns those about no line of the result."""
    of_files = []
    for _, declaration in files.declarations:
        for warning in declaration.warnings:
            person = listed.get((warning.place.file, warning.place.line or 0))
            if person is None:
                of_files.append(warning)
            else:
                person.warnings.append(warning.code)
    # The key of a number of the état is looked at person by person, with no hundred to stop at.
    of_files += [
        warning
        for _, etat in files.etats
        for warning in etat.warnings
        if not f"{warning.code} {warning.expected}".startswith(("employee_number", "more_of_the"))
    ]
    return tuple(of_files)


def _left_out(files: OfficialFiles, declared_only: tuple[Place, ...]) -> LeftOut:
    occasional = int(EmployeeNumber.OCCASIONAL)
    return LeftOut(
        declared_only=declared_only,
        occasional_records=sum(
            int((declaration.rows.number == occasional).sum())
            for _, declaration in files.declarations
        ),
        occasional=files.etat.occasional_count,
        trainees=files.etat.trainee_count,
        others=files.etat.other_count,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """One person of the état and what the declarations say of it."""

    files: OfficialFiles
    key: Key
    said: Evidence
    ties: Ties
    asked: Asked

    def person(self, position: int) -> PersonSaid:
        staff = self.files.etat.staff
        number = self.key[1] if self.key[0] == "number" else ""
        cin = staff.cin[position] or self.ties.cin_of.get(number, "")
        spell = self._spell()
        earlier = self._earlier(spell)
        is_moroccan = NationalId.form.fullmatch(cin) is not None
        assumed = {
            "last_same_employer_on": earlier is None,
            "nationality": not is_moroccan,
        }
        return PersonSaid(
            file=self.files.etat_name,
            line=int(staff.line[position]),
            number=number,
            cin=cin,
            has_cnss_number=bool(number),
            nationality="MA" if is_moroccan else self.asked.nationality,
            hired_on=spell.hired_on if spell else None,
            left_on=spell.departure.on if spell and spell.departure else None,
            contract=self.asked.contract,
            last_same_employer_on=earlier,
            incomes=[self.said.incomes.get(year) for year in self.asked.years],
            months=self._months(),
            training_minutes=self.asked.training_minutes,
            warnings=self._warnings(number, spell),
            assumed=(
                *(fact for fact in CANNOT_SAY if fact in self.asked.facts),
                *(fact for fact, unknown in assumed.items() if unknown),
            ),
        )

    def _spell(self) -> Spell | None:
        """The last employment in force in the year, else the one nearest to it."""
        spells = spells_of(self.said.months, self.said.recruitments)
        begun = [spell for spell in spells if spell.hired_on <= date(self.asked.year, 12, 31)]
        return begun[-1] if begun else next(iter(spells), None)

    def _earlier(self, spell: Spell | None) -> date | None:
        """The last declaration before the hire date; a month is dated on its last day."""
        if spell is None:
            return None
        ends = (month_end(declared.month) for declared in self.said.months)
        return max((end for end in ends if end < spell.hired_on), default=None)

    def _months(self) -> tuple[int | None, ...]:
        """Absent from a declaration that was given is 0; a month without one is unknown."""
        given = set(self.files.months_given())
        months = (date(year, month, 1) for year in self.asked.years for month in range(1, 13))
        return tuple(self.said.salaries.get(m, 0) if m in given else None for m in months)

    def _warnings(self, number: str, spell: Spell | None) -> tuple[str, ...]:
        codes = [
            *(EmployeeNumber(number).warnings if number else ()),
            *self.said.warnings,
            *(["absent_without_departure"] if self._vanished() else []),
            *(["hire_date_unknown"] if spell is None else []),
        ]
        return tuple(dict.fromkeys(codes))

    def _vanished(self) -> bool:
        """Declared in one of the months given, absent from the next one, and nobody said left."""
        present = {declared.month for declared in self.said.months}
        gone = {declared.month for declared in self.said.months if declared.left}
        return any(
            before in present and month not in present and before not in gone
            for before, month in pairwise(self.files.months_given())
        )
