"""The far side of a workbook: the one process that unfolds it, under limits it sets on itself.

The workbook comes on standard input and its rows go to standard output, one JSON value a line:
first the sheet (`{"sheet": …}`) or the refusal (`{"code": …}`), then `[line, [cell, …]]` for each
row that is not empty. A cell is a text whose first letter is its kind: `t` text, `n` number, `d`
day, `m` moment, `b` truth, and `!` the code of why it has no value. An empty cell is empty.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.workbook_scan import (
    IN_BOOK,
    UNREADABLE,
    Limits,
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
HEADER_WORDS_MIN = 3

Value = str | float | bool | date | datetime | time | timedelta
Row = tuple[int, list[str]]


def main() -> None:
    """Arguments: the limits, then the words of which a header has at least three."""
    count = len(fields(Limits))
    limits = Limits(*map(int, sys.argv[1 : count + 1]))
    _limit_this_process(limits)
    try:
        _say(read(sys.stdin.buffer.read(), limits, frozenset(sys.argv[count + 1 :])), limits)
    except MemoryError:
        _say([_refusal(FileRefused("workbook_too_large", IN_BOOK))], limits)
    except FileRefused as refused:
        _say([_refusal(refused)], limits)


def read(content: bytes, limits: Limits, words: frozenset[str]) -> Iterator[object]:
    """The first visible sheet that has a header, row by row; raises `FileRefused`."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            valueless = scan(archive, limits)
            index = read_index(archive)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        for name in _visible(book):
            rows = _rows(book.get_sheet_by_name(name), valueless.get(index.parts.get(name, ""), []))
            header = next(rows, None)
            if header is not None and _knows(header, words):
                yield {"sheet": name, "day_zero": index.day_zero.isoformat()}
                yield header
                yield from rows
                return
    except (*UNREADABLE, CalamineError) as broken:
        raise FileRefused("workbook_broken", IN_BOOK, str(broken)) from broken
    raise FileRefused("workbook_without_header", IN_BOOK, ", ".join(_visible(book)))


def _refusal(refused: FileRefused) -> dict[str, str]:
    return {"code": refused.code, "found": refused.found, "expected": refused.expected}


def _limit_this_process(limits: Limits) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(said: Iterable[object], limits: Limits) -> None:
    """Shared texts repeat: little that is unfolded may still be much that is said."""
    size = 0
    for each in said:
        line = json.dumps(each)
        size += len(line)
        if size > limits.said:
            raise FileRefused("workbook_too_large", IN_BOOK, str(size), str(limits.said))
        sys.stdout.write(line + "\n")


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        each.name
        for each in book.sheets_metadata
        if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
    ]


def _knows(header: Row, words: frozenset[str]) -> bool:
    said = {cell[1:].strip().lower() for cell in header[1]}
    return len(words & said) >= HEADER_WORDS_MIN


def _rows(sheet: CalamineSheet, valueless: list[Problem]) -> Iterator[Row]:
    """Line, counted from 1, and cells from the first column on; rows without a cell are left out.

    A merged cell has its value in the first place only: below the header that is no value at all.
    """
    instead: dict[int, list[Problem]] = defaultdict(list)
    for problem in valueless:
        instead[problem.place.line or 0].append(problem)
    before = [""] * (sheet.start or (0, 0))[1]
    header_line = 0
    for line, values in enumerate(sheet.iter_rows(), 1):
        cells = [*before, *map(_cell, values)]
        for problem in instead.get(line, ()):
            column = column_number(problem.place.field or "")
            cells += [""] * (column - len(cells))
            cells[column - 1] = f"!{problem.code} {problem.found}"
        if not any(cells):
            continue
        if not header_line:
            header_line = line
            for problem in _merged(sheet, header_line):
                instead[problem.place.line or 0].append(problem)
        yield line, cells


def _merged(sheet: CalamineSheet, header_line: int) -> Iterator[Problem]:
    """The first cell of each merger that begins below the header."""
    for (row, column), _ in sheet.merged_cell_ranges or ():
        if row + 1 > header_line:
            yield Problem("cell_merged", Place("", row + 1, column_letters(column + 1)))


def _cell(value: Value) -> str:
    """The commonest kinds first: a sheet may have millions of cells."""
    if isinstance(value, str):
        return f"t{value}" if value else ""
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


if __name__ == "__main__":
    main()
