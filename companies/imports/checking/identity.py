"""Who each staged row is about, and rows that cannot all be right about it.

Nothing that another firm said is ever shown: a row is answered with its own line and number.
"""

from collections.abc import Sequence

from companies.firms.models import Firm
from companies.imports.checking.problems import CIN, CONFLICT, DUPLICATE, NUMBER, Found
from companies.imports.models import ImportFile
from companies.imports.sets import execute, fetch

ONE_PERSON = "a CIN and a CNSS number of one same person"

# Sorts and joins of a whole file stay in memory; compiling them would cost more than running them.
_SETTINGS = "SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true)"
# Temporary tables, because several statements ask them and the planner knows nothing of rows that
# were written a moment ago. `place` orders the rows of the import as they are loaded.
_NAMED = """
DROP TABLE IF EXISTS pg_temp.staged_name;
CREATE TEMPORARY TABLE staged_name ON COMMIT DROP AS
SELECT id, file_id, line, year, cin_fingerprint AS cin, cnss_fingerprint AS number,
  array_position(%(files)s, file_id) * 10000000000 + line AS place
FROM companies_stagedrow
WHERE file_id = ANY(%(files)s) AND state IN ('good', 'bad')
  AND (cin_fingerprint IS NOT NULL OR cnss_fingerprint IS NOT NULL);
ANALYZE staged_name
"""
# Where one row of the import has both numbers, a row with one of them has the other too. `key` is
# equal for rows about one human: person of the register, else number, else CIN. Two persons that
# are half known are one already here, as after the load.
_IDENTITY = """
DROP TABLE IF EXISTS pg_temp.staged_identity;
CREATE TEMPORARY TABLE staged_identity ON COMMIT DROP AS
WITH tie AS (
  SELECT DISTINCT cin, number FROM staged_name WHERE cin IS NOT NULL AND number IS NOT NULL
    AND (cin IN (SELECT cin FROM staged_name WHERE number IS NULL)
      OR number IN (SELECT number FROM staged_name WHERE cin IS NULL))
), tied_cin AS (
  SELECT cin, (array_agg(number))[1] AS number FROM tie GROUP BY 1 HAVING count(*) = 1
), tied_number AS (
  SELECT number, (array_agg(cin))[1] AS cin FROM tie GROUP BY 1 HAVING count(*) = 1
), completed AS (
  SELECT g.id, g.file_id, g.line, g.year, g.place,
    coalesce(g.cin, n.cin) AS cin, coalesce(g.number, c.number) AS number
  FROM staged_name g
  LEFT JOIN tied_cin c ON g.number IS NULL AND c.cin = g.cin
  LEFT JOIN tied_number n ON g.cin IS NULL AND n.number = g.number
)
SELECT s.id, s.file_id, s.line, s.year, s.place, least(n.id, c.id) AS person_id,
  coalesce(by_number.id, by_cin.id) AS employee_id,
  coalesce(int8send(least(n.id, c.id)), s.number, s.cin) AS key
FROM completed s
LEFT JOIN companies_person n ON n.cnss_fingerprint = s.number
LEFT JOIN companies_person c ON c.cin_fingerprint = s.cin
LEFT JOIN companies_employee by_number
  ON by_number.person_id = n.id AND by_number.firm_id = %(firm)s
LEFT JOIN companies_employee by_cin ON by_cin.person_id = c.id AND by_cin.firm_id = %(firm)s;
ANALYZE staged_identity
"""

