"""The far side of a workbook: the one process that unfolds it, under limits it sets on itself.

The workbook (XLSX or ODS) comes on standard input and its rows go to standard output, as records
that end with `RECORD_END`: first the sheet (`{"sheet": …}`) or the refusal (`{"code": …}`) in JSON,
then the rows that are not empty, the header first, each as its line and its cells after
`CELL_END`s. A cell is a text whose first letter is its kind: `t` text, `n` number, `d` day, `m`
moment, `b` truth, and `!` the code of why it has no value. An empty cell is empty.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.ods_scan import is_ods, scan_ods
from companies.imports.formats.workbook_scan import (
    CELL_END,
    DAY_ZERO,
    IN_BOOK,
    RECORD_END,
    UNREADABLE,
    Limits,
    Reach,
    column_letters,
    column_number,
    read_index,
    scan,
)

try:
    import resource
except ImportError:  # Windows has no such limits: there, the scan alone bounds what is read.
    resource = None  # type: ignore[assignment]  # the module, where there is one

DIGITS_KEPT = 15
"""As many as a spreadsheet shows; those after them are the noise of a binary fraction."""
_ENDS = str.maketrans(RECORD_END + CELL_END, "  ")

Value = str | float | bool | date | datetime | time | timedelta
Row = tuple[int, list[str]]


def main() -> None:
    """Arguments: the limits, how a header is looked for, then the words that it may have."""
    count = len(fields(Limits))
    limits = Limits(*map(int, sys.argv[1 : count + 1]))
    rows, foreign, *words = sys.argv[count + 1 :]
    search = HeaderSearch(frozenset(words), int(rows), foreign=foreign == "True")
    _limit_this_process(limits)
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text file
    try:
        _say(read(sys.stdin.buffer.read(), limits, search), limits)
    except MemoryError:
        _refuse(FileRefused("workbook_too_large", IN_BOOK))
    except FileRefused as refused:
        _refuse(refused)


def read(content: bytes, limits: Limits, search: HeaderSearch) -> Iterator[str]:
    """The first visible sheet that has a header, record by record; raises `FileRefused`."""
    try:
        valueless, day_zero = _looked_at(content, limits)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        found = _sheet(book, valueless, search, limits)
        if found is not None:
            name, rows = found
            yield json.dumps({"sheet": name, "day_zero": day_zero.isoformat()})
            yield from map(_record, rows)
            return
    except (*UNREADABLE, CalamineError) as broken:
        raise FileRefused("workbook_broken", IN_BOOK, str(broken)) from broken
    raise FileRefused("workbook_without_header", IN_BOOK, ", ".join(_visible(book)))


def _looked_at(content: bytes, limits: Limits) -> tuple[dict[str, list[Problem]], date]:
    """Cells without a value, by sheet, and the day that numbers count days from."""
    with ZipFile(BytesIO(content)) as archive:
        if is_ods(content):
            return scan_ods(archive, limits), DAY_ZERO
        by_part = scan(archive, limits)
        index = read_index(archive)
    return {name: by_part.get(part, []) for name, part in index.parts.items()}, index.day_zero


def _sheet(
    book: CalamineWorkbook,
    valueless: dict[str, list[Problem]],
    search: HeaderSearch,
    limits: Limits,
) -> tuple[str, Iterator[Row]] | None:
    """The first one with a header that is known, else the first with one that may be a header."""
    guessed: tuple[str, int] | None = None
    for name in _visible(book):
        sheet = book.get_sheet_by_name(name)
        # The scan is told places; cells that say none are only counted by whoever puts them there.
        Reach(limits).reach(sheet.total_height, sheet.total_width)
        first = list(islice(_filled(sheet, {}), search.rows))
        cells = [row for _, row in first]
        at = search.known(cells)
        if at is not None:
            return name, _rows(sheet, first[at][0], valueless.get(name, []))
        at = search.guessed(cells)
        if at is not None and guessed is None:
            guessed = name, first[at][0]
    if guessed is None:
        return None
    name, line = guessed
    return name, _rows(book.get_sheet_by_name(name), line, valueless.get(name, []))


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        each.name
        for each in book.sheets_metadata
        if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
    ]


def _rows(sheet: CalamineSheet, header_line: int, valueless: list[Problem]) -> Iterator[Row]:
    """The header and what follows it.

    A merged cell has its value in the first place only: below the header that is no value at all.
    """
    instead: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in (*valueless, *_merged(sheet)):
        line = problem.place.line or 0
        if line > header_line or (line == header_line and problem.code != "cell_merged"):
            instead[line].append(problem)
    return (row for row in _filled(sheet, instead) if row[0] >= header_line)


def _filled(sheet: CalamineSheet, instead: Mapping[int, list[Problem]]) -> Iterator[Row]:
    """Line, counted from 1, and cells from the first column on, of the rows that have a cell.

    `instead` are, by line, the problems that take the place of cells.
    """
    before = [""] * (sheet.start or (0, 0))[1]
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells = [
            (f"t{value}" if value else "") if value.__class__ is str else _cell(value)
            for value in values
        ]
        if before:
            cells = before + cells
        for problem in instead.get(line, ()):
            column = column_number(problem.place.field or "")
            cells += [""] * (column - len(cells))
            cells[column - 1] = f"!{problem.code} {problem.found}"
        if any(cells):
            yield line, cells


def _merged(sheet: CalamineSheet) -> Iterator[Problem]:
    """The first cell of each merger."""
    for (row, column), _ in sheet.merged_cell_ranges or ():
        yield Problem("cell_merged", Place("", row + 1, column_letters(column + 1)))


def _cell(value: Value) -> str:
    if isinstance(value, float):
        return f"n{_number(value)}"
    if isinstance(value, bool):
        return "bVRAI" if value else "bFAUX"
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return f"d{value.date().isoformat()}" if is_day else f"m{value.isoformat(' ')}"
    return f"d{value.isoformat()}" if isinstance(value, date) else f"m{value}"


def _number(value: float) -> str:
    """As a spreadsheet shows it: « 8000.1 », and « 1.178E+22 » where digits are lost."""
    text = f"{value:.{DIGITS_KEPT}g}"
    if "e" not in text:
        return text
    number = Decimal(text).normalize()
    return f"{number:f}" if number.adjusted() < DIGITS_KEPT else str(number)


def _record(row: Row) -> str:
    line, cells = row
    record = f"{line}{CELL_END}{CELL_END.join(cells)}"
    if record.count(CELL_END) != len(cells) or RECORD_END in record:
        cells = [cell.translate(_ENDS) for cell in cells]
        return f"{line}{CELL_END}{CELL_END.join(cells)}"
    return record


def _refuse(refused: FileRefused) -> None:
    said = {"code": refused.code, "found": refused.found, "expected": refused.expected}
    sys.stdout.write(json.dumps(said) + RECORD_END)


def _limit_this_process(limits: Limits) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(records: Iterable[str], limits: Limits) -> None:
    """Shared texts repeat: little that is unfolded may still be much that is said."""
    size = 0
    for record in records:
        size += len(record)
        if size > limits.said:
            raise FileRefused("workbook_too_large", IN_BOOK, str(size), str(limits.said))
        sys.stdout.write(record + RECORD_END)


if __name__ == "__main__":
    main()
