"""A people file in a workbook says what the same file in CSV would, or is refused by its cell."""

import io
from datetime import date

import pytest

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.reading.people import read_people
from companies.imports.reading.people_columns import COLUMNS, EVERY_COLUMN, People
from tests.companies.imports.formats.workbooks import Cell, Raw, Sheet, table, workbook
from tests.companies.imports.reading.test_people import PERSON, values, written

NAME = "personnes.xlsx"
TYPED: dict[str, Cell] = {
    "matricule_cnss": 123456785,
    "cin": "AB123456",
    "nom": "Alami",
    "prenom": "Salma",
    "nationalite": "MA",
    "date_embauche": date(2025, 9, 1),
    "date_depart": "31/03/2026",
    "type_contrat": "CDI",
    "date_contrat_stable": 45_931,
    "derniere_declaration_meme_employeur": "2023-05-31",
    "revenu_brut_imposable": 120000.5,
    "mois_01": 10000,
    "mois_12": 0,
    "heures_formation": 7.5,
    "cout_formation": 900,
    "finance_par": "OFPPT",
}


def sheet(*rows: dict[str, Cell], **others: str) -> Sheet:
    return Sheet(table(*rows, names=list(COLUMNS)), **others)


def read(data: bytes) -> People:
    return read_people(io.BytesIO(data), NAME)


