"""A spreadsheet (XLSX) as rows of text, read by a child process of limited memory and time.

Why a child: `docs/decisions/0007-xlsx-reader.md`.
"""

import json
import subprocess
import sys
from collections.abc import Collection, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from companies.imports.errors import FileRefused, Place
from companies.imports.workbook_scan import Limits

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Workbooks of before 2007, and those that a password locks."""
MAGIC_SIZE = len(OLD_MAGIC)
_ROOT = Path(__file__).resolve().parents[2]
_GRACE_SECONDS = 5


SheetRow = tuple[int, list[str]]
"""Line in the sheet, and cells from the first column on.

The first letter of a cell is its kind: `t`ext, `n`umber, `d`ay, `m`oment, `b`oolean, or `!` where
there is no value. What follows is the value as it would be typed, « 8000.1 » or « 2026-01-31 »; of
a cell without value it is the code of why, then what stands there instead. An empty cell is empty.
"""


def is_workbook(head: bytes) -> bool:
    """Whether a file with this beginning is for this reader, to be read or refused."""
    return head.startswith((*ZIP_MAGIC, OLD_MAGIC))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows that are not empty, and the day that numbers count days from."""

    rows: Iterator[SheetRow]
    day_zero: date


def read_sheet(content: bytes, file_name: str, words: Collection[str], limits: Limits) -> Sheet:
    """The first visible sheet whose first row has three of the `words`; raises `FileRefused`.

    The rows raise it too, when there is more to say than a workbook may.
    """
    if content.startswith(OLD_MAGIC):
        raise FileRefused("workbook_old_or_locked", Place(file_name), "", "XLSX")
    said = iter(_answer_of_child(content, file_name, words, limits).splitlines())
    opening: dict[str, str] = json.loads(next(said, b'{"code": "workbook_broken"}'))
    if "sheet" not in opening:
        raise _refused(file_name, opening)
    return Sheet(_rows(said, file_name), date.fromisoformat(opening["day_zero"]))


def _rows(said: Iterator[bytes], file_name: str) -> Iterator[SheetRow]:
    for line in said:
        row: Any = json.loads(line)
        if isinstance(row, dict):
            raise _refused(file_name, row)
        yield row[0], row[1]


def _refused(file_name: str, said: dict[str, str]) -> FileRefused:
    code, found, expected = (said.get(name, "") for name in ("code", "found", "expected"))
    return FileRefused(code, Place(file_name), found, expected)


def _answer_of_child(
    content: bytes, file_name: str, words: Collection[str], limits: Limits
) -> bytes:
    """All that the child said; it may die of its limits, and then the workbook is too large."""
    command = [sys.executable, "-B", "-m", "companies.imports.workbook_child"]
    arguments = [*map(str, astuple(limits)), *words]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, and nothing of the file but its bytes
            [*command, *arguments],
            input=content,
            capture_output=True,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT)},
            timeout=limits.seconds + _GRACE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise FileRefused("workbook_too_large", Place(file_name)) from slow
    if done.returncode < 0:
        raise FileRefused("workbook_too_large", Place(file_name))
    if done.returncode:
        raise FileRefused("workbook_broken", Place(file_name))
    return done.stdout
