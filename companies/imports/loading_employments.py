"""Employments of a firm, worked out again from everything its files say.

The order in which files came changes nothing. Rows keep their identity and what the firm declared
of them: only what the files say is written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.db import connection
from django.db.models import RestrictedError

from accounts.errors import Refusal
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.employments import (
    SAID_BY_THE_FIRM,
    DeclaredMonth,
    Departure,
    Origin,
    Recruitment,
    Spell,
    spells_of,
)
from companies.imports.etat9421 import Etat9421, read_etat9421
from companies.imports.incoming import Incoming
from companies.imports.people_columns import People
from companies.imports.sets import insert_rows, update_rows
from companies.workforce.models import Employment, PayYear

COLUMNS = (
    "hired_on",
    "hired_source_id",
    "hired_line",
    "left_on",
    "left_source_id",
    "left_line",
)
# Of all the months only those that can begin or end something travel: the first one, entries,
# departures, and whatever follows a departure.
_TELLING_MONTHS = """
SELECT employee_id, month, entrant, leaves, source_id, line FROM (
  SELECT m.employee_id, m.month, m.supplement, m.entrant, m.source_id, m.line,
    m.situation IN ('SO', 'DE') AS leaves,
    bool_or(m.situation IN ('SO', 'DE')) OVER (
      PARTITION BY m.employee_id ORDER BY m.month GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS left_before
  FROM companies_paymonth m JOIN companies_employee e ON e.id = m.employee_id WHERE e.firm_id = %s
) AS told WHERE entrant OR leaves OR left_before IS NOT FALSE
ORDER BY employee_id, month, supplement
"""


@dataclass(slots=True, eq=False)
class _Evidence:
    """Everything said of one employee."""

    months: list[DeclaredMonth] = field(default_factory=list)
    recruitments: list[Recruitment] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    rows: list[Employment] = field(default_factory=list)


def load_employments(firm: Firm, files: Sequence[Incoming]) -> None:
    """Bring the employments of the whole firm in line with its files.

    Rows of pay must be written already. Raises `Refusal("employment_in_use")`.
    """
    evidence: defaultdict[int, _Evidence] = defaultdict(_Evidence)
    _add_months(firm, evidence)
    _add_recruitments(firm, files, evidence)
    _add_own_word(firm, files, evidence)
    new: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    gone: list[int] = []
    for employee, said in evidence.items():
        spells = spells_of(said.months, said.recruitments, said.departures)
        for row, spell in _paired(said.rows, spells):
            if row is None and spell is not None:
                new.append((employee, *_values(spell)))
            elif row is not None and spell is None:
                gone.append(row.pk)
            elif row is not None and spell is not None and _values(spell) != _values_of(row):
                changed.append((row.pk, *_values(spell)))
    _delete(gone)
    update_rows(Employment, COLUMNS, changed)
    _insert(new)


def _add_months(firm: Firm, evidence: defaultdict[int, _Evidence]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TELLING_MONTHS, [firm.pk])
        for employee, month, entrant, leaves, source, line in cursor.fetchall():
            said = DeclaredMonth(month, entrant, leaves, Origin(source, line))
            evidence[employee].months.append(said)


def _add_recruitments(
    firm: Firm, files: Sequence[Incoming], evidence: defaultdict[int, _Evidence]
) -> None:
    """Dates of recruitment stay in the états 9421: those that are in force are read again."""
    rows = list(
        PayYear.objects.filter(
            employee__firm=firm,
            source__kind=ReceivedFile.Kind.ETAT_9421,
            taxable_income__isnull=False,
        ).values_list("employee_id", "year", "source_id", "line")
    )
    hired_on = _recruitment_dates({source for _, _, source, _ in rows}, files)
    for employee, year, source, line in rows:
        day = hired_on.get((source, line))
        if day is not None:
            said = Recruitment(year, day, Origin(source, line))
            evidence[employee].recruitments.append(said)


def _recruitment_dates(
    sources: set[int], files: Sequence[Incoming]
) -> dict[tuple[int, int], date | None]:
    """By file and line."""
    read = {each.file_id: each.read for each in files if isinstance(each.read, Etat9421)}
    for stored in ReceivedFile.objects.filter(pk__in=sources - read.keys()):
        read[stored.pk] = read_etat9421(BytesIO(bytes(stored.content)), stored.name)
    return {
        (source, line): day
        for source, etat in read.items()
        for line, day in zip(etat.staff.line.tolist(), etat.staff.hired_on, strict=True)
    }


def _add_own_word(
    firm: Firm, files: Sequence[Incoming], evidence: defaultdict[int, _Evidence]
) -> None:
    """Days the firm wrote in a people file: those of this call, and those of earlier ones."""
    written = _written(files)
    rows = Employment.objects.filter(employee__firm=firm).select_related(
        "hired_source", "left_source"
    )
    for row in rows.defer("hired_source__content", "left_source__content").order_by("hired_on"):
        said = evidence[row.employee_id]
        said.rows.append(row)
        hired, left = written.get(row.employee_id, (None, None))
        is_past = row.left_on is not None and hired is not None and row.left_on < hired.on
        if _is_own_word(row.hired_source) and (hired is None or is_past):
            origin = Origin(row.hired_source_id, row.hired_line)
            said.recruitments.append(Recruitment(SAID_BY_THE_FIRM, row.hired_on, origin))
        replaced = hired is not None or left is not None
        if row.left_on and _is_own_word(row.left_source) and (is_past or not replaced):
            origin = Origin(row.left_source_id, row.left_line)
            said.departures.append(Departure(row.left_on, origin))
    for employee, (hired, left) in written.items():
        evidence[employee].recruitments += [hired] if hired else []
        evidence[employee].departures += [left] if left else []


def _is_own_word(source: ReceivedFile | None) -> bool:
    """An official day is read again from its file; any other has no other place than its row."""
    return source is None or source.kind == ReceivedFile.Kind.PEOPLE


def _written(
    files: Sequence[Incoming],
) -> dict[int, tuple[Recruitment | None, Departure | None]]:
    """By employee; a person who has a row a year is described by the last one."""
    written = {}
    for file in files:
        if not isinstance(file.read, People):
            continue
        for employee, row in zip(file.employee_ids, file.kept, strict=True):
            hired_on, left_on = file.read.hired_on[row], file.read.left_on[row]
            origin = Origin(file.file_id, file.read.line[row])
            written[employee] = (
                Recruitment(SAID_BY_THE_FIRM, hired_on, origin) if hired_on else None,
                Departure(left_on, origin) if left_on else None,
            )
    return written


def _paired(
    rows: Collection[Employment], spells: Collection[Spell]
) -> Iterable[tuple[Employment | None, Spell | None]]:
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


def _values(spell: Spell) -> tuple[object, ...]:
    departure = spell.departure
    if departure is None:
        return (spell.hired_on, *spell.hired_origin, None, None, None)
    return (spell.hired_on, *spell.hired_origin, departure.on, *departure.origin)


def _values_of(row: Employment) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)


def _insert(new: list[tuple[object, ...]]) -> None:
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
