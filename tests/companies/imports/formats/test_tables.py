"""A table is found wherever it begins, in whatever format and encoding, and read row by row."""

import io
import tracemalloc
from datetime import date

import pytest

from companies.imports.errors import FileRefused, Place
from companies.imports.formats import csv_table
from companies.imports.formats.tables import OpenTable, open_table
from companies.imports.formats.workbook_scan import DAY_ZERO_1904, Limits
from companies.imports.reading.people_words import folded
from tests.companies.imports.formats.opendocuments import opendocument
from tests.companies.imports.formats.workbooks import Sheet, workbook

NAME = "paie"
WORDS = frozenset(map(folded, ["N° CNSS", "CIN", "Nom", "Prénom"]))
TABLE = [["N° CNSS", "CIN", "Nom", "Prénom"], ["123456785", "AB123456", "Alâmi", "Salma"]]
ROW = ["t123456785", "tAB123456", "tAlâmi", "tSalma"]


def opened(content: bytes, limits: Limits | None = None) -> OpenTable:
    return open_table(io.BytesIO(content), NAME, WORDS, limits or Limits())


def as_csv(*rows: list[str], delimiter: str = ";", end: str = "\r\n") -> str:
    return end.join(delimiter.join(row) for row in rows)


def refusal(content: bytes, limits: Limits | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        list(opened(content, limits).rows)
    return refused.value


@pytest.mark.parametrize(
    ("content", "table_format"),
    [
        (as_csv(*TABLE).encode(), "csv"),
        (workbook(Sheet(TABLE)), "xlsx"),
        (opendocument(TABLE), "ods"),
    ],
)
def test_the_same_table_is_read_from_every_format(content: bytes, table_format: str):
    table = opened(content)

    assert (table.format, table.titles, table.header_line) == (table_format, TABLE[0], 1)
    assert list(table.rows) == [(2, ROW)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_csv_of_any_make_is_read(encoding: str, delimiter: str, end: str):
    table = opened(as_csv(*TABLE, delimiter=delimiter, end=end).encode(encoding))

    assert (table.titles, table.delimiter, table.encoding) == (TABLE[0], delimiter, encoding)
    assert list(table.rows) == [(2, ROW)]


def test_a_letter_beyond_ascii_may_come_after_a_million_bytes():
    rows = [*TABLE, *[["123456785", "AB123456", "Alami", "Salma"]] * 40_000, TABLE[1]]

    table = opened(as_csv(*rows).encode("cp1252"))

    assert table.encoding == "cp1252"
    assert list(table.rows)[-1] == (40_003, ROW)


@pytest.mark.parametrize(
    ("names", "encoding"),
    [("محمد العلوي;فاطمة الزهراء;غشت", "cp1256"), ("Zoé Ché;Noël;œuvre", "cp1252")],
)
def test_arabic_of_windows_is_told_from_french(names: str, encoding: str):
    assert opened(f"CIN;Nom;Prénom\n{names}\n".encode(encoding, "replace")).encoding == encoding


def test_commas_of_amounts_are_no_delimiters():
    rows = [["CIN", "Nom", "SBI", "Prime"], *[["AB1", "x", "1200,50", "12,75"]] * 3]

    assert opened(as_csv(*rows).encode()).delimiter == ";"


def test_the_delimiter_that_a_spreadsheet_writes_for_itself_is_believed():
    table = opened(b"sep=;\r\nCIN;Nom;Prime, heures\r\nAB1;x;1,2\r\n")

    assert (table.delimiter, table.header_line) == (";", 2)
    assert list(table.rows) == [(3, ["tAB1", "tx", "t1,2"])]


def test_the_header_is_found_below_a_title():
    above = [["Société X", "", "", ""], ["", "", "", ""], ["Liste", "du", "personnel", "2026"]]

    for content in (as_csv(*above, *TABLE).encode(), workbook(Sheet([*above, *TABLE]))):
        table = opened(content)

        assert (table.header_line, table.titles) == (4, TABLE[0])
        assert list(table.rows) == [(5, ROW)]


def test_titles_of_the_firm_alone_are_the_first_row_of_three_texts():
    table = opened(as_csv(["Paie"], ["Code", "Agent", "Début"], ["1", "x", "y"]).encode())

    assert (table.header_line, table.titles) == (2, ["Code", "Agent", "Début"])


def test_a_second_sheet_with_known_titles_comes_before_a_first_one_without():
    other = Sheet([["Agence", "Ville", "Région"], ["1", "2", "3"]], name="Agences")

    assert opened(workbook(other, Sheet(TABLE, name="Paie"))).sheet == "Paie"


def test_a_short_header_of_known_words_is_one():
    assert opened(b"CIN;Nom\nAB1;x\n").titles == ["CIN", "Nom"]


def test_a_cell_over_two_lines_has_the_line_where_its_row_begins():
    table = opened(b'CIN;Nom;Pr\n"A\nB";x;y\nC;z;t\n')

    assert [line for line, _ in table.rows] == [2, 4]


def test_typed_cells_of_an_opendocument_keep_their_kind():
    table = opened(opendocument([TABLE[0], [123456785, "J1", date(2026, 1, 31), 8000.1]]))

    assert list(table.rows) == [(2, ["n123456785", "tJ1", "d2026-01-31", "n8000.1"])]


def test_days_of_a_workbook_may_count_from_1904():
    content = workbook(Sheet(TABLE), settings='<workbookPr date1904="1"/>')

    assert opened(content).day_zero == DAY_ZERO_1904


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "file_empty", 1),
        (b"\n;;\n", "file_empty", 1),
        (b"a;b\n1;2\n", "header_missing", 1),
        (b"CIN;Nom;Pr\nA;\0;x\n", "csv_broken", 2),
        (b'CIN;Nom;Pr\nA;"b;x\n', "csv_broken", 2),
        (b"CIN;Nom;Pr\n" + b"x" * (2 << 20), "csv_broken", 2),
        (b"CIN;Nom;Pr\nA;\x81\xff;x\n", "not_utf8", 2),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(content: bytes, code: str, line: int):
    refused = refusal(content)

    assert (refused.code, refused.place) == (code, Place(NAME, line))


@pytest.mark.parametrize(("rows", "code"), [(9, None), (10, "table_rows")])
def test_as_many_rows_as_the_limit_are_read(rows: int, code: str | None):
    content = as_csv(*[TABLE[0]] * (rows + 1)).encode()

    if code is None:
        assert len(list(opened(content, Limits(rows=10)).rows)) == rows
    else:
        assert refusal(content, Limits(rows=10)).code == code


def test_a_row_wider_than_any_table_is_refused():
    content = as_csv(TABLE[0], ["x"] * 300).encode()

    assert refusal(content).code == "table_columns"


def test_memory_does_not_grow_with_the_rows_of_a_csv():
    content = as_csv(TABLE[0], *[TABLE[1]] * 50_000).encode()
    tracemalloc.start()
    try:
        count = sum(1 for _ in opened(content).rows)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert count == 50_000
    # The block in which the encoding is looked for, twice; the rows would be over 20 MB.
    assert peak < 6 << 20


def test_the_source_is_left_open_for_whoever_gave_it():
    source = io.BytesIO(as_csv(*TABLE).encode())

    list(open_table(source, NAME, WORDS, Limits()).rows)

    assert not source.closed


def test_a_table_that_is_left_unread_leaves_no_process_behind():
    table = opened(workbook(Sheet([TABLE[0], *[TABLE[1]] * 5_000])))

    assert next(table.rows) == (2, ROW)


def test_empty_lines_without_end_are_not_read_to_their_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(csv_table, "LINES_MAX", 50)
    content = ("nom;prenom;cin\n" + "\n" * 60).encode()

    with pytest.raises(FileRefused, match="table_rows"):
        list(opened(content).rows)
