"""A people file as the people of a simulation: what it says, and nothing taken as favourable.

How rows make people depends on what the scheme reads: the claim year alone, one training a row, or
several years of one person in as many rows (`from_files_years`).
"""

from dataclasses import dataclass
from datetime import date

from companies.identifiers import EmployeeNumber, NationalId
from companies.imports.errors import FileWarning, Place, Problem
from companies.imports.reading.people_columns import NEVER, People
from primes.claims.from_files_asked import Asked
from primes.claims.from_files_person import PersonSaid, TrainingSaid
from primes.claims.from_files_years import RowsOfPerson, rows_by_person
from primes.rules.columns import CONTRACTS

# The reader logs the first hundred of each; here every person has them.
TOLD_PER_PERSON = frozenset(
    {
        "employee_number_key",
        "employee_number_first_digit",
        "employee_number_reserved",
        "national_id_format",
        "no_identifier",
    }
)
YEAR_COLUMN, TRAINING_COLUMN = "annee", "debut_formation"
# No column says whether a recruit was a job seeker: it is taken as said, and to be confirmed.
JOB_SEEKER = "job_seeker"


@dataclass(frozen=True, slots=True)
class PeopleSaid:
    """The people of the rows that agree, what is wrong with the others, rows of other years."""

    people: tuple[PersonSaid, ...]
    problems: tuple[Problem, ...]
    other_years: tuple[Place, ...]


def people_said(people: People, file: str, asked: Asked) -> PeopleSaid:
    """One person a line, in the order in which each first appears."""
    rows, problems, other_years = _rows_of_years(people, file, asked)
    persons, wrong = rows_by_person(people, file, rows, asked)
    problems += wrong
    said = []
    for person in persons:
        training = _training(people, person, asked)
        late = training and training.first_day and training.first_day.year > asked.year
        if training and training.first_day and late:
            place = Place(file, person.line, TRAINING_COLUMN)
            found = training.first_day.isoformat()
            problems.append(Problem("training_after_year", place, found, str(asked.year)))
        else:
            said.append(_person(people, file, person, training, asked))
    by_line = sorted(problems, key=lambda problem: problem.place.line or 0)
    return PeopleSaid(tuple(said), tuple(by_line), other_years)


def told_of_the_file(warnings: tuple[FileWarning, ...]) -> tuple[FileWarning, ...]:
    """The warnings that are about no person in particular."""
    return tuple(
        warning
        for warning in warnings
        if TOLD_PER_PERSON.isdisjoint({warning.code, warning.expected})
    )


def _rows_of_years(
    people: People, file: str, asked: Asked
) -> tuple[list[int], list[Problem], tuple[Place, ...]]:
    """The rows that the scheme reads, what is wrong with the others, or that they are left out.

    A row that names no year is of the claim year.
    """
    of_years = [row for row, year in enumerate(people.year) if (year or asked.year) in asked.years]
    others = sorted(set(range(len(people))).difference(of_years))
    places = [Place(file, people.line[row], YEAR_COLUMN) for row in others]
    if asked.asks_trainings or len(asked.years) > 1:
        return of_years, [], tuple(places)
    problems = [
        Problem("year_differs", place, str(people.year[row]), str(asked.year))
        for row, place in zip(others, places, strict=True)
    ]
    return of_years, problems, ()


def _training(people: People, person: RowsOfPerson, asked: Asked) -> TrainingSaid | None:
    """The training of the row of the claim year; a row that tells nothing of one has none."""
    row = person.rows.get(asked.year)
    if not asked.asks_trainings or row is None:
        return None
    first_day, notified_on = people.training_from[row], people.notified_on[row]
    minutes, cost = people.training_minutes[row], people.training_cost[row]
    if not (first_day or notified_on or minutes or cost):
        return None
    # The file has no last day: the training ended in the claim year, at the soonest as it began.
    new_year = date(asked.year, 1, 1)
    last_day = max(first_day, new_year) if first_day else new_year
    return TrainingSaid(first_day, last_day, notified_on, minutes, cost)


def _person(
    people: People,
    file: str,
    person: RowsOfPerson,
    training: TrainingSaid | None,
    asked: Asked,
) -> PersonSaid:
    first, rows = person.first, list(person.rows.values())
    last = people.last_same_employer_on[first]
    row = person.rows.get(asked.year)
    return PersonSaid(
        file=file,
        line=person.line,
        number=person.number,
        cin=person.cin,
        has_cnss_number=any(people.cnss_number[row] is not None for row in rows),
        nationality=people.nationality[first],
        hired_on=people.hired_on[first],
        left_on=people.left_on[first],
        contract=people.contract[first],
        stable_from=people.stable_from[first],
        last_same_employer_on=None if last == NEVER else last,
        incomes=person.by_year(people.taxable_income, asked.years),
        months=person.months(people, asked.years),
        training_minutes=0 if row is None else people.training_minutes[row],
        training_cost=0 if row is None else people.training_cost[row],
        training=training,
        paid_elsewhere=any(people.funded_by[row] for row in rows),
        granted=max(people.granted[row] for row in rows),
        profile=people.profile[first],
        degree_years=people.degree_years[first],
        job_seeker=JOB_SEEKER in asked.facts,
        warnings=_warnings(people, person),
        assumed=(JOB_SEEKER,) if JOB_SEEKER in asked.facts else (),
    )


def _warnings(people: People, person: RowsOfPerson) -> tuple[str, ...]:
    contract = people.contract[person.first]
    doubts = {
        "no_identifier": not person.number and not person.cin,
        "national_id_format": bool(person.cin and not NationalId.form.fullmatch(person.cin)),
        "hire_date_unknown": people.hired_on[person.first] is None,
        "contract_unknown": bool(contract and contract not in CONTRACTS.values),
    }
    of_number = EmployeeNumber(person.number).warnings if person.number else ()
    return (*of_number, *(code for code, doubted in doubts.items() if doubted))
