"""The employees of a firm as one file names them: found or made, then completed."""

from companies.firms.models import Firm
from companies.imports.loading.files import LoadedFile
from companies.imports.sets import execute, fetch, filled, keep_table
from companies.imports.staging.rows import INFERRED_MOROCCAN

_ROWS = (
    "staged bigint NOT NULL, rank integer NOT NULL, line integer NOT NULL,"
    " year integer, employee bigint NOT NULL, is_new boolean NOT NULL"
)
# Capitals without accents, so that É stands with E; other scripts stay as they are. The marks are
# those that decompose from Latin and from Arabic letters.
_SORT_KEY = filled(
    """left(CASE
      WHEN octet_length({name}) = length({name}) THEN upper({name})
      ELSE upper(regexp_replace(normalize({name}, NFKD), '[{marks}]', '', 'g'))
    END, 130)""",
    name="btrim({of}.last_name || ' ' || {of}.first_name)",
    marks="\u0300-\u036f\u064b-\u065f\u0670",
)

_ONE_ROW_A_PERSON = """
SELECT p.person, s.last_name, s.first_name, s.nationality, s.cin_sealed, s.cnss_sealed,
  s.cin_last, s.cnss_last
FROM load_person p JOIN companies_stagedrow s ON s.id = p.staged WHERE p.rank = %(rank)s
"""
# A row a year: the last one that says something is right of names and nationality, and numbers are
# the same wherever they stand.
_SEVERAL_ROWS_A_PERSON = filled(
    """
SELECT p.person,
  coalesce((array_agg(s.last_name ORDER BY p.line DESC) FILTER (WHERE s.last_name <> ''))[1], '')
    AS last_name,
  coalesce((array_agg(s.first_name ORDER BY p.line DESC) FILTER (WHERE s.last_name <> ''))[1], '')
    AS first_name,
  coalesce(
    (array_agg(s.nationality ORDER BY s.nationality = '{inferred}', p.line DESC)
      FILTER (WHERE s.nationality <> ''))[1], '') AS nationality,
  (array_agg(s.cin_sealed) FILTER (WHERE s.cin_sealed <> ''))[1] AS cin_sealed,
  (array_agg(s.cnss_sealed) FILTER (WHERE s.cnss_sealed <> ''))[1] AS cnss_sealed,
  max(s.cin_last) AS cin_last, max(s.cnss_last) AS cnss_last
FROM load_person p JOIN companies_stagedrow s ON s.id = p.staged WHERE p.rank = %(rank)s
GROUP BY p.person
""",
    inferred=INFERRED_MOROCCAN,
)
# Who is there already is listed before the first row is written: a search in the table row by row
# would go through all that this statement has added so far, wherever the planner takes the table
# for an empty one.
_MAKE = filled(
    """
INSERT INTO companies_employee (firm_id, person_id, last_name, first_name, sort_key, cin_sealed,
  cnss_sealed, cin_last, cnss_last, has_cnss_number, nationality)
SELECT %(firm)s, k.person, k.last_name, k.first_name,
  {sort_key},
  coalesce(k.cin_sealed, ''), coalesce(k.cnss_sealed, ''), k.cin_last, k.cnss_last,
  coalesce(k.cnss_sealed, '') <> '', upper(k.nationality)
FROM ({spoken}) AS k
WHERE k.person NOT IN (SELECT e.person_id FROM companies_employee e WHERE e.firm_id = %(firm)s)
""",
    sort_key=_SORT_KEY.replace("{of}", "k"),
)
# The spelling of the weightiest file stays, whatever the order in which they came: of the newest
# état 9421, else of the newest declaration, else of a people file.
_ETAT_AFTER = """EXISTS (SELECT FROM companies_payyear y
  JOIN companies_receivedfile f ON f.id = y.source_id
  WHERE y.employee_id = e.id AND f.kind = 'etat9421' AND y.year > {year})"""
