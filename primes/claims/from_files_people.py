"""A people file as the people of a simulation: what it says, and nothing taken as favourable."""

from companies.identifiers import EmployeeNumber, NationalId
from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.people_columns import NEVER, People
from primes.claims.from_files_person import PersonSaid
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
YEAR_COLUMN = "annee"


def people_said(people: People, file: str, year: int) -> list[PersonSaid]:
    """One person a row, in the order of the file; raises `FileRefused` on rows of another year."""
    _refuse_other_years(people, file, year)
    return [_person(people, file, row) for row in range(len(people))]


def told_of_the_file(warnings: tuple[FileWarning, ...]) -> tuple[FileWarning, ...]:
    """The warnings that are about no person in particular."""
    return tuple(
        warning
        for warning in warnings
        if TOLD_PER_PERSON.isdisjoint({warning.code, warning.expected})
    )


def _refuse_other_years(people: People, file: str, year: int) -> None:
    """A column of years must be the year asked; then a person has one row, and no second one."""
    problems = []
    first_lines: dict[tuple[str, str], int] = {}
    for row, said in enumerate(people.extra.get(YEAR_COLUMN, ())):
        line = people.line[row]
        if said and said != str(year):
            place = Place(file, line, YEAR_COLUMN)
            problems.append(Problem("year_differs", place, said, str(year)))
        named = {"matricule_cnss": people.cnss_number[row], "cin": people.cin[row]}
        for column, value in named.items():
            first = first_lines.setdefault((column, value), line) if value else line
            if first != line:
                place = Place(file, line, column)
                problems.append(Problem("duplicate_person", place, str(value), str(first)))
    if problems:
        raise FileRefused.because_of(problems)


def _person(people: People, file: str, row: int) -> PersonSaid:
    last = people.last_same_employer_on[row]
    return PersonSaid(
        file=file,
        line=people.line[row],
        number=people.cnss_shown[row],
        cin=people.cin[row] or "",
        has_cnss_number=people.cnss_number[row] is not None,
        nationality=people.nationality[row],
        hired_on=people.hired_on[row],
        left_on=people.left_on[row],
        contract=people.contract[row],
        stable_from=people.stable_from[row],
        last_same_employer_on=None if last == NEVER else last,
        income=people.taxable_income[row],
        months=people.months[row],
        training_minutes=people.training_minutes[row],
        training_cost=people.training_cost[row],
        paid_elsewhere=bool(people.funded_by[row]),
        warnings=_warnings(people, row),
    )


def _warnings(people: People, row: int) -> tuple[str, ...]:
    number, cin, contract = people.cnss_shown[row], people.cin[row], people.contract[row]
    doubts = {
        "no_identifier": not number and not cin,
        "national_id_format": bool(cin and not NationalId.form.fullmatch(cin)),
        "hire_date_unknown": people.hired_on[row] is None,
        "contract_unknown": bool(contract and contract not in CONTRACTS.values),
    }
    of_number = EmployeeNumber(number).warnings if number else ()
    return (*of_number, *(code for code, doubted in doubts.items() if doubted))
