"""Which person each row is about: found or made by the keyed hashes of CIN and CNSS number.

A row that has both numbers ties them together. Two half-known persons, one by a CIN and one by a
number, become one when a file ties them (the number was pending until then); anything that
contradicts what is known is refused with its line, because nobody may become somebody else in
silence.
"""

from collections.abc import Mapping, Sequence

from accounts.sealing import unseal
from companies.firms.models import Firm
from companies.imports.checking.identity import ONE_PERSON
from companies.imports.checking.problems import FIELDS, NUMBER, TABLE_FIELDS
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.loading.files import LoadedFile
from companies.imports.loading.merges import Merge, merge_persons
from companies.imports.sets import execute, fetch, filled, keep_table

PROBLEMS_TOLD = 1000

_KEYS = (
    "staged bigint NOT NULL, rank integer NOT NULL, line integer NOT NULL, year integer,"
    " cin bytea, number bytea"
)
# A person stands once in a file, or once a year in a people file.
_TAKE_KEYS = """
INSERT INTO load_key
SELECT s.id, f.rank, s.line,
  CASE WHEN f.kind = 'people' THEN coalesce(s.year, extract(year FROM f.period)) END,
  nullif(s.cin_fingerprint, ''), nullif(s.cnss_fingerprint, '')
FROM load_file f JOIN companies_stagedrow s ON s.file_id = f.file
WHERE s.state = 'good'
"""
_UNKNOWN_CIN = "NOT EXISTS (SELECT FROM companies_person p WHERE p.cin_fingerprint = k.cin)"
_UNKNOWN_NUMBER = "NOT EXISTS (SELECT FROM companies_person p WHERE p.cnss_fingerprint = k.number)"
# Written in the order of the hashes, so that two loads that meet do not wait for one another in a
# circle. A row with one number is left to the row that has it and the other.
_MAKE = filled(
    """
WITH wanted AS MATERIALIZED (
  SELECT k.cin, k.number FROM load_key k
  WHERE k.cin IS NOT NULL AND k.number IS NOT NULL AND {unknown_cin} AND {unknown_number}
  UNION
  SELECT k.cin, NULL FROM load_key k
  WHERE k.number IS NULL AND {unknown_cin}
    AND NOT EXISTS (SELECT FROM load_key o WHERE o.cin = k.cin AND o.number IS NOT NULL)
  UNION
  SELECT NULL, k.number FROM load_key k
  WHERE k.cin IS NULL AND {unknown_number}
    AND NOT EXISTS (SELECT FROM load_key o WHERE o.number = k.number AND o.cin IS NOT NULL)
), written AS (
  INSERT INTO companies_person (cin_fingerprint, cnss_fingerprint)
  SELECT cin, number FROM wanted ORDER BY cin, number ON CONFLICT DO NOTHING RETURNING id
)
SELECT (SELECT count(*) FROM wanted), (SELECT count(*) FROM written)
""",
    unknown_cin=_UNKNOWN_CIN,
    unknown_number=_UNKNOWN_NUMBER,
)
_TIES = (
    "cin bytea NOT NULL, number bytea NOT NULL, staged bigint NOT NULL, rank integer NOT NULL,"
    " line integer NOT NULL, by_cin bigint, by_number bigint, is_contradiction boolean NOT NULL"
)
# Rows that say something new of known persons. Of several that speak of one, the first is right.
_FIND_TIES = """
INSERT INTO load_tie
SELECT cin, number, staged, rank, line, by_cin, by_number,
  by_cin IS NOT NULL
    AND (has_number OR row_number() OVER (PARTITION BY by_cin ORDER BY rank, line) > 1)
  OR by_number IS NOT NULL
    AND (has_cin OR row_number() OVER (PARTITION BY by_number ORDER BY rank, line) > 1)
FROM (
  SELECT DISTINCT ON (k.cin, k.number) k.*, a.id AS by_cin, b.id AS by_number,
    a.cnss_fingerprint IS NOT NULL AS has_number, b.cin_fingerprint IS NOT NULL AS has_cin
  FROM load_key k
  LEFT JOIN companies_person a ON a.cin_fingerprint = k.cin
  LEFT JOIN companies_person b ON b.cnss_fingerprint = k.number
  WHERE k.cin IS NOT NULL AND k.number IS NOT NULL AND a.id IS DISTINCT FROM b.id
  ORDER BY k.cin, k.number, k.rank, k.line
) AS said
"""
_CONTRADICTIONS = """
SELECT t.rank, t.line, s.cnss_sealed FROM load_tie t JOIN companies_stagedrow s ON s.id = t.staged
WHERE t.is_contradiction ORDER BY t.rank, t.line LIMIT %(told)s
"""
_MERGES = """
SELECT least(by_cin, by_number), greatest(by_cin, by_number), rank, line FROM load_tie
WHERE by_cin IS NOT NULL AND by_number IS NOT NULL ORDER BY rank, line
"""
# In the order of the keys, for the same reason as above.
_COMPLETE = """
WITH ordered AS MATERIALIZED (
  SELECT p.id, t.cin, t.number
  FROM load_tie t JOIN companies_person p ON p.id = least(t.by_cin, t.by_number)
  ORDER BY p.id FOR NO KEY UPDATE OF p
)
UPDATE companies_person p SET cin_fingerprint = o.cin, cnss_fingerprint = o.number
FROM ordered o WHERE p.id = o.id
"""
_PERSONS = (
    "staged bigint NOT NULL, rank integer NOT NULL, line integer NOT NULL, year integer,"
    " person bigint NOT NULL"
)
_FIND = """
INSERT INTO load_person
SELECT k.staged, k.rank, k.line, k.year, coalesce(b.id, a.id)
FROM load_key k
LEFT JOIN companies_person b ON b.cnss_fingerprint = k.number
LEFT JOIN companies_person a ON k.number IS NULL AND a.cin_fingerprint = k.cin
"""
_SECOND_ROWS = """
SELECT rank, min(line), array_agg(line ORDER BY line) FROM load_person
GROUP BY rank, person, year HAVING count(*) > 1 ORDER BY 1, 2 LIMIT %(told)s
"""


