"""What only the session says of the rows of its attendance sheet, and what their load would do."""

from collections.abc import Iterator

from companies.imports.errors import FileRefused, FileWarning, Place, Problem
from companies.imports.models import Import, ImportFile
from companies.imports.sets import execute, fetch
from companies.imports.staged import StagedProblem
from companies.imports.staging.rows import copy_problems
from companies.imports.staging.stage import files_in_order
from companies.imports.staging.tables import problem_row
from trainings.imports.target import HOURS
from trainings.sessions.models import Session

CODES = (
    "hours_missing",
    "attended_beyond_session",
    "not_employed_during_session",
    "attendance_list_shortened",
)

# « 0 » says that somebody was not there: the row is about nobody who attended.
_LEAVE_OUT = """
WITH absent AS (
  UPDATE companies_stagedrow SET state = 'left_out', effect = '', changes = NULL
  WHERE file_id = ANY(%(files)s) AND state = 'good' AND minutes = 0
  RETURNING file_id, line
)
DELETE FROM companies_stagedproblem p USING absent a
WHERE p.file_id = a.file_id AND p.line = a.line AND p.blocks
"""
_EFFECTS = """
UPDATE companies_stagedrow s SET
  effect = CASE WHEN a.id IS NULL THEN 'created'
    WHEN a.minutes = s.minutes THEN 'unchanged' ELSE 'updated' END,
  changes = CASE WHEN a.minutes <> s.minutes
    THEN jsonb_build_object('minutes', jsonb_build_array(a.minutes, s.minutes)) END
FROM companies_stagedrow n
LEFT JOIN trainings_attendance a
  ON a.employee_id = n.employee_id AND a.session_id = %(session)s
WHERE n.id = s.id AND s.file_id = ANY(%(files)s) AND s.state IN ('good', 'bad')
"""
_WRONG = """
SELECT * FROM (
  SELECT s.file_id, s.line, s.minutes,
    EXISTS (SELECT FROM companies_stagedproblem p
      WHERE p.file_id = s.file_id AND p.line = s.line AND p.field = %(hours)s) AS unreadable,
    s.employee_id IS NULL OR EXISTS (SELECT FROM companies_employment m
      WHERE m.employee_id = s.employee_id AND m.hired_on <= %(last)s
        AND (m.left_on IS NULL OR m.left_on >= %(first)s)) AS employed
  FROM companies_stagedrow s WHERE s.file_id = ANY(%(files)s) AND s.state = ANY(%(states)s)
) AS row
WHERE row.minutes IS NULL OR row.minutes > %(length)s OR NOT row.employed
ORDER BY row.file_id, row.line
"""
# Somebody whose row waits to be repaired, or was set aside, keeps what the list says of them.
NOT_NAMED = """
a.session_id = %(session)s AND NOT EXISTS (SELECT FROM companies_stagedrow s
  WHERE s.file_id = ANY(%(files)s) AND s.employee_id = a.employee_id AND s.state <> 'left_out')
"""


def more_checks(import_: Import) -> None:
    """Problems and effects that depend on the session; raises `FileRefused` without one."""
    session, files = session_of(import_), files_in_order(import_)
    told = {"files": [file.pk for file in files], "session": session.pk}
    StagedProblem.objects.filter(file__of=import_, code__in=CODES).delete()
    execute(_LEAVE_OUT, told)
    execute(_EFFECTS, told)
    by_key = {file.pk: file for file in files}
    # Asked before they are written: the connection can't answer in the middle of a COPY.
    wrong = list(wrong_rows(session, by_key, ["good", "bad"]))
    copy_problems(problem_row(file.pk, each.place.line, each) for file, each in wrong)
    [(removed,)] = fetch(
        f"SELECT count(*) FROM trainings_attendance a WHERE {NOT_NAMED}",  # noqa: S608 - a constant
        told,
    )
    if removed:
        warning = FileWarning("attendance_list_shortened", Place(files[0].name), str(removed))
        copy_problems([problem_row(files[0].pk, None, warning)])


def session_of(import_: Import) -> Session:
    """The session whose sheet this is, of the firm that hands it over."""
    session = (
        Session.objects.select_related("programme__firm")
        .filter(pk=import_.target_id, programme__firm=import_.firm_id)
        .first()
    )
    if session is None:
        raise FileRefused("session_not_found", Place(files_in_order(import_)[0].name))
    return session


def wrong_rows(
    session: Session, files: dict[int, ImportFile], states: list[str]
) -> Iterator[tuple[ImportFile, Problem]]:
    """What the session refuses of staged rows in these states; a row may have several problems."""
    asked = {
        "files": list(files),
        "states": states,
        "hours": HOURS,
        "first": session.starts_on,
        "last": session.ends_on,
        "length": session.minutes,
    }
    for file_id, line, minutes, is_unreadable, was_employed in fetch(_WRONG, asked):
        file = files[file_id]
        place = Place(file.name, line, HOURS)
        if minutes is None and not is_unreadable:
            yield file, Problem("hours_missing", place)
        if minutes is not None and minutes > session.minutes:
            found, longest = f"{minutes} min", f"{session.minutes} min"
            yield file, Problem("attended_beyond_session", place, found, longest)
        if not was_employed:
            yield file, Problem("not_employed_during_session", Place(file.name, line, ""))
