"""A people file as people, and what is taken as held of a firm about which nothing was given."""

from datetime import date

import pytest

from companies.imports.errors import FileRefused
from primes.claims.from_files import FromFiles, from_files
from primes.claims.from_files_person import FirmSaid
from primes.rules.engine import assess
from primes.rules.errors import UnknownScheme, YearOutsideScheme
from tests.primes.claims.simulated_files import OMAR, NamedContent, Staff, etat, people_file


def read(*files: NamedContent, firm: FirmSaid = FirmSaid()) -> FromFiles:  # noqa: B008 -- frozen
    return from_files(files, scheme="paf-2025", year=2026, firm=firm)


def reasons(firm: FirmSaid = FirmSaid(), **cells: str) -> tuple[str, ...]:  # noqa: B008 -- frozen
    return assess(read(people_file(cells), firm=firm).facts, "paf-2025", 2026).reasons(0)


def refusal_of(*files: NamedContent) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(*files)
    return refused.value


def test_an_ordinary_recruit_meets_every_condition():
    assert reasons() == ()


def test_an_unknown_hire_date_fails_conditions_two_four_five_and_six_only():
    assert reasons(date_embauche="") == (
        "hired_in_period",
        "stable_contract",
        "within_bonus_window",
        "declared_to_cnss",
    )


@pytest.mark.parametrize(
    ("cells", "failing"),
    [
        ({"nationalite": ""}, ("nationality_moroccan",)),
        ({"revenu_brut_imposable": ""}, ("income_positive",)),
        ({"heures_formation": ""}, ("trained_in_year",)),
        ({"matricule_cnss": "000000000"}, ("declared_to_cnss",)),
        ({"finance_par": "OFPPT"}, ("not_funded_elsewhere",)),
    ],
)
def test_what_a_people_file_leaves_unknown_is_not_favourable(
    cells: dict[str, str], failing: tuple[str, ...]
):
    assert reasons(**cells) == failing


def test_a_firm_about_which_nothing_is_given_is_taken_as_held_and_named():
    assert read(people_file({})).firm_assumed == (
        "branch_eligible",
        "certificate_valid",
        "firm_in_good_standing",
    )


def test_a_branch_outside_the_list_fails_its_condition():
    firm = FirmSaid(branch="ABC")

    assert reasons(firm) == ("branch_eligible",)
    assert "branch_eligible" not in read(people_file({}), firm=firm).firm_assumed


@pytest.mark.parametrize(
    ("until", "failing"),
    [
        (date(2026, 12, 30), ("certificate_valid",)),
        (date(2026, 12, 31), ()),
        (date(2027, 1, 1), ()),
    ],
)
def test_a_certificate_covers_the_last_day_of_the_year_or_fails(
    until: date, failing: tuple[str, ...]
):
    assert reasons(FirmSaid(certificate_until=until)) == failing


def test_warnings_of_more_than_a_hundred_people_are_all_kept():
    rows = [{"matricule_cnss": f"2{rank:08}", "cin": ""} for rank in range(150)]

    people = read(people_file(*rows)).people

    assert sum("employee_number_first_digit" in person.warnings for person in people) == 150


def test_an_unknown_column_is_a_warning_of_the_file():
    name, content = people_file({})
    header, row = content.decode().splitlines()

    found = read((name, f"{header},couleur\n{row},bleu\n".encode()))

    assert [(each.code, each.place.field) for each in found.warnings] == [
        ("column_unknown", "couleur")
    ]


def test_a_row_of_another_year_is_refused_with_its_cell():
    name, content = people_file({})
    header, row = content.decode().splitlines()

    refused = refusal_of((name, f"{header},annee\n{row},2025\n".encode()))

    assert (refused.code, refused.place.line, refused.place.field) == ("year_differs", 2, "annee")


def test_a_person_has_one_row_even_when_one_of_two_names_the_year():
    name, content = people_file({})
    header, row = content.decode().splitlines()

    refused = refusal_of((name, f"{header},annee\n{row},2026\n{row},\n".encode()))

    assert {problem.code for problem in refused.problems} == {"duplicate_person"}
    assert refused.place.line == 3


def test_a_people_file_comes_alone():
    files = people_file({}), etat(Staff(OMAR, 1, date(2026, 1, 5)))

    assert refusal_of(*files).code == "people_file_alone"
    assert refusal_of(*reversed(files)).code == "people_file_alone"


def test_an_archive_that_is_no_workbook_has_its_own_sentence():
    assert refusal_of(("gens.zip", b"PK\x05\x06" + bytes(18))).code == "zip_not_workbook"


def test_the_problems_of_all_files_are_told_together():
    refused = refusal_of(("a.csv", b""), ("b.txt", b"hello"))

    assert [problem.code for problem in refused.problems] == ["file_empty", "file_unknown"]


def test_a_scheme_or_a_year_the_law_does_not_know_is_refused():
    with pytest.raises(UnknownScheme):
        from_files([people_file({})], scheme="paf-2026", year=2026, firm=FirmSaid())
    with pytest.raises(YearOutsideScheme):
        from_files([people_file({})], scheme="paf-2025", year=2024, firm=FirmSaid())
