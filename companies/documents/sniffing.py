"""What a received paper is, by its bytes: its type, and whether its structure holds; pure.

Nothing is executed, rendered or unpacked beyond a bound. The name that came with the bytes decides
nothing. What may act when it is opened (a page, a script, a program, macros) is refused, and so is
a file that is two things at once.
"""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum

from accounts.errors import Refusal


class MediaType(StrEnum):
    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    CSV = "text/csv"


EXTENSIONS = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.XLSX: (".xlsx",),
    MediaType.ODS: (".ods",),
    MediaType.CSV: (".csv", ".txt"),
}
ACCEPTED = "PDF, JPEG, PNG, XLSX, ODS, CSV"

HEAD_SIZE = 1024
PIXELS_MAX = 100_000_000
"""An A4 page at 600 points an inch has 35 million."""
MEMBERS_MAX = 2_000
UNFOLDED_MAX = 200 << 20
TYPES_MAX = 1 << 20
OBJECTS_UNFOLDED_MAX = 32 << 20
STREAMS_MAX = 10_000
DICTIONARY_MAX = 16 << 10

_ACTIVE = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php|\?xml)\b|javascript:",
    re.IGNORECASE,
)
_PROGRAM = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")
_PDF_ACTS = re.compile(rb"/(?:JavaScript|Launch|RichMedia|EmbeddedFiles?|ImportData|XFA)\b")
_PDF_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PDF_LAST_TABLE = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_PDF_TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_MACROS = re.compile(
    r"(^|/)(vbaProject\.bin|macrosheets/|Basic/|Scripts/|Object [0-9]+/)", re.IGNORECASE
)
_MACRO_TYPES = re.compile(rb"macroEnabled|vbaProject|macrosheet|activeX|oleObject", re.IGNORECASE)
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NAME_LENGTH = 120


def sniff(content: bytes) -> MediaType:
    """Raises `Refusal`: `piece_empty`, `piece_type_unknown`, `piece_active`, `piece_broken`,
    `piece_two_files`, `piece_locked`, `piece_macros` or `piece_image_too_large`."""
    if not content:
        raise Refusal("piece_empty")
    for magic, check in _CHECKS:
        if content.startswith(magic):
            return check(content)
    head = _text_of(content[: 2 * HEAD_SIZE])
    if content.startswith(_PROGRAM) or _ACTIVE.search(head.encode()):
        raise Refusal("piece_active")
    return _csv(content)


def safe_name(name: str, media_type: str) -> str:
    """The name under which a paper is kept and given back: no folder, no mark that hides or turns
    letters round, and an ending that tells the truth."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(each for each in last if not unicodedata.category(each).startswith("C"))
    endings = EXTENSIONS[MediaType(media_type)]
    stem, _, ending = plain.rpartition(".")
    if f".{ending.casefold()}" not in endings:
        stem, ending = plain, endings[0][1:]
    return f"{stem.strip(' .')[:NAME_LENGTH] or 'document'}.{ending.casefold()}"


def _pdf(content: bytes) -> MediaType:
    table = _PDF_LAST_TABLE.search(content[-HEAD_SIZE:])
    if table is None or not _PDF_TABLE.match(content[int(table[1]) : int(table[1]) + 64]):
        raise Refusal("piece_broken")
    if _ACTIVE.search(content[:HEAD_SIZE]) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Refusal("piece_two_files")
    plain = _unescaped(content)
    if b"/Encrypt" in plain:
        # Nobody could look inside, neither here nor at the agency.
        raise Refusal("piece_locked")
    if _PDF_ACTS.search(plain) or any(map(_PDF_ACTS.search, _packed_objects(content))):
        raise Refusal("piece_active")
    return MediaType.PDF


def _packed_objects(content: bytes) -> list[bytes]:
    """Objects that a PDF keeps compressed, unfolded: an action could hide there."""
    unfolded, budget, view = [], OBJECTS_UNFOLDED_MAX, memoryview(content)
    for rank, stream in enumerate(_PDF_STREAM.finditer(content), 1):
        told = _dictionary_before(content, stream.start())
        if rank > STREAMS_MAX or not told:
            raise Refusal("piece_broken")
        if b"/ObjStm" not in told:
            continue
        if b"/FlateDecode" not in told or b"/DecodeParms" in told:
            raise Refusal("piece_broken")
        try:
            objects = zlib.decompressobj().decompress(view[stream.end() :], budget + 1)
        except zlib.error as broken:
            raise Refusal("piece_broken") from broken
        budget -= len(objects)
        if budget < 0:
            raise Refusal("piece_broken")
        unfolded.append(_unescaped(objects))
    return unfolded


def _dictionary_before(content: bytes, place: int) -> bytes:
    """What an object says of its stream; empty when no object begins near it."""
    begin = content.rfind(b"obj", max(0, place - DICTIONARY_MAX), place)
    return _unescaped(content[begin:place]) if begin >= 0 else b""


def _unescaped(names: bytes) -> bytes:
    """`/J#61vaScript` is `/JavaScript`."""
    return _PDF_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), names)


def _jpeg(content: bytes) -> MediaType:
    """Segments up to the picture's own data, and the mark of the end."""
    place, size = 2, None
    while size is None:
        segment = content[place : place + 9]
        if len(segment) < 9 or segment[0] != 0xFF:
            raise Refusal("piece_broken")
        mark, length = segment[1], int.from_bytes(segment[2:4], "big")
        if mark in _JPEG_FRAMES:
            size = struct.unpack(">HH", segment[5:9])
        place += 2 + length
    if b"\xff\xd9" not in content[place:]:
        raise Refusal("piece_broken")
    _check_picture(content, *size)
    return MediaType.JPEG


