"""Rows of the claim year as the trainings of the aid of 2007."""

from datetime import date

import pytest

from companies.imports.errors import FileRefused, Place
from primes.claims.from_files import FromFiles, from_files
from primes.claims.from_files_person import FirmSaid
from primes.rules.columns import UNKNOWN_DAY, date_of
from primes.rules.engine import assess
from tests.primes.claims.simulated_files import OMAR, NamedContent, Staff, etat, people_file

TRAINED = {
    "date_embauche": "2024-03-01",
    "annee": "2025",
    "profil": "engineer-it",
    "diplome": "Bac+5",
    "date_notification": "2025-01-31",
    "debut_formation": "2025-02-01",
    "heures_formation": "20",
    "cout_formation": "30000.10",
}


def read(*files: NamedContent, year: int = 2025) -> FromFiles:
    return from_files(files, scheme="aide-formation-2007", year=year, firm=FirmSaid())


def answer(**cells: str) -> tuple[tuple[str, ...], int]:
    found = assess(read(people_file(TRAINED | cells)).facts, "aide-formation-2007", 2025)
    return found.reasons(0), int(found.amount[0])


def refusal_of(*files: NamedContent) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read(*files)
    return refused.value


def test_the_cost_of_an_ordinary_training_is_paid_back():
    assert answer() == ((), 3_000_010)


def test_a_row_is_a_line_with_one_training():
    facts = read(people_file(TRAINED)).facts

    assert facts.item_line.tolist() == [0]
    assert date_of(facts.item_first_day[0]) == date_of(facts.item_last_day[0]) == date(2025, 2, 1)
    assert date_of(facts.item_notified_on[0]) == date(2025, 1, 31)
    assert (facts.item_minutes.tolist(), facts.item_cost.tolist()) == ([1_200], [3_000_010])


@pytest.mark.parametrize(
    ("cells", "failing"),
    [
        ({"date_notification": "2025-02-01"}, "notified_before_training"),
        ({"date_notification": ""}, "notified_before_training"),
        ({"debut_formation": ""}, "notified_before_training"),
        ({"date_embauche": "2022-02-01"}, "training_within_three_years"),
        ({"date_embauche": "2025-02-02"}, "training_within_three_years"),
        ({"heures_formation": ""}, "cost_proved"),
        ({"cout_formation": ""}, "cost_proved"),
        ({"diplome": "bac+4"}, "job_seeker_graduate"),
        ({"diplome": ""}, "job_seeker_graduate"),
        ({"profil": ""}, "job_seeker_graduate"),
        ({"finance_par": "OFPPT"}, "not_funded_elsewhere"),
    ],
)
def test_what_a_row_lacks_fails_its_condition(cells: dict[str, str], failing: str):
    reasons, amount = answer(**cells)

    assert (reasons[0], amount) == (failing, 0)


@pytest.mark.parametrize(
    ("granted", "amount"), [("34999.90", 3_000_010), ("35000", 3_000_000), ("65000", 0)]
)
def test_what_was_granted_before_leaves_the_rest_of_the_overall_maximum(granted: str, amount: int):
    assert answer(deja_accorde=granted)[1] == amount


@pytest.mark.parametrize(
    ("hired", "place"),
    [
        ("2025-02-01", 0),
        ("2024-02-02", 0),
        ("2024-02-01", 1),
        ("2023-02-02", 1),
        ("2023-02-01", 2),
        ("2020-01-01", 2),
        ("", 2),
    ],
)
def test_what_was_granted_before_counts_in_the_training_year_of_the_row(hired: str, place: int):
    cells = {"date_embauche": hired, "deja_accorde": "100"}

    granted = read(people_file(TRAINED | cells)).facts.granted_before[0].tolist()

    assert granted == [10_000 if each == place else 0 for each in range(3)]


def test_what_was_granted_to_a_person_without_training_is_kept():
    row = {"annee": "2025", "deja_accorde": "100", "heures_formation": ""}

    facts = read(people_file(row)).facts

    assert (len(facts.item_line), facts.granted_before.sum()) == (0, 10_000)


def test_a_training_that_began_the_year_before_ended_in_the_claim_year():
    facts = read(people_file(TRAINED | {"debut_formation": "2024-12-15"})).facts

    assert date_of(facts.item_last_day[0]) == date(2025, 1, 1)


def test_a_training_may_begin_on_the_last_day_of_its_year():
    assert len(read(people_file(TRAINED | {"debut_formation": "2025-12-31"})).people) == 1


def test_a_training_that_begins_after_its_year_is_refused():
    refused = refusal_of(people_file(TRAINED | {"debut_formation": "2026-01-01"}))

    place = Place("gens.csv", 2, "debut_formation")
    assert (refused.code, refused.place) == ("training_after_year", place)


def test_an_unknown_first_day_stays_unknown():
    facts = read(people_file(TRAINED | {"debut_formation": ""})).facts

    assert facts.item_first_day.tolist() == [UNKNOWN_DAY]


def test_rows_of_other_years_are_left_out_and_reported():
    rows = TRAINED, TRAINED | {"annee": "2024"}, TRAINED | {"annee": "2026"}

    found = read(people_file(*rows))

    assert [person.line for person in found.people] == [2]
    assert [place.line for place in found.left_out.other_years] == [3, 4]


def test_nobody_can_say_in_a_file_who_was_a_job_seeker():
    (person,) = read(people_file(TRAINED)).people

    assert (person.job_seeker, person.assumed) == (True, ("job_seeker",))


def test_no_condition_of_the_branch_is_asked():
    assert read(people_file(TRAINED)).firm_assumed == ("certificate_valid", "firm_in_good_standing")


def test_official_files_say_nothing_of_trainings():
    files = etat(Staff(OMAR, 1, date(2024, 1, 5)), year=2025)

    assert refusal_of(files).code == "trainings_not_in_files"
