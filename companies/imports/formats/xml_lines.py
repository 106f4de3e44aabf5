"""Reading XML that nobody vouches for: bounded, no DOCTYPE, every element with its line."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from companies.imports.errors import FileRefused, Place

DOCTYPE = b"<!DOCTYPE"
DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)")
ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252"})
LINES_KNOWN_MAX = 65_534


class GuardedStream:
    """Hands bytes to the parser after having looked at them; raises `FileRefused`.

    An encoding in which ASCII is not itself would hide a DOCTYPE: a NUL byte gives UTF-16 and
    UTF-32 away, and the declaration may name none but those of `ENCODINGS`.
    """

    def __init__(self, stream: BinaryIO, file_name: str, size_max: int) -> None:
        self._stream = stream
        self._file = file_name
        self._size_max = size_max
        self._size = 0
        self._lines = 0
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._size += len(chunk)
        if self._size > self._size_max:
            place = Place(self._file)
            raise FileRefused("file_too_large", place, f"{self._size}+", str(self._size_max))
        seen = self._tail + chunk
        if self._size == len(chunk):
            self._check_encoding(chunk)
        for forbidden, code in ((DOCTYPE, "xml_doctype"), (b"\0", "xml_encoding")):
            at = seen.find(forbidden)
            if at >= 0:
                line = self._lines + seen.count(b"\n", 0, at) + 1
                expected = "no DOCTYPE" if forbidden == DOCTYPE else "UTF-8"
                raise FileRefused(code, Place(self._file, line), forbidden.decode(), expected)
        kept = min(len(seen), len(DOCTYPE) - 1)
        self._lines += seen.count(b"\n", 0, len(seen) - kept)
        self._tail = seen[len(seen) - kept :]
        return chunk

    def _check_encoding(self, head: bytes) -> None:
        declared = DECLARED_ENCODING.search(head)
        if declared and declared[1].lower() not in ENCODINGS:
            found = declared[1].decode("ascii", "replace")
            raise FileRefused("xml_encoding", Place(self._file, 1), found, "UTF-8")


def first_line(element: etree._Element) -> int:
    """Line of the opening tag.

    The parser keeps lines in sixteen bits; past that it answers with the line of the first text,
    so that the tag is found by walking back from a child that holds one.
    """
    line = element.sourceline or 1
    if line <= LINES_KNOWN_MAX:
        return line
    passed = _breaks(element.text)
    for child in element:
        if child.text and child.text.strip() and len(child) == 0:
            return (child.sourceline or line) - passed
        passed += sum(map(_breaks, child.itertext())) + _breaks(child.tail)
    return line


def child_lines(element: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Each child with the line it stands on."""
    line = first_line(element) + _breaks(element.text)
    for child in element:
        yield line, child
        line += sum(map(_breaks, child.itertext())) + _breaks(child.tail)


def _breaks(text: str | None) -> int:
    return text.count("\n") if text else 0
