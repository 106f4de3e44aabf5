"""The employees of a firm as its files name them: found or made, then completed."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass

from django.db import connection

from accounts.sealing import seal
from companies.firms.models import Firm
from companies.imports.incoming import Incoming, is_moroccan
from companies.imports.people_columns import People
from companies.imports.sets import insert_rows, update_rows
from companies.workforce.models import Employee

NAME_LENGTH = 60
SORT_KEY_LENGTH = 130
DIGITS_SHOWN = 3
BY_PEOPLE, BY_DECLARATION, BY_ETAT = range(3)
SUPPLEMENTS = 10

Rank = tuple[int, int]
"""How much the spelling of a name weighs: kind of the file that has it, then how recent it is."""

COLUMNS = (
    "last_name",
    "first_name",
    "cin_sealed",
    "cnss_sealed",
    "cin_last",
    "cnss_last",
    "has_cnss_number",
    "nationality",
)
_KNOWN = """
SELECT e.id, e.person_id, e.last_name, e.first_name, e.cin_sealed, e.cnss_sealed,
  e.cin_last, e.cnss_last, e.has_cnss_number, e.nationality,
  (SELECT max(y.year) FROM companies_payyear y JOIN companies_receivedfile f ON f.id = y.source_id
    WHERE y.employee_id = e.id AND f.kind = 'etat9421'),
  (SELECT max((m.month - DATE '0001-01-01' + 1) * {supplements} - m.supplement)
    FROM companies_paymonth m WHERE m.employee_id = e.id)
FROM companies_employee e WHERE e.firm_id = %s AND e.person_id = ANY(%s)
""".replace("{supplements}", str(SUPPLEMENTS))


@dataclass(slots=True, eq=False)
class _Draft:
    """One employee as the database has it or will; `columns` in the order of `COLUMNS`."""

    person_id: int
    last_name: str = ""
    first_name: str = ""
    cin_sealed: bytes = b""
    cnss_sealed: bytes = b""
    cin_last: str = ""
    cnss_last: str = ""
    has_cnss_number: bool = False
    nationality: str = ""
    _: KW_ONLY
    rank: Rank = (-1, 0)
    pk: int = 0

    @property
    def columns(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in COLUMNS)

    @property
    def sort_key(self) -> str:
        return sort_key(self.last_name, self.first_name)

    def take_names(self, rank: Rank, last_name: str, first_name: str) -> None:
        """The spelling of the weightiest file stays, whatever the order in which they came."""
        if rank >= self.rank and last_name:
            self.rank = rank
            self.last_name, self.first_name = last_name[:NAME_LENGTH], first_name[:NAME_LENGTH]

    def take_numbers(self, cin: str | None, number: str | None) -> None:
        """A number that is there already is the same: the person would be another one else."""
        if cin and not self.cin_sealed:
            self.cin_sealed, self.cin_last = seal("cin", cin), cin[-DIGITS_SHOWN:]
        if number and not self.has_cnss_number:
            self.cnss_sealed, self.cnss_last = seal("cnss", number), number[-DIGITS_SHOWN:]
            self.has_cnss_number = True
        if not self.nationality and is_moroccan(cin):
            self.nationality = "MA"


def load_employees(
    firm: Firm, files: Sequence[Incoming], persons_of_rows: Sequence[Sequence[int]]
) -> None:
    """Write them, and give each file its `employee_ids` and how many of them it brought first."""
    drafts = _known(firm, {person for persons in persons_of_rows for person in persons})
    before = {draft.pk: draft.columns for draft in drafts.values()}
    for each, persons in zip(files, persons_of_rows, strict=True):
        rank = _rank(each)
        named = zip(*_columns_of(each), persons, strict=True)
        for number, cin, last_name, first_name, nationality, person in named:
            draft = drafts.get(person)
            if draft is None:
                draft = drafts[person] = _Draft(person)
                each.created += 1
            draft.take_names(rank, last_name, first_name)
            draft.nationality = nationality or draft.nationality
            draft.take_numbers(cin, number)
    _write(firm, drafts.values(), before)
    for each, persons in zip(files, persons_of_rows, strict=True):
        each.employee_ids = [drafts[person].pk for person in persons]


def _columns_of(file: Incoming) -> tuple[Sequence[str | None], ...]:
    people = file.people
    said: Sequence[str | None] = [None] * len(people)
    if isinstance(file.read, People):
        said = [file.read.nationality[row] for row in file.kept]
    return people.number, people.cin, people.last_name, people.first_name, said


def _rank(file: Incoming) -> Rank:
    if file.kind == "people":
        return BY_PEOPLE, 0
    if file.kind == "etat9421":
        return BY_ETAT, file.period.year
    return BY_DECLARATION, file.period.toordinal() * SUPPLEMENTS - file.supplement


def _known(firm: Firm, persons: Iterable[int]) -> dict[int, _Draft]:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [firm.pk, list(persons)])
        rows = cursor.fetchall()
    return {
        person: _Draft(person, *columns, rank=_rank_of(year, month), pk=pk)
        for pk, person, *columns, year, month in rows
    }


def _rank_of(year: int | None, month: int | None) -> Rank:
    """Of the spelling there is, from the newest file that names the person."""
    if year is not None:
        return BY_ETAT, year
    return (BY_PEOPLE, 0) if month is None else (BY_DECLARATION, month)


def _write(firm: Firm, drafts: Collection[_Draft], before: dict[int, tuple[object, ...]]) -> None:
    new = [draft for draft in drafts if not draft.pk]
    written = insert_rows(
        Employee,
        ("firm_id", "person_id", *COLUMNS, "sort_key"),
        [(firm.pk, draft.person_id, *draft.columns, draft.sort_key) for draft in new],
        returning=("person_id", "id"),
    )
    ids = dict(written)
    for draft in new:
        draft.pk = ids[draft.person_id]
    changed = [
        draft for draft in drafts if draft.pk in before and draft.columns != before[draft.pk]
    ]
    update_rows(
        Employee,
        (*COLUMNS, "sort_key"),
        [(draft.pk, *draft.columns, draft.sort_key) for draft in changed],
    )


def sort_key(last_name: str, first_name: str) -> str:
    """Capitals without accents, so that É stands with E; other scripts stay as they are."""
    decomposed = unicodedata.normalize("NFKD", f"{last_name} {first_name}".strip().upper())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain[:SORT_KEY_LENGTH]
