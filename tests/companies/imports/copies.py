"""A spreadsheet handed over and checked, confirmed, and the copy of it that its firm takes back."""

import io
import re
from contextlib import closing
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from companies.firms.models import Firm
from companies.imports.asking import ask_check, confirm_import
from companies.imports.beginning import begin_import
from companies.imports.kinds import no_beat
from companies.imports.models import Import, ImportFile
from companies.imports.outgoing.annotated import Rows, annotated_workbook
from companies.imports.working import check_import, load_import
from tests.factories.people import AT, member


def checked(firm: Firm, content: bytes, name: str = "gens.csv") -> ImportFile:
    """What is asked about its columns and words is left as it is proposed."""
    by = member(firm)
    row = begin_import(firm=firm, files=[(name, content)], acting_user=by, at=AT)
    if row.state == Import.State.MATCHING:
        ask_check(import_id=row.pk, acting_user=by, at=AT)
    check_import(import_id=row.pk, acting_user=by, at=AT, beat=no_beat)
    return ImportFile.objects.select_related("of__firm").get(of=row)


def confirmed(file: ImportFile) -> None:
    """Its good rows are in the register."""
    by = member(file.of.firm)
    confirm_import(import_id=file.of_id, acting_user=by, at=AT)
    load_import(import_id=file.of_id, acting_user=by, at=AT, beat=no_beat)


def copy(file: ImportFile, rows: Rows = "all", language: str = "fr") -> bytes:
    with closing(annotated_workbook(file, rows=rows, language=language, at=AT)) as out:
        return out.read()


def cells(content: bytes) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_index(0)
    return [list(map(str, row)) for row in sheet.to_python(skip_empty_area=False)]


def fills(content: bytes) -> dict[str, str]:
    """The colour behind each cell that has one, by its place: `{"G2": "F8CBAD"}`."""
    with ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    formats = re.findall(r'<xf [^>]*fillId="(\d+)"', styles.partition("<cellXfs")[2])
    colours = [
        re.search(r'<fgColor rgb="FF(\w+)"', fill)
        for fill in styles.partition("<fills")[2].split("<fill>")[1:]
    ]
    placed = re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet)
    found = {place: colours[int(formats[int(style)])] for place, style in placed}
    return {place: colour[1] for place, colour in found.items() if colour}
