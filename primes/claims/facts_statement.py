"""The one statement that gathers what the database knows of some lines.

The server turns monthly rows into arrays, words into codes and absences into the named values of
the columns, so that what travels is the columns themselves.
"""

from collections.abc import Mapping
from functools import cache

from primes.claims.stored_columns import FLAG, INT16, INT32, INT64, Layout, Stored
from primes.rules.calendar import MONTHS_PER_YEAR
from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    OTHER,
    UNKNOWN,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Vocabulary,
)

NO_SOURCE = 0
"""Of a file and of a line: no received file told the fact."""

_STATEMENT = """
WITH want AS (
  SELECT * FROM unnest(%(employments)s::bigint[], %(filed)s::date[], %(claim_years)s::integer[])
    WITH ORDINALITY AS w(employment_id, filed_on, year, position)
), line AS (
  SELECT w.position, w.filed_on, w.year, e.*, p.firm_id, p.person_id, p.nationality,
    p.has_cnss_number
  FROM want w JOIN companies_employment e ON e.id = w.employment_id
  JOIN companies_employee p ON p.id = e.employee_id
), pay AS (
  SELECT m.employee_id, extract(year FROM m.month)::integer AS year, {monthly_sums} AS salaries
  FROM companies_paymonth m
  WHERE m.employee_id IN (SELECT employee_id FROM line)
    AND m.month >= make_date(%(first_year)s, 1, 1) AND m.month <= make_date(%(last_year)s, 12, 1)
  GROUP BY m.employee_id, 2
), declared AS (
  SELECT r.firm_id, extract(year FROM l.period)::integer AS year,
    bit_or(1 << extract(month FROM l.period)::integer) AS months
  FROM companies_fileload l JOIN companies_receivedfile r ON r.id = l.file_id
  WHERE r.kind = 'ds' AND l.supplement = 0
    AND extract(year FROM l.period) BETWEEN %(first_year)s AND %(last_year)s
    AND r.firm_id IN (SELECT firm_id FROM line)
  GROUP BY r.firm_id, 2
), attended AS (
  SELECT l.position, sum(a.minutes)::bigint AS minutes,
    sum(s.cost * a.minutes / whole.minutes)::bigint AS cost
  FROM line l JOIN trainings_attendance a ON a.employee_id = l.employee_id
  JOIN trainings_session s ON s.id = a.session_id
  CROSS JOIN LATERAL (
    SELECT sum(minutes) AS minutes FROM trainings_attendance WHERE session_id = s.id) AS whole
  WHERE s.ends_on <= l.filed_on AND extract(year FROM s.starts_on) = l.year
  GROUP BY l.position
)
SELECT {columns}
FROM line l JOIN companies_firm f ON f.id = l.firm_id
LEFT JOIN attended t ON t.position = l.position
LEFT JOIN LATERAL (
  SELECT c.valid_from, c.valid_until FROM companies_certificate c
  WHERE c.firm_id = l.firm_id AND c.kind IN ('p2i', 'committee')
  ORDER BY make_date(l.year, 12, 31) BETWEEN c.valid_from AND c.valid_until DESC, c.valid_until
    DESC
  LIMIT 1) AS eligibility ON true
LEFT JOIN LATERAL (
  SELECT max(c.valid_until) AS valid_until FROM companies_certificate c
  WHERE c.firm_id = l.firm_id AND c.kind = 'cnss' AND c.valid_from <= l.filed_on) AS cnss ON true
LEFT JOIN LATERAL (
  SELECT max(c.valid_until) AS valid_until FROM companies_certificate c
  WHERE c.firm_id = l.firm_id AND c.kind = 'tax' AND c.valid_from <= l.filed_on) AS tax ON true
{yearly_joins}
ORDER BY l.position
"""
_YEARLY_JOINS = """
LEFT JOIN companies_payyear year_{ago}
  ON year_{ago}.employee_id = l.employee_id AND year_{ago}.year = l.year - {ago}
LEFT JOIN pay pay_{ago}
  ON pay_{ago}.employee_id = l.employee_id AND pay_{ago}.year = l.year - {ago}
LEFT JOIN declared declared_{ago}
  ON declared_{ago}.firm_id = l.firm_id AND declared_{ago}.year = l.year - {ago}"""
_MONTHLY_SUM = (
    "coalesce(sum(m.real_salary) FILTER (WHERE extract(month FROM m.month) = {month}), 0)::bigint"
)
_DECLARED = "(coalesce(declared_{ago}.months, 0) >> {month} & 1 = 1)"
# The CNSS files of a month when the firm sent them, else what it typed; a person absent from a
# month's declaration has salary 0 in it.
_SALARY = (
    f"CASE WHEN {_DECLARED} THEN coalesce(pay_{{ago}}.salaries[{{month}}], 0)"
    " ELSE coalesce(year_{ago}.months[{month}], 0) END"
)
_SALARY_KNOWN = f"{_DECLARED} OR year_{{ago}}.months[{{month}}] IS NOT NULL"
# The firm answered « aucune », or has not answered.
_WITHOUT_A_DATE = f"CASE WHEN l.earlier_declared THEN {NEVER} ELSE {UNKNOWN_DAY} END"
_MONTHS = range(1, MONTHS_PER_YEAR + 1)
_SQL_TYPES = {INT16: "smallint", INT32: "integer", INT64: "bigint", FLAG: "boolean"}


