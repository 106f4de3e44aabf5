"""Imports that somebody began, with their files as they came."""

import hashlib
from io import BytesIO

from accounts.models import User
from accounts.public_ids import new_public_id
from companies.firms.models import Firm
from companies.imports.formats.recognise import HEAD_SIZE, recognise
from companies.imports.formats.tables import open_table
from companies.imports.formats.workbook_scan import Limits
from companies.imports.kinds import kind_of
from companies.imports.models import DAYS_KEPT, Import, ImportFile
from companies.imports.reading.layout import as_data
from companies.imports.reading.matching import propose
from tests.factories.people import AT, File, member


def handed(firm: Firm, *files: File, by: User | None = None) -> Import:
    begun = Import.objects.create(
        firm=firm,
        public_id=new_public_id("imp"),
        state=Import.State.CHECKING,
        begun_by=by or member(firm),
        begun_at=AT,
        waits_until=AT + DAYS_KEPT,
    )
    for position, (name, content) in enumerate(files):
        hand_over(begun, name, content, position)
    return begun


def hand_over(begun: Import, name: str, content: bytes, position: int) -> ImportFile:
    kind = recognise(content[:HEAD_SIZE], name)
    return ImportFile.objects.create(
        of=begun,
        position=position,
        name=name,
        format=kind,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        layout=_layout(begun, name, content) if kind in ImportFile.SPREADSHEETS else {},
    )


def _layout(begun: Import, name: str, content: bytes) -> dict[str, object]:
    """The one proposed, as if nobody had anything to answer."""
    target = kind_of(begun).target
    table = open_table(BytesIO(content), name, target.titles, Limits())
    sample = [cells for _, cells in table.rows]
    return as_data(propose(table.titles, sample, target).layout)
