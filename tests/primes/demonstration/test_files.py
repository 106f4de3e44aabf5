"""The files of the sector, read by the readers of the product."""

from collections import Counter
from datetime import date
from io import BytesIO

import numpy as np
import pytest

from companies.imports.formats.declaration import Declaration
from companies.imports.formats.ds import read_declaration
from companies.imports.formats.etat9421 import Etat9421, read_etat9421
from companies.imports.formats.recognise import recognise
from companies.imports.reading.people import read_people
from companies.imports.reading.people_columns import NEVER, People
from primes.management.demonstration.cases import Case
from primes.management.demonstration.files import files_of
from primes.management.demonstration.sector import Firm, Sector

YEAR = 2025
READERS = {"ds": read_declaration, "etat9421": read_etat9421, "csv": read_people}


@pytest.fixture(scope="module")
def firm() -> Firm:
    return next(Sector(12, 600, YEAR, 2026).firms())


@pytest.fixture(scope="module")
def read(firm: Firm) -> dict[str, Declaration | Etat9421 | People]:
    return {
        name: READERS[recognise(content, name)](BytesIO(content), name)
        for name, content in files_of(firm, YEAR)
    }


def _number(firm: Firm, case: Case) -> int:
    return int(firm.staff.number[firm.staff.case == case][0])


def _cin(firm: Firm, case: Case) -> bytes:
    return firm.staff.cin[firm.staff.case == case][0]


def _month(read, firm: Firm, month: int) -> Declaration:
    return read[f"DS_{firm.employer_number}_{month:02}{YEAR}.txt"]


def _situation(read, firm: Firm, month: int, case: Case) -> bytes:
    rows = _month(read, firm, month).rows
    return rows.situation[rows.number == _number(firm, case)][0]


def test_every_firm_sends_twelve_months_a_year_and_its_people():
    for firm in Sector(12, 600, YEAR, 2026).firms():
        names = [name for name, _ in files_of(firm, YEAR)]

        assert len([name for name in names if name.startswith("DS_")]) == 12
        assert names[-2:] == [f"etat9421_{YEAR}.xml", f"personnel_{YEAR}.csv"]


def test_some_firms_send_a_complementary_declaration(read, firm):
    extra = read[f"DSC1_{firm.employer_number}_12{YEAR}.txt"]

    assert extra.header.supplement == 1
    assert len(extra.rows) > 0


def test_the_only_warnings_are_those_of_the_cases(read):
    codes = {warning.code for each in read.values() for warning in each.warnings}

    assert codes == {
        "employee_number_key",
        "national_id_format",
        "normal_without_days",
        "normal_without_pay",
    }


def test_a_number_that_comes_late_is_pending_in_the_month_of_entry(read, firm):
    entry = _month(read, firm, 9).rows
    later = _month(read, firm, 10).rows

    assert entry.number[entry.cin == _cin(firm, Case.NUMBER_LATE)].tolist() == [0]
    assert _number(firm, Case.NUMBER_LATE) in later.number


def test_a_number_still_pending_is_in_no_file(read, firm):
    entry = _month(read, firm, 12).rows
    cin = _cin(firm, Case.NUMBER_PENDING)
    yearly = read[f"etat9421_{YEAR}.xml"].staff

    assert entry.number[entry.cin == cin].tolist() == [0]
    assert yearly.cnss_number[yearly.cin.index(cin.decode())] is None


@pytest.mark.parametrize(
    ("case", "month", "situation"),
    [
        (Case.LEFT, 11, b"SO"),
        (Case.DIED, 11, b"DE"),
        (Case.ILL, 10, b"IL"),
        (Case.REHIRED, 3, b"SO"),
    ],
)
def test_what_happens_to_people_is_told_to_cnss(read, firm, case, month, situation):
    assert _situation(read, firm, month, case) == situation


def test_a_rehired_person_is_away_then_enters_again(read, firm):
    number = _number(firm, Case.REHIRED)
    seen = [
        (month, bool(rows.entrant[rows.number == number][0]))
        for month in range(1, 13)
        if number in (rows := _month(read, firm, month).rows).number
    ]

    assert seen == [
        (1, False),
        (2, False),
        (3, False),
        (9, True),
        (10, False),
        (11, False),
        (12, False),
    ]


def test_a_person_who_vanishes_is_declared_no_more_and_has_not_left(read, firm):
    number = _number(firm, Case.VANISHED)

    assert _situation(read, firm, 10, Case.VANISHED) == b""
    assert number not in _month(read, firm, 11).rows.number


def test_the_yearly_file_forgets_one_person(read, firm):
    yearly = read[f"etat9421_{YEAR}.xml"].staff

    assert f"{_number(firm, Case.NOT_IN_9421):09}" not in yearly.cnss_number
    assert len(yearly) == len(firm.staff) - 1


def test_yearly_income_is_near_the_salaries_but_for_the_gap(read, firm):
    yearly = read[f"etat9421_{YEAR}.xml"].staff
    paid = Counter()
    for each in read.values():
        if isinstance(each, Declaration):
            for number, salary in zip(each.rows.number_texts(), each.rows.real_salary, strict=True):
                paid[number] += int(salary)
    gaps = [
        number
        for number, income in zip(yearly.cnss_number, yearly.taxable_income, strict=True)
        if number and abs(int(income) - paid[number]) * 10 > int(income)
    ]

    assert f"{_number(firm, Case.INCOME_GAP):09}" in gaps
    assert len(gaps) <= 2


def test_the_people_file_leaves_out_those_to_complete(read, firm):
    people = read[f"personnel_{YEAR}.csv"]

    missing = np.count_nonzero(firm.staff.case == Case.TO_COMPLETE)

    assert len(people) == len(firm.staff) - missing


def test_the_people_file_says_what_the_others_cannot(read, firm):
    people = read[f"personnel_{YEAR}.csv"]
    row = {number: position for position, number in enumerate(people.cnss_number)}

    def of(case: Case) -> int:
        return row[f"{_number(firm, case):09}"]

    assert people.contract[of(Case.FIXED_TERM)] == "CDD"
    assert people.contract[of(Case.INSERTION)] == "IDMAJ"
    assert people.stable_from[of(Case.CONVERTED)] > people.hired_on[of(Case.CONVERTED)]
    assert people.last_same_employer_on[of(Case.REHIRED)] == date(YEAR, 3, 31)
    assert people.last_same_employer_on[of(Case.BACK_AFTER_A_YEAR)] == date(YEAR - 1, 10, 15)
    assert people.last_same_employer_on[of(Case.FIXED_TERM)] == NEVER
    assert people.nationality[of(Case.FOREIGNER)] != "MA"
    assert people.funded_by[of(Case.FUNDED_ELSEWHERE)]
