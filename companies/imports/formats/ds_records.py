"""From bytes to blocks of records of one kind: length, characters and order are checked here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from companies.imports.errors import FileRefused, Place
from companies.imports.formats.ds_layout import (
    COMPLEMENTARY,
    LINE_LENGTH,
    RECORDS,
    Field,
    Kind,
    Record,
    may_follow,
)

BLOCK_LINES = 4096
LINES_MAX = 1_000_007  # The count of employees has six digits; seven lines are not people.
READ_MAX = LINE_LENGTH + 64  # A longer line is wrong whatever it holds.

BLANK, ZERO = ord(" "), ord("0")


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive records of one kind as a matrix of bytes, one line a row."""

    file: str
    family: str
    number: str
    first_line: int
    matrix: npt.NDArray[np.uint8]

    @property
    def layout(self) -> Record:
        return RECORDS[self.family][self.number]

    @property
    def lines(self) -> npt.NDArray[np.int32]:
        return np.arange(self.first_line, self.first_line + len(self.matrix), dtype=np.int32)

    def integers(self, name: str) -> npt.NDArray[np.int64]:
        """A field of figures; those of 19 digits may pass int64 and come as uint64."""
        field = self.layout[name]
        whole = np.uint64 if field.width > 18 else np.int64
        powers = np.array([10**rank for rank in reversed(range(field.width))], whole)
        digits = (self.matrix[:, field.start : field.end] - ZERO).astype(whole)
        return digits @ powers

    def texts(self, name: str) -> npt.NDArray[np.bytes_]:
        """A field of text, stripped."""
        field = self.layout[name]
        cells = np.ascontiguousarray(self.matrix[:, field.start : field.end])
        return np.strings.strip(cells.view(f"S{field.width}").ravel())

    def shown(self, name: str, row: int = 0) -> str:
        """What the file has there, for a message."""
        field = self.layout[name]
        return self.matrix[row, field.start : field.end].tobytes().decode("ascii", "replace")

    def place(self, name: str, row: int = 0) -> Place:
        return Place(self.file, self.first_line + row, name)

    def refusal(self, code: str, name: str, expected: str, row: int = 0) -> FileRefused:
        return FileRefused(code, self.place(name, row), self.shown(name, row), expected)


def read_blocks(stream: BinaryIO, file_name: str) -> Iterator[Block]:
    """Blocks in the order of the file; raises `FileRefused` at the first line out of form."""
    allowed: tuple[str, ...] = ("00",)
    family = ""
    last_line = 0
    for block_of in _groups(_lines(stream, file_name)):
        block = _block(block_of, file_name, family, allowed)
        family = block.family
        allowed = may_follow(family, block.number)
        last_line = block.first_line + len(block.matrix) - 1
        yield block
    if not last_line:
        raise FileRefused("file_empty", Place(file_name, 1), "", "a declaration")
    if allowed:
        place = Place(file_name, last_line + 1, "L_Type_Enreg")
        raise FileRefused("file_cut_short", place, "", family + allowed[-1])


def _lines(stream: BinaryIO, file_name: str) -> Iterator[tuple[int, bytes]]:
    read = iter(partial(stream.readline, READ_MAX), b"")
    for line_number, raw in enumerate(read, 1):
        line = raw.removesuffix(b"\n").removesuffix(b"\r")
        if len(line) != LINE_LENGTH:
            found = f"{len(line)}+" if len(raw) == READ_MAX else str(len(line))
            raise FileRefused("line_length", Place(file_name, line_number), found, str(LINE_LENGTH))
        if line_number > LINES_MAX:
            raise FileRefused("too_many_lines", Place(file_name, line_number), "", str(LINES_MAX))
        yield line_number, line


def _groups(lines: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    for _, of_one_kind in groupby(lines, key=lambda numbered: numbered[1][:3]):
        group: list[tuple[int, bytes]] = []
        for numbered in of_one_kind:
            group.append(numbered)
            if len(group) == BLOCK_LINES:
                yield group
                group = []
        if group:
            yield group


def _block(
    numbered: list[tuple[int, bytes]], file_name: str, family: str, allowed: tuple[str, ...]
) -> Block:
    first_line, first = numbered[0]
    record = first[:3].decode("ascii", "replace")
    place = Place(file_name, first_line, "L_Type_Enreg")
    if record[1:] not in RECORDS.get(record[0], ()):
        raise FileRefused("record_unknown", place, record, "A, B or E then 00 to 06")
    after = may_follow(record[0], record[1:])
    if record[1:] not in allowed or (family and record[0] != family):
        expected = _records_named(family or "B", allowed)
        raise FileRefused("record_order", place, record, expected)
    if len(numbered) > 1 and record[1:] not in after:
        place = Place(file_name, numbered[1][0], "L_Type_Enreg")
        raise FileRefused("record_order", place, record, _records_named(record[0], after))
    joined = b"".join(line for _, line in numbered)
    matrix = np.frombuffer(joined, np.uint8).reshape(-1, LINE_LENGTH)
    block = Block(file_name, record[0], record[1:], first_line, matrix)
    _check_characters(block)
    return block


def _records_named(family: str, numbers: tuple[str, ...]) -> str:
    return " ".join(family + number for number in numbers) or "end of file"


def may_leave_blank(block: Block, name: str) -> bool:
    """The specification is undecided on one field only: the employer in a complementary entrant."""
    return (block.family, block.number, name) == (COMPLEMENTARY, "04", "N_Num_Affilie")


def _check_characters(block: Block) -> None:
    """Printable ASCII everywhere and figures where figures stand; the first wrong line is named."""
    unprintable = (block.matrix < BLANK) | (block.matrix > ord("~"))
    numeric = [field for field in block.layout.values() if field.kind is Kind.NUMBER]
    columns = np.concatenate([np.arange(field.start, field.end) for field in numeric])
    not_figures = block.matrix[:, columns] - ZERO > 9
    owner = block.layout.get("N_Num_Affilie")
    if owner and may_leave_blank(block, owner.name):
        blank = (block.matrix[:, owner.start : owner.end] == BLANK).all(axis=1)
        not_figures[np.ix_(blank, (columns >= owner.start) & (columns < owner.end))] = False
    wrong = unprintable.any(axis=1) | not_figures.any(axis=1)
    if not wrong.any():
        return
    row = int(wrong.argmax())
    if unprintable[row].any():
        column = int(unprintable[row].argmax())
        name = _field_at(block.layout, column).name
        raise block.refusal("not_ascii", name, "ASCII letters and figures", row)
    field = _field_at(block.layout, int(columns[not_figures[row].argmax()]))
    raise block.refusal("not_a_number", field.name, f"{field.width} digits", row)


def _field_at(layout: Record, column: int) -> Field:
    return next(field for field in layout.values() if column < field.end)
