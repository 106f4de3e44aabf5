"""What a firm takes away comes back as it went, and no cell of it is computed."""

import io
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companies.imports.errors import FileRefused, Place
from companies.imports.formats.header_search import HeaderSearch
from companies.imports.formats.workbook import read_sheet
from companies.imports.formats.workbook_scan import (
    CELL_END,
    DAY_ZERO,
    DAY_ZERO_1904,
    RECORD_END,
    Limits,
)
from companies.imports.outgoing.workbooks import TEXT_LENGTH, write_header, write_kinded, written
from tests.companies.imports.corpus.nasty_texts import FORMULAS

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
TITLES = ("cin", "nom", "prenom")
LOST = "\ufffe\uffff" + RECORD_END + CELL_END
"""What XML cannot say, and what stands between the cells that its reader is told."""
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=LOST), min_size=1)
SEARCH = HeaderSearch(frozenset(TITLES))


def book(cells: Sequence[str], day_zero: date = DAY_ZERO) -> bytes:
    """A header, and one row below it."""

    def fill(book, styles) -> None:
        sheet = book.add_worksheet()
        write_header(sheet, 0, TITLES, styles)
        for at, cell in enumerate(cells):
            write_kinded(sheet, 1, at, cell, styles)

    with written(fill, AT, day_zero) as out:
        return out.read()


def read(content: bytes) -> list[str]:
    rows = read_sheet(content, "gens.xlsx", SEARCH, Limits()).rows
    return list(rows)[1][1]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_that_text(text: str):
    content = book([f"t{text}"])

    with ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert read(content)[0] == f"t{text}"


@pytest.mark.parametrize(
    "text",
    [
        "000123456",
        "1178000000000000000000",
        "1.178E+22",
        "العلمي",
        "AB 123456",
        "TRUE",
        "31/01/2026",
    ],
)
def test_a_text_keeps_its_zeros_its_digits_and_its_letters(text: str):
    assert read(book([f"t{text}"]))[0] == f"t{text}"


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a\x01b", "_x0041_", "<c>&amp;</c>", " a "])
def test_what_xml_would_change_comes_back(text: str):
    assert read(book([f"t{text}"]))[0] == f"t{text}"


@settings(max_examples=10, deadline=None)
@given(st.lists(ANY_TEXT, min_size=len(TITLES), max_size=200))
def test_any_text_comes_back_as_it_went(texts: list[str]):
    cells = [f"t{text}" for text in texts]

    assert read(book(cells)) == cells


def test_what_xml_cannot_say_is_shown_as_lost():
    assert read(book(["ta\uffffb"]))[0] == "ta\ufffdb"


def test_a_text_longer_than_a_cell_is_cut():
    assert read(book(["t" + "a" * (TEXT_LENGTH + 1)]))[0] == "t" + "a" * TEXT_LENGTH


@pytest.mark.parametrize(
    "cell", ["n8000.1", "n123456785", "n1.178E+22", "d2026-01-31", "m2026-01-31 08:30:00", "bVRAI"]
)
def test_a_typed_cell_keeps_its_type_and_its_value(cell: str):
    assert read(book([cell]))[0] == cell


@pytest.mark.parametrize(
    ("cell", "seen"), [("!cell_error #N/A", "t#N/A"), ("m08:30:00", "t08:30:00")]
)
def test_what_has_no_value_is_written_as_it_was_seen(cell: str, seen: str):
    assert read(book([cell]))[0] == seen


@pytest.mark.parametrize("day_zero", [DAY_ZERO, DAY_ZERO_1904])
def test_a_number_counts_days_from_where_its_own_book_did(day_zero: date):
    content = book(["n44439", "d2025-09-01"], day_zero)

    sheet = read_sheet(content, "gens.xlsx", SEARCH, Limits())

    assert sheet.day_zero == day_zero
    assert list(sheet.rows)[1][1][:2] == ["n44439", "d2025-09-01"]


def test_a_day_that_spreadsheets_count_in_two_ways_is_a_text():
    assert read(book(["d1900-02-28", "d1900-03-01"]))[:2] == ["t1900-02-28", "d1900-03-01"]


def test_the_same_book_has_the_same_bytes():
    assert book(["tAlami"]) == book(["tAlami"])


def test_what_stops_the_writing_leaves_no_file_behind(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fill(book, _styles) -> None:
        book.add_worksheet().write_string(0, 0, "Alami")
        raise FileRefused("workbook_broken", Place("gens.xlsx"))

    with pytest.raises(FileRefused):
        written(fill, AT)

    assert not list(tmp_path.iterdir())
