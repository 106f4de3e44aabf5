"""The report of a load: each row, whose it is, and what became of it, old value and new.

People are told by name and by the end of their number, as on every page.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO, NamedTuple

from django.db.models import F, QuerySet
from django.utils.translation import gettext, override
from xlsxwriter.workbook import Workbook

from accounts import formats
from companies.import_changes import Kind, changes_told
from companies.imports.models import FileLoad, Import
from companies.imports.outgoing.workbooks import (
    Styles,
    write_header,
    write_kinded,
    write_row,
    written,
)
from companies.imports.staged import StagedRow

NOTHING = "—"
COLUMN_WIDTHS = (28, 8, 32, 10, 18, 90)


class ReportRow(NamedTuple):
    """`number_end` is « …785 »; `change` says each value that was replaced, old → new."""

    file: str
    line: int
    person: str
    number_end: str
    outcome: str
    change: str


def report_rows(row: Import, language: str) -> Iterator[ReportRow]:
    """In the order of the files; a row at a time, whatever their number."""
    for staged in _staged(row).iterator():
        end = staged.cnss_last or staged.cin_last
        yield ReportRow(
            file=staged.file_name,
            line=staged.line,
            person=f"{staged.last_name} {staged.first_name}".strip(),
            number_end=f"…{end}" if end else "",
            outcome=_outcome(staged),
            change=_change(staged, language),
        )


def report_workbook(row: Import, *, language: str, at: datetime) -> BinaryIO:
    """A sheet for the files, a sheet for the rows."""

    def fill(book: Workbook, styles: Styles) -> None:
        files = book.add_worksheet(gettext("Files"))
        titles = (gettext("File"), gettext("Lines read"), *_count_titles())
        files.set_column(0, 0, COLUMN_WIDTHS[0])
        write_header(files, 0, titles, styles)
        for line, load in enumerate(_loads(row), 1):
            write_kinded(files, line, 0, f"t{load.file.name}", styles)
            for column, count in enumerate((load.rows, *_counts(load)), 1):
                write_kinded(files, line, column, f"n{count}", styles)
        sheet = book.add_worksheet(gettext("Rows"))
        for column, width in enumerate(COLUMN_WIDTHS):
            sheet.set_column(column, column, width)
        write_header(sheet, 0, _row_titles(), styles)
        for line, told in enumerate(report_rows(row, language), 1):
            write_row(sheet, line, [told.file, "", *told[2:]], styles)
            write_kinded(sheet, line, 1, f"n{told.line}", styles)

    with override(language):
        return written(fill, at)


def report_text(row: Import, *, language: str) -> Iterator[str]:
    """The same as lines of plain text; none begins with what came out of a file."""
    with override(language):
        head = [
            f"{gettext('Import')} {row.public_id}, {row.firm.name}",
            *(_file_text(load, language) for load in _loads(row)),
        ]
    yield from (f"{line}\n" for line in head)
    for told in report_rows(row, language):
        with override(language):
            place = f"{gettext('Line')} {told.line}"
        parts = (place, told.file, told.person, told.number_end, told.outcome, told.change)
        yield " · ".join(" ".join(part.split()) for part in parts if part) + "\n"


def _loads(row: Import) -> QuerySet[FileLoad]:
    return row.loads.select_related("file").defer("file__content").order_by("pk")


def _staged(row: Import) -> QuerySet[StagedRow]:
    rows = StagedRow.objects.filter(file__of=row).annotate(file_name=F("file__name"))
    return rows.order_by("file__position", "line")


def _counts(load: FileLoad) -> tuple[int, int, int, int]:
    return load.created, load.updated, load.unchanged, load.left_out


def _count_titles() -> tuple[str, str, str, str]:
    return (
        gettext("Employees created"),
        gettext("Employees updated"),
        gettext("Employees unchanged"),
        gettext("Lines left out"),
    )


def _row_titles() -> tuple[str, ...]:
    return (
        gettext("File"),
        gettext("Line"),
        gettext("Person"),
        gettext("Number"),
        gettext("What became of it"),
        gettext("Old value → new value"),
    )


def _file_text(load: FileLoad, language: str) -> str:
    told = zip(_count_titles(), _counts(load), strict=True)
    counts = ", ".join(f"{title} : {formats.number(count, language)}" for title, count in told)
    return f"{gettext('File')} {load.file.name} : {counts}"


def _outcome(staged: StagedRow) -> str:
    """A row that was not good is told by its state."""
    if staged.state == StagedRow.State.GOOD:
        return str(staged.get_effect_display())
    return str(staged.get_state_display())


def _change(staged: StagedRow, language: str) -> str:
    with override(language):
        return " ; ".join(
            f"{each.column} : {_shown(each.old, each.kind, language)}"
            f" → {_shown(each.new, each.kind, language)}"
            for each in changes_told(staged.changes)
        )


def _shown(value: object, kind: Kind, language: str) -> str:
    """The months of a year are a list."""
    if value is None:
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_shown(each, kind, language) for each in value)
    if kind == "money" and isinstance(value, int):
        return formats.money(value, language)
    return formats.day(value, language) if isinstance(value, date) else str(value)
