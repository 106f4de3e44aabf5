"""OpenDocument spreadsheets for tests, good and hostile, written part by part."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile

SPACES = " ".join(
    f'xmlns:{prefix}="urn:{name}"'
    for prefix, name in (
        ("office", "oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("table", "oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("text", "oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("style", "oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("calcext", "org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"),
    )
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'
REST = f'<table:table-row table:number-rows-repeated="1048000">{EMPTY}</table:table-row>'
"""The empty rest of a sheet, as office programs write it."""

Cell = str | int | float | date | None


def opendocument(rows: Sequence[Sequence[Cell]], after: str = REST, **parts: bytes) -> bytes:
    """One sheet; `after` is XML that follows its rows."""
    each = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return of_sheets(f'<table:table table:name="Feuille1">{each}{after}</table:table>', **parts)


def of_sheets(sheets: str, styles: str = "", **parts: bytes) -> bytes:
    """`parts` are added to the archive, a double underscore standing for a slash."""
    content = (
        f'<?xml version="1.0"?><office:document-content {SPACES}>{styles}<office:body>'
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    written = {
        "mimetype": MIME.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": b"<manifest:manifest/>",
    }
    written |= {name.replace("__", "/"): part for name, part in parts.items()}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, part in written.items():
            archive.writestr(name, part)
    return out.getvalue()


def cell(kind: str, value: str, shown: str, attributes: str = "") -> str:
    typed = f'office:value-type="{kind}" {value} {attributes}'
    return f"<table:table-cell {typed}><text:p>{escape(shown)}</text:p></table:table-cell>"


def _cell(value: Cell) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case date():
            return cell("date", f'office:date-value="{value}"', f"{value:%d/%m/%Y}")
        case str():
            return cell("string", "", value)
        case _:
            return cell("float", f'office:value="{value}"', str(value))
