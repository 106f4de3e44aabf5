"""Which kind of file this is, by what it holds and not by what it is called."""

import re
from typing import Literal

from companies.imports.errors import FileRefused, Place
from companies.imports.formats.csv_table import DELIMITERS
from companies.imports.formats.etat9421 import ROOT
from companies.imports.formats.header_search import ROWS_SEARCHED
from companies.imports.formats.ods_scan import is_ods
from companies.imports.formats.text_encoding import encoding_by_head
from companies.imports.formats.workbook import OLD_MAGIC, ZIP_MAGIC

FileKind = Literal["ds", "etat9421", "csv", "xlsx", "ods", "zip"]

HEAD_SIZE = 4096
OPENING_RECORD = re.compile(rb"[ABE]0[0-6]")
EXPECTED = "a CNSS declaration, an état 9421 or a table (XLSX, ODS, CSV)"
BOM = b"\xef\xbb\xbf"
CELLS_MIN = 2
NAME_AT = 30
"""Where the name of the first member of an archive begins."""
PARTS_OF_WORKBOOK = (b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/", b"customXml/")
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"\x1f\x8b": "GZIP",
    b"{\\rtf": "RTF",
}
"""What is handed over by mistake, by its first bytes."""


def recognise(head: bytes, file_name: str) -> FileKind:
    """`head` is the beginning of the file, `HEAD_SIZE` bytes or all of it; raises `FileRefused`."""
    text = head.removeprefix(BOM).lstrip()
    place = Place(file_name, 1)
    if not text:
        raise FileRefused("file_empty", place, "", EXPECTED)
    if head.startswith(ZIP_MAGIC):
        return _archive(head)
    _refuse_other_formats(head, place)
    if OPENING_RECORD.match(text):
        return "ds"
    if text.startswith(b"<"):
        if ROOT.encode() in text:
            return "etat9421"
        raise FileRefused("xml_root", place, _shown(text), ROOT)
    if _has_columns(head):
        return "csv"
    raise FileRefused("file_unknown", place, _shown(text), EXPECTED)


def _refuse_other_formats(head: bytes, place: Place) -> None:
    if head.startswith(OLD_MAGIC):
        raise FileRefused("workbook_old_or_locked", place, "", "XLSX")
    other = next((name for magic, name in OTHERS.items() if head.startswith(magic)), None)
    if other:
        raise FileRefused("file_no_table", place, other, EXPECTED)


def _archive(head: bytes) -> FileKind:
    if is_ods(head):
        return "ods"
    return "xlsx" if head.startswith(PARTS_OF_WORKBOOK, NAME_AT) else "zip"


def _has_columns(head: bytes) -> bool:
    """Whether one of the first lines of a text has three cells at least."""
    encoding = encoding_by_head(head)
    if not encoding and b"\0" in head:
        return False
    lines = head.decode(encoding or "latin-1", "replace").splitlines()[:ROWS_SEARCHED]
    return any(line.count(mark) >= CELLS_MIN for line in lines for mark in DELIMITERS)


def _shown(text: bytes) -> str:
    """The first words of a file, without the bytes nobody can read."""
    line = text[:40].splitlines()[0].decode("utf-8", "replace")
    return "".join(filter(str.isprintable, line)).replace("\ufffd", "?").strip("? ")
