"""`manage.py simulate` for each scheme and each kind of file: one line a person, same columns."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from accounts.formats import NBSP
from companies.imports.reading.people_columns import COLUMNS, EVERY_COLUMN
from tests.companies.imports.formats.workbooks import Cell, Sheet, table, workbook
from tests.primes.claims.simulated_files import ORDINARY, people_file
from tests.primes.commands.simulating import simulate

PAE_ROWS = [
    {"date_embauche": "2025-09-10", "annee": year, "revenu_brut_imposable": income}
    for year, income in (("2025", "40000"), ("2026", "120000"), ("2027", "130000"))
]
TRAINED = {
    "date_embauche": "2024-03-01",
    "annee": "2025",
    "profil": "Ingénieur IT",
    "diplome": "5",
    "date_notification": "31/01/2025",
    "debut_formation": "01/02/2025",
    "heures_formation": "20",
    "cout_formation": "40000",
    "deja_accorde": "30000",
}


def test_the_employment_bonus_has_one_line_a_person_with_the_sum_of_its_bases(tmp_path: Path):
    ran = simulate(tmp_path, [people_file(*PAE_ROWS)], scheme="pae-2025", year=2027)

    (row,) = ran.rows
    assert (row["eligible"], row["motifs"]) == ("oui", "")
    assert (row["assiette"], row["taux"], row["montant"]) == ("122849.32", "17.00", "20884.38")
    assert ran.said.splitlines()[-1] == f"Total : 20{NBSP}884,38{NBSP}DH"


def test_the_aid_of_2007_has_its_cost_as_base_and_no_rate(tmp_path: Path):
    other_year = TRAINED | {"annee": "2024"}

    ran = simulate(
        tmp_path, [people_file(TRAINED, other_year)], scheme="aide-formation-2007", year=2025
    )

    (row,) = ran.rows
    assert (row["assiette"], row["taux"], row["montant"]) == ("40000.00", "0.00", "35000.00")
    assert row["avertissements"] == "à confirmer : demandeur_emploi"
    assert "lignes d'autres années : 1 (gens.csv ligne 3)" in ran.said


@pytest.mark.parametrize("scheme", ["paf-2025", "pae-2025"])
def test_a_workbook_gives_what_the_csv_gives(tmp_path: Path, scheme: str):
    rows = PAE_ROWS[1:2]
    typed: list[dict[str, Cell]] = [
        ORDINARY
        | {
            "annee": 2026,
            "date_embauche": date(2025, 9, 10),
            "revenu_brut_imposable": 120000,
            "heures_formation": 12,
        }
    ]
    book = workbook(Sheet(table(*typed, names=list(EVERY_COLUMN))))

    from_csv, from_book = (
        simulate(tmp_path, [file], scheme=scheme, year=2026)
        for file in (people_file(*rows), ("gens.xlsx", book))
    )

    assert from_csv.status == from_book.status == 0
    assert from_csv.rows == from_book.rows


def test_a_wrong_cell_of_a_workbook_is_named_by_its_line_and_nothing_is_written(tmp_path: Path):
    rows: dict[int, list[Cell]] = {3: list(COLUMNS), 7: ["x" for _ in COLUMNS]}

    ran = simulate(tmp_path, [("gens.xlsx", workbook(Sheet(rows)))])

    assert (ran.status, ran.left) == (2, set())
    assert "gens.xlsx, ligne 7, colonne date_embauche : trouvé « x »" in ran.refused


@pytest.mark.parametrize("start", ["=", "+", "@"])
def test_no_cell_of_the_result_begins_a_formula(tmp_path: Path, start: str):
    ran = simulate(tmp_path, [people_file({"cin": f"{start}cmd|' /C calc'!A0"})])

    (row,) = ran.rows
    assert row["cin"] == f"'{start}CMD|'/CCALC'!A0"


@pytest.mark.parametrize("branch", ["XYZ", "", "ITO,BPO"])
def test_an_unknown_branch_is_refused_with_the_ones_there_are(tmp_path: Path, branch: str):
    with pytest.raises(CommandError, match="ITO, CRM, BPO, ESO, KPO"):
        simulate(tmp_path, [people_file({})], "--branch", branch)


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"annee": "26"}, "annee", "une année en quatre chiffres"),
        ({"profil": "chef"}, "profil", "engineer-it"),
        ({"diplome": "Master"}, "diplome", "les années d'études après le bac"),
        ({"diplome": "bac+16"}, "diplome", "les années d'études après le bac"),
        ({"debut_formation": "31/02/2025"}, "debut_formation", "un jour comme"),
        ({"date_notification": "hier"}, "date_notification", "un jour comme"),
        ({"deja_accorde": "-1"}, "deja_accorde", "0 ou plus"),
        ({"revenu_brut_imposable": "1000000000.01"}, "revenu_brut_imposable", "1 000 000 000"),
        ({"heures_formation": "8784.5"}, "heures_formation", "pas plus d'heures"),
    ],
)
def test_a_wrong_or_absurd_cell_is_named(
    tmp_path: Path, cells: dict[str, str], column: str, expected: str
):
    ran = simulate(
        tmp_path, [people_file(TRAINED | cells)], scheme="aide-formation-2007", year=2025
    )

    assert (ran.status, ran.left) == (2, set())
    assert f"gens.csv, ligne 2, colonne {column} : trouvé « {cells[column]} »" in ran.refused
    assert expected in ran.refused


def test_the_largest_amounts_are_still_read(tmp_path: Path):
    largest = {"revenu_brut_imposable": "1000000000", "heures_formation": "8784"}

    (row,) = simulate(tmp_path, [people_file(largest)]).rows

    assert row["assiette"] == "1000000000.00"


def test_a_thirteenth_month_is_refused_by_its_column(tmp_path: Path):
    name, content = people_file({})
    header, row = content.decode().splitlines()

    ran = simulate(tmp_path, [(name, f"{header},mois_13\n{row},1\n".encode())])

    assert (ran.status, ran.left) == (2, set())
    assert "gens.csv, ligne 1, colonne mois_13 : trouvé « mois_13 »" in ran.refused
    assert "de mois_01 à mois_12" in ran.refused


def test_rows_of_one_person_that_disagree_are_named_with_both_lines(tmp_path: Path):
    rows = [PAE_ROWS[0], PAE_ROWS[1] | {"type_contrat": "CDD"}]

    ran = simulate(tmp_path, [people_file(*rows)], scheme="pae-2025", year=2027)

    assert (ran.status, ran.left) == (2, set())
    assert (
        "gens.csv, ligne 3, colonne type_contrat : trouvé « CDD »,"
        " la ligne 2 de la même personne dit autre chose" in ran.refused
    )


def test_a_scheme_that_does_not_exist_is_refused_with_those_there_are(tmp_path: Path):
    ran = simulate(tmp_path, [people_file({})], scheme="pae")

    assert (ran.status, ran.left) == (2, set())
    assert "aide-formation-2007, pae-2025, paf-2025" in ran.refused
