"""The first rows of a spreadsheet: what its columns hold, and how they might be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from companies.imports.formats.tables import open_table
from companies.imports.formats.workbook_scan import Limits
from companies.imports.kinds import kind_named
from companies.imports.models import ImportFile, KnownLayout
from companies.imports.reading.layout import Layout, from_data, titles_hash
from companies.imports.reading.matching import Proposal, propose
from companies.imports.reading.targets import Target
from companies.imports.staging.stored_bytes import open_stored

SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Head:
    """`sample` are kinded cells; `known` is how the firm had such a table read the last time."""

    titles: Sequence[str]
    sample: Sequence[Sequence[str]]
    target: Target
    known: Layout | None

    @property
    def proposal(self) -> Proposal:
        return self.under(self.known)

    def under(self, layout: Layout | None) -> Proposal:
        """What is proposed, and still asked, once the table is read that way."""
        return propose(self.titles, self.sample, self.target, layout)


def head_in(source: BinaryIO, file_name: str, firm_id: int, kind: str) -> Head:
    """`kind` is a code of `Import.Target`; raises `FileRefused`."""
    target = kind_named(kind).target
    with open_table(source, file_name, target.titles, Limits()) as table:
        sample = [cells for _, cells in islice(table.rows, SAMPLE_ROWS)]
    kept = KnownLayout.objects.filter(
        firm=firm_id, target=kind, titles_hash=titles_hash(table.titles)
    ).first()
    return Head(table.titles, sample, target, from_data(kept.layout) if kept else None)


def head_of(file: ImportFile) -> Head:
    """Of a file kept already; `file.of` is its import. Raises `FileRefused`."""
    with open_stored(file.pk, file.size) as source:
        return head_in(source, file.name, file.of.firm_id, file.of.target)
