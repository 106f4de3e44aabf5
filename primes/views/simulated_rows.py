"""What the simulator answers for many people: the good rows, and what is wrong with the others.

Nothing is stored: what was pasted or sent is read in memory, and forgotten with the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.formats.workbook import MAGIC_SIZE, is_workbook
from companies.imports.formats.workbook_scan import Limits
from companies.imports.reading.people import Sifted, sift_people
from companies.imports.reading.people_table import Tolerance
from primes.claims.from_files import FromFiles, from_people
from primes.claims.from_files_person import FirmSaid
from primes.rules.assessment import Assessment
from primes.rules.engine import assess

PEOPLE_MAX = 1_000
BYTES_MAX = 2 << 20
PROBLEMS_SHOWN = 200
TOLERANCE = Tolerance(
    lacking=True,
    rows=PEOPLE_MAX,
    workbook=Limits(
        rows=10 * PEOPLE_MAX,
        columns=200,
        unfolded=48 << 20,
        said=8 << 20,
        memory=768 << 20,
        seconds=10,
    ),
)
# A workbook costs a process of its own: anybody may ask for one, so few run at once.
_WORKBOOKS = BoundedSemaphore(2)
_PATIENCE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class SimulatedLine:
    """One person as the page shows it; amounts in centimes."""

    line: int
    identifier: str
    eligible: bool
    unknown: bool
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class SimulatedPeople:
    """The lines that could be computed; the first problems of the others, and how many in all.

    `absent` are the columns that the table lacks, `other_years` how many rows are of other years.
    """

    scheme: str
    year: int
    lines: tuple[SimulatedLine, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    wrong_lines: int
    absent: tuple[str, ...]
    other_years: int

    @property
    def eligible_count(self) -> int:
        return sum(line.eligible for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


def simulated_people(content: bytes, name: str, scheme: str, year: int) -> SimulatedPeople:
    """Raises `FileRefused` for what is wrong with the whole of it."""
    sifted = _sifted(content, name)
    read, disagreeing = from_people(sifted.people, name, scheme=scheme, year=year, firm=FirmSaid())
    answer = assess(read.facts, scheme, year)
    problems = sorted((*sifted.problems, *disagreeing), key=lambda problem: problem.place.line or 0)
    return SimulatedPeople(
        scheme=scheme,
        year=year,
        lines=tuple(_lines(read, answer)),
        problems=tuple(problems[:PROBLEMS_SHOWN]),
        problem_count=len(problems),
        wrong_lines=len({problem.place.line for problem in problems}),
        absent=sifted.absent,
        other_years=len(read.left_out.other_years),
    )


def _sifted(content: bytes, name: str) -> Sifted:
    if not is_workbook(content[:MAGIC_SIZE]):
        return sift_people(BytesIO(content), name, TOLERANCE)
    if not _WORKBOOKS.acquire(timeout=_PATIENCE_SECONDS):
        raise FileRefused("simulator_busy", Place(name))
    try:
        return sift_people(BytesIO(content), name, TOLERANCE)
    finally:
        _WORKBOOKS.release()


def _lines(read: FromFiles, answer: Assessment) -> Iterator[SimulatedLine]:
    for position, person in enumerate(read.people):
        yield SimulatedLine(
            line=person.line,
            identifier=person.cin or person.number,
            eligible=bool(answer.eligible[position]),
            unknown=bool(answer.unknown[position]),
            reasons=answer.reasons(position),
            warnings=answer.warnings_of(position),
            amount=int(answer.amount[position]),
        )
