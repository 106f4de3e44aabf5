"""The firm's own file back: its columns, its order, its values, and beside each row what is wrong.

It can be handed over again as it is: nobody reads the column « Anomalies ».
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Generic, Literal, Self, TypeVar

from django.template.loader import get_template
from django.utils.translation import override
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from accounts.sealing import unseal
from companies.imports.errors import Place, Problem
from companies.imports.formats.tables import OpenTable
from companies.imports.formats.workbook import SheetRow
from companies.imports.kinds import kind_of
from companies.imports.models import ImportFile
from companies.imports.outgoing.workbooks import (
    Mark,
    Styles,
    write_header,
    write_kinded,
    write_text,
    written,
)
from companies.imports.reading.layout import ANOMALIES, Layout, is_anomalies
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.rows import CELL
from companies.imports.staging.stored_bytes import open_stored
from companies.imports.staging.tables import LineRepairs, opened_table, repairs_of

COLUMN_WIDTH, SENTENCES_WIDTH = 16, 80
SENTENCE = "companies/anomaly.txt"

Rows = Literal["all", "bad"]
Beside = TypeVar("Beside", StagedProblem, StagedRow)


def annotated_workbook(file: ImportFile, *, rows: Rows, language: str, at: datetime) -> BinaryIO:
    """A spreadsheet of an import with what its check found; with `bad`, the rows to correct only.

    A cell repaired in the page shows what was written there. With `all`, rows keep their line. The
    sentences are in `language`. Raises `FileRefused` where the file can't be read any more.
    """
    repairs = repairs_of(file)
    with open_stored(file.pk, file.size) as source, override(language):
        table, layout = opened_table(file, kind_of(file.of).target, source)
        columns = _Columns.of(layout, {name for each in repairs.values() for name in each.cells})
        with table:
            return written(_Copy(file, rows, table, columns, repairs).fill, at, table.day_zero)


@dataclass(frozen=True, slots=True)
class _Columns:
    """`kept` are the columns of the file that are written, `added` the fields that a repair gave a
    value and that the file has no column for; `places` says where each field is written."""

    titles: list[str]
    kept: list[int]
    places: dict[str, int]

    @classmethod
    def of(cls, layout: Layout, repaired: Set[str]) -> Self:
        """An earlier copy came with a column « Anomalies »: it is not written twice."""
        titles = layout.titles
        kept = [at for at, title in enumerate(titles) if not is_anomalies(title)]
        titles = [titles[at] for at in kept]
        places = {name: kept.index(at) for name, at in layout.positions.items() if at in kept}
        added = sorted(repaired - places.keys())
        places |= {name: at for at, name in enumerate(added, len(titles))}
        return cls([*titles, *added], kept, places)


class _InOrder(Generic[Beside]):
    """What belongs to rows that come in the order of their lines."""

    def __init__(self, found: Iterable[Beside]) -> None:
        self._found = iter(found)
        self._ahead = next(self._found, None)

    def of(self, line: int) -> list[Beside]:
        taken = []
        while self._ahead is not None and (self._ahead.line or 0) <= line:
            if self._ahead.line == line:
                taken.append(self._ahead)
            self._ahead = next(self._found, None)
        return taken


@dataclass(frozen=True, slots=True, eq=False)
class _Copy:
    """One file being written again."""

    file: ImportFile
    rows: Rows
    table: OpenTable
    columns: _Columns
    repairs: Mapping[int, LineRepairs]

    def fill(self, book: Workbook, styles: Styles) -> None:
        titles = self.columns.titles
        sheet = book.add_worksheet()
        sheet.set_column(0, len(titles) - 1, COLUMN_WIDTH)
        sheet.set_column(len(titles), len(titles), SENTENCES_WIDTH)
        header_line = self.table.header_line if self.rows == "all" else 1
        write_header(sheet, header_line - 1, [*titles, ANOMALIES], styles)
        problems = _InOrder(_by_line(StagedProblem, file=self.file, line__isnull=False))
        for rank, (line, cells) in enumerate(self._chosen(), header_line + 1):
            place = (line if self.rows == "all" else rank) - 1
            wrong = problems.of(line)
            marks = self._marks(wrong)
            for at, cell in enumerate(self._cells(line, cells)):
                if cell or at in marks:
                    write_kinded(sheet, place, at, cell, styles, marks.get(at, ""))
            self._say(sheet, place, wrong, styles)

    def _chosen(self) -> Iterator[SheetRow]:
        if self.rows == "all":
            yield from self.table.rows
            return
        bad = _InOrder(_by_line(StagedRow, file=self.file, state=StagedRow.State.BAD))
        yield from (row for row in self.table.rows if bad.of(row[0]))

    def _cells(self, line: int, found: Sequence[str]) -> list[str]:
        """What is written in each column; what stands beyond the last title comes after all."""
        cells = [found[at] if at < len(found) else "" for at in self.columns.kept]
        cells += [""] * (len(self.columns.titles) - len(cells))
        if line in self.repairs:
            for name, value in self.repairs[line].cells.items():
                cells[self.columns.places[name]] = f"t{value}" if value else ""
        beyond = found[len(self.table.titles) :]
        return [*cells, "", *beyond] if any(beyond) else cells

    def _marks(self, problems: Sequence[StagedProblem]) -> dict[int, Mark]:
        """A cell that is wrong and doubtful is wrong."""
        marks: dict[int, Mark] = {}
        for each in sorted(problems, key=lambda each: each.blocks):
            if each.field in self.columns.places:
                marks[self.columns.places[each.field]] = "wrong" if each.blocks else "doubtful"
        return marks

    def _say(
        self, sheet: Worksheet, place: int, problems: Sequence[StagedProblem], styles: Styles
    ) -> None:
        if problems:
            mark: Mark = "wrong" if any(each.blocks for each in problems) else "doubtful"
            said = " ".join(self._sentence(each) for each in problems)
            style = styles.of("text", mark)
            write_text(sheet, place, len(self.columns.titles), said, style)

    def _sentence(self, wrong: StagedProblem) -> str:
        """« date_depart : La date de départ est avant … » The words come by the template."""
        at = self.columns.places.get(wrong.field)
        title = wrong.field if at is None else self.columns.titles[at]
        problem = Problem(
            code=wrong.code,
            place=Place(self.file.name, wrong.line, title),
            found=unseal(CELL, wrong.found),
            expected=wrong.expected,
        )
        said = get_template(SENTENCE).render({"problem": problem}).strip()
        return f"{title} : {said}" if title else said


def _by_line(kind: type[Beside], **which: object) -> Iterator[Beside]:
    return kind._default_manager.filter(**which).order_by("line", "pk").iterator()
