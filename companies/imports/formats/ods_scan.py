"""What an OpenDocument spreadsheet holds, looked at before it is read.

Two kilobytes may say « this row, a million times »: the cells that hold something are counted as
often as they are said to stand there. Cells are known by the sheet they stand in.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from zipfile import ZipFile

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.formats.workbook_scan import (
    IN_BOOK,
    PARTS_MAX,
    Limits,
    Reach,
    blocks,
    column_letters,
)

OPENING = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
"""Name and content of the first member, where its header ends; templates go on with one word."""
OPENING_AT = 30
CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
MACROS = re.compile(r"(Basic|Scripts)/")

_TAGS = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^<>]*?)?(/?)>")
_NAME = re.compile(rb"table:name\s*=\s*[\"']([^\"']*)")
_COLUMNS = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")
_ROWS = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
_SPANS = re.compile(rb"number-(?:columns|rows)-spanned\s*=\s*[\"'](?!1[\"'])")
_IS_ERROR = re.compile(rb"calcext:value-type\s*=\s*[\"']error[\"']")
_SHOWN = re.compile(rb"\s*<text:p[^<>]*>([^<]*)")


@dataclass(slots=True)
class _Sheet:
    """Where the reading of one sheet is: the last line of its last row, the column in it."""

    name: str
    reach: Reach
    line: int = 0
    column: int = 0
    problems: list[Problem] = field(default_factory=list)


def is_ods(head: bytes) -> bool:
    return head.startswith(OPENING, OPENING_AT)


def scan_ods(archive: ZipFile, limits: Limits) -> dict[str, list[Problem]]:
    """Cells without a value and merged ones, by sheet; their field is the letters of their column.

    Raises `FileRefused` for what is no such spreadsheet, or one that costs too much to read.
    """
    members = archive.infolist()
    names = [member.filename for member in members]
    if CONTENT not in names:
        raise FileRefused("workbook_broken", IN_BOOK, CONTENT)
    macros = [name for name in names if MACROS.match(name)]
    if macros:
        raise FileRefused("workbook_macros", IN_BOOK, macros[0])
    size = sum(member.file_size for member in members)
    if size > limits.unfolded or len(names) > PARTS_MAX:
        raise FileRefused("workbook_too_large", IN_BOOK, str(size), str(limits.unfolded))
    if MANIFEST in names and b"encryption-data" in b"".join(_parts(archive, MANIFEST)):
        raise FileRefused("workbook_old_or_locked", IN_BOOK)
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    for sheet in _sheets(archive, limits):
        problems[sheet.name] += sheet.problems
    return problems


def _sheets(archive: ZipFile, limits: Limits) -> Iterator[_Sheet]:
    sheet = _Sheet("", Reach(limits))
    for block in _parts(archive, CONTENT):
        for tag in _TAGS.finditer(block):
            kind, attributes = tag[1], tag[2] or b""
            if kind == b"table":
                yield sheet
                name = _NAME.search(attributes)
                sheet = _Sheet(
                    unescape(name[1].decode("utf-8", "replace")) if name else "", Reach(limits)
                )
            elif kind == b"table-row":
                sheet.line += _count(_ROWS, attributes)
                sheet.column = 0
            else:
                column = sheet.column + 1
                sheet.column += _count(_COLUMNS, attributes)
                if not tag[3] or b"office:" in attributes or b":formula" in attributes:
                    sheet.reach.reach(sheet.line, sheet.column)
                    sheet.problems += _valueless(sheet.line, column, attributes, block, tag.end())
    yield sheet


def _valueless(
    line: int, column: int, attributes: bytes, block: bytes, end: int
) -> Iterator[Problem]:
    """`end` is where the opening tag of the cell ends."""
    if not any(sign in attributes for sign in (b"-spanned", b":formula", b'"error"')):
        return
    cell = Place("", line, column_letters(column))
    if _IS_ERROR.search(attributes):
        shown = _SHOWN.match(block, end)
        yield Problem("cell_error", cell, shown[1].decode("utf-8", "replace") if shown else "")
    elif b":formula" in attributes and b"office:value-type" not in attributes:
        yield Problem("formula_without_value", cell)
    elif _SPANS.search(attributes):
        yield Problem("cell_merged", cell)


def _count(repeated: re.Pattern[bytes], attributes: bytes) -> int:
    """How many of them the tag stands for; digits enough for any number that is too much."""
    found = repeated.search(attributes) if b"-repeated" in attributes else None
    return int(found[1][:9]) if found else 1


def _parts(archive: ZipFile, name: str) -> Iterator[bytes]:
    """The blocks of a part, each of which begins with a tag that may be looked for."""
    for block in blocks(archive, name, _last_tag):
        if b"<!DOCTYPE" in block or b"\0" in block:
            raise FileRefused("workbook_broken", IN_BOOK, name)
        yield block


def _last_tag(block: bytes) -> int:
    return max(block.rfind(b"<table:table-"), block.rfind(b"<table:covered-"))
