"""An OpenDocument spreadsheet is looked at before it is read, as a workbook is."""

import pytest

from companies.imports.errors import FileRefused
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.ods_scan import is_ods
from companies.imports.formats.workbook import read_sheet
from companies.imports.formats.workbook_scan import Limits
from tests.companies.imports.formats.opendocuments import EMPTY, cell, of_sheets, opendocument

HEADER = ["cin", "nom", "prenom"]
SEARCH = HeaderSearch(frozenset(HEADER))
SMALL = Limits(rows=50, columns=30, unfolded=2 << 20, said=1 << 20, memory=512 << 20, seconds=10)
TEXT = cell("string", "", "AB12345")


def rows_of(content: bytes, limits: Limits = SMALL) -> list[tuple[int, list[str]]]:
    return list(read_sheet(content, "gens.ods", SEARCH, limits).rows)


def code_of(content: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(FileRefused) as refused:
        rows_of(content, limits)
    return refused.value.code


def row(*cells: str, repeated: int = 1) -> str:
    opening = f'<table:table-row table:number-rows-repeated="{repeated}">'
    return f"{opening}{''.join(cells)}</table:table-row>"


def test_the_empty_rest_of_a_sheet_is_no_reach():
    assert [line for line, _ in rows_of(opendocument([HEADER, ["AB12345", None, "x"]]))] == [1, 2]


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (row(EMPTY, repeated=48) + row(TEXT), None),
        (row(EMPTY, repeated=49) + row(TEXT), "workbook_rows"),
        (row(TEXT, repeated=1_000_000), "workbook_rows"),
        (row(EMPTY.replace("16384", "29"), TEXT), None),
        (row(EMPTY.replace("16384", "30"), TEXT), "workbook_columns"),
        (
            row(
                TEXT.replace(
                    "<table:table-cell", '<table:table-cell table:number-columns-repeated="900000"'
                )
            ),
            "workbook_columns",
        ),
    ],
)
def test_what_is_said_to_stand_far_away_or_many_times_is_refused(after: str, code: str | None):
    content = opendocument([HEADER], after=after)

    assert len(content) < 5 * 1024
    if code is None:
        assert len(rows_of(content)) == 2
    else:
        assert code_of(content) == code


def test_cells_without_a_value_say_so():
    error = cell("string", 'calcext:value-type="error"', "#DIV/0!", 'table:formula="of:=1/0"')
    formula = '<table:table-cell table:formula="of:=[.A1]"/>'
    merged = cell("string", "", "x", 'table:number-rows-spanned="2"')

    content = opendocument([HEADER], after=row(error, formula, merged))

    assert rows_of(content)[1] == (
        2,
        ["!cell_error #DIV/0!", "!formula_without_value ", "!cell_merged "],
    )


def test_mergers_above_the_header_concern_nobody():
    title = row(cell("string", "", "Paie", 'table:number-columns-spanned="3"'))
    header = row(*(cell("string", "", name) for name in HEADER))

    content = of_sheets(f'<table:table table:name="F">{title}{header}</table:table>')

    assert rows_of(content) == [(2, [f"t{name}" for name in HEADER])]


def test_a_hidden_sheet_is_not_read():
    styles = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    header = row(*(cell("string", "", name) for name in HEADER))
    content = of_sheets(
        f'<table:table table:name="F" table:style-name="h">{header}</table:table>', styles
    )

    assert code_of(content) == "workbook_without_header"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"Basic__Standard__Module1.xml": b"x"}, "workbook_macros"),
        ({"Scripts__python__x.py": b"x"}, "workbook_macros"),
        ({"META-INF__manifest.xml": b"<manifest:encryption-data/>"}, "workbook_old_or_locked"),
        ({"Pictures__big.png": b" " * (3 << 20)}, "workbook_too_large"),
        ({"content.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x/>'}, "workbook_broken"),
        ({"content.xml": "<x/>".encode("utf-16")}, "workbook_broken"),
        ({"content.xml": b"<x"}, "workbook_broken"),
    ],
)
def test_what_is_no_spreadsheet_to_read_has_its_own_sentence(parts: dict[str, bytes], code: str):
    content = of_sheets("", **parts)

    assert is_ods(content)
    assert code_of(content) == code
