"""A table out of a spreadsheet of any format, from its titles on, row by row."""

from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Literal, Self

from companies.imports.formats.csv_table import CsvTable, open_csv, open_plain_csv
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.ods_scan import OPENING, OPENING_AT, is_ods
from companies.imports.formats.workbook import SheetRow, is_workbook, read_sheet
from companies.imports.formats.workbook_scan import DAY_ZERO, Limits

TableFormat = Literal["csv", "xlsx", "ods"]
MAGIC_SIZE = OPENING_AT + len(OPENING)


@dataclass(frozen=True, slots=True, eq=False)
class OpenTable:
    """`rows` are those below the titles that are not empty, each with its line in the file or sheet
    and its kinded cells (`workbook.SheetRow`); every cell of a CSV is a text.

    The rows may raise `FileRefused` as they come. `encoding` and `delimiter` are those of a CSV,
    `sheet` the name in a workbook. `titles` are as they are written, without the spaces around.
    """

    format: TableFormat
    titles: list[str]
    rows: Iterator[SheetRow]
    header_line: int = 1
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    day_zero: date = DAY_ZERO

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the rows go that nobody asked for, and the process that reads them."""
        if isinstance(self.rows, Generator):
            self.rows.close()


def open_table(
    source: BinaryIO, file_name: str, words: Collection[str], limits: Limits
) -> OpenTable:
    """The first table of which a row has three of the `words` (folded titles) among its first ones.

    Where none has, the titles are the firm's own: the first row with three texts. Raises
    `FileRefused`. `source` can be sought in; it is read as the rows are asked for, and left open.
    """
    search = HeaderSearch(frozenset(words))
    content = _workbook(source)
    if content:
        return _of_workbook(content, file_name, search, limits)
    return _of_csv(open_csv(source, file_name, search, limits))


def open_plain_table(
    source: BinaryIO, file_name: str, names: Collection[str], limits: Limits
) -> OpenTable:
    """A table whose first row has the `names` of its columns: a CSV in UTF-8, or a workbook."""
    content = _workbook(source)
    if content:
        search = HeaderSearch(frozenset(names), rows=1, foreign=False)
        return _of_workbook(content, file_name, search, limits)
    return _of_csv(open_plain_csv(source, file_name))


def _workbook(source: BinaryIO) -> bytes:
    """All of it, or nothing for what is no workbook."""
    source.seek(0)
    head = source.read(MAGIC_SIZE)
    return head + source.read() if is_workbook(head) else b""


def _of_workbook(content: bytes, file_name: str, search: HeaderSearch, limits: Limits) -> OpenTable:
    sheet = read_sheet(content, file_name, search, limits)
    line, header = next(sheet.rows)
    return OpenTable(
        format="ods" if is_ods(content) else "xlsx",
        titles=[cell[1:].strip() for cell in header],
        rows=sheet.rows,
        header_line=line,
        sheet=sheet.name,
        day_zero=sheet.day_zero,
    )


def _of_csv(table: CsvTable) -> OpenTable:
    return OpenTable(
        format="csv",
        titles=table.titles,
        rows=table.rows,
        header_line=table.header_line,
        encoding=table.encoding,
        delimiter=table.delimiter,
    )
