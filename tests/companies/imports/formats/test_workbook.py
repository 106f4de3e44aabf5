"""A workbook is read by a child of limited memory, or refused before it costs anything."""

import io
import resource
from contextlib import suppress
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.imports.errors import FileRefused
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.workbook import OLD_MAGIC, is_workbook, read_sheet
from companies.imports.formats.workbook_scan import Limits, column_letters, column_number
from tests.companies.imports.formats.workbooks import Raw, Sheet, workbook

HEADER = ["cin", "nom", "prenom"]
IN_FIRST_ROW = HeaderSearch(frozenset(HEADER), rows=1, foreign=False)
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SMALL = Limits(rows=50, columns=30, unfolded=2 << 20, said=1 << 20, memory=512 << 20, seconds=10)


def read(content: bytes, limits: Limits = SMALL) -> list[tuple[int, list[str]]]:
    return list(read_sheet(content, "gens.xlsx", IN_FIRST_ROW, limits).rows)


def damaged(content: bytes, changes: list[tuple[int, int]]) -> bytes:
    changed = bytearray(content)
    for at, byte in changes:
        changed[at % len(content)] = byte
    return bytes(changed)


def code_of(content: bytes, limits: Limits = SMALL) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content, limits)
    return refused.value.code


def with_rows(rows: str) -> bytes:
    """A header, then rows written by hand."""
    book = workbook(Sheet([HEADER]))
    with ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    part = sheet.replace("</sheetData>", f"{rows}</sheetData>").encode()
    return workbook(Sheet([HEADER]), parts={"xl/worksheets/sheet1.xml": part})


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_rows_come_with_their_line_and_the_kind_of_each_cell():
    assert read(workbook(Sheet({2: HEADER, 5: ["AB12345", None, 8000.1]}))) == [
        (2, ["tcin", "tnom", "tprenom"]),
        (5, ["tAB12345", "", "n8000.1"]),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        FAR,
        FAR.replace('r="XFD1048576"', "r='XFD1048576' s='1'"),
        FAR.replace("<c ", "<x:c xmlns:x='u' ").replace("</c>", "</x:c>"),
        '<row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_five_kilobytes_that_reach_a_far_corner_are_refused(rows: str):
    content = with_rows(rows)

    assert len(content) < 5 * 1024
    assert code_of(content, Limits()) == "workbook_rows"


def test_what_hides_from_the_scan_dies_of_the_limit_of_the_child():
    hidden = FAR.replace('r="XFD1048576"', 'r="XFD1048576" x="/"')

    assert code_of(with_rows(hidden), Limits()) == "workbook_too_large"


def test_texts_that_cells_share_are_read():
    shared = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>AB1</t></si><si><r><t>AB</t></r><r><t>12345</t></r></si></sst>"
    )
    rows = [HEADER, [Raw('t="s"', "<v>1</v>"), Raw('t="s"', "<v>0</v>")]]

    content = workbook(Sheet(rows), parts={"xl/sharedStrings.xml": shared})

    assert read(content)[1] == (2, ["tAB12345", "tAB1", ""])


def test_a_far_cell_that_only_carries_a_colour_is_no_reach():
    assert len(read(with_rows('<row r="1048576"><c r="XFD1048576" s="1"/></row>'))) == 1


@pytest.mark.parametrize(("last", "code"), [(50, None), (51, "workbook_rows")])
def test_the_last_line_is_read_and_the_one_after_is_not(last: int, code: str | None):
    content = workbook(Sheet({1: HEADER, last: ["AB12345"]}))

    if code is None:
        assert read(content)[-1][0] == last
    else:
        assert code_of(content) == code


def test_a_sheet_wider_than_any_people_file_is_refused():
    assert code_of(with_rows('<row r="2"><c r="AE2"><v>1</v></c></row>')) == "workbook_columns"


def test_what_unfolds_beyond_the_bound_is_refused_before_it_is_unfolded():
    blanks = b" " * (SMALL.unfolded + 1)
    content = workbook(Sheet([HEADER]), parts={"xl/worksheets/sheet2.xml": blanks})

    assert code_of(content) == "workbook_too_large"


def test_little_that_is_shared_by_many_cells_is_not_said_many_times():
    text = f"<is><t>{'x' * 30_000}</t></is>"
    rows = {1: HEADER} | {line: [Raw('t="inlineStr"', text)] for line in range(2, 42)}

    assert code_of(workbook(Sheet(rows))) == "workbook_too_large"


def test_a_child_that_lacks_memory_refuses_the_workbook_and_harms_nobody():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = {1: HEADER} | {line: ["x" * 30_000] * 3 for line in range(2, 1_200)}

    code = code_of(workbook(Sheet(rows)), Limits(memory=80 << 20))

    assert code == "workbook_too_large"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 << 10


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped(**{"notes.txt": b"x"}), "zip_not_workbook"),
        (zipped(**{"content.xml": b"x", "mimetype": b"ods"}), "zip_not_workbook"),
        (zipped(**{"xl/workbook.bin": b"x"}), "zip_not_workbook"),
        (b"PK\x05\x06" + bytes(18), "zip_not_workbook"),
        (b"PK\x03\x04rest", "workbook_broken"),
        (workbook(Sheet([HEADER]))[:-40], "workbook_broken"),
        (zipped(**{"xl/workbook.xml": b"<workbook/>"}), "workbook_broken"),
        (OLD_MAGIC + bytes(600), "workbook_old_or_locked"),
        (workbook(Sheet([HEADER]), parts={"xl/vbaProject.bin": b"x"}), "workbook_macros"),
        (workbook(Sheet([HEADER]), parts={"xl/macrosheets/s.xml": b"x"}), "workbook_macros"),
        (workbook(Sheet([])), "workbook_without_header"),
        (workbook(Sheet([["a", "b"]])), "workbook_without_header"),
        (workbook(Sheet([HEADER], state="hidden")), "workbook_without_header"),
    ],
)
def test_what_is_no_workbook_to_read_has_its_own_sentence(content: bytes, code: str):
    assert is_workbook(content[:8])
    assert code_of(content) == code


@pytest.mark.parametrize(
    "sheet",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>',
        "<worksheet/>".encode("utf-16"),
    ],
)
def test_a_part_that_hides_something_from_the_scan_is_refused(sheet: bytes):
    parts = {"xl/worksheets/sheet1.xml": sheet}

    assert code_of(workbook(Sheet([HEADER]), parts=parts)) == "workbook_broken"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[int, int]]):
    content = damaged(workbook(Sheet([HEADER, ["AB12345", 1, 2.5]])), changes)

    with suppress(FileRefused):
        assert read(content)[0][0] == 1


@pytest.mark.parametrize(
    ("letters", "number"),
    [("A", 1), ("Z", 26), ("AA", 27), ("ZZ", 702), ("AAA", 703), ("XFD", 16_384)],
)
def test_columns_are_counted_as_a_spreadsheet_names_them(letters: str, number: int):
    assert (column_number(letters), column_letters(number)) == (number, letters)


@pytest.mark.parametrize("head", [b"", b"B01", b"<?xml", b"cin;nom"])
def test_other_files_are_left_to_their_own_readers(head: bytes):
    assert not is_workbook(head)
