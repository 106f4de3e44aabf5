"""Workbooks for tests, good and hostile, written part by part: no library would write some of them.

A cell is a text, an integer or a decimal as XML writes it, a day, or a `Raw` piece of XML.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

SHEET_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DAY_STYLE = 1
DAY_ZERO = date(1899, 12, 30)
STYLES = (
    f'<styleSheet xmlns="{SHEET_MAIN}"><cellXfs count="2">'
    '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Raw:
    """`attributes` of the cell after its place, and what it holds."""

    attributes: str
    inside: str


Cell = str | int | float | date | Raw | None


@dataclass(frozen=True)
class Sheet:
    """`rows` by line, or one after the other; `after` is XML that follows the rows."""

    rows: Sequence[Sequence[Cell]] | Mapping[int, Sequence[Cell]]
    name: str = "Feuil1"
    state: str = "visible"
    after: str = ""


def workbook(*sheets: Sheet, settings: str = "", parts: Mapping[str, bytes] | None = None) -> bytes:
    """`settings` go before the sheets of the book; `parts` are added or take another's place."""
    numbered = list(enumerate(sheets, 1))
    written = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml", "rId1")]),
        "xl/workbook.xml": _book(sheets, settings),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{at}.xml", f"rId{at}") for at, _ in numbered]
            + [("styles", "styles.xml", "rIdStyles")]
        ),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{at}.xml": _sheet(sheet) for at, sheet in numbered},
        **(parts or {}),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return out.getvalue()


def table(*rows: Mapping[str, Cell], names: Sequence[str]) -> list[list[Cell]]:
    """A header and its rows; a cell that a row does not name is empty."""
    return [list(names), *([row.get(name) for name in names] for row in rows)]


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target, key in relations
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _book(sheets: Sequence[Sheet], settings: str) -> str:
    each = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{at}" state="{sheet.state}" r:id="rId{at}"/>'
        for at, sheet in enumerate(sheets, 1)
    )
    spaces = f'xmlns="{SHEET_MAIN}" xmlns:r="{OFFICE}"'
    return f"<workbook {spaces}>{settings}<sheets>{each}</sheets></workbook>"


def _sheet(sheet: Sheet) -> str:
    rows = sheet.rows if isinstance(sheet.rows, Mapping) else dict(enumerate(sheet.rows, 1))
    each = "".join(
        f'<row r="{line}">{"".join(_cell(line, at, cell) for at, cell in enumerate(cells))}</row>'
        for line, cells in rows.items()
    )
    return f'<worksheet xmlns="{SHEET_MAIN}"><sheetData>{each}</sheetData>{sheet.after}</worksheet>'


def _cell(line: int, at: int, cell: Cell) -> str:
    place = f'r="{chr(ord("A") + at // 26 - 1) if at >= 26 else ""}{chr(ord("A") + at % 26)}{line}"'
    match cell:
        case None:
            return ""
        case Raw(attributes, inside):
            return f"<c {place} {attributes}>{inside}</c>"
        case date():
            return f'<c {place} s="{DAY_STYLE}"><v>{(cell - DAY_ZERO).days}</v></c>'
        case str():
            text = f'<t xml:space="preserve">{escape(cell)}</t>'
            return f'<c {place} t="inlineStr"><is>{text}</is></c>'
        case _:
            return f"<c {place}><v>{cell}</v></c>"
