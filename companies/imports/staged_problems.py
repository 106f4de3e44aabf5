"""What was found wrong or doubtful with staged rows, told as the problems of a file are."""

from collections import defaultdict

from accounts.sealing import unseal
from companies.imports.errors import WARNINGS_SHOWN, FileWarning, Place, Problem
from companies.imports.models import Import
from companies.imports.sets import fetch
from companies.imports.staging.rows import CELL
from companies.imports.telling import told

PROBLEMS_TOLD = 1000

_BLOCKING = """
SELECT f.name, p.line, p.field, p.code, p.found, p.expected
FROM companies_stagedproblem p JOIN companies_importfile f ON f.id = p.file_id
WHERE f.of_id = %(import)s AND p.blocks ORDER BY f.position, p.line, p.code, p.id LIMIT %(told)s
"""
_DOUBTS = """
SELECT file_id, name, line, field, code, found, expected, total FROM (
  SELECT p.*, f.name, row_number() OVER (PARTITION BY p.file_id, p.code ORDER BY p.line, p.id) nth,
    count(*) OVER (PARTITION BY p.file_id, p.code) AS total
  FROM companies_stagedproblem p
  JOIN companies_importfile f ON f.id = p.file_id
  JOIN companies_stagedrow s ON s.file_id = p.file_id AND s.line = p.line
  WHERE f.of_id = %(import)s AND NOT p.blocks AND s.state IN ('good', 'left_out')
) AS each_code WHERE nth <= %(told)s ORDER BY file_id, line, id
"""


def blocking_problems(import_: Import) -> list[Problem]:
    """What keeps rows out, by file and line; the first thousand."""
    return [
        Problem(
            code=code,
            place=Place(name, line, field),
            found=unseal(CELL, found),
            expected=expected,
        )
        for name, line, field, code, found, expected in fetch(
            _BLOCKING, {"import": import_.pk, "told": PROBLEMS_TOLD}
        )
    ]


def doubts(import_: Import) -> dict[int, list[dict[str, object]]]:
    """By file, what is doubtful in the rows that a load takes or leaves out.

    As in `errors.WarningLog`: the first of each code, then how many there were.
    """
    kept: defaultdict[int, list[FileWarning]] = defaultdict(list)
    cut: dict[tuple[int, str], FileWarning] = {}
    asked = {"import": import_.pk, "told": WARNINGS_SHOWN}
    for file, name, line, field, code, sealed, expected, total in fetch(_DOUBTS, asked):
        place = Place(name, line, field or None)
        found = unseal(CELL, sealed)
        kept[file].append(FileWarning(code=code, place=place, found=found, expected=expected))
        if total > WARNINGS_SHOWN:
            cut[file, code] = FileWarning("more_of_the_same", Place(name), str(total), code)
    for (file, _), warning in cut.items():
        kept[file].append(warning)
    return {file: [told(each) for each in warnings] for file, warnings in kept.items()}
