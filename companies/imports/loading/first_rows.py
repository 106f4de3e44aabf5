"""Employments of those whom one row brought: nothing else is said of them, so one statement writes
all.

What `employments.spells_of` makes of one month, one recruitment or one row of a people file is
written out here in SQL; a test holds the two together.
"""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from companies.imports.loading.files import LoadedFile
from companies.imports.sets import execute, filled, keep_table

# Everybody else, to be worked out from all there is: known before, named twice, or taken away. A
# month that neither begins nor ends anything, after months that began and did not end, tells
# nothing new: it is what most rows of most declarations are.
_FIND_OTHERS = """
INSERT INTO load_again
SELECT r.employee FROM load_row r JOIN companies_stagedrow s ON s.id = r.staged
GROUP BY r.employee
HAVING (count(*) > 1 OR NOT bool_and(r.is_new)) AND NOT bool_and(
  r.rank = ANY(%(new_months)s) AND NOT r.is_new AND NOT s.entrant AND s.situation = ''
  AND EXISTS (SELECT FROM companies_paymonth m
    WHERE m.employee_id = r.employee AND m.month < s.month)
  AND NOT EXISTS (SELECT FROM companies_paymonth m
    WHERE m.employee_id = r.employee AND m.month < s.month AND m.situation IN ('SO', 'DE'))
  AND NOT EXISTS (SELECT FROM companies_employment p
    WHERE p.employee_id = r.employee AND p.left_on < s.month))
UNION SELECT employee FROM load_gone
"""
_ENDS = """CASE
  WHEN f.kind = 'people' THEN s.left_on
  WHEN s.situation IN ('SO', 'DE') THEN (f.period + INTERVAL '1 month - 1 day')::date
END"""
_WRITE = filled(
    """
INSERT INTO companies_employment (employee_id, hired_on, hired_source_id, hired_line,
  left_on, left_source_id, left_line, contract, stable_from, earlier_declared,
  last_same_employer_on, declared_by_id, declared_at)
SELECT n.employee, n.hired_on, n.source, n.line,
  n.left_on, CASE WHEN n.left_on IS NOT NULL THEN n.source END,
  CASE WHEN n.left_on IS NOT NULL THEN n.line END,
  coalesce(n.contract, ''), CASE WHEN n.contract <> '' THEN n.stable_from END, n.is_earlier,
  CASE WHEN n.is_earlier THEN n.last_same_employer_on END,
  CASE WHEN n.is_answer THEN %(user)s END, CASE WHEN n.is_answer THEN %(at)s END
FROM (
  SELECT r.employee, r.line, f.source, s.contract, s.stable_from, s.last_same_employer_on,
    CASE WHEN f.kind <> 'ds' THEN s.hired_on WHEN s.entrant THEN f.period END AS hired_on,
    {ends} AS left_on, s.earlier_declared IS TRUE AS is_earlier,
    s.earlier_declared IS TRUE OR s.contract <> '' AS is_answer
  FROM load_row r
  JOIN load_file f ON f.rank = r.rank
  JOIN companies_stagedrow s ON s.id = r.staged
  WHERE r.is_new AND NOT EXISTS (SELECT FROM load_again o WHERE o.employee = r.employee)
) AS n
WHERE n.hired_on IS NOT NULL
""",
    ends=_ENDS,
)


def load_first_rows(files: Sequence[LoadedFile], *, acting_user: User, at: datetime) -> int:
    """Write them with what a people file says of each; returns how many `load_again` has."""
    keep_table("load_again", "employee bigint PRIMARY KEY")
    new_months = [each.rank for each in files if each.kind == "ds" and not each.is_correction]
    others = execute(_FIND_OTHERS, {"new_months": new_months})
    execute("ANALYZE load_again")
    execute(_WRITE, {"user": acting_user.pk, "at": at})
    return others
