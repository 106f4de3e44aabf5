"""The first step of an import: files in, recognised, and how their columns might be read."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice

from django.db import transaction

from accounts.models import User
from accounts.public_ids import new_public_id
from accounts.workflow import transition
from companies.firms.journal import record_of
from companies.firms.models import Firm
from companies.firms.roles import WRITERS, require_firm_role
from companies.imports.asking import ask_check
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.kinds import kind_named
from companies.imports.layout import Layout, as_data, from_data, titles_hash
from companies.imports.matching import Proposal, propose
from companies.imports.models import DAYS_KEPT, Import, ImportFile, KnownLayout
from companies.imports.recognise import HEAD_SIZE, recognise
from companies.imports.states import IMPORT
from companies.imports.tables import open_table
from companies.imports.targets import Target
from companies.imports.unpacking import unpacked
from companies.imports.workbook_scan import Limits

SAMPLE_ROWS = 200
NAME_LENGTH = 255


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
    first. Raises `role_missing`, or `FileRefused` with every file that cannot be read at all;
    nothing is kept of those.
    """
    require_firm_role(firm, acting_user, *WRITERS)
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
        ImportFile.objects.create(of=begun, position=position, **_columns(each))
    detail = {"import": begun.public_id, "files": [each.name for each in handed]}
    record_of(begun.firm, "import.begin", acting_user, at, **detail)


def _handed(firm: Firm, files: Sequence[tuple[str, bytes]], target: str) -> list[Handed]:
    problems: list[Problem] = []
    handed: list[Handed] = []
    for name, content in files:
        try:
            handed += [
                _opened(firm, target, each.name, each.archive, each.content)
                for each in unpacked(name, content, Limits())
            ]
        except FileRefused as refused:
            problems += refused.problems
    if problems:
        raise FileRefused.because_of(problems)
    return handed


def _opened(firm: Firm, target: str, name: str, archive: str, content: bytes) -> Handed:
    kind = recognise(content[:HEAD_SIZE], name)
    if kind not in ImportFile.SPREADSHEETS:
        if target != Import.Target.WORKFORCE:
            raise FileRefused("spreadsheet_expected", Place(name), kind, "XLSX, ODS, CSV")
        return Handed(name, archive, content, kind)
    proposal = _proposal(firm, kind_named(target).target, name, content)
    return Handed(name, archive, content, kind, proposal)


def _proposal(firm: Firm, target: Target, name: str, content: bytes) -> Proposal:
    table = open_table(BytesIO(content), name, target.titles, Limits())
    sample = [cells for _, cells in islice(table.rows, SAMPLE_ROWS)]
    kept = KnownLayout.objects.filter(
        firm=firm, target=target.name, titles_hash=titles_hash(table.titles)
    ).first()
    known: Layout | None = from_data(kept.layout) if kept else None
    return propose(table.titles, sample, target, known)


def _columns(each: Handed) -> dict[str, object]:
    return {
        "name": each.name[-NAME_LENGTH:],
        "archive": each.archive[-NAME_LENGTH:],
        "format": each.format,
        "sha256": hashlib.sha256(each.content).hexdigest(),
        "size": len(each.content),
        "content": each.content,
        "layout": as_data(each.proposal.layout) if each.proposal else {},
    }
