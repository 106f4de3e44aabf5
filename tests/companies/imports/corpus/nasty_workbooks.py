"""Nasty workbooks: what a spreadsheet ruined, hid or made up, and what would fill the memory."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.companies.imports.corpus.nasty_archives import unfolding_into
from tests.companies.imports.corpus.nasty_people import PEOPLE, TITLES
from tests.companies.imports.formats.workbooks import SHEET_MAIN, Cell, Raw, Sheet, table, workbook

OLD_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_PART = "xl/vbaProject.bin"
FIRST_SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _sheet(first: Mapping[str, Cell] | None = None, **others: str) -> Sheet:
    """The three people, some cells of the first one changed."""
    rows = [{**PEOPLE[0], **(first or {})}, *PEOPLE[1:]]
    return Sheet(table(*rows, names=TITLES), **others)


def _book(first: Mapping[str, Cell] | None = None, **others: str) -> bytes:
    return workbook(_sheet(first, **others))


def _rows_xml(rows: str) -> bytes:
    text = f'<worksheet xmlns="{SHEET_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return workbook(Sheet([]), parts={FIRST_SHEET: text.encode()})


def _far_corner() -> bytes:
    return _rows_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def _unplaced(*cells: str) -> str:
    """A row of cells that say no place: each comes after the one before."""
    texts = (f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f"<row>{''.join(texts)}</row>"


def _million_rows() -> bytes:
    return _rows_xml(_unplaced(*TITLES) + "<row><c><v>1</v></c></row>" * 1_000_000)


def _many_columns() -> bytes:
    return _rows_xml(f"{_unplaced(*TITLES)}<row>{'<c><v>1</v></c>' * 200_000}</row>")


def _error_nowhere() -> bytes:
    """Where there is no value, a reader that is told no place would see an empty cell."""
    return _rows_xml(_unplaced(*TITLES) + '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>')


def _sheet_with(doctype: str) -> bytes:
    sheet = (
        f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{SHEET_MAIN}"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    return workbook(Sheet([]), parts={FIRST_SHEET: sheet.encode()})


def _entity_in_shared_texts() -> bytes:
    texts = f'<?xml version="1.0"?>{EXTERNAL}<sst xmlns="{SHEET_MAIN}"><si><t>&a;</t></si></sst>'
    return workbook(_sheet(), parts={"xl/sharedStrings.xml": texts.encode()})


def _ten_thousand_rows() -> bytes:
    row = [PEOPLE[0].get(title) for title in TITLES]
    return workbook(
        Sheet([list(TITLES), *([None, f"AB{at:06}", *row[2:]] for at in range(10_000))])
    )


def ods(rows: str, before: str = "") -> bytes:
    """A sheet of these rows, as OpenDocument; `before` stands before its root."""
    body = f'<table:table table:name="Feuil1">{rows}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {ODS_SPACES}>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_TYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return out.getvalue()


def ods_row(cells: list[str], repeated: int = 1) -> str:
    each = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
        "</table:table-cell>"
        if cell
        else "<table:table-cell/>"
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{each}</table:table-row>'


def _ods_rows() -> str:
    rows = [ods_row([row.get(title, "") for title in TITLES]) for row in PEOPLE]
    return "".join([ods_row(list(TITLES)), *rows])


def _ods_of_people(before: str = "") -> bytes:
    return ods(_ods_rows(), before)


def _ods_bomb() -> bytes:
    row = [PEOPLE[0].get(title, "") for title in TITLES]
    return ods(ods_row(list(TITLES)) + ods_row(row, 1_048_576) * 50)


def _ods_wide_bomb() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="1000000"><text:p>x</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    return ods(ods_row(list(TITLES)) + row * 100)


def _hidden() -> bytes:
    old = Sheet([list(TITLES), ["999999999", "ZZ999999"]], name="Ancien", state="hidden")
    very = Sheet([list(TITLES), ["888888888", "YY888888"]], name="Caché", state="veryHidden")
    return workbook(old, very, _sheet(name="Salariés"))


def _linked() -> bytes:
    link = f'<externalLink xmlns="{SHEET_MAIN}"><externalBook/></externalLink>'
    return workbook(_sheet(), parts={"xl/externalLinks/externalLink1.xml": link.encode()})


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "people.xlsx": _book,
    "serial_days.xlsx": lambda: _book({"date_embauche": 45_901}),
    "typed_days.xlsx": lambda: _book({"date_embauche": date(2025, 9, 1)}),
    "days_since_1904.xlsx": lambda: workbook(
        _sheet({"date_embauche": 44_439}), settings='<workbookPr date1904="1"/>'
    ),
    "merged_cells.xlsx": lambda: _book(after='<mergeCells><mergeCell ref="C2:C3"/></mergeCells>'),
    "hidden_sheets.xlsx": _hidden,
    "formula_with_value.xlsx": lambda: _book(
        {"revenu_brut_imposable": Raw("", "<f>SUM(L2:W2)</f><v>120000.5</v>")}
    ),
    "formula_without_value.xlsx": lambda: _book(
        {"revenu_brut_imposable": Raw("", "<f>SUM(L2:W2)</f>")}
    ),
    "cell_with_an_error.xlsx": lambda: _book(
        {"date_depart": Raw('t="e"', "<f>VLOOKUP(A2,B:B,9)</f><v>#N/A</v>")}
    ),
    "digits_lost.xlsx": lambda: _book({"matricule_cnss": Raw("", "<v>1.18E+22</v>")}),
    "zeros_lost.xlsx": lambda: _book({"matricule_cnss": 23456783}),
    "cin_as_a_number.xlsx": lambda: _book({"cin": 123456}),
    "external_link.xlsx": _linked,
    "ten_thousand_rows.xlsx": _ten_thousand_rows,
    "far_corner.xlsx": _far_corner,
    "million_rows.xlsx": _million_rows,
    "many_columns.xlsx": _many_columns,
    "error_nowhere.xlsx": _error_nowhere,
    "laughs.xlsx": lambda: _sheet_with(DOCTYPE),
    "entity_in_shared_texts.xlsx": _entity_in_shared_texts,
    "thousand_to_one.xlsx": lambda: unfolding_into("xl/media/image1.xml", 700, _book()),
    "macros_renamed.xlsx": lambda: workbook(_sheet(), parts={MACRO_PART: b"Attribute VB_Name"}),
    "locked.xlsx": lambda: OLD_MAGIC + b"EncryptedPackage".ljust(4096, b"\0"),
    "old.xls": lambda: OLD_MAGIC + b"Workbook".ljust(4096, b"\0"),
    "people.ods": _ods_of_people,
    "rows_repeated.ods": _ods_bomb,
    "columns_repeated.ods": _ods_wide_bomb,
    "laughs.ods": lambda: _ods_of_people(DOCTYPE),
    "external_entity.ods": lambda: _ods_of_people(EXTERNAL),
}
