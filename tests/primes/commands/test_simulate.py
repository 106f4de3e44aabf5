"""`manage.py simulate`: worked figures to the centime, exact files, three closing figures."""

from datetime import date
from pathlib import Path

import pytest

from accounts.formats import NBSP
from tests.primes.claims.simulated_files import (
    IMANE,
    OMAR,
    SALMA,
    NamedContent,
    Paid,
    Staff,
    declaration,
    etat,
    people_file,
)
from tests.primes.commands.simulating import simulate

GOLDEN = Path(__file__).parents[2] / "golden"
HIRED_ON_FIRST_DAY = {"date_embauche": "2025-07-01"}
CONVERTED = {
    "date_embauche": "2026-01-15",
    "date_contrat_stable": "01/04/2026",
    "revenu_brut_imposable": "90000.00",
}
SALARIES = {"mois_01": "5000"} | {f"mois_{month:02}": "8000" for month in range(2, 13)}
LEFT = {
    "date_embauche": "2026-02-01",
    "date_depart": "2026-06-30",
    "revenu_brut_imposable": "45000",
}
WORKED = [
    pytest.param(2025, HIRED_ON_FIRST_DAY, "60000.00", "2100.00", id="A"),
    pytest.param(
        2025,
        HIRED_ON_FIRST_DAY | {"revenu_brut_imposable": "120500.43"},
        "120500.43",
        "4217.52",
        id="C",
    ),
    pytest.param(2026, CONVERTED, "70512.82", "2467.95", id="D"),
    pytest.param(2026, CONVERTED | SALARIES, "69677.42", "2438.71", id="E"),
    pytest.param(
        2030,
        {"date_embauche": "2025-09-10", "revenu_brut_imposable": "146000.00"},
        "100800.00",
        "3528.00",
        id="F",
    ),
    pytest.param(2026, LEFT, "45000.00", "1575.00", id="G"),
]


@pytest.mark.parametrize(("year", "cells", "base", "amount"), WORKED)
def test_the_worked_figures_come_out_to_the_centime(
    tmp_path: Path, year: int, cells: dict[str, str], base: str, amount: str
):
    (row,) = simulate(tmp_path, [people_file(cells)], year=year).rows

    assert (row["eligible"], row["motifs"]) == ("oui", "")
    assert (row["assiette"], row["taux"], row["montant"]) == (base, "3.50", amount)


def test_hired_on_the_eve_fails_one_condition_and_pays_nothing(tmp_path: Path):
    (row,) = simulate(tmp_path, [people_file({"date_embauche": "2025-06-30"})], year=2025).rows

    assert (row["eligible"], row["motifs"]) == ("non", "hired_in_period")
    assert (row["assiette"], row["taux"], row["montant"]) == ("0.00", "0.00", "0.00")


def several() -> NamedContent:
    return people_file(
        LEFT | {"matricule_cnss": OMAR, "cin": "AB2222"},
        CONVERTED | SALARIES,
        {
            "matricule_cnss": "183920193",
            "cin": "X1",
            "nationalite": "FR",
            "type_contrat": "CDD",
            "finance_par": "OFPPT",
        },
    )


def test_the_result_and_the_trace_are_the_golden_files(tmp_path: Path):
    """When a change is meant, write both again by `simulate` on the file this test is about."""
    simulate(tmp_path, [several()], "--explain", str(tmp_path / "trace.jsonl"))

    for name in ("result.csv", "trace.jsonl"):
        golden = GOLDEN / f"simulate_{name}"
        assert (tmp_path / name).read_text("utf-8") == golden.read_text("utf-8")


def test_the_closing_figures_are_those_of_the_result_file(tmp_path: Path):
    ran = simulate(tmp_path, [several()])

    centimes = sum(int(row["montant"].replace(".", "")) for row in ran.rows)
    assert centimes == 157_500 + 243_871
    assert ran.said.splitlines()[-3:] == [
        f"Personnes : {len(ran.rows)}",
        f"Personnes éligibles : {sum(row['eligible'] == 'oui' for row in ran.rows)}",
        f"Total : 4{NBSP}013,71{NBSP}DH",
    ]


def test_what_was_taken_as_held_of_the_firm_is_said(tmp_path: Path):
    nothing = simulate(tmp_path, [several()]).said
    told = simulate(
        tmp_path, [several()], "--branch", "ito", "--certificate-until", "31/12/2026"
    ).said

    assert "(branch_eligible)" in nothing
    assert "(certificate_valid)" in nothing
    assert "(branch_eligible)" not in told
    assert "(certificate_valid)" not in told
    assert "(firm_in_good_standing)" in told


def test_a_certificate_that_ends_the_day_before_refuses_everybody(tmp_path: Path):
    ran = simulate(tmp_path, [several()], "--certificate-until", "2026-12-30")

    assert all(row["motifs"].startswith("certificate_valid") for row in ran.rows)
    assert ran.said.endswith(f"Total : 0,00{NBSP}DH\n")


def official() -> list[NamedContent]:
    """Two people, one who leaves in June, one known to CNSS by three records in February."""
    staff = (
        Staff(OMAR, 4_500_000, date(2026, 2, 1), "AB2222"),
        Staff(IMANE, 6_000_000, date(2026, 1, 1), "AB3333"),
    )
    files = [etat(*staff, occasional=3)]
    for month in range(1, 13):
        omar = [Paid(OMAR, 900_000, "SO" if month == 6 else "")] if 2 <= month <= 6 else []
        files.append(declaration(date(2026, month, 1), Paid(IMANE, 480_000), *omar))
    return [
        *files,
        declaration(date(2026, 2, 1), Paid(IMANE, 20_000), supplement=1),
        declaration(date(2026, 12, 1), Paid(SALMA, 1), supplement=1),
    ]


def the_same_people() -> NamedContent:
    imane = {f"mois_{month:02}": "4800" for month in range(1, 13)} | {"mois_02": "5000"}
    omar = {f"mois_{month:02}": "9000" if 2 <= month <= 6 else "0" for month in range(1, 13)}
    return people_file(
        LEFT | omar | {"matricule_cnss": OMAR, "cin": "AB2222"},
        imane | {"matricule_cnss": IMANE, "cin": "AB3333"},
    )


def test_a_people_file_and_official_files_of_the_same_people_give_the_same(tmp_path: Path):
    columns = ("matricule_cnss", "cin", "eligible", "motifs", "assiette", "taux", "montant")

    from_official, from_people = (
        [[row[name] for name in columns] for row in simulate(tmp_path, files).rows]
        for files in (official(), [the_same_people()])
    )

    assert from_official == from_people
    assert [row[-1] for row in from_official] == ["1575.00", "2100.00"]


def test_what_official_files_cannot_say_is_marked_by_person_and_counted(tmp_path: Path):
    ran = simulate(tmp_path, official())

    expected = (
        "à confirmer : type_contrat heures_formation finance_par"
        " derniere_declaration_meme_employeur"
    )
    assert all(expected in row["avertissements"].split(";") for row in ran.rows)
    assert "À confirmer pour 2 personnes" in ran.said
    assert "(colonne type_contrat) : 2" in ran.said


def test_people_left_out_of_official_files_are_reported(tmp_path: Path):
    said = simulate(tmp_path, official()).said

    assert "absentes de l'état 9421 : 1 (DSC1_1234567_122026.txt ligne 3)" in said
    assert "Laissés de côté, personnel occasionnel de l'état 9421 : 3." in said
