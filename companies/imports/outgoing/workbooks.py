"""Workbooks that a firm takes away: every cell is what it says, and no text becomes a formula.

A spreadsheet takes a cell for a formula by its type, never by its first letter. Texts are written
as texts, in cells of text format, so that they stay texts when somebody types over them: « =1+1 »,
leading zeros and long numbers come back as they went. Rows go through the disk: memory does not
grow with them. Why this writer: `docs/decisions/0009-xlsx-writer.md`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from companies.imports.formats.workbook_scan import DAY_ZERO, DAY_ZERO_1904

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_FORMAT = 49
"""The number that every spreadsheet gives to « @ »."""
TEXT_LENGTH = 32_767
"""Characters of a cell, at most; a longer one is cut, as every spreadsheet would cut it."""
FIRST_DAY = date(1900, 3, 1)
"""Days before are counted in two ways, because spreadsheets give 1900 a 29 February."""

CellKind = Literal["text", "day", "moment", "number", "header", "prose"]
Mark = Literal["", "wrong", "doubtful"]
# The two that XML cannot say in any way; control characters have an escape.
_UNSAYABLE = re.compile("[\ufffe\uffff]")
_KINDS: Mapping[CellKind, Mapping[str, object]] = {
    "text": {"num_format": TEXT_FORMAT},
    "day": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm:ss"},
    "number": {},
    "prose": {"num_format": TEXT_FORMAT, "text_wrap": True, "valign": "top"},
    "header": {"num_format": TEXT_FORMAT, "bold": True, "bg_color": "#DCE6F2", "bottom": 1},
}
_MARKS: Mapping[Mark, Mapping[str, object]] = {
    "": {},
    "wrong": {"bg_color": "#F8CBAD"},
    "doubtful": {"bg_color": "#FFF2CC"},
}


class Styles:
    """The formats of one book, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._formats: dict[tuple[CellKind, Mark], Format] = {
            (kind, mark): book.add_format({**of_kind, **of_mark})
            for kind, of_kind in _KINDS.items()
            for mark, of_mark in _MARKS.items()
        }

    def of(self, kind: CellKind, mark: Mark = "") -> Format:
        return self._formats[kind, mark]


def written(
    fill: Callable[[Workbook, Styles], None], at: datetime, day_zero: date = DAY_ZERO
) -> BinaryIO:
    """The file of a book, at its beginning; whoever closes it ends it.

    `day_zero` is that of the book whose numbers are copied.
    """
    options = {"constant_memory": True, "date_1904": day_zero == DAY_ZERO_1904}
    with ExitStack() as kept:
        out = kept.enter_context(TemporaryFile())
        # Closed in any case: the rows wait in files that the book then deletes.
        with Workbook(out, options) as book:
            # Its own clock would date the file otherwise.
            book.set_properties({"created": at.replace(tzinfo=None)})
            fill(book, Styles(book))
        kept.pop_all()
    out.seek(0)
    return out


def write_header(sheet: Worksheet, line: int, titles: Sequence[str], styles: Styles) -> None:
    """`line` counts from 0; the header stays in sight."""
    for column, title in enumerate(titles):
        write_text(sheet, line, column, title, styles.of("header"))
    sheet.freeze_panes(line + 1, 0)


def write_text(sheet: Worksheet, line: int, column: int, text: str, style: Format) -> None:
    """An empty text is an empty cell, which keeps its colour."""
    if text:
        sheet.write_string(line, column, _UNSAYABLE.sub("\ufffd", text)[:TEXT_LENGTH], style)
    else:
        sheet.write_blank(line, column, None, style)


def write_row(sheet: Worksheet, line: int, texts: Sequence[str], styles: Styles) -> None:
    for column, text in enumerate(texts):
        if text:
            write_text(sheet, line, column, text, styles.of("text"))


def write_kinded(
    sheet: Worksheet, line: int, column: int, cell: str, styles: Styles, mark: Mark = ""
) -> None:
    """A cell as the readers give them (`formats.workbook.SheetRow`), in its own type."""
    kind, text = cell[:1], cell[1:]
    value = _typed(kind, text)
    if isinstance(value, float):
        sheet.write_number(line, column, value, styles.of("number", mark))
    elif isinstance(value, bool):
        sheet.write_boolean(line, column, value, styles.of("number", mark))
    elif isinstance(value, datetime):
        sheet.write_datetime(line, column, value, styles.of("moment", mark))
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, styles.of("day", mark))
    else:
        write_text(sheet, line, column, value, styles.of("text", mark))


def _typed(kind: str, text: str) -> str | float | bool | date:
    """What stands where there is no value is written as the text it was seen as."""
    if kind == "n":
        return float(text)
    if kind == "b":
        return text == "VRAI"
    if kind == "!":
        return text.partition(" ")[2]
    return _moment(kind, text) if kind in {"d", "m"} else text


def _moment(kind: str, text: str) -> str | date:
    try:
        read = date.fromisoformat(text) if kind == "d" else datetime.fromisoformat(text)
    except ValueError:
        return text  # A time of day, or a duration.
    return text if (read.year, read.month, read.day) < FIRST_DAY.timetuple()[:3] else read
