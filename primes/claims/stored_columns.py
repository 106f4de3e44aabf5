"""Rows of a statement as columns, near the speed of memory: the binary COPY, read in place.

Integers and flags have one width, and so has an array of so many places: every record of a
statement is as wide as the next, and a column of all of them is one strided view. What stands
around the values (number of fields, lengths, heads of arrays) is compared, byte for byte, with what
the layout announces: a null, a longer array or another type is refused by row and column. Rows of
several widths are asked for by several statements.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Column = NDArray[Any]
Bytes = NDArray[np.uint8]

_SIGNATURE = b"PGCOPY\n\xff\r\n\0"
_HEADER = _SIGNATURE + bytes(8)
"""The signature, no flags, no extension."""
_TRAILER = b"\xff\xff"
_BLOCK_BYTES = 1 << 20
"""The records of one block stay in the processor's cache from one column to the next."""


class StoredColumnsRefused(ValueError):  # noqa: N818 - named after what is refused, as in the rules
    """A record unlike its layout: nothing of the answer can be read."""

    code = "stored_columns_refused"

    def __init__(self, place: str, found: object, expected: object) -> None:
        super().__init__(f"{place}: found {found}, expected {expected}")
        self.place = place
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Stored:
    """A column of the answer: its type as NumPy and the server name it; the places of an array."""

    code: str
    oid: int
    places: int | None = None

    def times(self, places: int) -> Self:
        """An array of exactly so many values, none of them null."""
        return replace(self, places=places)

    def record(self) -> np.dtype[Any]:
        """What the server sends for one row, after its length."""
        if self.places is None:
            return np.dtype([("value", self.code)])
        item = np.dtype([("length", ">i4"), ("value", self.code)])
        head = np.dtype((">i4", (len(self.head()),)))
        return np.dtype([("head", head), ("items", item, (self.places,))])

    def head(self) -> tuple[int, ...]:
        """Of an array: dimensions, nulls, type of the items, then the size and start of the one."""
        return (1, 0, self.oid, self.places, 1) if self.places else (0, 0, self.oid)


INT16 = Stored(">i2", 21)
INT32 = Stored(">i4", 23)
INT64 = Stored(">i8", 20)
FLAG = Stored("?", 16)

Layout = Mapping[str, Stored]


def read_columns(
    statement: str, parameters: Mapping[str, object], layout: Layout
) -> dict[str, Column]:
    """The answer to a SELECT: a column a name of the layout, in its order, [n] or [n, places].

    The statement has placeholders as for `execute`; its columns are cast to the types of the layout
    and never null. Raise `StoredColumnsRefused`.
    """
    frame = _Frame(layout)
    with connection.cursor() as cursor:
        copied = cursor.mogrify(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)", parameters)
        with cursor.copy(copied) as stream:
            blocks = [frame.columns(block) for block in _blocks(stream, frame)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in layout}


class _Frame:
    """One record of a layout: where its values are, and all the bytes that are not values."""

    def __init__(self, layout: Layout) -> None:
        columns = [(name, stored.record()) for name, stored in layout.items()]
        parts = [part for name, column in columns for part in ((f"{name}:", ">i4"), (name, column))]
        self.layout = layout
        self.record = np.dtype([(":", ">i2"), *parts])
        self.rows_read = 0
        empty, fixed = np.zeros(1, self.record), np.zeros(1, self.record)
        fixed.view(np.uint8)[:] = 0xFF
        empty[":"] = len(layout)
        for name, stored in layout.items():
            empty[f"{name}:"] = stored.record().itemsize
            if stored.places is not None:
                empty[name]["head"] = stored.head()
                empty[name]["items"]["length"] = np.dtype(stored.code).itemsize
            _values(fixed[name], stored)[:] = 0
        self._expected: Bytes = empty.view(np.uint8)
        self._fixed: Bytes = fixed.view(np.uint8)

    def columns(self, block: bytes) -> dict[str, Column]:
        """The values of whole records, in the machine's own byte order."""
        width = self.record.itemsize
        raw = np.frombuffer(block, np.uint8).reshape(-1, width)
        strange = (raw ^ self._expected) & self._fixed
        if strange.any():
            row, byte = np.argwhere(strange)[0].tolist()
            raise self._refused(row, byte, raw[row])
        self.rows_read += len(raw)
        records = raw.reshape(-1).view(self.record)
        return {
            name: _values(records[name], stored).astype(np.dtype(stored.code).newbyteorder("="))
            for name, stored in self.layout.items()
        }

    def _refused(self, row: int, byte: int, found: Bytes) -> StoredColumnsRefused:
        """The last column that begins before the strange byte, and the length it has there."""
        place = f"row {self.rows_read + row}"
        starts = {name: self._start(name) for name in self.layout if self._start(name) <= byte}
        if not starts:
            return StoredColumnsRefused(place, "another number of columns", len(self.layout))
        name, start = list(starts.items())[-1]
        length = int.from_bytes(found[start : start + 4].tobytes(), "big", signed=True)
        said = "null" if length < 0 else f"{length} bytes"
        return StoredColumnsRefused(f"{place}, column {name}", said, self.layout[name])

    def _start(self, name: str) -> int:
        fields = self.record.fields
        return fields[f"{name}:"][1]  # type: ignore[index]  # a record has fields


def _values(column: Column, stored: Stored) -> Column:
    """A view on the values of one column: [n] or [n, places]."""
    values: Column = column["value"] if stored.places is None else column["items"]["value"]
    return values


def _blocks(stream: Iterable[Any], frame: _Frame) -> Iterator[bytes]:
    """The stream cut into whole records, at least one block; its two ends are looked at."""
    width = frame.record.itemsize
    size = max(_BLOCK_BYTES // width, 1) * width
    messages = iter(stream)
    held = bytearray()
    for message in messages:
        held += message
        if len(held) >= len(_HEADER):
            break
    if bytes(held[: len(_HEADER)]) != _HEADER:
        raise StoredColumnsRefused("header", bytes(held[: len(_HEADER)]), _HEADER)
    del held[: len(_HEADER)]
    for message in messages:
        held += message
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    whole = len(held) // width * width
    yield bytes(held[:whole])
    if held[whole:] != _TRAILER:
        raise StoredColumnsRefused(f"row {frame.rows_read}", f"{len(held) - whole} bytes", width)
