"""The first step of an import: files in, recognised, and how their columns might be read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import transaction

from accounts.errors import Refusal
from accounts.models import User
from accounts.public_ids import new_public_id
from accounts.workflow import transition
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.asking import ask_check
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.formats.recognise import HEAD_SIZE, recognise
from companies.imports.formats.unpacking import unpacked
from companies.imports.formats.workbook_scan import Limits
from companies.imports.heads import head_in
from companies.imports.kinds import kind_named
from companies.imports.models import DAYS_KEPT, Import, ImportFile
from companies.imports.reading.layout import as_data
from companies.imports.reading.matching import Proposal
from companies.imports.staging.stored_bytes import store_bytes
from companies.imports.states import IMPORT

NAME_LENGTH = 255
FORMATS_EXPECTED = "DS, DSC, état 9421, XLSX, ODS, CSV"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file handed over, out of its archive; `proposal` for a spreadsheet."""

    name: str
    archive: str
    content: bytes
    format: str
    proposal: Proposal | None = None


def begin_import(
    *,
    firm: Firm,
    files: Sequence[tuple[str, bytes]],
    target: str = Import.Target.WORKFORCE,
    target_id: int | None = None,
    acting_user: User,
    at: datetime,
) -> Import:
    """Keep the files for seven days and say how their columns would be read.

    The import is then `checking`, with its job asked for, or `matching` where a person must answer
    first. Raises `role_missing`, `import_about_nothing`, or `FileRefused` with every file that
    cannot be read at all; nothing is kept of those.
    """
    require_firm_role(firm, acting_user, *WRITERS)
    if kind_named(target).about(firm, target_id) is None:
        raise Refusal("import_about_nothing")
    handed = _handed(firm, files, target)
    begun = Import(
        firm=firm,
        public_id=new_public_id("imp"),
        target=target,
        target_id=target_id,
        begun_by=acting_user,
        begun_at=at,
        waits_until=at + DAYS_KEPT,
    )
    with transaction.atomic():
        _keep(begun, handed, acting_user=acting_user, at=at)
        if any(each.proposal is not None and each.proposal.questions for each in handed):
            with transition(IMPORT, "ask_columns", begun.pk, acting_user=acting_user, at=at):
                pass
        else:
            ask_check(import_id=begun.pk, acting_user=acting_user, at=at)
    begun.refresh_from_db()
    return begun


def _keep(begun: Import, handed: Sequence[Handed], *, acting_user: User, at: datetime) -> None:
    begun.save()
    for position, each in enumerate(handed):
        keep_file(begun, position, each)
    detail = {"import": begun.public_id, "files": [each.name for each in handed]}
    record_of(begun.firm, "import.begin", acting_user, at, **detail)


def _handed(firm: Firm, files: Sequence[tuple[str, bytes]], target: str) -> list[Handed]:
    problems: list[Problem] = []
    handed: list[Handed] = []
    for name, content in files:
        try:
            handed += [
                opened(firm, target, each.name, each.content, archive=each.archive)
                for each in unpacked(name, content, Limits())
            ]
        except FileRefused as refused:
            problems += refused.problems
    if problems:
        raise FileRefused.because_of(problems)
    return handed


def opened(firm: Firm, target: str, name: str, content: bytes, archive: str = "") -> Handed:
    """A file out of its archive; raises `FileRefused` for one that cannot be read at all."""
    kind = recognise(content[:HEAD_SIZE], name)
    if kind in ImportFile.SPREADSHEETS:
        proposal = head_in(BytesIO(content), name, firm.pk, target).proposal
        return Handed(name, archive, content, kind, proposal)
    if kind not in ImportFile.Format.values:
        raise FileRefused("file_unknown", Place(name), kind.upper(), FORMATS_EXPECTED)
    if target != Import.Target.WORKFORCE:
        raise FileRefused("spreadsheet_expected", Place(name), kind, "XLSX, ODS, CSV")
    return Handed(name, archive, content, kind)


def keep_file(of: Import, position: int, handed: Handed) -> None:
    """In the transaction of the caller."""
    file = ImportFile.objects.create(
        of=of,
        position=position,
        name=handed.name[-NAME_LENGTH:],
        archive=handed.archive[-NAME_LENGTH:],
        format=handed.format,
        sha256=hashlib.sha256(handed.content).hexdigest(),
        size=len(handed.content),
        content=b"",
        layout=as_data(handed.proposal.layout) if handed.proposal else {},
    )
    store_bytes(file.pk, handed.content)
