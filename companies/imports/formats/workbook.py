"""A spreadsheet (XLSX or ODS) as rows of text, read by a child process of limited memory and time.

Why a child: `docs/decisions/0007-xlsx-reader.md`. What it says is taken as it comes: the rows of a
sheet are never in this process all at once.
"""

import codecs
import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from threading import Timer
from typing import IO, cast

from companies.imports.errors import FileRefused, Place
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.workbook_scan import CELL_END, RECORD_END, Limits

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Workbooks of before 2007, and those that a password locks."""
MAGIC_SIZE = len(OLD_MAGIC)
CHILD = "companies.imports.formats.workbook_child"
_ROOT = Path(__file__).resolve().parents[3]
_GRACE_SECONDS = 5
_HEARD_AT_ONCE = 1 << 16


SheetRow = tuple[int, list[str]]
"""Line in the sheet, and cells from the first column on.

The first letter of a cell is its kind: `t`ext, `n`umber, `d`ay, `m`oment, `b`oolean, or `!` where
there is no value. What follows is the value as it would be typed, « 8000.1 » or « 2026-01-31 »; of
a cell without value it is the code of why, then what stands there instead. An empty cell is empty.
"""


def is_workbook(head: bytes) -> bool:
    """Whether a file with this beginning is for this reader, to be read or refused."""
    return head.startswith((*ZIP_MAGIC, OLD_MAGIC))


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Rows that are not empty, the header first, and the day that numbers count days from."""

    name: str
    rows: Iterator[SheetRow]
    day_zero: date


def read_sheet(content: bytes, file_name: str, search: HeaderSearch, limits: Limits) -> Sheet:
    """The first visible sheet with such a header; raises `FileRefused`.

    The rows raise it too, when there is more to say than a workbook may. Once they are let go, the
    child ends.
    """
    if content.startswith(OLD_MAGIC):
        raise FileRefused("workbook_old_or_locked", Place(file_name), "", "XLSX")
    records = _records(content, file_name, search, limits)
    opening: dict[str, str] = json.loads(next(records, '{"code": "workbook_broken"}'))
    if "sheet" not in opening:
        records.close()
        raise _refused(file_name, opening)
    day_zero = date.fromisoformat(opening["day_zero"])
    return Sheet(opening["sheet"], _rows(records, file_name), day_zero)


def _rows(records: Generator[str, None, None], file_name: str) -> Iterator[SheetRow]:
    with closing(records):
        for record in records:
            if record.startswith("{"):
                raise _refused(file_name, json.loads(record))
            line, *cells = record.split(CELL_END)
            yield int(line), cells


def _refused(file_name: str, said: dict[str, str]) -> FileRefused:
    code, found, expected = (said.get(name, "") for name in ("code", "found", "expected"))
    return FileRefused(code, Place(file_name), found, expected)


def _records(
    content: bytes, file_name: str, search: HeaderSearch, limits: Limits
) -> Generator[str, None, None]:
    """What the child says; it may die of its limits, and then the workbook is too large."""
    child = _child(search, limits)
    asked, said = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    # Until it has opened the sheet it has nothing to wait for; then it may wait for whoever reads.
    patience = Timer(limits.seconds + _GRACE_SECONDS, child.kill)
    try:
        patience.start()
        # A child that died of its limits reads no more: how it ended says why.
        with suppress(BrokenPipeError):
            asked.write(content)
        with suppress(BrokenPipeError):
            asked.close()
        for record in _heard(said):
            patience.cancel()
            yield record
        ended = child.wait()
    finally:
        patience.cancel()
        child.kill()
        said.close()
        child.wait()
    if ended < 0:
        raise FileRefused("workbook_too_large", Place(file_name))
    if ended:
        raise FileRefused("workbook_broken", Place(file_name))


def _child(search: HeaderSearch, limits: Limits) -> subprocess.Popen[bytes]:
    arguments = [*astuple(limits), search.rows, search.foreign, *sorted(search.words)]
    return subprocess.Popen(  # noqa: S603 - this interpreter, and nothing of the file but its bytes
        [
            sys.executable,
            "-B",
            "-m",
            CHILD,
            *map(str, arguments),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT)},
    )


def _heard(pipe: IO[bytes]) -> Iterator[str]:
    """Whole records; what a child that died left unfinished is nothing."""
    unfinished = ""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while heard := pipe.read(_HEARD_AT_ONCE):
        *whole, unfinished = (unfinished + decoder.decode(heard)).split(RECORD_END)
        yield from whole
