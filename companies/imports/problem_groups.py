"""What is wrong with an import, by the repair it asks for, then cell by cell.

A group is a problem and a column: the same thing is done to all its cells. What was found is opened
here, whole for those who may repair it; others see the end of a person's number.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

from django.db.models import Count, Max, Min, QuerySet

from accounts.sealing import unseal
from companies.imports.errors import Place, Problem
from companies.imports.models import Import
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.rows import CELL
from companies.imports.telling import end_shown

IDENTIFIERS = frozenset({"matricule_cnss", "cin"})
TEXTS_LOOKED_AT = 2_000
"""Cells of a group opened to offer its words; a column that holds words holds few of them."""
SEPARATOR = "~"
OF_MANY = {
    "duplicate_person": Problem("duplicate_person_many", Place("")),
    "absent_without_departure": Problem("absent_without_departure_many", Place("")),
}
"""Codes whose words name the place or the value of one row, and what is said of several rows."""


@dataclass(frozen=True, slots=True)
class GroupKey:
    """`field` is empty for what is wrong with a whole row."""

    code: str
    field: str

    @classmethod
    def read(cls, text: str) -> Self:
        """From an address; a text that is no key names a group that has no cell."""
        code, _, field = text.partition(SEPARATOR)
        return cls(code, field)

    def __str__(self) -> str:
        return f"{self.code}{SEPARATOR}{self.field}"


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """`expected` is empty where each cell has its own."""

    key: GroupKey
    blocks: bool
    cells: int
    expected: str

    @property
    def problem(self) -> Problem:
        """The group said as a problem, with no place and nothing found."""
        one = Problem(self.key.code, Place("", None, self.key.field), "", self.expected)
        return OF_MANY.get(self.key.code, one)


@dataclass(frozen=True, slots=True)
class WrongCell:
    """One cell to write anew, or a row to set aside; `person` is the row it stands in."""

    file_id: int
    line: int | None
    field: str
    found: str
    problem: Problem
    person: StagedRow | None

    @property
    def expected(self) -> str:
        """Empty where the words of the problem hold it already."""
        return "" if self.problem.code in OF_MANY else self.problem.expected

    @property
    def row_key(self) -> str:
        return f"{self.file_id}-{self.line}"

    @property
    def name(self) -> str:
        """What the input of this cell is called in a page."""
        return f"cell-{self.row_key}"


def problem_groups(row: Import) -> list[ProblemGroup]:
    """Those that block first, the most frequent before the others."""
    counted = (
        StagedProblem.objects.filter(file__of=row)
        .values("code", "field", "blocks")
        .annotate(cells=Count("pk"), least=Min("expected"), most=Max("expected"))
        .order_by("-blocks", "-cells", "field", "code")
    )
    return [
        ProblemGroup(
            GroupKey(each["code"], each["field"]),
            each["blocks"],
            each["cells"],
            each["least"] if each["least"] == each["most"] else "",
        )
        for each in counted
    ]


def problems_of(row: Import, key: GroupKey) -> QuerySet[StagedProblem]:
    """The cells of a group, in the order of the files."""
    return (
        StagedProblem.objects.filter(file__of=row, code=key.code, field=key.field)
        .select_related("file")
        .defer("file__content", "file__layout", "file__warnings")
        .order_by("file__position", "line", "pk")
    )


def opened(problems: Sequence[StagedProblem], *, whole: bool) -> list[WrongCell]:
    """With the person of each row; two queries whatever the number of problems."""
    people = _people(problems)
    cells = []
    for each in problems:
        found = _found(each, whole=whole)
        place = Place(each.file.name, each.line, each.field or None)
        cells.append(
            WrongCell(
                file_id=each.file_id,
                line=each.line,
                field=each.field,
                found=found,
                problem=Problem(each.code, place, found, each.expected),
                person=people.get((each.file_id, each.line)),
            )
        )
    return cells


def texts_of(row: Import, key: GroupKey) -> set[tuple[str, str]]:
    """What stands in the cells of a group, with what is expected there, each pair once."""
    looked_at = problems_of(row, key).values_list("found", "expected")[:TEXTS_LOOKED_AT]
    return {(unseal(CELL, found), expected) for found, expected in looked_at}


def _people(problems: Collection[StagedProblem]) -> dict[tuple[int, int | None], StagedRow]:
    """Line numbers of one file are looked for in all of them: a page has few of either."""
    rows = StagedRow.objects.filter(
        file_id__in={each.file_id for each in problems},
        line__in={each.line for each in problems if each.line is not None},
    ).only("file", "line", "state", "last_name", "first_name", "cin_last", "cnss_last")
    return {(row.file_id, row.line): row for row in rows}


def _found(problem: StagedProblem, *, whole: bool) -> str:
    found = unseal(CELL, problem.found)
    return found if whole or problem.field not in IDENTIFIERS else end_shown(found)
