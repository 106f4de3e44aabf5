"""How the bytes of a text file are to be read: few programs say it, so the bytes are looked at."""

import codecs
import re
from typing import BinaryIO

BLOCK_SIZE = 1 << 20
WITNESSES_MAX = 4_096
"""Bytes beyond ASCII that are weighed."""
ARABIC_SHARE = 0.6

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SPACED = 0.4
"""Of the bytes of UTF-16 that begins with Western letters, nearly half are zeros."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
# Letters of windows-1256 that stand alone between others in French, never so many in a row.
_ARABIC_RUN = 3


def encoding_of(source: BinaryIO) -> str:
    """A name that Python knows. Reads `source` block by block, and goes back to its start.

    UTF-8 wherever the bytes are; Windows-1256 only when most letters beyond ASCII stand in a row,
    as those of Arabic words do; else Windows-1252.
    """
    source.seek(0)
    head = source.read(BLOCK_SIZE)
    source.seek(0)
    marked = encoding_by_head(head)
    if marked:
        return marked
    witnesses = b""
    is_utf8 = True
    decoder = codecs.getincrementaldecoder("utf-8")()
    while block := source.read(BLOCK_SIZE):
        if len(witnesses) < WITNESSES_MAX:
            witnesses += b" ".join(_BEYOND_ASCII.findall(block)) + b" "
        is_utf8 = is_utf8 and _goes_on(decoder, block)
        if not is_utf8 and len(witnesses) >= WITNESSES_MAX:
            break
    is_utf8 = is_utf8 and _goes_on(decoder, b"", final=True)
    source.seek(0)
    return "utf-8" if is_utf8 else _of_windows(witnesses[:WITNESSES_MAX])


def encoding_by_head(head: bytes) -> str:
    """What a mark or zeros in every second place say; empty when they say nothing."""
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    even, odd = head[0:400:2], head[1:400:2]
    zeros = even.count(0), odd.count(0)
    if len(odd) > 1 and min(zeros) == 0 and max(zeros) >= _SPACED * len(odd):
        return "utf-16-le" if zeros[1] else "utf-16-be"
    return ""


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _of_windows(witnesses: bytes) -> str:
    runs = witnesses.split()
    in_a_row = sum(len(run) for run in runs if len(run) >= _ARABIC_RUN)
    letters = sum(map(len, runs))
    return "cp1256" if letters and in_a_row >= ARABIC_SHARE * letters else "cp1252"