_ETAT = filled(_ETAT_AFTER, year="0")
_OUTWEIGHED = {
    "etat9421": filled(_ETAT_AFTER, year="%(year)s"),
    "ds": filled(
        """({etat} OR EXISTS (SELECT FROM companies_paymonth m WHERE m.employee_id = e.id
          AND (m.month, -m.supplement) > (%(period)s, -%(supplement)s)))""",
        etat=_ETAT,
    ),
    "people": filled(
        "({etat} OR EXISTS (SELECT FROM companies_paymonth m WHERE m.employee_id = e.id))",
        etat=_ETAT,
    ),
}
# A number that is there already is the same: the person would be another one else.
_COMPLETE = filled(
    """
UPDATE companies_employee e SET
  last_name = n.last_name, first_name = n.first_name,
  sort_key = {sort_key},
  cin_sealed = CASE WHEN n.takes_cin THEN n.cin_sealed ELSE e.cin_sealed END,
  cin_last = CASE WHEN n.takes_cin THEN n.cin_last ELSE e.cin_last END,
  cnss_sealed = CASE WHEN n.takes_number THEN n.cnss_sealed ELSE e.cnss_sealed END,
  cnss_last = CASE WHEN n.takes_number THEN n.cnss_last ELSE e.cnss_last END,
  has_cnss_number = e.has_cnss_number OR n.takes_number, nationality = n.nationality
FROM (
  SELECT e.id, k.cin_sealed, k.cnss_sealed, k.cin_last, k.cnss_last,
    CASE WHEN w.takes_names THEN k.last_name ELSE e.last_name END AS last_name,
    CASE WHEN w.takes_names THEN k.first_name ELSE e.first_name END AS first_name,
    CASE WHEN k.nationality IN ('', '{inferred}') AND e.nationality <> ''
      THEN e.nationality ELSE upper(k.nationality) END AS nationality,
    w.takes_names, e.cin_sealed = '' AND coalesce(k.cin_sealed, '') <> '' AS takes_cin,
    NOT e.has_cnss_number AND coalesce(k.cnss_sealed, '') <> '' AS takes_number
  FROM ({spoken}) AS k
  JOIN companies_employee e ON e.firm_id = %(firm)s AND e.person_id = k.person
  CROSS JOIN LATERAL (
    SELECT k.last_name <> '' AND (k.last_name, k.first_name) <> (e.last_name, e.first_name)
      AND NOT {outweighed} AS takes_names
  ) AS w
  WHERE e.id <= %(last)s
) AS n
WHERE e.id = n.id
  AND (n.takes_names OR n.takes_cin OR n.takes_number OR n.nationality <> e.nationality)
""",
    sort_key=_SORT_KEY.replace("{of}", "n"),
    inferred=INFERRED_MOROCCAN,
)
_NAME_ROWS = """
INSERT INTO load_row
SELECT p.staged, p.rank, p.line, p.year, e.id, e.id > %(last)s
FROM load_person p
JOIN companies_employee e ON e.firm_id = %(firm)s AND e.person_id = p.person
WHERE p.rank = %(rank)s
"""


def begin_employees() -> None:
    """`load_row` says of each good row which employee it is about, and whether it made them."""
    keep_table("load_row", _ROWS)
    execute("CREATE INDEX ON load_row (employee)")


def load_employees(firm: Firm, file: LoadedFile) -> None:
    """Write the employees of one file and count the new ones.

    Files are loaded one after the other, pay included: the weight of a name is that of the pay
    there is. The firm is locked, so that the last key tells who was there before.
    """
    [(rows, persons)] = fetch(
        "SELECT count(*), count(DISTINCT person) FROM load_person WHERE rank = %(rank)s",
        file.values,
    )
    [(last,)] = fetch(
        "SELECT coalesce(max(id), 0) FROM companies_employee WHERE firm_id = %(firm)s",
        {"firm": firm.pk},
    )
    spoken = _ONE_ROW_A_PERSON if rows == persons else _SEVERAL_ROWS_A_PERSON
    values = file.values | {"firm": firm.pk, "last": last}
    file.loaded = rows
    file.created = execute(filled(_MAKE, spoken=spoken), values)
    if last:
        outweighed = _OUTWEIGHED[file.kind]
        execute(filled(_COMPLETE, spoken=spoken, outweighed=outweighed), values)
    execute(_NAME_ROWS, values)
    execute("ANALYZE load_row")