def refusal(data: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(data)
    return refused.value


def test_typed_cells_say_what_the_texts_of_a_csv_say():
    as_csv = read_people(io.BytesIO(written(PERSON)), NAME)

    assert values(read(workbook(sheet(TYPED)))) == values(as_csv)


@pytest.mark.parametrize(
    ("cell", "centimes"),
    [
        (8000.1, 800_010),
        (0.1 + 0.2, 30),
        (Raw("", "<v>8000.1000000000004</v>"), 800_010),
        (Raw("", "<f>4000.05*2</f><v>8000.1</v>"), 800_010),
        ("8 000,10", 800_010),
        (999999999.99, 99_999_999_999),
    ],
)
def test_an_amount_is_the_decimal_that_the_sheet_shows(cell: Cell, centimes: int):
    people = read(workbook(sheet(TYPED | {"revenu_brut_imposable": cell})))

    assert people.taxable_income == [centimes]


@pytest.mark.parametrize(
    ("cell", "settings", "day"),
    [
        (46_023, "", date(2026, 1, 1)),
        (18_264, "", date(1950, 1, 1)),
        (44_561, '<workbookPr date1904="1"/>', date(2026, 1, 1)),
        (Raw('s="1"', "<v>46023</v>"), "", date(2026, 1, 1)),
        (Raw('t="d"', "<v>2026-01-01T00:00:00</v>"), "", date(2026, 1, 1)),
        ("01/01/2026", "", date(2026, 1, 1)),
    ],
)
def test_a_day_may_be_typed_written_or_counted(cell: Cell, settings: str, day: date):
    row = TYPED | {"date_embauche": cell, "date_depart": None}

    assert read(workbook(sheet(row), settings=settings)).hired_on == [day]


@pytest.mark.parametrize(
    ("column", "cell", "code", "found"),
    [
        ("date_embauche", 2026, "date", "2026"),
        ("date_embauche", 18_263, "date", "18263"),
        ("date_embauche", 46_023.5, "date", "46023.5"),
        ("date_embauche", Raw('s="1"', "<v>46023.5</v>"), "date", "2026-01-01 12:00:00"),
        ("revenu_brut_imposable", date(2026, 5, 1), "amount", "2026-05-01"),
        ("revenu_brut_imposable", 8000.125, "amount", "8000.125"),
        ("revenu_brut_imposable", "huit mille", "amount", "huit mille"),
        ("revenu_brut_imposable", Raw('t="b"', "<v>1</v>"), "amount", "VRAI"),
        ("revenu_brut_imposable", -1, "amount_negative", "-1"),
        ("revenu_brut_imposable", 1_000_000_000.01, "amount_absurd", "1000000000.01"),
        ("mois_07", Raw('t="e"', "<f>1/0</f><v>#DIV/0!</v>"), "cell_error", "#DIV/0!"),
        ("mois_07", Raw("", "<f>A1*2</f>"), "formula_without_value", ""),
        ("mois_07", Raw("", "<f>A1*2</f><v></v>"), "formula_without_value", ""),
        ("date_depart", Raw("", "<f>A1*2</f><v/>"), "formula_without_value", ""),
        ("matricule_cnss", 1.178e22, "digits_lost_in_spreadsheet", "1.178E+22"),
        ("matricule_cnss", 12_345_678, "identifier_as_number", "12345678"),
        ("cin", 1_234_567, "identifier_as_number", "1234567"),
        ("cin", date(2026, 5, 1), "identifier_as_number", "2026-05-01"),
        ("cin", "1.178E+22", "digits_lost_in_spreadsheet", "1.178E+22"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(
    column: str, cell: Cell, code: str, found: str
):
    refused = refusal(
        workbook(sheet(TYPED | {"cin": "J12345", "matricule_cnss": 0}, TYPED | {column: cell}))
    )

    (problem,) = refused.problems
    assert (problem.code, problem.place) == (code, Place(NAME, 3, column))
    assert problem.found == found


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    row = TYPED | {"date_depart": Raw('t="str"', '<f>""</f><v></v>')}

    assert read(workbook(sheet(row))).left_on == [None]


def test_merged_cells_below_the_header_are_refused_and_titles_above_are_not_looked_at():
    after = '<mergeCells count="1"><mergeCell ref="F2:F3"/></mergeCells>'
    rows = TYPED, TYPED | {"cin": "J12345", "matricule_cnss": 0, "date_embauche": None}

    refused = refusal(workbook(sheet(*rows, after=after)))

    assert (refused.code, refused.place) == ("cell_merged", Place(NAME, 2, "date_embauche"))


def test_lines_are_those_of_the_sheet_wherever_the_table_begins():
    header, row = table(TYPED, names=list(COLUMNS))

    people = read(workbook(Sheet({4: header, 9: row})))

    assert people.line == [9]


def test_the_first_visible_sheet_with_a_header_is_read():
    hidden = sheet(TYPED | {"cin": "X11111"}, name="cachée", state="hidden")
    notes = Sheet([["À lire"]], name="notes")
    second = sheet(TYPED | {"cin": "Y22222"}, name="autre")

    people = read(workbook(hidden, notes, sheet(TYPED, name="Été & paie"), second))

    assert people.cin == ["AB123456"]


def test_an_error_of_another_sheet_concerns_nobody():
    broken = Sheet([["x", Raw('t="e"', "<v>#N/A</v>")]], name="notes")

    assert len(read(workbook(broken, sheet(TYPED)))) == 1


def test_columns_of_the_header_are_those_of_a_csv():
    names = [name for name in COLUMNS if name != "cin"]

    refused = refusal(workbook(Sheet({3: [*names, "mois_13"]})))

    assert [(each.code, each.place) for each in refused.problems] == [
        ("column_missing", Place(NAME, 3, "cin")),
        ("month_column", Place(NAME, 3, "mois_13")),
    ]


def test_the_same_person_twice_is_refused_with_both_lines():
    refused = refusal(workbook(sheet(TYPED, TYPED | {"matricule_cnss": 0})))

    expected = Problem("duplicate_person", Place(NAME, 3, "cin"), "AB123456", "2")
    assert refused.problems == (expected,)


def test_a_workbook_may_have_the_columns_of_every_scheme():
    row = TYPED | {"annee": 2026, "diplome": 5, "deja_accorde": 1200.5}

    people = read(workbook(Sheet(table(row, names=list(EVERY_COLUMN)))))

    assert (people.year, people.degree_years, people.granted) == ([2026], [5], [120_050])
