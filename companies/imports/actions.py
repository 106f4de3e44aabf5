"""A firm hands over its files, and all of them are loaded at once or none is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.models import User
from accounts.public_ids import new_public_id
from accounts.workflow import transition
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.beginning import keep_file, opened
from companies.imports.checking.check import check
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.kinds import no_beat
from companies.imports.models import FileLoad, Import
from companies.imports.staged_problems import blocking_problems
from companies.imports.staging.stage import stage
from companies.imports.states import IMPORT
from companies.imports.working import load_import

Handed = Mapping[str, tuple[str, bytes]]
"""By the hash of the bytes: name and content of each file."""


def load_files(
    *, firm: Firm, files: Sequence[tuple[str, bytes]], acting_user: User, at: datetime
) -> list[FileLoad]:
    """Load files recognised by their content, all or none; one load a file, in the order given.

    Declarations are loaded first, by month, then états 9421, then people files; the order in which
    a firm sends its official files changes nothing. The same bytes again give the load that was
    made of them. A file about a month or a year already loaded corrects it. Raises `role_missing`,
    or `FileRefused` with every problem.
    """
    require_firm_role(firm, acting_user, *WRITERS)
    hashes = [sha256(content).hexdigest() for _, content in files]
    with named_refusals(), transaction.atomic():
        Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        known = _loads(firm, hashes)
        new = {key: file for key, file in zip(hashes, files, strict=True) if key not in known}
        if new:
            _import(firm, new, acting_user=acting_user, at=at)
            known = _loads(firm, hashes)
    return [known[key] for key in hashes]


def _loads(firm: Firm, hashes: Sequence[str]) -> dict[str, FileLoad]:
    """By hash, the last load of each file that was not undone."""
    loads = FileLoad.objects.standing().filter(file__firm=firm, file__sha256__in=hashes)
    loads = loads.exclude(file__kind=ReceivedFile.Kind.ATTENDANCE)
    loads = loads.select_related("file").defer("file__content").order_by("pk")
    return {load.file.sha256: load for load in loads}


def _import(firm: Firm, files: Handed, *, acting_user: User, at: datetime) -> None:
    """The steps of an import that nobody has anything to answer about."""
    begun = Import.objects.create(
        firm=firm,
        public_id=new_public_id("imp"),
        begun_by=acting_user,
        begun_at=at,
        waits_until=at,  # Nobody comes back to it.
    )
    with transition(IMPORT, "check", begun.pk, acting_user=acting_user, at=at):
        pass
    _check(begun, files)
    for step in ("end_check", "confirm"):
        with transition(IMPORT, step, begun.pk, acting_user=acting_user, at=at) as move:
            move.detail["import"] = begun.public_id
    load_import(import_id=begun.pk, acting_user=acting_user, at=at, beat=no_beat)


def _check(begun: Import, files: Handed) -> None:
    """Raises `FileRefused` with the problems of all the files together."""
    problems: list[Problem] = []
    for position, (name, content) in enumerate(files.values()):
        try:
            _hand_over(begun, position, name, content)
        except FileRefused as refused:
            problems += refused.problems
    try:
        stage(begun, beat=no_beat)
        check(begun)
        problems += blocking_problems(begun)
    except FileRefused as refused:
        problems += refused.problems
    if problems:
        raise FileRefused.because_of(problems)


def _hand_over(begun: Import, position: int, name: str, content: bytes) -> None:
    """A column that no field was found for says nothing; one that must be there is missed."""
    handed = opened(begun.firm, begun.target, name, content)
    asked = handed.proposal.questions if handed.proposal else ()
    missing = [each.field or "" for each in asked if each.position is None]
    if missing:
        raise FileRefused.because_of(
            Problem("column_missing", Place(name, 1, field), "", field) for field in missing
        )
    keep_file(begun, position, handed)
