"""Steps that a person asks for and a job does."""

from datetime import datetime

from accounts.jobs.actions import ask_job
from accounts.models import Job, User
from accounts.workflow import check_step, transition
from companies.imports.models import Import
from companies.imports.states import IMPORT

CHECK = "import.check"
LOAD = "import.load"
UNDO = "import.undo"


def ask_check(*, import_id: int, acting_user: User, at: datetime) -> Job:
    """Have every row read and checked; raises `role_missing` or `state_forbids`."""
    return _ask("check", CHECK, import_id, acting_user, at)


def confirm_import(*, import_id: int, acting_user: User, at: datetime) -> Job:
    """Have the good rows written; raises `role_missing` or `state_forbids`."""
    return _ask("confirm", LOAD, import_id, acting_user, at)


def ask_undo(*, import_id: int, acting_user: User, at: datetime) -> Job:
    """Have the rows of a load put back; raises `role_missing` or `state_forbids`.

    The job says why it is not done, where it is not: the import stays loaded until it is.
    """
    row = Import.objects.select_related("firm").get(pk=import_id)
    check_step(IMPORT, IMPORT.by_name["undo"], row, acting_user=acting_user, reason="")
    return ask_job(
        kind=UNDO,
        subject=row.public_id,
        firm=row.firm.public_id,
        total=row.good,
        acting_user=acting_user,
        at=at,
    )


def _ask(step: str, kind: str, import_id: int, acting_user: User, at: datetime) -> Job:
    with transition(IMPORT, step, import_id, acting_user=acting_user, at=at) as move:
        move.row.refusal = []
        move.detail["import"] = move.row.public_id
        return ask_job(
            kind=kind,
            subject=move.row.public_id,
            firm=move.row.firm.public_id,
            total=move.row.rows,
            acting_user=acting_user,
            at=at,
        )
