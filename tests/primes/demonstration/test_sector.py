"""The synthetic sector: the same for the same seed, and made of every part and case."""

import hashlib
from dataclasses import fields

import numpy as np
import pytest

from companies.identifiers import EmployeeNumber
from primes.management.demonstration.cases import Case
from primes.management.demonstration.files import files_of
from primes.management.demonstration.names import FIRST_NAMES, LAST_NAMES
from primes.management.demonstration.parts import PARTS, Stage
from primes.management.demonstration.sector import Sector, part_of
from primes.management.demonstration.staff import Staff

YEAR, SEED = 2025, 2026
DEFAULT = Sector(12, 600, YEAR, SEED)


def _digest(sector: Sector) -> str:
    digest = hashlib.sha256()
    for firm in sector.firms():
        for name, content in files_of(firm, sector.year):
            digest.update(name.encode() + content)
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes():
    assert _digest(DEFAULT) == _digest(Sector(12, 600, YEAR, SEED))


def test_another_seed_gives_other_bytes():
    assert _digest(DEFAULT) != _digest(Sector(12, 600, YEAR, SEED + 1))


@pytest.mark.parametrize(("firms", "people"), [(12, 600), (12, 270), (40, 5_003)])
def test_people_are_as_many_as_asked(firms, people):
    assert sum(len(firm.staff) for firm in Sector(firms, people, YEAR, SEED).firms()) == people


@pytest.mark.parametrize(("firms", "people"), [(11, 600), (12, 269), (12, 999_001)])
def test_a_sector_too_small_or_too_large_is_refused(firms, people):
    with pytest.raises(ValueError, match=r"at (least|most)"):
        Sector(firms, people, YEAR, SEED)


def test_twelve_firms_play_every_part():
    assert [firm.part for firm in DEFAULT.firms()] == list(PARTS)
    assert {part.stage for part in PARTS} == set(Stage)


def test_one_firm_only_is_left_ready_to_file():
    assert [rank for rank in range(1, 200) if part_of(rank).stage is Stage.READY] == [1]


def test_the_first_firm_is_that_of_the_demonstration_accounts():
    assert str(next(DEFAULT.firms()).identifier) == "999000001000075"


def test_every_case_stands_in_the_first_firm():
    cases = next(DEFAULT.firms()).staff.case

    assert set(cases.tolist()) == set(map(int, Case))
    assert np.count_nonzero(cases == Case.TO_COMPLETE) == PARTS[0].to_complete


@pytest.mark.parametrize("year", [2025, 2026, 2030])
def test_columns_of_a_staff_have_one_length(year):
    for firm in Sector(12, 600, year, SEED).firms():
        lengths = {len(getattr(firm.staff, column.name)) for column in fields(Staff)}

        assert lengths == {len(firm.staff)}


def test_identifiers_of_firms_are_right_and_of_one_firm():
    firms = list(Sector(300, 9_000, YEAR, SEED).firms())

    for kind in ("identifier", "fiscal_id", "employer_number", "name"):
        assert len({getattr(firm, kind) for firm in firms}) == len(firms)
    assert not [
        firm.rank for firm in firms if firm.identifier.warnings or firm.employer_number.warnings
    ]


def test_numbers_of_people_are_right_but_for_the_case_that_is_wrong():
    staff = next(DEFAULT.firms()).staff
    numbered = [(f"{n:09}", case) for n, case in zip(staff.number, staff.case, strict=True) if n]

    wrong = [case for number, case in numbered if EmployeeNumber(number).warnings]

    assert wrong == [Case.WRONG_CNSS_KEY]


def test_two_people_share_a_number_only_when_they_are_one():
    numbers = np.concatenate([firm.staff.number for firm in DEFAULT.firms()])
    shared = np.concatenate([firm.staff.case == Case.SHARED for firm in DEFAULT.firms()])

    own = numbers[~shared & (numbers > 0)]

    assert len(set(own.tolist())) == len(own)
    assert len(set(numbers[shared].tolist())) == 1
    assert np.count_nonzero(shared) == 3


@pytest.mark.parametrize("names", [FIRST_NAMES, LAST_NAMES])
def test_names_are_many_and_in_latin_capitals(names):
    assert len(set(names)) == len(names) >= 80
    assert all(name.isascii() and name.replace("-", "").isupper() for name in names)


def test_nobody_leaves_before_being_hired():
    for firm in Sector(24, 3_000, YEAR, SEED).firms():
        assert not (firm.staff.left_on < firm.staff.hired_on).any()
