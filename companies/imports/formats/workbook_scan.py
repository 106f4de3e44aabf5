"""What a workbook holds, looked at before it is read: how far it reaches, what has no value.

A workbook is an archive: 5 KiB may unfold into gigabytes, or have one cell so far away that the
rectangle before it fills the memory. Parts are unfolded block by block, and none is kept.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from posixpath import join, normpath
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile
from zlib import error

from companies.imports.errors import FileRefused, Place, Problem

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MACROS = re.compile(r"(^|/)(vbaProject\.bin|macrosheets/.*)", re.IGNORECASE)
# What damaged archives make their reader raise.
UNREADABLE = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, error)
IN_BOOK = Place("")
"""The child is not told what the file is called; whoever asked it knows."""
PARTS_MAX = 2_000
BLOCK_SIZE = 4 << 20
TAIL_SIZE_MAX = 32 << 20
RECORD_END, CELL_END = "\x1e", "\x1f"
"""Between the things that the child says. XML can hold neither: a text that has one all the same
has a space there."""
CELLS_MAX = 6_000_000
DAY_ZERO = date(1899, 12, 30)
"""Two days before 1900: spreadsheets take 1900 for a leap year and count its first day as 1."""
DAY_ZERO_1904 = date(1904, 1, 1)

# Opening tags of cells that hold something: spreadsheets write empty ones to carry a colour.
_PLACED = re.compile(rb"<(?:\w+:)?c\s(?:[^<>/]*?\s)?r\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^<>/]*>")
_ROW_OF_UNPLACED = re.compile(
    rb"<(?:\w+:)?row\s(?:[^<>/]*?\s)?r\s*=\s*[\"'](\d+)[\"'][^<>/]*>\s*<(?:\w+:)?c(?![^<>]*?\sr\s*=)"
)
# A row that does not say its place comes after the one before it.
_UNPLACED_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])(?![^<>]*?\sr\s*=)")
_CELL = re.compile(
    rb"<(?:\w+:)?c(?:\s([^<>/]*))?>\s*"
    rb"(<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?"
    rb"(?:<(?:\w+:)?v\b[^<>]*>([^<]*)<|(</))"
)
_PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
# The form in which nearly every program writes a cell: two searches for it are worth one for all.
_USUAL_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_USUAL_LINE = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_UNUSUAL = re.compile(rb"<c[^ ]")
# Such a formula has an empty text for its value; of any other kind it was never computed.
_IS_TEXT = re.compile(rb"(?:^|\s)t\s*=\s*[\"']str[\"']")
_IS_ERROR = re.compile(rb"(?:^|\s)t\s*=\s*[\"']e[\"']")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may cost: rows and columns of a sheet, bytes unfolded and said, memory and
    seconds of the child."""

    rows: int = 100_001
    columns: int = 256
    unfolded: int = 600 << 20
    said: int = 256 << 20
    memory: int = 1 << 30
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Index:
    """The part of the archive that holds each sheet, by its name, and where days count from."""

    parts: dict[str, str]
    day_zero: date


@dataclass(slots=True)
class Reach:
    """How far the cells seen so far go."""

    limits: Limits
    line: int = 0
    column: int = 0
    unplaced: int = 0

    def take(self, block: bytes) -> None:
        """Cells that hold nothing do not count; they are told apart only where they would."""
        line, column = _of_usual(block)
        if line is None or self._is_too_far(line, column):
            line, column = _of_any(block)
            self.unplaced += len(_UNPLACED_ROW.findall(block))
        self.reach(max(line, self.unplaced), column)

    def reach(self, line: int, column: int) -> None:
        """Raises `FileRefused` when this is further than a table may go."""
        self.line, self.column = max(self.line, line), max(self.column, column)
        rows, columns = self.limits.rows, self.limits.columns
        if self.line > rows:
            raise FileRefused("workbook_rows", IN_BOOK, str(self.line), str(rows))
        if self.column > columns or self.line * self.column > CELLS_MAX:
            raise FileRefused("workbook_columns", IN_BOOK, str(self.column), str(columns))

    def _is_too_far(self, line: int, column: int) -> bool:
        line, column = max(self.line, line), max(self.column, column)
        is_out = line > self.limits.rows or column > self.limits.columns
        return is_out or line * column > CELLS_MAX


def _of_usual(block: bytes) -> tuple[int | None, int]:
    """No line where a cell is written in another form."""
    letters = _USUAL_COLUMN.findall(block)
    if block.count(b"<c ") != len(letters) or _UNUSUAL.search(block) or b":c" in block:
        return None, 0
    return max(map(int, set(_USUAL_LINE.findall(block))), default=0), _furthest(set(letters))