def layout(years: int) -> Layout:
    """What each column of the statement is, in its order."""
    return {name: stored for name, (stored, _) in _columns(years).items()}


@cache
def statement(years: int) -> str:
    """For an axis of so many calendar years a line, its claim year last."""
    sums = ", ".join(_MONTHLY_SUM.format(month=month) for month in _MONTHS)
    return _STATEMENT.format(
        monthly_sums=f"ARRAY[{sums}]",
        columns=", ".join(_cast(stored, text) for stored, text in _columns(years).values()),
        yearly_joins="".join(_YEARLY_JOINS.format(ago=ago) for ago in _oldest_first(years)),
    )


def _oldest_first(years: int) -> range:
    return range(years - 1, -1, -1)


def _day(column: str, absent: int | str = UNKNOWN_DAY) -> tuple[Stored, str]:
    return INT64, f"coalesce({column} - DATE '1970-01-01', {absent})"


def _number(column: str, absent: int = 0) -> tuple[Stored, str]:
    return INT64, f"coalesce({column}, {absent})"


def _word(column: str, vocabulary: Vocabulary) -> tuple[Stored, str]:
    words = ", ".join(f"'{word}'" for word in vocabulary.values)
    code = f"coalesce(array_position(ARRAY[{words}], {column}::text) - 1, {OTHER})"
    return INT16, f"CASE WHEN coalesce({column}, '') = '' THEN {UNKNOWN} ELSE {code} END"


@cache
def _columns(years: int) -> Mapping[str, tuple[Stored, str]]:
    """Where the income of several years is read, no one line of a file told it."""
    one_year = years == 1
    return {
        "person_id": _number("l.person_id"),
        "income_source": _number("year_0.source_id" if one_year else "NULL", NO_SOURCE),
        "income_line": _number("year_0.line" if one_year else "NULL", NO_SOURCE),
        "hired_source": _number("l.hired_source_id", NO_SOURCE),
        "hired_line": _number("l.hired_line", NO_SOURCE),
        "branch": _word("f.branch", BRANCHES),
        "certificate_from": _day("eligibility.valid_from"),
        "certificate_until": _day("eligibility.valid_until"),
        "cnss_certificate_until": _day("cnss.valid_until"),
        "tax_certificate_until": _day("tax.valid_until"),
        "filed_on": _day("l.filed_on"),
        "export_share_bp": _number("f.export_share_bp", UNKNOWN_SHARE),
        "firm_started_on": _day("f.started_on"),
        "nationality": _word("l.nationality", NATIONALITIES),
        "hired_on": _day("l.hired_on"),
        "left_on": _day("l.left_on", NO_END),
        "contract": _word("l.contract", CONTRACTS),
        "stable_from": _day("l.stable_from"),
        "last_same_employer_on": _day("l.last_same_employer_on", _WITHOUT_A_DATE),
        "has_cnss_number": (FLAG, "l.has_cnss_number"),
        "training_minutes": _number("t.minutes"),
        "training_cost": _number("t.cost"),
        "paid_elsewhere": (FLAG, _funded_elsewhere(years)),
        **_yearly(years),
    }


def _yearly(years: int) -> Mapping[str, tuple[Stored, str]]:
    agos = _oldest_first(years)
    months = [(ago, month) for ago in agos for month in _MONTHS]
    each_month = {
        "salary": (INT64, _SALARY),
        "salary_known": (FLAG, _SALARY_KNOWN),
    }
    incomes = [f"coalesce(year_{ago}.taxable_income, 0)" for ago in agos]
    told = [f"year_{ago}.taxable_income IS NOT NULL" for ago in agos]
    return {
        "income": (INT64.times(years), _array(incomes)),
        "income_known": (FLAG.times(years), _array(told)),
        **{
            name: (
                stored.times(len(months)),
                _array([text.format(ago=ago, month=month) for ago, month in months]),
            )
            for name, (stored, text) in each_month.items()
        },
    }


def _funded_elsewhere(years: int) -> str:
    """Whether the firm named another funder in one of the years: the days paid may lie in any."""
    told = (f"coalesce(year_{ago}.funded_by, '') <> ''" for ago in _oldest_first(years))
    return " OR ".join(told)


def _array(values: list[str]) -> str:
    return f"ARRAY[{', '.join(values)}]"


def _cast(stored: Stored, text: str) -> str:
    one = Stored(stored.code, stored.oid)
    return f"({text})::{_SQL_TYPES[one]}{'' if stored.places is None else '[]'}"
