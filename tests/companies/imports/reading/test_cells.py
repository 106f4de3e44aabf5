"""Everything that can be said of one row by itself: its values, its problems, its warnings."""

from datetime import date

import pytest

from companies.imports.errors import FileWarning, Place, Problem
from companies.imports.formats.workbook_scan import DAY_ZERO_1904
from companies.imports.reading.cells import CellReader, ReadRow
from companies.imports.reading.layout import ColumnMatch, Layout
from companies.imports.reading.people_columns import NEVER
from companies.imports.reading.targets import PEOPLE, WORKFORCE

NAME = "paie.xlsx"


def layout(*fields: str | None, **others: object) -> Layout:
    columns = [ColumnMatch(at, f"T{at}", field, "same") for at, field in enumerate(fields)]
    return Layout(tuple(columns), **others)


def read(cells: dict[str, str], repairs: dict[str, str] | None = None, **others: object) -> ReadRow:
    """One row of a table that has these columns, by field."""
    reader = CellReader(NAME, layout(*cells, **others), WORKFORCE)
    return reader.read(7, list(cells.values()), repairs or {})


def problem(cells: dict[str, str], **others: object) -> Problem:
    row = read({"cin": "tAB123456"} | cells, **others)
    (only,) = row.problems
    assert only.place == Place(NAME, 7, list(cells)[-1])
    return only


def test_a_row_has_every_field_of_the_target():
    row = read(
        {"cin": "tab 123456", "nom": "tAlami", "type_contrat": "", "revenu_brut_imposable": ""}
    )

    assert set(row.values) == {field.name for field in WORKFORCE.fields}
    assert (row.values["cin"], row.values["nom"], row.values["type_contrat"]) == (
        *("AB123456", "Alami"),
        None,
    )
    assert row.values["derniere_declaration_meme_employeur"] == NEVER
    assert (row.problems, row.warnings) == ([], [])


@pytest.mark.parametrize(
    "cell",
    [
        "t05/08/2026",
        "t2026-08-05",
        "t5 août 2026",
        "t5 غشت 2026",
        "d2026-08-05",
        "n46239",
        "t46239",
    ],
)
def test_a_day_is_read_however_it_is_written(cell: str):
    assert read({"cin": "tJ1234", "date_embauche": cell}).values["date_embauche"] == date(
        2026, 8, 5
    )


def test_days_of_a_column_may_have_the_month_first():
    order = {"date_embauche": "mdy"}

    row = read({"cin": "tJ1234", "date_embauche": "t08/05/2026"}, day_order=order)

    assert row.values["date_embauche"] == date(2026, 8, 5)


def test_numbers_count_days_as_the_workbook_does():
    row = read({"cin": "tJ1234", "date_embauche": "n44777"}, day_zero=DAY_ZERO_1904)

    assert row.values["date_embauche"] == date(2026, 8, 5)


@pytest.mark.parametrize(
    ("cell", "centimes"),
    [("t12 345,67", 1_234_567), ("t12.345,67 DH", 1_234_567), ("n8000.1", 800_010), ("n0", 0)],
)
def test_an_amount_is_read_however_it_is_written(cell: str, centimes: int):
    row = read({"cin": "tJ1234", "revenu_brut_imposable": cell})

    assert row.values["revenu_brut_imposable"] == centimes


@pytest.mark.parametrize(
    ("field", "cell", "code", "found", "expected"),
    [
        ("matricule_cnss", "n1.178E+22", "digits_lost_in_spreadsheet", "1.178E+22", "9 digits"),
        ("matricule_cnss", "t1,23457E+08", "digits_lost_in_spreadsheet", "1,23457E+08", "9 digits"),
        ("matricule_cnss", "n12345676", "zeros_lost", "12345676", "012345676"),
        ("matricule_cnss", "t12345676", "zeros_lost", "12345676", "012345676"),
        ("matricule_cnss", "t12345671", "zeros_lost", "12345671", "9 digits"),
        ("matricule_cnss", "tABC", "employee_number_format", "ABC", "9 digits"),
        ("cin", "n123456", "identifier_as_number", "123456", "a cell in text format"),
        ("nom", "!cell_error #REF!", "cell_error", "#REF!", "a value"),
        ("nom", f"t{'x' * 61}", "text_too_long", "x" * 61, "60"),
        (
            "date_embauche",
            "t05/08/26",
            "year_two_digits",
            "05/08/26",
            "a day with its year in four digits",
        ),
        (
            "date_embauche",
            "t31/02/2026",
            "date",
            "31/02/2026",
            "a day such as 2026-01-31 or 31/01/2026",
        ),
        (
            "date_embauche",
            "m2026-08-05 12:00:00",
            "date",
            "2026-08-05 12:00:00",
            "a day such as 2026-01-31 or 31/01/2026",
        ),
        ("type_contrat", "tPerm", "contract_unknown", "Perm", "CDI CDD IDMAJ STAGE INTERIM"),
        (
            "nationalite",
            "tMartienne",
            "nationality_unknown",
            "Martienne",
            "a country code of two letters, such as MA",
        ),
        (
            "revenu_brut_imposable",
            "n10833.3333333333",
            "amount_decimals",
            "10833.3333333333",
            "10833.33",
        ),
        (
            "revenu_brut_imposable",
            "t12.345",
            "amount_ambiguous",
            "12.345",
            "an amount without a mark between thousands, such as 12345.00",
        ),
        ("revenu_brut_imposable", "t-5", "amount_negative", "-5", "0 or more"),
        ("annee", "t26", "year", "26", "a year in four digits"),
    ],
)
def test_a_wrong_cell_says_what_stands_there_and_what_should(field, cell, code, found, expected):
    told = problem({field: cell})

    assert (told.code, told.found, told.expected) == (code, found, expected)


