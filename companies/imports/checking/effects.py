"""What the load of each row would do: somebody new, values replaced, or nothing.

Rows were staged as those of somebody new, and only what is found otherwise is written. The table of
`checking_identity.identify` must be there.
"""

from collections.abc import Sequence

from companies.firms.models import Firm
from companies.imports.checking.changes import EFFECTS, Effects
from companies.imports.checking.problems import ELSEWHERE, UNKNOWN
from companies.imports.models import Import, ImportFile
from companies.imports.sets import execute

# Somebody new who stands in several rows of the import is created by the first of them. A row of
# somebody new who stands in one is right as it was staged, and is looked at no further.
_FORESEE = """
WITH repeated AS (
  SELECT key, min(place) AS first
  FROM staged_identity WHERE employee_id IS NULL GROUP BY key HAVING count(*) > 1
), seen AS (
  SELECT i.id, i.person_id, i.employee_id,
    CASE
      WHEN e.id IS NULL AND r.first <> i.place THEN 'updated'
      WHEN e.id IS NULL THEN 'created'
      WHEN NOT ({known}) OR {changes} THEN 'updated'
      ELSE 'unchanged'
    END AS effect,
    CASE WHEN e.id IS NOT NULL AND ({changes}) THEN jsonb_strip_nulls(jsonb_build_object({told}))
    END AS changes
  FROM staged_identity i
  JOIN companies_stagedrow s ON s.id = i.id
  LEFT JOIN repeated r ON r.key = i.key
  LEFT JOIN companies_employee e ON e.id = i.employee_id
  {joins}
  WHERE i.file_id = ANY(%(files)s)
    AND (i.person_id IS NOT NULL OR i.employee_id IS NOT NULL OR r.key IS NOT NULL
      OR (s.person_id, s.employee_id, s.effect, s.changes)
        IS DISTINCT FROM (NULL::bigint, NULL::bigint, 'created', NULL::jsonb))
)
UPDATE companies_stagedrow s
SET person_id = n.person_id, employee_id = n.employee_id, effect = n.effect, changes = n.changes
FROM seen n
WHERE s.id = n.id AND (s.person_id, s.employee_id, s.effect, s.changes)
  IS DISTINCT FROM (n.person_id, n.employee_id, n.effect, n.changes)
"""

_RECOGNISE = """
UPDATE companies_stagedrow s SET person_id = i.person_id, employee_id = i.employee_id
FROM staged_identity i
WHERE s.id = i.id
  AND (s.person_id, s.employee_id) IS DISTINCT FROM (i.person_id, i.employee_id)
"""

# A month counts where there are days; a yearly declaration does not say which days it is about.
_ELSEWHERE = """
INSERT INTO companies_stagedproblem (file_id, line, field, code, found, expected, blocks)
SELECT DISTINCT ON (i.person_id) i.file_id, i.line, '', %(code)s, '', '', false
FROM staged_identity i
JOIN companies_stagedrow s ON s.id = i.id
JOIN companies_employee o ON o.person_id = i.person_id AND o.firm_id <> %(firm)s
JOIN companies_employment p ON p.employee_id = o.id
WHERE i.file_id = ANY(%(files)s)
  AND CASE WHEN s.month IS NULL
    THEN p.hired_on <= coalesce(s.left_on, 'infinity') AND (p.left_on < s.hired_on) IS NOT TRUE
      AND s.hired_on IS NOT NULL
    ELSE p.hired_on < s.month + interval '1 month' AND (p.left_on < s.month) IS NOT TRUE
      AND s.days > 0
    END
ORDER BY i.person_id, i.place DESC
"""

_UNKNOWN = """
INSERT INTO companies_stagedproblem (file_id, line, field, code, found, expected, blocks)
SELECT file_id, line, '', %(code)s, '', '', true FROM companies_stagedrow
WHERE file_id = ANY(%(files)s) AND state IN ('good', 'bad') AND employee_id IS NULL
"""


def foresee(import_: Import, files: Sequence[ImportFile]) -> None:
    """Write who each row is about, and for the workforce the effect and the changes of its load."""
    if import_.target != Import.Target.WORKFORCE:
        execute(_RECOGNISE)
        return
    for name, effects in EFFECTS.items():
        of_format = [file.pk for file in files if _format(file) == name]
        if of_format:
            execute(_statement(effects), {"files": of_format})


def warn_of_other_employers(firm: Firm, files: Sequence[ImportFile]) -> None:
    """Once a person who is employed elsewhere over the same days; nothing tells where."""
    said_by_day = [file.pk for file in files if file.format != ImportFile.Format.ETAT_9421]
    execute(_ELSEWHERE, {"files": said_by_day, "firm": firm.pk, "code": ELSEWHERE})


def refuse_strangers(files: Sequence[ImportFile]) -> None:
    """Every row must be of somebody whom the firm employs."""
    execute(_UNKNOWN, {"files": [file.pk for file in files], "code": UNKNOWN})


def _format(file: ImportFile) -> str:
    return "table" if file.is_spreadsheet else file.format


def _statement(effects: Effects) -> str:
    changes = effects.changes
    return _FORESEE.format(
        joins=effects.joins,
        known=effects.known,
        changes=" OR ".join(f"({change.when})" for change in changes),
        told=", ".join(
            f"'{each.column}', CASE WHEN {each.when}"
            f" THEN jsonb_build_array({each.old}, {each.new}) END"
            for each in changes
        ),
    )