def _of_any(block: bytes) -> tuple[int, int]:
    placed = _PLACED.findall(block)
    lines = {each for _, each in placed}.union(_ROW_OF_UNPLACED.findall(block))
    return max(map(int, lines), default=0), _furthest({each for each, _ in placed})


def _furthest(letters: set[bytes]) -> int:
    return max((column_number(each.decode()) for each in letters), default=0)


def scan(archive: ZipFile, limits: Limits) -> dict[str, list[Problem]]:
    """Cells without a value, by part; their field is the letters of their column.

    Raises `FileRefused` for what is no workbook, or one that costs too much to read.
    """
    names = archive.namelist()
    if WORKBOOK not in names:
        raise FileRefused("zip_not_workbook", IN_BOOK, "", "XLSX")
    macros = [name for name in names if MACROS.search(name)]
    if macros:
        raise FileRefused("workbook_macros", IN_BOOK, macros[0])
    size = sum(member.file_size for member in archive.infolist())
    if size > limits.unfolded or len(names) > PARTS_MAX:
        raise FileRefused("workbook_too_large", IN_BOOK, str(size), str(limits.unfolded))
    return {
        name: list(_scan_part(archive, name, limits))
        for name in names
        if name.endswith((".xml", ".rels"))
    }


def read_index(archive: ZipFile) -> Index:
    """To be asked after `scan`, which refuses what would make a parser work for nothing."""
    try:
        book = ElementTree.fromstring(archive.read(WORKBOOK))  # noqa: S314 - scanned before
        relations = ElementTree.fromstring(archive.read(RELATIONS))  # noqa: S314 - scanned before
    except (ElementTree.ParseError, KeyError) as broken:
        raise FileRefused("workbook_broken", IN_BOOK, WORKBOOK) from broken
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    parts = {
        element.get("name", ""): normpath(join("/xl", targets.get(value, ""))).lstrip("/")
        for element in book.iter()
        if element.tag.endswith("}sheet")
        for name, value in element.items()
        if name.endswith("}id")
    }
    settings = (element for element in book.iter() if element.tag.endswith("}workbookPr"))
    counts_from_1904 = any(each.get("date1904") in {"1", "true"} for each in settings)
    return Index(parts, DAY_ZERO_1904 if counts_from_1904 else DAY_ZERO)


def column_number(letters: str) -> int:
    """« A » is 1, « XFD » 16,384; more letters than any sheet has are as far as it gets."""
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _scan_part(archive: ZipFile, name: str, limits: Limits) -> Iterator[Problem]:
    reach = Reach(limits)
    for block in blocks(archive, name, _last_cell):
        # An encoding in which ASCII is not itself would hide what is looked for here.
        if b"<!DOCTYPE" in block or b"\0" in block:
            raise FileRefused("workbook_broken", IN_BOOK, name)
        if b"<row" in block or b":row" in block or reach.line:
            reach.take(block)
            yield from _valueless(block)


def blocks(archive: ZipFile, name: str, last_cell: Callable[[bytes], int]) -> Iterator[bytes]:
    """The part in blocks that cut no cell in two: each begins where a cell may begin.

    `last_cell` says where the last one of a block begins.
    """
    tail = b""
    try:
        with archive.open(name) as part:
            while block := part.read(BLOCK_SIZE):
                block = tail + block
                cut = last_cell(block)
                if cut <= 0:
                    cut = 0 if len(block) < TAIL_SIZE_MAX else len(block)
                tail = block[cut:]
                yield block[:cut]
    except UNREADABLE as broken:
        raise FileRefused("workbook_broken", IN_BOOK, name) from broken
    yield tail


def _last_cell(block: bytes) -> int:
    return max(block.rfind(b"<row"), block.rfind(b"<c "), _prefixed(block))


def _prefixed(block: bytes) -> int:
    """Where the last cell begins whose tag has a prefix, as in `<x:c r="A1">`."""
    return block.rfind(b"<", 0, max(block.rfind(b":c "), 0))


def _valueless(block: bytes) -> Iterator[Problem]:
    if b"<f" not in block and b":f" not in block and not re.search(rb"t\s*=\s*[\"']e[\"']", block):
        return
    for attributes, formula, value, ended in _CELL.findall(block):
        is_error = _IS_ERROR.search(attributes)
        is_empty = ended or not (value.strip() or _IS_TEXT.search(attributes))
        if not is_error and not (formula and is_empty):
            continue
        place = _PLACE.search(attributes)
        if place is None:
            # It would be read as an empty cell, and nobody could say which.
            raise FileRefused("workbook_broken", IN_BOOK, value.decode("utf-8", "replace"))
        cell = Place("", int(place[2]), place[1].decode())
        if is_error:
            yield Problem("cell_error", cell, value.decode("utf-8", "replace"))
        else:
            yield Problem("formula_without_value", cell)
