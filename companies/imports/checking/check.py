"""All rows of an import looked at together: who is who, what the load would do, what forbids it.

A few statements whatever the number of rows; they can be asked again after each repair.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from companies.imports.checking.effects import foresee, refuse_strangers, warn_of_other_employers
from companies.imports.checking.identity import contradictions, identify
from companies.imports.checking.problems import CHECK_CODES, keep, refuse_official
from companies.imports.models import Import, ImportFile
from companies.imports.sets import execute, fetch
from companies.imports.staged import StagedProblem
from companies.imports.staging.cells import keep_cells
from companies.imports.staging.stage import files_in_order

# Rows that wait for a repair are those that something blocks. They are listed apart: the planner,
# which knows nothing of problems written a moment ago, would go through all of them for each row.
_BLOCKED = """
DROP TABLE IF EXISTS pg_temp.staged_blocked;
CREATE TEMPORARY TABLE staged_blocked ON COMMIT DROP AS
SELECT DISTINCT file_id, line FROM companies_stagedproblem
WHERE file_id = ANY(%(files)s) AND blocks AND line IS NOT NULL;
ANALYZE staged_blocked
"""
_GOOD_AGAIN = """
UPDATE companies_stagedrow s SET state = 'good'
WHERE s.file_id = ANY(%(files)s) AND s.state = 'bad'
  AND NOT EXISTS (SELECT FROM staged_blocked b WHERE b.file_id = s.file_id AND b.line = s.line)
"""
_BAD = """
UPDATE companies_stagedrow s SET state = 'bad' FROM staged_blocked b
WHERE s.file_id = b.file_id AND s.line = b.line AND s.state = 'good'
"""
_COUNTS = """
SELECT count(*) FILTER (WHERE state = 'good'), count(*) FILTER (WHERE state = 'bad'),
  count(*) FILTER (WHERE state = 'skipped'), count(*) FILTER (WHERE state = 'left_out'),
  count(*) FILTER (WHERE state = 'good' AND effect = 'created'),
  count(*) FILTER (WHERE state = 'good' AND effect = 'updated'),
  count(*) FILTER (WHERE state = 'good' AND effect = 'unchanged')
FROM companies_stagedrow WHERE file_id = ANY(%(files)s)
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an import by state; the good ones by what their load would do."""

    good: int = 0
    bad: int = 0
    skipped: int = 0
    left_out: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0


def check(import_: Import, more_checks: Callable[[Import], None] | None = None) -> Counts:
    """Look at every staged row, and leave the counts on the import.

    `more_checks` adds problems of its own before rows are told good from bad. Raises `FileRefused`
    where an official file names one person twice, or contradicts what is known of one.
    """
    files = files_in_order(import_)
    with transaction.atomic():
        StagedProblem.objects.filter(file__of=import_, code__in=CHECK_CODES).delete()
        identify(import_.firm, files)
        found = contradictions(import_.firm, files)
        refuse_official(found)
        keep(found)
        foresee(import_, files)
        if import_.target == Import.Target.WORKFORCE:
            warn_of_other_employers(import_.firm, files)
        else:
            refuse_strangers(files)
        if more_checks is not None:
            more_checks(import_)
        _tell_good_from_bad(files)
        return _count(import_, files)


def _tell_good_from_bad(files: Sequence[ImportFile]) -> None:
    for statement in (_BLOCKED, _GOOD_AGAIN):
        execute(statement, _keys(files))
    if execute(_BAD, _keys(files)):
        for file in files:
            keep_cells(file)


def _count(import_: Import, files: Sequence[ImportFile]) -> Counts:
    [counted] = fetch(_COUNTS, _keys(files))
    counts = Counts(*counted)
    for name, count in asdict(counts).items():
        setattr(import_, name, count)
    import_.save(update_fields=list(asdict(counts)))
    return counts


def _keys(files: Sequence[ImportFile]) -> dict[str, list[int]]:
    return {"files": [file.pk for file in files]}