def _png(content: bytes) -> MediaType:
    """Every chunk with its check sum, the header first, the end last and nothing after it."""
    place = 8
    kinds: list[bytes] = []
    while place < len(content) and (not kinds or kinds[-1] != b"IEND"):
        length, kind = struct.unpack(">I4s", content[place : place + 8].ljust(8, b"\0"))
        body = content[place + 4 : place + 8 + length]
        told = content[place + 8 + length : place + 12 + length]
        if len(body) != 4 + length or told != struct.pack(">I", zlib.crc32(body)):
            raise Refusal("piece_broken")
        kinds.append(kind)
        place += 12 + length
    if kinds[:1] != [b"IHDR"] or kinds[-1] != b"IEND":
        raise Refusal("piece_broken")
    if place != len(content):
        raise Refusal("piece_two_files")
    _check_picture(content, *struct.unpack(">II", content[16:24]))
    return MediaType.PNG


def _check_picture(content: bytes, one_side: int, other_side: int) -> None:
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Refusal("piece_two_files")
    if one_side * other_side > PIXELS_MAX:
        raise Refusal("piece_image_too_large", limit=PIXELS_MAX)
    if not one_side * other_side:
        raise Refusal("piece_broken")


def _sheet(content: bytes) -> MediaType:
    """A workbook, by what its archive holds; nothing of it is unfolded but the type of an ODS."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member for member in archive.infolist()}
            _check_archive(members)
            if "xl/workbook.xml" in members and "[Content_Types].xml" in members:
                _check_types(archive, members["[Content_Types].xml"])
                return MediaType.XLSX
            told = members.get("mimetype")
            if told and told.file_size < HEAD_SIZE and archive.read(told) == MediaType.ODS.encode():
                return MediaType.ODS
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as broken:
        raise Refusal("piece_broken") from broken
    raise Refusal("piece_type_unknown", expected=ACCEPTED)


def _check_types(archive: zipfile.ZipFile, told: zipfile.ZipInfo) -> None:
    """A program runs by the type that is told of its part, whatever the part is called."""
    if told.file_size > TYPES_MAX:
        raise Refusal("piece_broken")
    types = archive.read(told)
    if b"\0" in types:
        raise Refusal("piece_broken")
    if _MACRO_TYPES.search(types):
        raise Refusal("piece_macros")


def _check_archive(members: dict[str, zipfile.ZipInfo]) -> None:
    if any(_MACROS.search(name) for name in members):
        raise Refusal("piece_macros")
    if any(member.flag_bits & 1 for member in members.values()):
        raise Refusal("piece_locked")
    unfolded = sum(member.file_size for member in members.values())
    if len(members) > MEMBERS_MAX or unfolded > UNFOLDED_MAX:
        raise Refusal("piece_broken")


def _csv(content: bytes) -> MediaType:
    """Text without a control character, whose first line has a separator."""
    text = _text_of(content)
    first_line = text.lstrip("\ufeff").partition("\n")[0]
    if _CONTROL.search(text) or not any(separator in first_line for separator in ";,\t"):
        raise Refusal("piece_type_unknown", expected=ACCEPTED)
    return MediaType.CSV


def _text_of(content: bytes) -> str:
    """As text; what is none comes out with a character that no text has."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\N{REPLACEMENT CHARACTER}", "\0")
    try:
        return content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\N{REPLACEMENT CHARACTER}", "\0")


_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_CHECKS: tuple[tuple[bytes, Callable[[bytes], MediaType]], ...] = (
    (b"%PDF-", _pdf),
    (b"\xff\xd8\xff", _jpeg),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"PK\x03\x04", _sheet),
)
