"""Which kind of file this is, by what it holds and not by what it is called."""

import re
from typing import Literal

from companies.imports.errors import FileRefused, Place
from companies.imports.etat9421 import ROOT
from companies.imports.people_columns import COLUMNS
from companies.imports.people_csv import BOM
from companies.imports.people_table import HEADER_WORDS_MIN

FileKind = Literal["ds", "etat9421", "people"]

HEAD_SIZE = 4096
OPENING_RECORD = re.compile(rb"[ABE]0[0-6]")
EXPECTED = "a CNSS declaration, an état 9421 or a people file"


def recognise(head: bytes, file_name: str) -> FileKind:
    """`head` is the beginning of the file, `HEAD_SIZE` bytes or all of it; raises `FileRefused`."""
    text = head.removeprefix(BOM).lstrip()
    if not text:
        raise FileRefused("file_empty", Place(file_name, 1), "", EXPECTED)
    if OPENING_RECORD.match(text):
        return "ds"
    if text.startswith(b"<"):
        if ROOT.encode() in text:
            return "etat9421"
        raise FileRefused("xml_root", Place(file_name, 1), _shown(text), ROOT)
    first_line = text.split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    cells = {cell.strip(' "\r') for cell in re.split("[,;\t]", first_line)}
    if len(cells & COLUMNS.keys()) >= HEADER_WORDS_MIN:
        return "people"
    raise FileRefused("file_unknown", Place(file_name, 1), _shown(text), EXPECTED)


def _shown(text: bytes) -> str:
    """The first words of a file, without the bytes nobody can read."""
    line = text[:40].splitlines()[0].decode("utf-8", "replace")
    return "".join(filter(str.isprintable, line)).replace("\ufffd", "?").strip("? ")
