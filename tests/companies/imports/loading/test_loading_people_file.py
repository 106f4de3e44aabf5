"""What a people file adds, what it may not overwrite, and what stays when other files come."""

from datetime import date

import pytest

from companies.documents.actions import Paper, add_piece
from companies.documents.models import Piece
from companies.imports.errors import FileRefused
from companies.workforce.models import Employee, Employment, PayYear
from tests.factories.people import AT, declaration, entrant, etat, load, member, people_file, row

pytestmark = pytest.mark.django_db

ANSWERS = {
    "rank": 1,
    "nom": "Alami",
    "prenom": "Salma",
    "nationalite": "Marocaine",
    "date_embauche": "15/09/2025",
    "type_contrat": "cdi",
    "date_contrat_stable": "2026-01-01",
    "derniere_declaration_meme_employeur": "31/12/2023",
    "revenu_brut_imposable": "60 000,50",
    "mois_01": "5000",
    "finance_par": "OFPPT",
}


def test_all_that_a_row_says_is_kept(firm):
    [report] = load(firm, people_file([ANSWERS]))

    employment, year = Employment.objects.get(), PayYear.objects.get()
    assert str(employment.employee) == "Alami Salma"
    assert employment.employee.nationality == "MA"
    assert (employment.hired_on, employment.left_on) == (date(2025, 9, 15), None)
    assert (employment.contract, employment.stable_from) == ("CDI", date(2026, 1, 1))
    assert employment.last_same_employer_on == date(2023, 12, 31)
    assert employment.declared_by == member(firm)
    assert (year.taxable_income, year.funded_by) == (6_000_050, "OFPPT")
    assert year.months == [500_000] + [None] * 11
    assert (year.source, year.line, employment.hired_line) == (report.file, 2, 2)


@pytest.mark.parametrize("said", ["", "aucune"])
def test_no_earlier_employment_is_an_answer(firm, said):
    load(firm, people_file([ANSWERS | {"derniere_declaration_meme_employeur": said}]))

    employment = Employment.objects.get()
    assert (employment.earlier_declared, employment.last_same_employer_on) == (True, None)


def test_an_empty_contract_leaves_the_one_declared_before(firm):
    load(firm, people_file([ANSWERS]))

    load(firm, people_file([ANSWERS | {"type_contrat": "", "date_contrat_stable": ""}]))

    employment = Employment.objects.get()
    assert (employment.contract, employment.stable_from) == ("CDI", date(2026, 1, 1))


@pytest.mark.parametrize("first", [0, 1])
def test_the_income_told_to_the_tax_office_stays_in_either_order(firm, first):
    files = [people_file([ANSWERS]), etat(firm, 2025, [{"rank": 1, "income": 7_000_000}])]

    load(firm, files[first])
    load(firm, files[1 - first])

    year = PayYear.objects.get()
    assert (year.taxable_income, year.source.kind) == (7_000_000, "etat9421")
    assert (year.funded_by, year.months[0]) == ("OFPPT", 500_000)


@pytest.mark.parametrize("first", [0, 1])
def test_the_hire_date_of_the_row_comes_before_the_month_of_entry(firm, first):
    files = [people_file([ANSWERS]), declaration(firm, date(2025, 9, 1), [entrant(1)])]

    load(firm, files[first])
    load(firm, files[1 - first])

    employment = Employment.objects.get()
    assert (employment.hired_on, employment.contract) == (date(2025, 9, 15), "CDI")


def test_answers_stay_when_an_official_file_moves_the_hire_date(firm):
    load(firm, people_file([ANSWERS]))
    before = Employment.objects.get()

    load(firm, etat(firm, 2025, [{"rank": 1, "hired_on": date(2025, 9, 8)}]))

    employment = Employment.objects.get()
    assert (employment.pk, employment.hired_on) == (before.pk, date(2025, 9, 8))
    assert (employment.contract, employment.earlier_declared) == ("CDI", True)


