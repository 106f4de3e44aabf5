"""The rows of a people file in CSV: UTF-8, comma, semicolon or tabulation."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.people_table import Row, Table

BOM = b"\xef\xbb\xbf"
DELIMITERS = ",;\t"


def csv_rows(stream: BinaryIO, table: Table) -> Iterator[Row]:
    """A record over several lines has the line where it begins; raises `FileRefused`."""
    lines = _decoded(stream, table.file)
    first = next(lines, "")
    delimiter = max(DELIMITERS, key=first.count)
    records = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    try:
        table.take_header(1, next(records, []))
        ended = records.line_num
        for record in records:
            line, ended = ended + 1, records.line_num
            cells = [cell.strip() for cell in record]
            if not any(cells):
                continue
            if len(cells) == len(table.names):
                yield line, dict(zip(table.names, cells, strict=True))
                continue
            found, expected = str(len(cells)), str(len(table.names))
            table.problems.append(Problem("cell_count", Place(table.file, line), found, expected))
    except csv.Error as broken:
        place = Place(table.file, records.line_num)
        raise FileRefused("csv_broken", place, str(broken), "a CSV file") from broken


def _decoded(stream: BinaryIO, file_name: str) -> Iterator[str]:
    for line, raw in enumerate(stream, 1):
        if b"\0" in raw:
            raise FileRefused("csv_broken", Place(file_name, line), "\\0", "a CSV file")
        try:
            yield (raw.removeprefix(BOM) if line == 1 else raw).decode("utf-8")
        except UnicodeDecodeError as wrong:
            found = raw[wrong.start : wrong.end].hex()
            place = Place(file_name, line)
            raise FileRefused("not_utf8", place, found, "UTF-8") from wrong
