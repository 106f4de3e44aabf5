"""Columns that some schemes add to the people file, and the tolerant reading of a screen."""

import io
from datetime import date

import pytest

from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.reading.people import Sifted, read_people, sift_people
from companies.imports.reading.people_columns import COLUMNS, EVERY_COLUMN, People
from companies.imports.reading.people_table import Tolerance
from companies.imports.reading.people_words import PROFILES
from primes.rules.columns import PROFILES as PROFILES_OF_THE_LAW
from tests.companies.imports.reading.test_people import NAME, PERSON, written

LENIENT = Tolerance(lacking=True, rows=3)
EVERY_NAME = list(EVERY_COLUMN)


def read(*people: dict[str, str]) -> People:
    return read_people(io.BytesIO(written(*people, names=EVERY_NAME)), NAME)


def code_of(**cells: str) -> str:
    with pytest.raises(FileRefused) as refused:
        read(PERSON | cells)
    (problem,) = refused.value.problems
    assert (problem.place.line, problem.place.field) == (2, next(iter(cells)))
    return problem.code


def sift(text: str) -> Sifted:
    return sift_people(io.BytesIO(text.encode()), NAME, LENIENT)


def test_every_cell_of_the_other_schemes_is_typed():
    people = read(
        PERSON
        | {
            "annee": "2026",
            "profil": "engineer-it",
            "diplome": "Bac+5",
            "date_notification": "31/01/2026",
            "debut_formation": "2026-02-01",
            "deja_accorde": "1200,50",
        }
    )

    assert (people.year, people.profile, people.degree_years) == ([2026], ["engineer-it"], [5])
    assert people.notified_on == [date(2026, 1, 31)]
    assert people.training_from == [date(2026, 2, 1)]
    assert people.granted == [120_050]


def test_a_column_that_is_absent_says_what_an_empty_one_says():
    absent = read_people(io.BytesIO(written(PERSON)), NAME)
    empty = read(PERSON)

    for people in (absent, empty):
        assert (people.year, people.profile, people.degree_years) == ([None], [None], [None])
        assert (people.notified_on, people.training_from) == ([None], [None])
        assert people.granted == [0]


@pytest.mark.parametrize(
    ("text", "years"),
    [("bac", 0), ("Bac + 2", 2), ("bac+5 ans", 5), ("5", 5), ("0", 0), ("+3", 3), ("BAC+15", 15)],
)
def test_a_degree_is_years_of_study_after_the_bac(text: str, years: int):
    assert read(PERSON | {"diplome": text}).degree_years == [years]


@pytest.mark.parametrize("text", ["bac+16", "Master", "bac-2", "5.5", "bac+", "ans"])
def test_a_degree_that_is_no_number_of_years_is_refused(text: str):
    assert code_of(diplome=text) == "degree"


@pytest.mark.parametrize(
    ("text", "profile"),
    [("Ingénieur IT", "engineer-it"), ("BAC2 BPO", "bac2-bpo"), ("management", "management")],
)
def test_a_profile_may_be_said_in_french(text: str, profile: str):
    assert read(PERSON | {"profil": text}).profile == [profile]


def test_the_profiles_that_are_read_are_those_of_the_law():
    assert tuple(dict.fromkeys(PROFILES.values())) == PROFILES_OF_THE_LAW.values


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("profil", "chef", "profile_unknown"),
        ("annee", "26", "year"),
        ("annee", "2026.5", "year"),
        ("annee", "1899", "year"),
        ("cin", "1.178E+22", "digits_lost_in_spreadsheet"),
        ("mois_01", "1000000000.01", "amount_absurd"),
        ("deja_accorde", "1000000000.01", "amount_absurd"),
        ("heures_formation", "8784.05", "hours_absurd"),
    ],
)
def test_a_cell_that_says_nothing_possible_is_refused(column: str, text: str, code: str):
    assert code_of(**{column: text}) == code


@pytest.mark.parametrize("name", ["mois_13", "mois_00", "mois_1", "mois1"])
def test_a_month_that_is_none_of_the_twelve_is_refused(name: str):
    with pytest.raises(FileRefused) as refused:
        read_people(io.BytesIO(written(PERSON, names=[*COLUMNS, name])), NAME)

    expected = Problem("month_column", Place(NAME, 1, name), name, "mois_01 to mois_12")
    assert refused.value.problems == (expected,)


def test_one_person_may_have_one_row_a_year():
    people = read(PERSON | {"annee": "2025"}, PERSON | {"annee": "2026"})

    assert people.year == [2025, 2026]


def test_good_rows_are_sifted_from_bad_ones():
    sifted = sift("cin;nom;date_embauche\nAB1111;A;2026-01-01\nAB2222;B;hier\nAB3333;C;\n")

    assert (sifted.people.line, sifted.people.cin) == ([2, 4], ["AB1111", "AB3333"])
    assert [(each.code, each.place.line) for each in sifted.problems] == [("date", 3)]


def test_a_row_too_short_is_bad_and_the_next_one_is_not():
    sifted = sift("cin\tnom\tprenom\nAB1111\nAB2222\tB\tC")

    assert sifted.people.line == [3]
    assert [(each.code, each.place.line) for each in sifted.problems] == [("cell_count", 2)]


def test_the_first_of_two_rows_of_one_person_is_good():
    sifted = sift("cin,nom,prenom\nAB1111,A,A\nAB1111,B,B\n")

    assert sifted.people.line == [2]
    assert [each.code for each in sifted.problems] == ["duplicate_person"]


def test_absent_columns_are_named():
    sifted = sift("cin,nom,prenom\nAB1111,A,A\n")

    assert sifted.absent == tuple(name for name in COLUMNS if name not in {"cin", "nom", "prenom"})


@pytest.mark.parametrize("header", ["AB1111,A,A", "cin,nom"])
def test_a_first_line_that_names_few_columns_is_no_header(header: str):
    with pytest.raises(FileRefused) as refused:
        sift(f"{header}\nAB1111,A,A\n")

    assert refused.value.code == "header_missing"


@pytest.mark.parametrize("rows", [3, 4])
def test_no_more_rows_are_read_than_allowed(rows: int):
    text = "cin,nom,prenom\n" + "".join(f"AB111{each},A,A\n" for each in range(rows))

    if rows == 3:
        assert len(sift(text).people) == 3
    else:
        with pytest.raises(FileRefused) as refused:
            sift(text)
        assert (refused.value.code, refused.value.expected) == ("too_many_people", "3")
