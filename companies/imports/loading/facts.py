"""What a people file says of an employment and no official file can."""

from datetime import datetime

from accounts.models import User
from companies.imports.sets import execute

# Of the employment that begins on the day of the row, else of the last one. An empty contract is no
# answer and leaves the one there is, and so does a file without the question of an earlier
# employment; with it, no day is « aucune ».
_ANSWER = """
UPDATE companies_employment e SET
  contract = coalesce(a.contracts[1], e.contract),
  stable_from = CASE WHEN a.contracts[1] IS NULL THEN e.stable_from ELSE a.stable_days[1] END,
  earlier_declared = e.earlier_declared OR a.is_earlier,
  last_same_employer_on =
    CASE WHEN a.is_earlier THEN a.last_days[1] ELSE e.last_same_employer_on END,
  declared_by_id = %(user)s, declared_at = %(at)s
FROM (
  SELECT n.employment,
    array_agg(n.contract ORDER BY n.rank DESC, n.line DESC) FILTER (WHERE n.contract <> '')
      AS contracts,
    array_agg(n.stable_from ORDER BY n.rank DESC, n.line DESC) FILTER (WHERE n.contract <> '')
      AS stable_days,
    array_agg(n.last_same_employer_on ORDER BY n.rank DESC, n.line DESC) FILTER (WHERE n.is_earlier)
      AS last_days,
    bool_or(n.is_earlier) AS is_earlier
  FROM (
    SELECT r.rank, r.line, s.contract, s.stable_from, s.last_same_employer_on,
      s.earlier_declared IS TRUE AS is_earlier, (
      SELECT p.id FROM companies_employment p WHERE p.employee_id = r.employee
      ORDER BY p.hired_on = s.hired_on DESC NULLS LAST, p.hired_on DESC LIMIT 1
    ) AS employment
    FROM load_again o
    JOIN load_row r ON r.employee = o.employee
    JOIN load_file f ON f.rank = r.rank AND f.kind = 'people'
    JOIN companies_stagedrow s ON s.id = r.staged
  ) AS n
  WHERE n.employment IS NOT NULL AND (n.is_earlier OR n.contract <> '') GROUP BY n.employment
) AS a WHERE e.id = a.employment
"""


def load_facts(*, acting_user: User, at: datetime) -> None:
    """Write the answers about everybody in `load_again`."""
    execute(_ANSWER, {"user": acting_user.pk, "at": at})
