"""`manage.py simulate` on wrong input: the cell is named, exit 2, nothing is written."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.primes.claims.simulated_files import (
    OMAR,
    SALMA,
    Paid,
    Staff,
    declaration,
    etat,
    people_file,
)
from tests.primes.commands.simulating import simulate

ROOT = Path(__file__).parents[3]
BROKEN = [
    ("date_embauche", "32/01/2026", "un jour comme 2026-01-31 ou 31/01/2026"),
    ("date_depart", "2025-12-31", "à partir de l'embauche, 2026-01-01"),
    ("date_contrat_stable", "hier", "un jour comme 2026-01-31 ou 31/01/2026"),
    ("derniere_declaration_meme_employeur", "jamais", "un jour comme"),
    ("revenu_brut_imposable", "-1.00", "0 ou plus"),
    ("revenu_brut_imposable", "12.345", "un montant à deux décimales au plus"),
    ("mois_07", "huit", "un montant à deux décimales au plus"),
    ("heures_formation", "0.001", "un nombre d'heures"),
    ("cout_formation", "1 000,5O", "un montant"),
    ("matricule_cnss", "12345A789", "9 chiffres"),
    ("matricule_cnss", "1.23E+08", "9 chiffres"),
]


@pytest.mark.parametrize(("column", "cell", "expected"), BROKEN)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    tmp_path: Path, column: str, cell: str, expected: str
):
    quoted = f'"{cell}"' if "," in cell else cell
    right = {"matricule_cnss": OMAR, "cin": "AB2222"}

    ran = simulate(
        tmp_path, [people_file(right, {column: quoted})], "--explain", str(tmp_path / "trace.jsonl")
    )

    assert ran.status == 2
    assert ran.refused.startswith(f"gens.csv, ligne 3, colonne {column} : trouvé « {cell} »")
    assert expected in ran.refused
    assert ran.refused.endswith("\nRien n'a été écrit.\n")
    assert (ran.said, ran.left) == ("", set())


def test_two_rows_of_one_person_are_refused_with_both_lines(tmp_path: Path):
    ran = simulate(tmp_path, [people_file({}, {"cin": "AB2222"})])

    assert ran.status == 2
    assert "gens.csv, ligne 3, colonne matricule_cnss" in ran.refused
    assert "déjà écrit à la ligne 2" in ran.refused


def test_every_wrong_cell_of_a_file_is_named(tmp_path: Path):
    ran = simulate(tmp_path, [people_file({"mois_01": "x", "mois_02": "y"}, {"cin": "Z1"})])

    assert len(ran.refused.splitlines()) == 3 + 1


def test_a_declaration_of_another_employer_is_refused(tmp_path: Path):
    files = [
        etat(Staff(SALMA, 1, date(2026, 1, 5))),
        declaration(date(2026, 2, 1), Paid(SALMA, 1), employer="2000016"),
    ]

    ran = simulate(tmp_path, files)

    assert (ran.status, ran.left) == (2, set())
    assert "DS_2000016_022026.txt, ligne 2, colonne N_Num_Affilie" in ran.refused


def test_a_broken_declaration_is_named_by_line_and_field(tmp_path: Path):
    name, content = declaration(date(2026, 2, 1), Paid(SALMA, 500_000))
    broken = content.replace(b"0000000500000", b"000000050000X", 1)

    ran = simulate(tmp_path, [etat(Staff(SALMA, 1, date(2026, 1, 5))), (name, broken)])

    assert (ran.status, ran.left) == (2, set())
    assert f"{name}, ligne 3, colonne N_Salaire_Reel" in ran.refused


def test_an_etat_of_another_year_is_refused(tmp_path: Path):
    ran = simulate(tmp_path, [etat(Staff(SALMA, 1, date(2026, 1, 5)), year=2025)])

    assert ran.status == 2
    assert "colonne annee : trouvé « 2025 », attendu : l'exercice demandé, 2026" in ran.refused


def test_an_archive_that_is_no_workbook_is_answered_by_one_clear_sentence(tmp_path: Path):
    ran = simulate(tmp_path, [("gens.xlsx", b"PK\x05\x06" + bytes(18))])

    assert ran.status == 2
    assert "une archive, non un classeur Excel" in ran.refused
    assert len(ran.refused.splitlines()) == 1 + 1


@pytest.mark.parametrize("year", [2024, 2031])
def test_a_year_the_scheme_does_not_answer_for_is_refused(tmp_path: Path, year: int):
    ran = simulate(tmp_path, [people_file({})], year=year)

    assert (ran.status, ran.left) == (2, set())
    assert f"Le dispositif paf-2025 ne couvre pas l'exercice {year}." in ran.refused
    assert "un exercice de 2025 à 2030" in ran.refused


def test_a_result_never_overwrites_a_file_it_was_read_from(tmp_path: Path):
    name, content = people_file({})

    ran = simulate(tmp_path, [(name, content)], "--explain", str(tmp_path / name))

    assert (ran.status, ran.left) == (2, set())
    assert (tmp_path / name).read_bytes() == content


def test_a_result_never_takes_the_place_of_a_device_or_a_pipe(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    ran = simulate(tmp_path, [people_file({})], "--explain", str(pipe))

    assert (ran.status, ran.left) == (2, {"pipe"})
    assert pipe.is_fifo()


def test_a_name_too_long_to_write_is_a_refusal(tmp_path: Path):
    ran = simulate(tmp_path, [people_file({})], "--explain", str(tmp_path / ("t" * 250)))

    assert (ran.status, ran.left) == (2, set())
    assert "ne peut pas être écrit" in ran.refused


def test_when_one_file_cannot_be_written_the_other_is_not_either(tmp_path: Path):
    nowhere = tmp_path / "nowhere" / "trace.jsonl"

    ran = simulate(tmp_path, [people_file({})], "--explain", str(nowhere))

    assert (ran.status, ran.left) == (2, set())
    assert ran.refused.startswith(f"{nowhere} : Le fichier ne peut pas être écrit")
    assert "Choisissez un dossier qui existe" in ran.refused


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    ran = simulate(tmp_path, [people_file({}), ("absent.csv", None)])

    assert (ran.status, ran.left) == (2, set())
    assert "absent.csv : Le fichier ne peut pas être lu." in ran.refused


def test_declarations_without_the_etat_of_the_year_are_refused_by_what_is_missing(tmp_path: Path):
    ran = simulate(tmp_path, [declaration(date(2026, 2, 1), Paid(SALMA, 1))])

    assert (ran.status, ran.left) == (2, set())
    assert "L'état 9421 de l'exercice manque" in ran.refused


def test_a_result_is_not_written_over_a_folder(tmp_path: Path):
    ran = simulate(tmp_path, [people_file({})], "--explain", str(tmp_path))

    assert (ran.status, ran.left) == (2, set())
    assert "Choisissez un dossier qui existe" in ran.refused


def run(folder: Path, **streams: object) -> subprocess.CompletedProcess[str]:
    """The command as a shell starts it, with an empty environment."""
    name, content = people_file({})
    (folder / name).write_bytes(content)
    command = [sys.executable, ROOT / "manage.py", "simulate", folder / name]
    return subprocess.run(
        [*command, "--scheme", "paf-2025", "--year", "2026"],
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8", **streams,
    )  # fmt: skip


def test_it_runs_with_no_server_and_no_variable(tmp_path: Path):
    ended = run(tmp_path, stdout=subprocess.PIPE)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[1] == f"{SALMA},AB12345,oui,,60000.00,3.50,2100.00,"


def test_a_reader_that_stops_early_is_no_error_to_complain_of(tmp_path: Path):
    reader, writer = os.pipe()
    os.close(reader)

    ended = run(tmp_path, stdout=writer)

    os.close(writer)
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGPIPE, "")