# One row a person and file, or a person, year and file where rows have years.
_DUPLICATES = """
WITH twice AS (
  SELECT file_id, {same} AS same, year, min(line) AS first FROM {table}
  WHERE {same} IS NOT NULL GROUP BY file_id, {same}, year HAVING count(*) > 1
)
SELECT s.file_id, s.line, s.{sealed}, t.first
FROM twice t
JOIN {table} d ON d.file_id = t.file_id AND d.{same} = t.same
JOIN companies_stagedrow s ON s.id = d.id
WHERE d.year IS NOT DISTINCT FROM t.year AND d.line > t.first
ORDER BY s.file_id, s.line
"""
_SAME_NUMBER = _DUPLICATES.format(table="staged_name", same="number", sealed="cnss_sealed")
_SAME_CIN = _DUPLICATES.format(table="staged_name", same="cin", sealed="cin_sealed")
_SAME_PERSON = _DUPLICATES.format(table="staged_identity", same="key", sealed="cnss_sealed")

# A row with both numbers ties them together. It may contradict another row of the import, which
# came before it, or a person of the register who has another number already. Two half known persons
# become one at the load, unless both are somebody of other firms. Most numbers stand in one row
# only, which no other row of the import can contradict.
_CONFLICTS = """
WITH complete AS (
  SELECT cin, number, place FROM staged_name WHERE cin IS NOT NULL AND number IS NOT NULL
), pair AS (
  SELECT cin, number, min(place) AS place FROM complete
  WHERE cin IN (SELECT cin FROM complete GROUP BY 1 HAVING count(*) > 1)
    OR number IN (SELECT number FROM complete GROUP BY 1 HAVING count(*) > 1)
  GROUP BY 1, 2
), torn_cin AS (
  SELECT cin, min(place) AS first FROM pair GROUP BY 1 HAVING count(*) > 1
), torn_number AS (
  SELECT number, min(place) AS first FROM pair GROUP BY 1 HAVING count(*) > 1
), wrong AS (
  SELECT p.cin, p.number FROM torn_cin t JOIN pair p ON p.cin = t.cin AND p.place > t.first
  UNION
  SELECT p.cin, p.number FROM torn_number t JOIN pair p
    ON p.number = t.number AND p.place > t.first
  UNION
  SELECT p.cin, p.number FROM complete p
  LEFT JOIN companies_person c ON c.cin_fingerprint = p.cin
  LEFT JOIN companies_person n ON n.cnss_fingerprint = p.number
  WHERE c.cnss_fingerprint <> p.number OR n.cin_fingerprint <> p.cin
    OR (c.id <> n.id AND 2 = (SELECT count(DISTINCT e.person_id) FROM companies_employee e
      WHERE e.person_id IN (c.id, n.id) AND e.firm_id <> %(firm)s))
)
SELECT s.file_id, s.line, s.cnss_sealed, NULL
FROM wrong w
JOIN staged_name g ON g.cin = w.cin AND g.number = w.number
JOIN companies_stagedrow s ON s.id = g.id
ORDER BY s.file_id, s.line
"""


def identify(firm: Firm, files: Sequence[ImportFile]) -> None:
    """Make the temporary tables `staged_name` and `staged_identity` of rows that name somebody."""
    for statement in (_SETTINGS, _NAMED, _IDENTITY):
        execute(statement, {"files": [file.pk for file in files], "firm": firm.pk})


def contradictions(firm: Firm, files: Sequence[ImportFile]) -> list[Found]:
    """Second rows of a person, then rows whose two numbers are of two people; each row once.

    Of a second row `expected` is the line of the first. The table of `identify` must be there.
    """
    asked = [
        (_SAME_NUMBER, NUMBER, DUPLICATE),
        (_SAME_CIN, CIN, DUPLICATE),
        (_SAME_PERSON, NUMBER, DUPLICATE),
        (_CONFLICTS, NUMBER, CONFLICT),
    ]
    by_key = {file.pk: file for file in files}
    found: dict[tuple[int, int], Found] = {}
    for statement, kind, code in asked:
        for file, line, sealed, first in fetch(statement, {"firm": firm.pk}):
            expected = ONE_PERSON if first is None else str(first)
            problem = Found(by_key[file], line, kind, code, bytes(sealed or b""), expected)
            found.setdefault((file, line), problem)
    return list(found.values())
