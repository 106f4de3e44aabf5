"""Spreadsheets into staging: good rows go on, bad ones wait with their cells, repairs are read."""

from datetime import date

import pytest

from accounts.sealing import seal, unseal
from companies.imports.kinds import no_beat
from companies.imports.models import Repair
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.rows import CELL
from companies.imports.staging.stage import restage_rows, stage
from companies.imports.staging.tables import opened_cells
from tests.companies.imports.handed import handed
from tests.factories.people import AT, cin, etat, member, number, people_file

pytestmark = pytest.mark.django_db

FULL = {
    "rank": 1,
    "nom": "ALAMI",
    "prenom": "Salma",
    "nationalite": "SN",
    "date_embauche": "2024-05-06",
    "type_contrat": "CDI",
    "revenu_brut_imposable": "84000,50",
    "mois_02": "7000",
}


def staged(firm, *files):
    begun = handed(firm, *files)
    stage(begun, beat=no_beat)
    return begun


def rows_of(import_):
    return StagedRow.objects.filter(file__of=import_).order_by("line")


def problems_of(import_):
    return StagedProblem.objects.filter(file__of=import_).order_by("line", "pk")


def repair(file, line, **cells):
    for name, value in cells.items():
        Repair.objects.create(
            file=file, line=line, field=name, new_value=seal(CELL, value),
            made_by=member(file.of.firm), made_at=AT,
        )  # fmt: skip


def skip(file, line):
    Repair.objects.create(
        file=file, line=line, skips=True, made_by=member(file.of.firm), made_at=AT
    )


def test_a_good_row_is_laid_out_typed_and_without_its_cells(firm):
    begun = staged(firm, people_file([FULL]))

    [found] = rows_of(begun)
    assert (found.line, found.state, found.cells) == (2, "good", None)
    assert (found.last_name, found.nationality, found.contract) == ("ALAMI", "SN", "CDI")
    assert (found.hired_on, found.taxable_income) == (date(2024, 5, 6), 8_400_050)
    assert found.months == [None, 700_000, *[None] * 10]
    assert unseal("cin", found.cin_sealed) == cin(1)


def test_a_bad_row_waits_with_its_cells_and_what_is_wrong_with_each(firm):
    begun = staged(firm, people_file([FULL | {"date_embauche": "hier"}]))

    [found] = rows_of(begun)
    [problem] = problems_of(begun)
    assert found.state == "bad"
    assert "thier" in opened_cells(found.cells)
    assert (problem.line, problem.field, problem.code) == (2, "date_embauche", "date")
    assert (unseal(CELL, problem.found), problem.blocks) == ("hier", True)


def test_a_warning_blocks_nothing(firm):
    begun = staged(firm, people_file([FULL | {"cin": "PAS12345"}]))

    [problem] = problems_of(begun)
    assert (problem.code, problem.blocks) == ("national_id_format", False)
    assert rows_of(begun).get().state == "good"


def test_a_row_that_names_nobody_is_left_out(firm):
    begun = staged(firm, people_file([FULL | {"cin": "", "matricule_cnss": ""}]))

    assert rows_of(begun).get().state == "left_out"


@pytest.mark.parametrize(("beside", "year"), [([], 2025), ([2023], 2023)])
def test_the_year_is_that_of_the_yearly_declaration_beside_it(firm, beside, year):
    begun = staged(firm, people_file([FULL]), *(etat(firm, each, [{"rank": 1}]) for each in beside))

    assert rows_of(begun).get(line=2).year == year


def test_a_column_that_the_table_lacks_says_nothing(firm):
    text = f"matricule_cnss;cin;nom;prenom\n{number(1)};{cin(1)};ALAMI;Salma\n"
    begun = staged(firm, ("gens.csv", text.encode()))

    [found] = rows_of(begun)
    assert (found.earlier_declared, found.funded_by, found.months) == (None, None, None)


def test_an_empty_answer_about_earlier_employment_is_an_answer(firm):
    begun = staged(firm, people_file([FULL]))

    [found] = rows_of(begun)
    assert (found.earlier_declared, found.last_same_employer_on) == (True, None)


def test_columns_that_are_not_read_are_told(firm):
    text = f"matricule_cnss;cin;nom;prenom;voiture\n{number(1)};{cin(1)};ALAMI;Salma;bleue\n"
    begun = staged(firm, ("gens.csv", text.encode()))

    [warning] = begun.files.get().warnings
    assert (warning["code"], warning["field"]) == ("column_unknown", "voiture")


def test_a_repaired_cell_makes_a_good_row_without_reading_the_file(firm):
    begun = staged(firm, people_file([FULL | {"date_embauche": "hier"}, FULL | {"rank": 2}]))
    file = begun.files.get()
    repair(file, 2, date_embauche="2024-05-06")
    begun.files.update(content=b"")

    restage_rows(file, [2])

    assert list(rows_of(begun).values_list("line", "state")) == [(2, "good"), (3, "good")]
    assert rows_of(begun).first().hired_on == date(2024, 5, 6)
    assert not problems_of(begun).exists()


def test_a_good_row_is_read_again_from_the_file(firm):
    begun = staged(firm, people_file([FULL]))
    file = begun.files.get()
    repair(file, 2, nom="BENNANI")

    restage_rows(file, [2])

    assert rows_of(begun).get().last_name == "BENNANI"


def test_the_last_repair_of_a_cell_is_the_one_that_counts(firm):
    begun = staged(firm, people_file([FULL]))
    file = begun.files.get()
    repair(file, 2, nom="BENNANI")
    repair(file, 2, nom="CHRAIBI")

    restage_rows(file, [2])

    assert rows_of(begun).get().last_name == "CHRAIBI"


def test_a_row_set_aside_has_no_problem_left(firm):
    begun = staged(firm, people_file([FULL | {"date_embauche": "hier"}]))
    file = begun.files.get()
    skip(file, 2)

    restage_rows(file, [2])

    assert rows_of(begun).get().state == "skipped"
    assert not problems_of(begun).exists()


def test_a_cell_written_after_its_row_was_set_aside_takes_it_back(firm):
    begun = staged(firm, people_file([FULL | {"date_embauche": "hier"}]))
    file = begun.files.get()
    skip(file, 2)
    repair(file, 2, date_embauche="2024-05-06")

    restage_rows(file, [2])

    assert rows_of(begun).get().state == "good"


def test_repairs_are_read_when_the_whole_file_is(firm):
    begun = staged(firm, people_file([FULL | {"date_embauche": "hier"}, FULL | {"rank": 2}]))
    file = begun.files.get()
    repair(file, 2, date_embauche="2024-05-06")
    skip(file, 3)

    stage(begun, beat=no_beat)

    assert list(rows_of(begun).values_list("line", "state")) == [(2, "good"), (3, "skipped")]
