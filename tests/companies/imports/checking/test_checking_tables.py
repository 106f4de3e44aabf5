"""Spreadsheets checked as a whole: bad rows wait, and are good again once they are repaired."""

from datetime import date

import pytest

from accounts.sealing import seal, unseal
from companies.imports.checking.check import Counts, check
from companies.imports.kinds import no_beat
from companies.imports.models import Import, Repair
from companies.imports.staged import StagedProblem, StagedRow
from companies.imports.staging.rows import CELL
from companies.imports.staging.stage import restage_rows, stage
from companies.imports.staging.tables import opened_cells
from tests.companies.imports.handed import handed
from tests.factories.people import AT, cin, etat, load, member, number, people_file

pytestmark = pytest.mark.django_db

KNOWN = {
    "rank": 1,
    "nom": "ALAMI",
    "prenom": "Salma",
    "date_embauche": "2024-05-06",
    "type_contrat": "CDD",
    "revenu_brut_imposable": "84000",
}


def checked(firm, *files):
    begun = handed(firm, *files)
    stage(begun, beat=no_beat)
    return begun, check(begun)


def rows_of(import_):
    return StagedRow.objects.filter(file__of=import_).order_by("file__position", "line")


def problems_of(import_):
    return StagedProblem.objects.filter(file__of=import_)


def test_a_second_row_of_a_person_waits_with_its_cells(firm):
    begun, counts = checked(firm, people_file([KNOWN, KNOWN | {"cin": ""}]))

    assert counts == Counts(good=1, bad=1, created=1)
    [problem] = problems_of(begun)
    assert (problem.code, problem.line, problem.field, problem.expected) == (
        "duplicate_person",
        3,
        "matricule_cnss",
        "2",
    )
    assert unseal(CELL, problem.found) == number(1)
    assert f"t{number(1)}" in opened_cells(rows_of(begun).get(line=3).cells)


def with_years(file, *years):
    name, content = file
    first, *rows = content.decode().splitlines()
    told = (f"{row};{year}" for row, year in zip(rows, years, strict=True))
    return name, "\n".join([f"{first};annee", *told]).encode()


def test_one_person_may_have_a_row_a_year(firm):
    begun, counts = checked(firm, with_years(people_file([KNOWN, KNOWN]), 2023, 2024))

    assert (counts.good, counts.bad, counts.created, counts.updated) == (2, 0, 1, 1)
    assert list(rows_of(begun).values_list("year", flat=True)) == [2023, 2024]


def test_a_second_row_of_one_year_leaves_the_other_years_alone(firm):
    begun, _ = checked(firm, with_years(people_file([KNOWN] * 3), 2024, 2024, 2023))

    assert list(problems_of(begun).values_list("line", "expected")) == [(3, "2")]


def test_a_duplicate_is_good_again_when_the_first_row_is_set_aside(firm):
    begun, _ = checked(firm, people_file([KNOWN, KNOWN]))
    file = begun.files.get()
    Repair.objects.create(file=file, line=2, skips=True, made_by=member(firm), made_at=AT)

    restage_rows(file, [2])
    counts = check(begun)

    assert counts == Counts(good=1, skipped=1, created=1)
    assert not problems_of(begun).exists()


def test_a_conflict_is_good_again_when_the_number_is_repaired(firm):
    load(firm, etat(firm, 2025, [{"rank": 1}]))
    begun, counts = checked(firm, people_file([KNOWN | {"matricule_cnss": number(2)}]))
    assert counts.bad == 1
    assert problems_of(begun).get().code == "person_conflict"
    file = begun.files.get()
    repaired = seal(CELL, number(1))
    Repair.objects.create(
        file=file, line=2, field="matricule_cnss", new_value=repaired, made_by=member(firm),
        made_at=AT,
    )  # fmt: skip

    restage_rows(file, [2])

    assert check(begun).bad == 0


def test_a_row_without_any_number_is_counted_as_left_out(firm):
    _, counts = checked(firm, people_file([KNOWN, KNOWN | {"cin": "", "matricule_cnss": ""}]))

    assert counts == Counts(good=1, left_out=1, created=1)


def test_what_a_row_would_replace_is_told_old_and_new(firm):
    load(firm, people_file([KNOWN]))
    said = {"type_contrat": "CDI", "date_embauche": "2024-05-01", "revenu_brut_imposable": "90000"}

    begun, counts = checked(firm, people_file([KNOWN | said]))

    assert counts == Counts(good=1, updated=1)
    assert rows_of(begun).get().changes == {
        "contract": ["CDD", "CDI"],
        "hired_on": ["2024-05-06", "2024-05-01"],
        "taxable_income": [8_400_000, 9_000_000],
    }


def test_the_same_row_again_is_unchanged(firm):
    load(firm, people_file([KNOWN]))

    begun, counts = checked(firm, people_file([KNOWN]))

    assert counts == Counts(good=1, unchanged=1)
    assert rows_of(begun).get().changes is None


def test_an_income_that_the_tax_office_was_told_is_not_replaced(firm):
    load(firm, etat(firm, 2025, [{"rank": 1, "last_name": "ALAMI", "first_name": "Salma"}]))

    begun, _ = checked(firm, people_file([KNOWN | {"revenu_brut_imposable": "1"}]))

    assert "taxable_income" not in (rows_of(begun).get().changes or {})


def test_somebody_hired_again_has_a_new_employment_and_replaces_nothing(firm):
    load(firm, people_file([KNOWN | {"date_depart": "2024-12-31"}]))

    begun, counts = checked(firm, people_file([KNOWN | {"date_embauche": "2025-02-03"}]))

    assert counts.updated == 1
    assert rows_of(begun).get().changes is None


def test_more_checks_may_make_rows_bad(firm):
    begun = handed(firm, people_file([KNOWN]))
    stage(begun, beat=no_beat)

    def doubt(import_: Import) -> None:
        StagedProblem.objects.create(file=import_.files.get(), line=2, code="doubted")

    assert check(begun, doubt) == Counts(bad=1)
    assert rows_of(begun).get().state == "bad"


def test_a_repair_in_one_row_leaves_the_others_as_they_were(firm):
    begun, _ = checked(firm, people_file([KNOWN, KNOWN | {"rank": 2, "date_embauche": "hier"}]))
    file = begun.files.get()

    restage_rows(file, [3])
    counts = check(begun)

    assert counts == Counts(good=1, bad=1, created=1)
    assert problems_of(begun).get().code == "date"


def test_days_elsewhere_are_those_of_the_row(firm):
    begun, _ = checked(firm, people_file([KNOWN | {"cin": cin(1)}]))

    assert rows_of(begun).get().hired_on == date(2024, 5, 6)
    assert not problems_of(begun).exists()


@pytest.mark.parametrize(("rank", "bad"), [(1, 0), (2, 1)], ids=["employed", "a stranger"])
def test_a_row_about_people_known_must_be_of_somebody_the_firm_employs(firm, rank, bad):
    load(firm, people_file([KNOWN]))
    begun = handed(firm, people_file([KNOWN | {"rank": rank}]))
    stage(begun, beat=no_beat)
    begun.target = Import.Target.ATTENDANCE

    assert check(begun).bad == bad
    assert [problem.code for problem in problems_of(begun)] == ["employee_unknown"] * bad
