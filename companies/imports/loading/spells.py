"""Employments worked out again from everything that is said of the people a load speaks of.

The order in which files came changes nothing. Rows keep their identity and what the firm declared
of them: only what the files say is written.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import RestrictedError

from accounts.errors import Refusal
from companies.imports.loading.employments import (
    SAID_BY_THE_FIRM,
    DeclaredMonth,
    Departure,
    Origin,
    Recruitment,
    Spell,
    spells_of,
)
from companies.imports.sets import fetch, insert_rows, update_rows
from companies.workforce.models import Employment

PEOPLE_AT_ONCE = 5_000
COLUMNS = (
    "hired_on",
    "hired_source_id",
    "hired_line",
    "left_on",
    "left_source_id",
    "left_line",
)
_NEXT = """
SELECT employee FROM load_again WHERE employee > %(after)s ORDER BY employee LIMIT %(people)s
"""
# Of all the months only those that can begin or end something travel: the first one, entries,
# departures, and whatever follows a departure, be it CNSS or the firm that was told of it.
_TELLING_MONTHS = """
SELECT employee_id, month, entrant, leaves, source_id, line FROM (
  SELECT m.employee_id, m.month, m.supplement, m.entrant, m.source_id, m.line,
    m.situation IN ('SO', 'DE') AS leaves,
    bool_or(m.situation IN ('SO', 'DE')) OVER (
      PARTITION BY m.employee_id ORDER BY m.month GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS left_before
  FROM companies_paymonth m WHERE m.employee_id = ANY(%(employees)s)
) AS told WHERE entrant OR leaves OR left_before IS NOT FALSE
  OR EXISTS (SELECT FROM companies_employment p
    WHERE p.employee_id = told.employee_id AND p.left_on < told.month)
  OR EXISTS (SELECT FROM load_row r JOIN companies_stagedrow s ON s.id = r.staged
    WHERE r.employee = told.employee_id AND s.left_on < told.month)
ORDER BY employee_id, month, supplement
"""
_RECRUITMENTS = """
SELECT y.employee_id, y.year, y.recruited_on, y.source_id, y.line FROM companies_payyear y
WHERE y.employee_id = ANY(%(employees)s) AND y.recruited_on IS NOT NULL
ORDER BY y.employee_id, y.year
"""
# A person who has a row a year is described by the last one.
_WRITTEN = """
SELECT DISTINCT ON (r.employee) r.employee, s.hired_on, s.left_on, f.source, r.line
FROM load_row r
JOIN load_file f ON f.rank = r.rank AND f.kind = 'people'
JOIN companies_stagedrow s ON s.id = r.staged
WHERE r.employee = ANY(%(employees)s)
ORDER BY r.employee, r.rank DESC, r.line DESC
"""

# An official day stands in the rows of pay; any other has no other place than its row.
_ROWS = """
SELECT e.employee_id, e.id, e.hired_on, e.hired_source_id, e.hired_line,
  e.left_on, e.left_source_id, e.left_line,
  coalesce(h.kind, 'people') = 'people' AS hired_is_own_word,
  coalesce(l.kind, 'people') = 'people' AS left_is_own_word
FROM companies_employment e
LEFT JOIN companies_receivedfile h ON h.id = e.hired_source_id
LEFT JOIN companies_receivedfile l ON l.id = e.left_source_id
WHERE e.employee_id = ANY(%(employees)s) ORDER BY e.employee_id, e.hired_on
"""

Row = tuple[object, ...]


class _Known(NamedTuple):
    """An employment as it stands."""

    pk: int
    hired_on: date
    hired_source: int | None
    hired_line: int | None
    left_on: date | None
    left_source: int | None
    left_line: int | None
    hired_is_own_word: bool
    left_is_own_word: bool

    @property
    def values(self) -> Row:
        return self[1:7]


@dataclass(slots=True, eq=False)
class _Evidence:
    """Everything said of one employee."""

    months: list[DeclaredMonth] = field(default_factory=list)
    recruitments: list[Recruitment] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    rows: list[_Known] = field(default_factory=list)


def load_employments(tick: Callable[[], None]) -> None:
    """Bring the employments of everybody in `load_again` in line with what is said of them.

    Rows of pay must be written already. Raises `Refusal("employment_in_use")`.
    """
    after = 0
    while employees := _next(after):
        _work_out(employees)
        after = employees[-1]
        tick()


def _next(after: int) -> list[int]:
    return [pk for (pk,) in fetch(_NEXT, {"after": after, "people": PEOPLE_AT_ONCE})]


def _work_out(employees: Sequence[int]) -> None:
    evidence: defaultdict[int, _Evidence] = defaultdict(_Evidence)
    _add_official(employees, evidence)
    _add_own_word(employees, evidence)
    new: list[Row] = []
    changed: list[Row] = []
    gone: list[int] = []
    for employee, said in evidence.items():
        spells = spells_of(said.months, said.recruitments, said.departures)
        for row, spell in _paired(said.rows, spells):
            if row is None and spell is not None:
                new.append((employee, *_values(spell)))
            elif row is not None and spell is None:
                gone.append(row.pk)
            elif row is not None and spell is not None and _values(spell) != row.values:
                changed.append((row.pk, *_values(spell)))
    _delete(gone)
    update_rows(Employment, COLUMNS, changed)
    _insert(new)


def _add_official(employees: Sequence[int], evidence: defaultdict[int, _Evidence]) -> None:
    of_them = {"employees": list(employees)}
    for employee, month, entrant, leaves, source, line in fetch(_TELLING_MONTHS, of_them):
        declared = DeclaredMonth(month, entrant, leaves, Origin(source, line))
        evidence[employee].months.append(declared)
    for employee, year, day, source, line in fetch(_RECRUITMENTS, of_them):
        evidence[employee].recruitments.append(Recruitment(year, day, Origin(source, line)))


def _add_own_word(employees: Sequence[int], evidence: defaultdict[int, _Evidence]) -> None:
    """Days the firm wrote in a people file: those of this load, and those of earlier ones."""
    written = _written(employees)
    for employee, *columns in fetch(_ROWS, {"employees": list(employees)}):
        row, said = _Known(*columns), evidence[employee]
        said.rows.append(row)
        hired, left = written.get(employee, (None, None))
        is_past = row.left_on is not None and hired is not None and row.left_on < hired.on
        if row.hired_is_own_word and (hired is None or is_past):
            origin = Origin(row.hired_source, row.hired_line)
            said.recruitments.append(Recruitment(SAID_BY_THE_FIRM, row.hired_on, origin))
        replaced = hired is not None or left is not None
        if row.left_on and row.left_is_own_word and (is_past or not replaced):
            origin = Origin(row.left_source, row.left_line)
            said.departures.append(Departure(row.left_on, origin))
    for employee, (hired, left) in written.items():
        evidence[employee].recruitments += [hired] if hired else []
        evidence[employee].departures += [left] if left else []


def _written(
    employees: Sequence[int],
) -> dict[int, tuple[Recruitment | None, Departure | None]]:
    return {
        employee: (
            Recruitment(SAID_BY_THE_FIRM, hired_on, Origin(source, line)) if hired_on else None,
            Departure(left_on, Origin(source, line)) if left_on else None,
        )
        for employee, hired_on, left_on, source, line in fetch(
            _WRITTEN, {"employees": list(employees)}
        )
    }


def _paired(
    rows: Collection[_Known], spells: Collection[Spell]
) -> Iterable[tuple[_Known | None, Spell | None]]:
    """Each period with the row that holds it already: same first day, else the nearest one."""
    left = {spell.hired_on: spell for spell in spells}
    others = []
    for row in rows:
        if row.hired_on in left:
            yield row, left.pop(row.hired_on)
        else:
            others.append(row)
    for row in others:
        nearest = _nearest(row.hired_on, left)
        yield row, left.pop(nearest) if nearest else None
    for spell in left.values():
        yield None, spell


def _nearest(hired_on: date, days: Iterable[date]) -> date | None:
    return min(days, key=lambda day: abs(day - hired_on), default=None)


def _values(spell: Spell) -> Row:
    departure = spell.departure
    if departure is None:
        return (spell.hired_on, *spell.hired_origin, None, None, None)
    return (spell.hired_on, *spell.hired_origin, departure.on, *departure.origin)


def _insert(new: list[Row]) -> None:
    insert_rows(
        Employment,
        ("employee_id", *COLUMNS, "contract", "earlier_declared"),
        [(*row, "", False) for row in new],
    )


def _delete(gone: list[int]) -> None:
    """A correction may take away the line an employment came from, unless a claim stands on it."""
    if not gone:
        return
    try:
        Employment.objects.filter(pk__in=gone).delete()
    except RestrictedError as held:
        raise Refusal("employment_in_use", employments=len(held.restricted_objects)) from held
