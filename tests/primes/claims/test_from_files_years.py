"""Rows of several years as the people of the employment bonus: one line a person."""

from datetime import date

import pytest

from companies.imports.errors import FileRefused, Place
from primes.claims.from_files import FromFiles, from_files
from primes.claims.from_files_person import FirmSaid
from primes.rules.engine import assess
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

HIRED = {"date_embauche": "2025-09-10"}
OF_2025 = HIRED | {"annee": "2025", "revenu_brut_imposable": "40000"}
OF_2026 = HIRED | {"annee": "2026", "revenu_brut_imposable": "120000"}
OF_2027 = HIRED | {"annee": "2027", "revenu_brut_imposable": "130000"}
OTHER = {"matricule_cnss": OMAR, "cin": "AB2222"}


def read(*files: NamedContent, year: int = 2027) -> FromFiles:
    return from_files(files, scheme="pae-2025", year=year, firm=FirmSaid())


def amount(*files: NamedContent) -> int:
    return int(assess(read(*files).facts, "pae-2025", 2027).amount[0])


def refusal_of(*files: NamedContent) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(*files)
    return refused.value


def test_the_rows_of_a_person_make_the_year_axis_of_one_line():
    facts = read(people_file(OF_2026, OF_2027 | {"mois_12": "9000"}, OF_2025)).facts

    assert facts.income.tolist() == [[4_000_000, 12_000_000, 13_000_000]]
    assert facts.income_known.tolist() == [[True, True, True]]
    assert facts.salary[0, 35] == 900_000
    assert facts.salary_known.sum() == 1


def test_the_first_twelve_months_are_paid_from_two_years():
    """40,000.00 + 120,000.00 × 252 / 365 = 122,849.32, of which 17 % is 20,884.38."""
    assert amount(people_file(OF_2025, OF_2026, OF_2027)) == 2_088_438


def test_a_year_without_a_row_is_unknown_and_a_row_without_year_is_of_the_claim_year():
    facts = read(people_file(OF_2026, HIRED)).facts

    assert facts.income_known.tolist() == [[False, True, True]]


def test_people_stand_in_the_order_in_which_each_first_appears():
    people = read(people_file(OF_2026 | OTHER, OF_2025, OF_2025 | OTHER)).people

    assert [(person.number, person.line) for person in people] == [(OMAR, 2), (SALMA, 3)]


def test_a_person_is_known_by_the_cin_until_the_number_comes():
    people = read(people_file(OF_2025 | {"matricule_cnss": "0"}, OF_2026)).people

    assert [person.number for person in people] == [SALMA]
    assert people[0].has_cnss_number


def test_rows_of_years_that_the_scheme_does_not_read_are_left_out_and_reported():
    found = read(people_file(OF_2026, OF_2026 | {"annee": "2028"}, OF_2026 | {"annee": "2024"}))

    assert len(found.people) == 1
    places = [(place.line, place.field) for place in found.left_out.other_years]
    assert places == [(3, "annee"), (4, "annee")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("date_embauche", "2025-09-11"),
        ("date_depart", "2027-12-31"),
        ("type_contrat", "CDD"),
        ("nationalite", "FR"),
        ("date_contrat_stable", "2025-10-01"),
        ("derniere_declaration_meme_employeur", "2020-01-31"),
        ("matricule_cnss", IMANE),
    ],
)
def test_rows_that_disagree_are_refused_with_both_lines(column: str, value: str):
    refused = refusal_of(people_file(OF_2025, OF_2026 | {column: value}))

    (problem,) = refused.problems
    assert (problem.code, problem.place) == ("rows_disagree", Place("gens.csv", 3, column))
    assert (problem.found, problem.expected) == (value, "2")


def test_a_row_that_makes_two_people_one_is_refused():
    rows = OF_2025, OF_2025 | OTHER, OF_2026 | {"cin": "AB2222"}

    assert refusal_of(people_file(*rows)).code == "person_conflict"


def test_a_second_row_of_one_year_is_refused_even_when_it_does_not_name_the_year():
    refused = refusal_of(people_file(OF_2027, HIRED))

    assert (refused.code, refused.place.line) == ("duplicate_person", 3)


@pytest.mark.parametrize(("granted", "failing"), [("0", ()), ("0.01", ("not_paid_before",))])
def test_any_amount_granted_before_means_paid_before(granted: str, failing: tuple[str, ...]):
    rows = OF_2025, OF_2026, OF_2027 | {"deja_accorde": granted}

    answer = assess(read(people_file(*rows)).facts, "pae-2025", 2027)

    assert answer.reasons(0) == failing


def official(*years: int, hired_on: date = date(2025, 9, 10)) -> list[NamedContent]:
    incomes = {2025: 4_000_000, 2026: 12_000_000, 2027: 13_000_000}
    return [etat(Staff(SALMA, incomes[year], hired_on), year=year) for year in years]


def test_official_files_of_three_years_give_what_the_people_file_gives():
    files = official(2026, 2027, 2025)

    assert amount(*files) == amount(people_file(OF_2025, OF_2026, OF_2027))


def test_what_official_files_cannot_say_of_the_employment_bonus_is_named():
    (person,) = read(*official(2025, 2026, 2027)).people

    assert person.assumed == ("contract", "paid_elsewhere", "granted_here", "last_same_employer_on")


def test_months_of_every_year_given_are_known():
    files = [*official(2026, 2027), declaration(date(2026, 2, 1), Paid(SALMA, 900_000))]

    facts = read(*files).facts

    assert facts.salary_known[0].nonzero()[0].tolist() == [13]
    assert facts.salary[0, 13] == 900_000


def test_who_left_before_the_claim_year_is_reported_and_is_no_line():
    files = [*official(2027), etat(Staff(OMAR, 1, date(2025, 1, 5), "AB2222"), year=2026)]

    found = read(*files)

    assert [person.number for person in found.people] == [SALMA]
    assert found.left_out.earlier_only == 1


def test_the_etat_of_the_claim_year_is_asked_for():
    assert refusal_of(*official(2025, 2026)).code == "etat9421_missing"


def test_an_etat_outside_the_three_years_is_refused():
    files = [*official(2027), etat(Staff(SALMA, 1, None), year=2024)]

    refused = refusal_of(*files)

    assert (refused.code, refused.expected) == ("year_differs", "2025 2026 2027")


def test_two_etats_of_one_year_are_refused():
    name, content = official(2026)[0]

    assert refusal_of(*official(2026, 2027), (f"b{name}", content)).code == "period_twice"
