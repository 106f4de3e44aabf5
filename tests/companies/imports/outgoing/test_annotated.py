"""The firm's own file back: the same, with what is wrong beside each row, ready to come again."""

import io

import pytest
from python_calamine import CalamineWorkbook

from companies.firms.models import Firm
from companies.imports.outgoing.annotated import Rows
from companies.imports.reading.layout import ANOMALIES
from companies.imports.repairing import repair_cells, skip_rows
from tests.companies.imports.copies import cells, checked, copy, fills
from tests.companies.imports.formats.workbooks import Sheet, workbook
from tests.factories.people import AT, member

TITLES = ["N° CNSS", "CIN", "Nom", "Prénom", "Observations", "Date d'embauche", "Date de départ"]
GOOD = ["123456785", "AB123456", "ALAMI", "SALMA", "=1+1", "01/09/2025", ""]
LEFT_EARLY = ["183920192", "JC345678", "CHRAIBI", "IMANE", "'0012", "01/09/2025", "31/08/2025"]
HIRED_NEVER = ["", "BK234567", "BENNANI", "", "الأول", "31/02/2025", ""]


def written(*rows: list[str], before: str = "") -> bytes:
    return (before + "\n".join(";".join(row) for row in [TITLES, *rows])).encode()


def test_columns_order_and_values_are_those_of_the_file(firm: Firm):
    file = checked(firm, written(GOOD, LEFT_EARLY, HIRED_NEVER))

    header, *rows = cells(copy(file))

    assert header == [*TITLES, ANOMALIES]
    assert [row[:-1] for row in rows] == [GOOD, LEFT_EARLY, HIRED_NEVER]


def test_what_is_wrong_stands_at_the_end_of_its_row_under_the_title_of_the_firm(firm: Firm):
    file = checked(firm, written(GOOD, LEFT_EARLY, HIRED_NEVER))

    _, good, left_early, hired_never = cells(copy(file))

    assert good[-1] == ""
    assert left_early[-1].startswith("Date de départ : La date de départ est avant")
    assert hired_never[-1].startswith("Date d'embauche : ")


def test_the_sentences_are_in_the_language_of_the_reader(firm: Firm):
    file = checked(firm, written(LEFT_EARLY))

    assert "تاريخ المغادرة سابق" in cells(copy(file, language="ar"))[1][-1]


def test_a_wrong_cell_is_coloured_and_its_neighbours_are_not(firm: Firm):
    content = copy(checked(firm, written(LEFT_EARLY)))

    assert (fills(content)["G2"], fills(content)["H2"]) == ("F8CBAD", "F8CBAD")
    assert "F2" not in fills(content)


def test_only_the_rows_to_correct_may_be_asked(firm: Firm):
    file = checked(firm, written(GOOD, LEFT_EARLY, [*GOOD[:1], "CD123456", *GOOD[2:]]))

    rows = cells(copy(file, "bad"))

    assert [row[1] for row in rows] == ["CIN", "JC345678", "CD123456"]


def test_a_row_set_aside_is_none_to_correct(firm: Firm):
    file = checked(firm, written(GOOD, LEFT_EARLY))
    skip_rows(import_id=file.of_id, rows={(file.pk, 3)}, acting_user=member(firm), at=AT)

    assert len(cells(copy(file, "bad"))) == 1


def test_a_cell_repaired_in_the_page_shows_what_was_written(firm: Firm):
    file = checked(firm, written(GOOD, LEFT_EARLY))
    repaired = {(file.pk, 3, "date_depart"): "30/09/2025"}
    repair_cells(import_id=file.of_id, cells=repaired, acting_user=member(firm), at=AT)

    assert cells(copy(file))[2][-2:] == ["30/09/2025", ""]


def test_a_repair_without_a_column_is_not_lost(firm: Firm):
    file = checked(firm, written(LEFT_EARLY))
    repaired = {(file.pk, 2, "nationalite"): "MA", (file.pk, 2, "date_depart"): ""}
    repair_cells(import_id=file.of_id, cells=repaired, acting_user=member(firm), at=AT)

    header, row = cells(copy(file))

    assert header[-2:] == ["nationalite", ANOMALIES]
    assert row[-3:] == ["", "MA", ""]


def test_rows_keep_their_line_below_what_stands_above_the_titles(firm: Firm):
    file = checked(firm, written(LEFT_EARLY, before="Effectif au 31/12/2025\n\n"))

    rows = cells(copy(file))

    assert (rows[2][:-1], rows[3][:-1]) == (TITLES, LEFT_EARLY)


def test_a_workbook_keeps_the_type_of_its_cells(firm: Firm):
    titles = ["cin", "nom", "date_embauche", "revenu_brut_imposable"]
    row = ["AB123456", "ALAMI", 45_901, 120000.5]
    file = checked(firm, workbook(Sheet([titles, row])), "gens.xlsx")

    book = CalamineWorkbook.from_filelike(io.BytesIO(copy(file)))

    assert book.get_sheet_by_index(0).to_python()[1][2:4] == [45_901.0, 120000.5]


def test_a_copy_corrected_comes_back_without_a_problem(firm: Firm):
    header, *rows = cells(copy(checked(firm, written(GOOD, LEFT_EARLY, HIRED_NEVER))))
    rows[1][6], rows[2][5] = "30/09/2025", "28/02/2025"

    again = checked(firm, workbook(Sheet([header, *rows])), "gens-anomalies.xlsx")

    assert (again.of.good, again.of.bad) == (3, 0)
    assert [each["found"] for each in again.warnings] == ["Observations"]
    assert cells(copy(again))[0] == [*TITLES, ANOMALIES]


@pytest.mark.parametrize("rows", ["all", "bad"])
def test_a_copy_handed_over_as_it_is_says_the_same(firm: Firm, rows: Rows):
    first = copy(checked(firm, written(LEFT_EARLY, HIRED_NEVER)), rows)

    again = copy(checked(firm, first, "gens-anomalies.xlsx"), rows)

    assert cells(again) == cells(first)