def find_persons(firm: Firm, files: Sequence[LoadedFile]) -> None:
    """Leave in `load_person` who each good row is about.

    Raises `FileRefused` with the rows that contradict what is known, or that are a second row of
    the same person in their file.
    """
    by_rank = {each.rank: each for each in files}
    keep_table("load_key", _KEYS)
    execute(_TAKE_KEYS)
    execute("ANALYZE load_key")
    # Somebody else's load may have made one of them meanwhile: then look again.
    while not _make_persons():
        continue
    _tie(firm, by_rank)
    keep_table("load_person", _PERSONS)
    execute(_FIND)
    execute("CREATE INDEX ON load_person (person)")
    execute("ANALYZE load_person")
    _refuse_second_rows(by_rank)


def _make_persons() -> bool:
    """False when another transaction wrote one of them first."""
    [(wanted, written)] = fetch(_MAKE)
    return bool(wanted == written)


def _tie(firm: Firm, files: Mapping[int, LoadedFile]) -> None:
    keep_table("load_tie", _TIES)
    if not execute(_FIND_TIES):
        return
    problems = [
        Problem("person_conflict", _place(files[rank], line), unseal("cnss", sealed), ONE_PERSON)
        for rank, line, sealed in fetch(_CONTRADICTIONS, {"told": PROBLEMS_TOLD})
    ]
    if problems:
        raise FileRefused.because_of(problems)
    merges = [
        Merge(kept, dropped, _place(files[rank], line))
        for kept, dropped, rank, line in fetch(_MERGES)
    ]
    merge_persons(firm, merges)
    execute(_COMPLETE)


def _refuse_second_rows(files: Mapping[int, LoadedFile]) -> None:
    """Two rows of one file that name one person, the first by the number, the other by the CIN."""
    problems = [
        Problem("duplicate_person", Place(files[rank].file.name, line), "", str(first))
        for rank, first, lines in fetch(_SECOND_ROWS, {"told": PROBLEMS_TOLD})
        for line in lines[1:]
    ]
    if problems:
        raise FileRefused.because_of(problems)


def _place(file: LoadedFile, line: int) -> Place:
    return Place(file.file.name, line, FIELDS.get(file.kind, TABLE_FIELDS)[NUMBER])
