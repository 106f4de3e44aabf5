"""Pay by month and by year, as the newest file about each says it.

People whom a correction leaves out are added to `load_gone`: their employments change too.
"""

from typing import NamedTuple

from companies.firms.models import Firm
from companies.imports.loading.files import LoadedFile
from companies.imports.sets import execute, fetch, filled, keep_table

_ROWS = "FROM load_row r JOIN companies_stagedrow s ON s.id = r.staged"

_SAME_MONTHS = filled(
    """
SELECT count(*) {rows}
JOIN companies_paymonth t
  ON t.employee_id = r.employee AND t.month = %(period)s AND t.supplement = %(supplement)s
WHERE r.rank = %(rank)s AND (t.real_salary, t.capped_salary, t.days, t.situation, t.entrant)
  = (s.real_salary, s.capped_salary, s.days, s.situation, s.entrant)
""",
    rows=_ROWS,
)
_MONTHS = filled(
    """
INSERT INTO companies_paymonth (employee_id, month, supplement, real_salary, capped_salary, days,
  situation, entrant, source_id, line)
SELECT r.employee, %(period)s, %(supplement)s, s.real_salary, s.capped_salary, s.days,
  s.situation, s.entrant, %(source)s, r.line
{rows} WHERE r.rank = %(rank)s
ON CONFLICT (employee_id, month, supplement) DO UPDATE SET real_salary = excluded.real_salary,
  capped_salary = excluded.capped_salary, days = excluded.days, situation = excluded.situation,
  entrant = excluded.entrant, source_id = excluded.source_id, line = excluded.line
""",
    rows=_ROWS,
)
_HAS_MONTHS = """
SELECT EXISTS (SELECT FROM companies_paymonth t JOIN companies_employee e ON e.id = t.employee_id
  WHERE e.firm_id = %(firm)s AND t.month = %(period)s AND t.supplement = %(supplement)s)
"""
_FORGET_MONTHS = """
WITH gone AS (
  DELETE FROM companies_paymonth t USING companies_employee e
  WHERE e.id = t.employee_id AND e.firm_id = %(firm)s AND t.month = %(period)s
    AND t.supplement = %(supplement)s AND t.source_id <> %(source)s
  RETURNING t.employee_id
)
INSERT INTO load_gone SELECT employee_id FROM gone
"""
_OFFICIAL = "(SELECT f.kind = 'etat9421' FROM companies_receivedfile f WHERE f.id = t.source_id)"
_SAME_INCOMES = filled(
    """
SELECT count(*) {rows}
JOIN companies_payyear t ON t.employee_id = r.employee AND t.year = %(year)s
WHERE r.rank = %(rank)s AND t.taxable_income = s.taxable_income AND {is_official}
""",
    rows=_ROWS,
    is_official=_OFFICIAL,
)
_INCOMES = filled(
    """
INSERT INTO companies_payyear
  (employee_id, year, taxable_income, funded_by, recruited_on, source_id, line)
SELECT r.employee, %(year)s, s.taxable_income, '', s.hired_on, %(source)s, r.line
{rows} WHERE r.rank = %(rank)s
ON CONFLICT (employee_id, year) DO UPDATE SET taxable_income = excluded.taxable_income,
  recruited_on = excluded.recruited_on, source_id = excluded.source_id, line = excluded.line
""",
    rows=_ROWS,
)
# They keep what the firm itself said of their year.
_OWN_WORD = "(t.months IS NOT NULL OR t.funded_by <> '')"
_LEFT_OUT = filled(
    """
companies_employee e WHERE e.id = t.employee_id AND e.firm_id = %(firm)s
  AND t.year = %(year)s AND t.source_id <> %(source)s AND {is_official}
""",
    is_official=_OFFICIAL,
)
_HAS_INCOMES = filled(
    """
SELECT EXISTS (SELECT FROM companies_payyear t JOIN companies_employee e ON e.id = t.employee_id
  WHERE e.firm_id = %(firm)s AND t.year = %(year)s AND {is_official})
""",
    is_official=_OFFICIAL,
)
_EMPTY_YEARS = filled(
    """
WITH gone AS (
  UPDATE companies_payyear t SET taxable_income = NULL, recruited_on = NULL
  FROM {left_out} AND {own_word} RETURNING t.employee_id
)
INSERT INTO load_gone SELECT employee_id FROM gone
""",
    left_out=_LEFT_OUT,
    own_word=_OWN_WORD,
)
_FORGET_YEARS = filled(
    """
WITH gone AS (
  DELETE FROM companies_payyear t
  USING {left_out} AND NOT {own_word} RETURNING t.employee_id
)
INSERT INTO load_gone SELECT employee_id FROM gone
""",
    left_out=_LEFT_OUT,
    own_word=_OWN_WORD,
)
# Twelve cells that hold nothing say nothing.
_AMOUNTS = "CASE WHEN array_remove(s.months, NULL) <> '{}' THEN s.months END"
_SAME_WORDS = filled(
    """
SELECT count(*) {rows}
JOIN companies_payyear t ON t.employee_id = r.employee AND t.year = r.year
WHERE r.rank = %(rank)s AND (t.taxable_income, t.funded_by, t.months)
  IS NOT DISTINCT FROM (s.taxable_income, coalesce(s.funded_by, t.funded_by), {amounts})
""",
    rows=_ROWS,
    amounts=_AMOUNTS,
)
# An income that the tax office was told stays, with the line it came from; who else pays stays
# where the file has no such column.
_WORDS = filled(
    """
INSERT INTO companies_payyear AS t
  (employee_id, year, taxable_income, funded_by, months, source_id, line)
SELECT r.employee, r.year, s.taxable_income, coalesce(s.funded_by, known.funded_by, ''),
  {amounts}, %(source)s, r.line
{rows}
LEFT JOIN companies_payyear known
  ON s.funded_by IS NULL AND known.employee_id = r.employee AND known.year = r.year
WHERE r.rank = %(rank)s
ON CONFLICT (employee_id, year) DO UPDATE SET
  funded_by = excluded.funded_by, months = excluded.months,
  (taxable_income, recruited_on, source_id, line) = (
    SELECT CASE WHEN told THEN t.taxable_income ELSE excluded.taxable_income END,
      CASE WHEN told THEN t.recruited_on END,
      CASE WHEN told THEN t.source_id ELSE excluded.source_id END,
      CASE WHEN told THEN t.line ELSE excluded.line END
    FROM (SELECT {is_official} AND t.taxable_income IS NOT NULL AS told) AS official)
""",
    rows=_ROWS,
    amounts=_AMOUNTS,
    is_official=_OFFICIAL,
)


class _Statements(NamedTuple):
    """Of one kind of file; `forget` is for those whom a correction leaves out."""

    is_correction: str
    same: str
    write: str
    forget: tuple[str, ...]


_STATEMENTS = {
    "ds": _Statements(_HAS_MONTHS, _SAME_MONTHS, _MONTHS, (_FORGET_MONTHS,)),
    "etat9421": _Statements(_HAS_INCOMES, _SAME_INCOMES, _INCOMES, (_EMPTY_YEARS, _FORGET_YEARS)),
    "people": _Statements("SELECT TRUE", _SAME_WORDS, _WORDS, ()),
}


def begin_pay() -> None:
    keep_table("load_gone", "employee bigint NOT NULL")


def load_pay(firm: Firm, file: LoadedFile) -> None:
    """Write the rows of one file in place of those it corrects, and count them."""
    of_kind = _STATEMENTS[file.kind]
    values = file.values | {"firm": firm.pk}
    [(file.is_correction,)] = fetch(of_kind.is_correction, values)
    unchanged = fetch(of_kind.same, values)[0][0] if file.is_correction else 0
    execute(of_kind.write, values)
    if file.is_correction:
        for statement in of_kind.forget:
            execute(statement, values)
    file.count(unchanged)
