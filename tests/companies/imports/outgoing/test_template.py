"""The template of the people file: what is written in it comes back, and it explains itself."""

import io
import re
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
import yaml
from python_calamine import CalamineWorkbook

from companies.imports.outgoing.template import (
    MONTH,
    TEXTS,
    Person,
    template_version,
    template_workbook,
)
from companies.imports.outgoing.workbooks import TEXT_FORMAT
from companies.imports.reading.people import read_people
from companies.imports.reading.people_words import CONTRACTS
from companies.imports.reading.workforce_columns import WORKFORCE_COLUMNS

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
SAID = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
SHEETS = ["Salariés", "Exemple", "Mode d'emploi", "دليل الاستعمال"]


def made(*people: Person) -> bytes:
    with template_workbook(at=AT, people=people) as out:
        return out.read()


def part(content: bytes, name: str) -> str:
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def sheet(name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(made())).get_sheet_by_name(name).to_python()


def test_its_sheets_are_the_one_to_fill_an_example_and_two_guides():
    book = CalamineWorkbook.from_filelike(io.BytesIO(made()))

    assert book.sheet_names == SHEETS
    assert sheet("Salariés") == [[column.name for column in WORKFORCE_COLUMNS]]


def test_the_example_filled_in_is_read_without_a_problem():
    people = read_people(io.BytesIO(made(*SAID["people"])), "modele.xlsx")

    assert people.cin == ["AB123456", None, "BK234567"]
    assert people.hired_on == [date(2025, 9, 1), date(2025, 7, 14), date(2025, 3, 3)]
    assert people.taxable_income == [4_200_000, 3_825_050, 6_000_000]
    assert not people.warnings


def test_columns_of_identifiers_are_of_text_format():
    styles = part(made(), "xl/styles.xml")
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    columns = re.findall(
        r'<col min="(\d+)" max="\d+" width="[\d.]+" style="(\d+)"',
        part(made(), "xl/worksheets/sheet1.xml"),
    )

    shown = {int(at): int(formats[int(style)]) for at, style in columns}

    assert shown[1] == shown[2] == TEXT_FORMAT


def test_a_contract_is_chosen_from_a_list():
    rules = part(made(), "xl/worksheets/sheet1.xml")

    assert f'"{",".join(dict.fromkeys(CONTRACTS.values()))}"' in rules


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_column_is_explained(language: str):
    names = {column.name.partition("_")[0] if MONTH in column.name else column.name
             for column in WORKFORCE_COLUMNS}  # fmt: skip

    assert SAID["columns"].keys() == names
    assert all(
        len(said[language]) == 2 and all(said[language]) for said in SAID["columns"].values()
    )


@pytest.mark.parametrize("name", SHEETS[2:])
def test_a_guide_says_its_version_and_its_day(name: str):
    guide = sheet(name)

    assert template_version() in guide[1]
    assert "05/01/2026" in str(guide[2][1])


def test_the_arabic_guide_runs_from_right_to_left():
    assert 'rightToLeft="1"' in part(made(), "xl/worksheets/sheet4.xml")
