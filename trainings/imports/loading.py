"""An attendance sheet into the list of its session: all its good rows, or nothing."""

from datetime import date, datetime

from accounts.models import User
from companies.firms.journal import record_of
from companies.imports.errors import FileRefused
from companies.imports.kinds import Beat
from companies.imports.models import FileLoad, Import
from companies.imports.sets import execute, fetch
from companies.imports.staging.stage import files_in_order
from trainings.imports.checking import NOT_NAMED, session_of, wrong_rows
from trainings.sessions.models import Session

PHASE = "load"
LOADED = "training.import_attendance"
"""How the journal calls the load of a sheet."""

_KEEP_CHANGES = "SELECT set_config('primes.load_of', %(import)s, true)"
# The bytes stay in the database; the same bytes are kept once a firm and nature.
_STORE = """
INSERT INTO companies_receivedfile
  (firm_id, kind, name, sha256, size, content, received_at, received_by_id)
SELECT DISTINCT ON (f.sha256) %(firm)s, 'attendance', f.name, f.sha256, f.size, f.content, %(at)s,
  %(user)s
FROM companies_importfile f WHERE f.of_id = %(import)s ORDER BY f.sha256, f.position
ON CONFLICT (firm_id, kind, sha256) DO NOTHING
"""
_NAME_SOURCE = """
UPDATE companies_importfile f SET received_id = r.id FROM companies_receivedfile r
WHERE f.of_id = %(import)s AND r.firm_id = %(firm)s AND r.kind = 'attendance'
  AND r.sha256 = f.sha256
"""
# The last of several files about one person is the one that counts.
_ATTENDED = """
SELECT DISTINCT ON (s.employee_id) s.employee_id, s.minutes FROM companies_stagedrow s
WHERE s.file_id = ANY(%(files)s) AND s.state = 'good'
ORDER BY s.employee_id, array_position(%(files)s, s.file_id) DESC, s.line DESC
"""
_REMOVE = f"DELETE FROM trainings_attendance a WHERE {NOT_NAMED}"  # noqa: S608 - a constant
_UPDATE = f"""
UPDATE trainings_attendance a SET minutes = n.minutes FROM ({_ATTENDED}) n
WHERE a.session_id = %(session)s AND a.employee_id = n.employee_id AND a.minutes <> n.minutes
"""  # noqa: S608 - idem
_CREATE = f"""
INSERT INTO trainings_attendance (session_id, employee_id, minutes)
SELECT %(session)s, n.employee_id, n.minutes FROM ({_ATTENDED}) n
ON CONFLICT (session_id, employee_id) DO NOTHING
"""  # noqa: S608 - idem
_GOOD = f"SELECT count(*) FROM ({_ATTENDED}) n"  # noqa: S608 - idem


def load_attendance(
    import_: Import, *, acting_user: User, at: datetime, beat: Beat
) -> list[FileLoad]:
    """Replace the list of the session, inside the transaction of the caller.

    Whoever has no row leaves the list; whoever has one that waits or was set aside stays as they
    are. Raises `FileRefused` with the rows that the session refuses by now.
    """
    files = {file.pk: file for file in files_in_order(import_)}
    total = sum(file.rows for file in files.values())
    beat(PHASE, 0, total)
    session = session_of(import_)
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    session.refresh_from_db()
    if wrong := [problem for _, problem in wrong_rows(session, files, ["good"])]:
        raise FileRefused.because_of(wrong)
    told = {
        "import": import_.pk,
        "firm": import_.firm_id,
        "files": list(files),
        "session": session.pk,
        "user": acting_user.pk,
        "at": at,
    }
    execute(_STORE, told)
    execute(_NAME_SOURCE, told)
    counts = _replace(told)
    beat(PHASE, total, total)
    firm, detail = session.programme.firm, {"session": session.pk, "import": import_.public_id}
    record_of(firm, LOADED, acting_user, at, **detail, **counts)
    return _report(import_, session, counts, acting_user=acting_user, at=at)


def _replace(told: dict[str, object]) -> dict[str, int]:
    """People removed, updated, created and unchanged; the database keeps what can be taken back."""
    execute(_KEEP_CHANGES, {"import": str(told["import"])})
    removed = execute(_REMOVE, told)
    updated = execute(_UPDATE, told)
    created = execute(_CREATE, told)
    execute(_KEEP_CHANGES, {"import": ""})
    [(good,)] = fetch(_GOOD, told)
    return {
        "removed": removed,
        "updated": updated,
        "created": created,
        "unchanged": good - updated - created,
    }


def _report(
    import_: Import, session: Session, counts: dict[str, int], *, acting_user: User, at: datetime
) -> list[FileLoad]:
    """One for each file; the people are counted with the first."""
    nothing = dict.fromkeys(("created", "updated", "unchanged"), 0)
    loads = []
    for rank, file in enumerate(import_.files.defer("content").order_by("position")):
        told = {name: counts[name] for name in nothing} if rank == 0 else nothing
        loads.append(
            FileLoad(
                file_id=file.received_id,
                of=import_,
                period=date(session.starts_on.year, 1, 1),
                rows=file.rows,
                left_out=import_.left_out if rank == 0 else 0,
                warnings=file.warnings,
                loaded_at=at,
                loaded_by=acting_user,
                **told,
            )
        )
    return FileLoad.objects.bulk_create(loads)