def test_a_corrected_row_moves_the_day_it_gave(firm):
    load(firm, people_file([ANSWERS]))

    load(
        firm, people_file([ANSWERS | {"date_embauche": "2025-10-01", "date_depart": "2026-02-10"}])
    )

    employment = Employment.objects.get()
    assert (employment.hired_on, employment.left_on) == (date(2025, 10, 1), date(2026, 2, 10))


def test_a_person_hired_again_keeps_the_first_employment(firm):
    load(firm, people_file([ANSWERS | {"date_depart": "2025-12-31"}]))

    load(firm, people_file([ANSWERS | {"date_embauche": "2026-03-01"}]))

    periods = Employment.objects.order_by("hired_on").values_list("hired_on", "left_on")
    assert list(periods) == [
        (date(2025, 9, 15), date(2025, 12, 31)),
        (date(2026, 3, 1), None),
    ]


def test_the_answers_are_about_the_last_employment(firm):
    months = [
        declaration(firm, date(2025, 7, 1), [entrant(1)]),
        declaration(firm, date(2025, 8, 1), [row(1, situation="SO")]),
        declaration(firm, date(2025, 11, 1), [entrant(1)]),
    ]

    load(firm, *months, people_file([ANSWERS | {"date_embauche": ""}]))

    said = Employment.objects.order_by("hired_on").values_list("contract", "earlier_declared")
    assert list(said) == [("", False), ("CDI", True)]


def test_the_year_is_that_of_the_yearly_declaration_beside_it(firm):
    _, report = load(firm, etat(firm, 2023, [{"rank": 2}]), people_file([ANSWERS]))

    assert report.period == date(2023, 1, 1)
    assert PayYear.objects.get(taxable_income=6_000_050).year == 2023


def test_without_any_the_year_is_the_one_before(firm):
    [report] = load(firm, people_file([ANSWERS]))

    assert report.period == date(AT.year - 1, 1, 1)


def test_a_file_with_years_has_a_row_a_year(firm):
    name, content = people_file([ANSWERS, ANSWERS])
    header, *lines = content.decode().splitlines()
    dated = [f"{header};annee", f"{lines[0]};2024", f"{lines[1]};2025"]

    load(firm, (name, "\n".join(dated).encode()))

    assert set(PayYear.objects.values_list("year", flat=True)) == {2024, 2025}
    assert Employee.objects.count() == 1


def test_a_row_without_any_number_is_left_out(firm):
    [report] = load(
        firm, people_file([ANSWERS, {"rank": 2, "cin": "", "matricule_cnss": ""} | {"nom": "X"}])
    )

    assert (report.rows, report.left_out) == (2, 1)


def test_hours_of_training_are_said_not_to_be_loaded(firm):
    [report] = load(firm, people_file([ANSWERS | {"heures_formation": "12"}]))

    assert [each["code"] for each in report.warnings] == ["column_not_loaded"]


def test_every_wrong_word_is_named_with_its_line_and_column(firm):
    wrong = {"rank": 2, "type_contrat": "CDX", "nationalite": "Wakanda"}

    with pytest.raises(FileRefused) as refused:
        load(firm, people_file([ANSWERS, wrong]))

    places = [(each.code, each.place.line, each.place.field) for each in refused.value.problems]
    assert places == [
        ("contract_unknown", 3, "type_contrat"),
        ("nationality_unknown", 3, "nationalite"),
    ]
    assert not Employee.objects.exists()


def test_a_file_that_stands_in_the_vault_as_a_paper_is_a_source_of_its_own(firm):
    name, content = people_file([ANSWERS])
    paper = Paper(Piece.Kind.OTHER, "Effectif")
    add_piece(
        firm=firm, paper=paper, name=name, content=content, acting_user=member(firm), at=AT
    )  # fmt: skip

    load(firm, (name, content))

    assert Employment.objects.get().hired_source.kind == "people"