@pytest.mark.parametrize("cell", ["t012345672", "n123456785", "t123 456 785", "t123456785.0"])
def test_a_number_that_lost_nothing_is_taken(cell: str):
    assert read({"matricule_cnss": cell}).problems == []


@pytest.mark.parametrize("cell", ["t0", "n0", "t000000000"])
def test_a_number_that_cnss_has_not_given_yet_is_no_lost_zero(cell: str):
    row = read({"cin": "tAB123456", "matricule_cnss": cell})

    assert str(row.values["matricule_cnss"]) == "000000000"
    assert row.problems == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("tCDI temps plein", "CDI"),
        ("tC.D.I.", "CDI"),
        ("tcontrat à durée déterminée", "CDD"),
        ("tANAPEC", "IDMAJ"),
    ],
)
def test_words_for_a_contract_are_read(cell: str, code: str):
    assert read({"cin": "tJ1234", "type_contrat": cell}).values["type_contrat"] == code


def test_words_of_the_table_mean_what_the_firm_said():
    words = {"type_contrat": {"perm": "CDI"}}

    row = read({"cin": "tJ1234", "type_contrat": "tPERM."}, words=words)

    assert row.values["type_contrat"] == "CDI"


@pytest.mark.parametrize(
    ("left_on", "is_wrong"), [("31/08", True), ("01/09", False), ("02/09", False)]
)
def test_leaving_before_the_day_of_hire_is_wrong(left_on: str, is_wrong: bool):
    hired = {"cin": "tJ1234", "date_embauche": "t01/09/2025", "date_depart": f"t{left_on}/2025"}

    told = [(each.code, each.found, each.expected) for each in read(hired).problems]

    assert told == ([("departure_before_hire", "2025-08-31", "2025-09-01")] if is_wrong else [])


@pytest.mark.parametrize(
    ("cells", "code", "field", "found"),
    [
        ({"matricule_cnss": "t123456786"}, "employee_number_key", "matricule_cnss", "123456786"),
        ({"cin": "tP1234567890"}, "national_id_format", "cin", "P1234567890"),
        ({"nom": "tAlami"}, "no_identifier", "cin", ""),
    ],
)
def test_what_is_doubtful_is_a_warning(cells, code, field, found):
    row = read(cells)

    assert row.warnings == [FileWarning(code, Place(NAME, 7, field), found)]
    assert row.problems == []


def test_a_repair_takes_the_place_of_a_cell_be_there_a_column_or_not():
    row = read({"cin": "n123456"}, {"cin": "ab 123456", "date_embauche": "05/08/2026"})

    assert (row.values["cin"], row.values["date_embauche"]) == ("AB123456", date(2026, 8, 5))
    assert row.problems == []


def test_a_repair_may_empty_a_cell_and_may_be_wrong():
    row = read({"cin": "tJ1234", "date_depart": "tx"}, {"date_depart": "", "annee": "vingt"})

    assert row.values["date_depart"] is None
    assert [(each.code, each.place.field) for each in row.problems] == [("year", "annee")]


@pytest.mark.parametrize(
    ("cells", "delimiter", "code"),
    [
        (["tJ1234", "tx", "ty"], ";", "cell_count"),
        (["tJ1234"], ";", "cell_count"),
        (["tJ1234", "tx", ""], ";", None),
        (["tJ1234"], "", None),
        (["tJ1234", "tx", "ty"], "", None),
    ],
)
def test_a_row_of_a_csv_has_the_cells_of_its_header(cells, delimiter, code):
    reader = CellReader(NAME, layout("cin", "nom", delimiter=delimiter), WORKFORCE)

    problems = reader.read(7, cells).problems

    assert [each.code for each in problems] == ([code] if code else [])
    assert all(each.place == Place(NAME, 7) for each in problems)


def test_a_row_that_only_columns_left_unread_fill_says_nothing():
    reader = CellReader(NAME, layout("cin", None, "nom"), WORKFORCE)

    assert reader.says_nothing(["", "tTotal", ""])
    assert reader.says_nothing(["", "tTotal"])
    assert not reader.says_nothing(["", "", "tx"])


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("date_embauche", "t5 août 2026", "date"),
        ("revenu_brut_imposable", "t12.345,67 DH", "amount"),
        ("matricule_cnss", "n12345676", "identifier_as_number"),
    ],
)
def test_a_simulation_reads_what_its_interface_says_and_nothing_else(field, cell, code):
    reader = CellReader(NAME, layout("cin", field), PEOPLE)

    (told,) = reader.read(7, ["tJ1234", cell]).problems

    assert told.code == code


def test_the_same_word_is_read_once_and_the_same_error_every_time():
    reader = CellReader(NAME, layout("cin", "type_contrat"), WORKFORCE)

    rows = [
        reader.read(line, ["tJ1234", cell]) for line, cell in ((2, "tx"), (3, "tx"), (4, "tCDI"))
    ]

    assert [len(row.problems) for row in rows] == [1, 1, 0]
