"""Small papers of each type, made byte by byte, and what the firm says of them."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime

from companies.documents.actions import Paper, add_piece
from companies.documents.models import Piece
from companies.firms.models import Firm
from tests.factories.claimants import signataire_of

AT = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
PLAIN = b"<< /Type /Catalog >>"


def pdf(*objects: bytes, ending: bytes = b"") -> bytes:
    """A PDF of these objects, its first the catalogue, with its table of places."""
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects or (PLAIN,), 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Root 1 0 R >>\n" % (
        len(places) + 1,
        rows,
    )
    return written + table + b"startxref\n%d\n%%%%EOF\n" % len(written) + ending


def packed(objects: bytes, more: bytes = b"/Filter /FlateDecode") -> bytes:
    """A stream of objects, compressed."""
    content = zlib.compress(objects)
    told = b"<< /Type /ObjStm /N 1 /First 4 %b /Length %d >>" % (more, len(content))
    return told + b"\nstream\n" + content + b"\nendstream"


def jpeg(width: int = 2, height: int = 2) -> bytes:
    comment = b"\xff\xfe" + struct.pack(">H", 5) + b"abc"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00"
    return b"\xff\xd8" + comment + frame + scan + b"\x00\x01\x02" + b"\xff\xd9"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    picture = chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + picture + chunk(b"IEND", b"")


def archive(**members: bytes) -> bytes:
    """A zip; a double underscore in a name is a slash."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as folder:
        for name, content in members.items():
            folder.writestr(name.replace("__", "/"), content)
    return written.getvalue()


def xlsx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"}
    return archive(**parts | more)


def ods() -> bytes:
    return archive(mimetype=ODS, **{"content.xml": b"<x/>"})


def certificate(number: str = "CNSS-9", until: date = date(2026, 12, 31)) -> Paper:
    return Paper("cnss", "Attestation CNSS", number, date(2026, 1, 1), until)


def kept(of: Firm, content: bytes = b"", paper: Paper | None = None) -> Piece:
    return add_piece(
        firm=of,
        paper=paper or Paper("other", "Divers"),
        name="piece.pdf",
        content=content or pdf(),
        acting_user=signataire_of(of),
        at=AT,
    )
