"""A table out of a CSV file, read line by line whatever its size."""

import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from typing import BinaryIO

from companies.imports.errors import FileRefused, Place
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.text_encoding import encoding_of
from companies.imports.formats.workbook import SheetRow
from companies.imports.formats.workbook_scan import Limits

DELIMITERS = ",;\t"
LINE_LENGTH_MAX = 1 << 20
"""Characters between two ends of line: no row is so long; a longer one would fill the memory."""
LINES_MAX = 1 << 21
"""Twice what a sheet of any program holds; beyond, empty lines alone would take half a minute."""
TITLES_EXPECTED = "a header line"
_SAMPLE_LINES = 40
# What a spreadsheet writes for itself in front of the titles.
_DELIMITER_SAID = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)

Record = tuple[int, list[str]]
"""The line where it begins, and its cells without the spaces around them."""


@dataclass(frozen=True, slots=True, eq=False)
class CsvTable:
    """`rows` are those below the header that are not empty, their cells kinded: all are texts."""

    header_line: int
    titles: list[str]
    rows: Iterator[SheetRow]
    encoding: str
    delimiter: str


def open_csv(source: BinaryIO, file_name: str, search: HeaderSearch, limits: Limits) -> CsvTable:
    """A table in any encoding, its titles looked for; raises `FileRefused`, as the rows may."""
    encoding = encoding_of(source)
    delimiter, records = _opened(source, file_name, encoding)
    rows = _bounded(_kinded(records), file_name, limits)
    first = list(islice(rows, search.rows))
    if not first:
        raise FileRefused("file_empty", Place(file_name, 1), "", TITLES_EXPECTED)
    cells = [row for _, row in first]
    at = search.known(cells)
    at = search.guessed(cells) if at is None else at
    if at is None:
        found = " ".join(cell[1:] for cell in cells[0])[:40]
        raise FileRefused("header_missing", Place(file_name, first[0][0]), found, TITLES_EXPECTED)
    line, header = first[at]
    titles = [cell[1:] for cell in header]
    return CsvTable(line, titles, chain(first[at + 1 :], rows), encoding, delimiter)


def open_plain_csv(source: BinaryIO, file_name: str) -> CsvTable:
    """A table in UTF-8 whose first line is the header, whatever it holds and however many rows
    follow; raises `FileRefused`, as the rows may."""
    delimiter, records = _opened(source, file_name, "utf-8-sig")
    line, header = next(records, (1, []))
    return CsvTable(line, header, _kinded(records), "utf-8", delimiter)


def _opened(source: BinaryIO, file_name: str, encoding: str) -> tuple[str, Iterator[Record]]:
    with closing(_lines(source, file_name, encoding)) as lines:
        sample = list(islice(lines, _SAMPLE_LINES))
    said = _DELIMITER_SAID.fullmatch(sample[0]) if sample else None
    delimiter = said[1] if said else _delimiter(sample)
    records = _records(_lines(source, file_name, encoding), file_name, delimiter)
    return delimiter, islice(records, 1 if said else 0, None)


def _delimiter(lines: list[str]) -> str:
    """The one that cuts most of the first lines into the same number of cells; then the most cells.

    Commas of amounts are in some lines and not in others.
    """
    return max(DELIMITERS, key=lambda delimiter: _regularity(lines, delimiter))


def _regularity(lines: list[str], delimiter: str) -> tuple[int, int]:
    try:
        counts = [len(record) for record in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        counts = [line.count(delimiter) + 1 for line in lines]
    cut = Counter(count for count in counts if count > 1)
    cells, lines_alike = max(cut.items(), key=lambda each: (each[1], each[0]), default=(0, 0))
    return lines_alike, cells


def _records(lines: Iterator[str], file_name: str, delimiter: str) -> Iterator[Record]:
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    ended = 0
    try:
        for record in records:
            line, ended = ended + 1, records.line_num
            yield line, list(map(str.strip, record))
    except csv.Error as broken:
        place = Place(file_name, records.line_num)
        raise FileRefused("csv_broken", place, str(broken), "a CSV file") from broken


def _kinded(records: Iterator[Record]) -> Iterator[SheetRow]:
    for line, record in records:
        if any(record):
            yield line, [f"t{cell}" if cell else "" for cell in record]


def _bounded(rows: Iterator[SheetRow], file_name: str, limits: Limits) -> Iterator[SheetRow]:
    for rank, (line, cells) in enumerate(rows, 1):
        if rank > limits.rows:
            raise FileRefused("table_rows", Place(file_name, line), "", str(limits.rows))
        if len(cells) > limits.columns:
            found, expected = str(len(cells)), str(limits.columns)
            raise FileRefused("table_columns", Place(file_name, line), found, expected)
        yield line, cells


class _LeftOpen(io.BufferedIOBase):
    """Reads from another stream, and does not close it when it is let go."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def read1(self, size: int = -1, /) -> bytes:
        return self._source.read(size)


def _lines(source: BinaryIO, file_name: str, encoding: str) -> Generator[str, None, None]:
    """Lines with their ends, be they CR, LF or both."""
    source.seek(0)
    text = io.TextIOWrapper(_LeftOpen(source), encoding, newline="")
    line = 0
    try:
        while read := text.readline(LINE_LENGTH_MAX):
            line += 1
            if line > LINES_MAX:
                raise FileRefused("table_rows", Place(file_name, line), "", str(LINES_MAX))
            if "\0" in read or len(read) == LINE_LENGTH_MAX:
                found = "\\0" if "\0" in read else str(LINE_LENGTH_MAX)
                raise FileRefused("csv_broken", Place(file_name, line), found, "a CSV file")
            yield read
    except UnicodeDecodeError as wrong:
        found = wrong.object[wrong.start : wrong.end].hex()
        place = Place(file_name, _undecodable(source, encoding) or line + 1)
        raise FileRefused("not_utf8", place, found, "UTF-8") from wrong


def _undecodable(source: BinaryIO, encoding: str) -> int:
    """The line of the first bytes that are not of this encoding; 0 where lines cannot be told."""
    if encoding.startswith("utf-16"):
        return 0
    source.seek(0)
    for line, raw in enumerate(source, 1):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            return line
    return 0
