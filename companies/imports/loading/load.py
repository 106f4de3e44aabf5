"""The good rows of an import into the register: everybody and all of it, or nothing.

Statements over sets do the work where the rows are; what travels here does not grow with them. The
database keeps what each statement changes, so that the load can be taken back.
"""

from collections.abc import Sequence
from datetime import datetime

from accounts.journal import record_all
from accounts.models import User
from companies.firms.models import Firm
from companies.imports.kinds import Beat
from companies.imports.loading.absences import warn_of_absences
from companies.imports.loading.employees import begin_employees, load_employees
from companies.imports.loading.facts import load_facts
from companies.imports.loading.files import LoadedFile, report, take_files
from companies.imports.loading.first_rows import load_first_rows
from companies.imports.loading.pay import begin_pay, load_pay
from companies.imports.loading.persons import find_persons
from companies.imports.loading.spells import load_employments
from companies.imports.models import FileLoad, Import
from companies.imports.sets import execute
from companies.imports.staged_problems import doubts

PHASE = "load"

# Sorts and joins of a whole file stay in memory; compiling them would cost more than running them.
_SETTINGS = """
SELECT set_config('primes.load_of', %(import)s, true), set_config('work_mem', '64MB', true),
  set_config('jit', 'off', true)
"""
_NO_LONGER = "SELECT set_config('primes.load_of', '', true)"


def load(import_: Import, *, acting_user: User, at: datetime, beat: Beat) -> list[FileLoad]:
    """Load every row that is good, inside the transaction of the caller.

    Declarations come first, by month, then états 9421, then people files. A file about a month or a
    year already loaded corrects it. Raises `FileRefused` with the rows that contradict what is
    known of a person, or `Refusal("employment_in_use")`.
    """
    firm = Firm.objects.select_for_update(no_key=True).get(pk=import_.firm_id)
    execute(_SETTINGS, {"import": str(import_.pk)})
    files = take_files(import_, acting_user=acting_user, at=at)
    total = max(sum(each.file.rows for each in files), 1)
    beat(PHASE, 0, total)
    find_persons(firm, files)
    begin_employees()
    begin_pay()
    done = 0
    for each in files:
        load_employees(firm, each)
        load_pay(firm, each)
        done += each.loaded
        beat(PHASE, done, total)
    if load_first_rows(files, acting_user=acting_user, at=at):
        load_employments(lambda: beat(PHASE, done, total))
        load_facts(acting_user=acting_user, at=at)
    warn_of_absences(firm, files)
    doubtful = doubts(import_)
    for each in files:
        each.warnings += doubtful.get(each.file.pk, [])
    execute(_NO_LONGER)
    _journal(firm, files, acting_user, at)
    return report(import_, files, acting_user=acting_user, at=at)


def _journal(firm: Firm, files: Sequence[LoadedFile], acting_user: User, at: datetime) -> None:
    details: list[dict[str, object]] = [
        {
            "file": each.file.name,
            "sha256": each.file.sha256,
            "kind": each.kind,
            "period": each.period.isoformat(),
            "supplement": each.file.supplement,
            "rows": each.file.rows,
            "created": each.created,
            "updated": each.updated,
        }
        for each in files
    ]
    record_all(
        streams=[(firm.journal_stream, firm.public_id, detail) for detail in details],
        action="import.load",
        acting_user=acting_user,
        at=at,
    )
