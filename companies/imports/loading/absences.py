"""People declared one month and absent the next one, whom nobody said had left."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import connection

from companies.firms.models import Firm
from companies.imports.errors import WarningLog
from companies.imports.loading.files import LoadedFile
from companies.imports.telling import told

ROWS_AT_ONCE = 5_000

# Each loaded month is held against the declared months beside it, whichever of the two came first.
_ABSENT = """
WITH declared AS (
  SELECT l.period AS month, lag(l.period) OVER (ORDER BY l.period) AS before
  FROM (SELECT DISTINCT m.month AS period FROM companies_paymonth m
    JOIN companies_employee e ON e.id = m.employee_id
    WHERE e.firm_id = %(firm)s AND m.supplement = 0) AS l
)
SELECT DISTINCT ON (d.month, m.employee_id) d.month, d.before, m.line
FROM declared d
JOIN companies_employee e ON e.firm_id = %(firm)s
JOIN companies_paymonth m ON m.employee_id = e.id AND m.month = d.before
WHERE (d.month = ANY(%(months)s) OR d.before = ANY(%(months)s))
  AND NOT EXISTS (SELECT FROM companies_paymonth n WHERE n.employee_id = e.id AND n.month = d.month)
  AND NOT EXISTS (SELECT FROM companies_paymonth s
    WHERE s.employee_id = e.id AND s.month = d.before AND s.situation IN ('SO', 'DE'))
  AND NOT EXISTS (SELECT FROM companies_employment p
    WHERE p.employee_id = e.id AND p.left_on >= d.before AND p.left_on < d.month)
ORDER BY d.month, m.employee_id, m.supplement
"""


def warn_of_absences(firm: Firm, files: Sequence[LoadedFile]) -> None:
    """Add `absent_without_departure` to the declarations loaded.

    `line` is that of the last declaration, `found` the month without the person, `expected` the one
    that has the line. Pay and employments must be written already.
    """
    loaded = {each.period: each for each in files if each.kind == "ds" and not each.file.supplement}
    if not loaded:
        return
    logs = {month: WarningLog(each.file.name) for month, each in loaded.items()}
    for month, before, line in _absences(firm, list(loaded)):
        logs[month if month in logs else before].add(
            "absent_without_departure",
            line,
            "N_Num_Assure",
            found=f"{month:%Y-%m}",
            expected=f"{before:%Y-%m}",
        )
    for month, log in logs.items():
        loaded[month].warnings += map(told, log.closed())


def _absences(firm: Firm, months: list[date]) -> Iterator[tuple[date, date, int]]:
    """Month without the person, month before it, line there; read a part at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ABSENT, {"firm": firm.pk, "months": months})
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows
