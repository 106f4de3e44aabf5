"""Particular cases among recruits: each is an edit of the columns, at the rows it was drawn for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, auto

import numpy as np
import numpy.typing as npt

from primes.management.demonstration import invented
from primes.management.demonstration.names import FIRST_NAMES, FOREIGNERS, LAST_NAMES
from primes.management.demonstration.parts import Mixture, Part
from primes.management.demonstration.staff import NO_DAY, Days, Random, Staff

SCHEME_STARTS = np.datetime64("2025-07-01")
INCOME_GAP_BP = 12_800


class Case(IntEnum):
    ORDINARY = 0
    HIRED_ON_THE_EVE = auto()  # 30 June 2025
    HIRED_ON_THE_FIRST_DAY = auto()  # 1 July 2025
    CONVERTED = auto()  # from a CDD to a CDI in the course of the year
    FIXED_TERM = auto()
    INSERTION = auto()  # Idmaj
    FOREIGNER = auto()
    WITHOUT_CIN = auto()
    WRONG_CNSS_KEY = auto()
    NUMBER_LATE = auto()  # pending in the month of entry, given afterwards
    NUMBER_PENDING = auto()  # still pending at the end of the year
    INCOME_GAP = auto()  # between the CNSS declarations and the état 9421
    REHIRED = auto()  # within twelve months
    BACK_AFTER_A_YEAR = auto()  # exactly twelve months
    UNTRAINED = auto()
    FUNDED_ELSEWHERE = auto()
    UNPAID = auto()
    LEFT = auto()
    DIED = auto()
    ILL = auto()
    NOT_IN_9421 = auto()
    VANISHED = auto()  # no longer declared, and never declared as gone
    TO_COMPLETE = auto()  # left out of the people file
    SHARED = auto()  # employed by another firm of the sector too


PER_THOUSAND: Mapping[Case, int] = {
    Case.CONVERTED: 40,
    Case.FIXED_TERM: 40,
    Case.INSERTION: 30,
    Case.FOREIGNER: 20,
    Case.WITHOUT_CIN: 10,
    Case.WRONG_CNSS_KEY: 10,
    Case.NUMBER_LATE: 25,
    Case.NUMBER_PENDING: 5,
    Case.INCOME_GAP: 15,
    Case.REHIRED: 15,
    Case.BACK_AFTER_A_YEAR: 5,
    Case.UNTRAINED: 40,
    Case.FUNDED_ELSEWHERE: 15,
    Case.UNPAID: 5,
    Case.ILL: 20,
    Case.NOT_IN_9421: 5,
    Case.VANISHED: 5,
}
"""How usual a case is where some stand; the others are ordinary."""


ONCE = tuple(case for case in Case if case not in {Case.ORDINARY, Case.SHARED, Case.TO_COMPLETE})
"""What stands once in a firm with every case."""


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """The rows of one case, and what it may need to change them."""

    staff: Staff
    rows: npt.NDArray[np.intp]
    random: Random
    year: int
    serials: npt.NDArray[np.int64]
    shared_serial: int

    def day(self, month: int, day: int, within: int = 1) -> Days:
        """A day of the year for each row, at most `within` days from the one given."""
        first = np.datetime64(date(self.year, month, day))
        return first + self.random.integers(0, within, len(self.rows))

    def hire(self, days: Days | np.datetime64) -> None:
        self.staff.hired_on[self.rows] = days


def draw_cases(part: Part, random: Random, recruit: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    """The case of each person; only recruits have one."""
    cases = np.zeros(len(recruit), np.int8)
    recruits = np.flatnonzero(recruit)
    if part.mixture is Mixture.SOME:
        bounds = np.cumsum(list(PER_THOUSAND.values()))
        drawn = np.searchsorted(bounds, random.integers(0, 1_000, len(recruits)), side="right")
        cases[recruits] = np.array([*PER_THOUSAND, Case.ORDINARY], np.int8)[drawn]
    elif part.mixture is Mixture.ALL:
        wanted = [*ONCE, *[Case.TO_COMPLETE] * part.to_complete]
        # The last recruit is kept for the case of two firms.
        cases[random.permutation(recruits[:-1])[: len(wanted)]] = wanted
    if part.shared:
        cases[recruits[-1]] = Case.SHARED
    return cases


def apply_cases(
    staff: Staff,
    random: Random,
    *,
    year: int,
    serials: npt.NDArray[np.int64],
    shared_serial: int,
) -> None:
    """Change the columns in place."""
    staff.left_on[staff.case != Case.ORDINARY] = NO_DAY
    for case, change in CHANGES.items():
        rows = np.flatnonzero(staff.case == case)
        if len(rows):
            change(Edit(staff, rows, random, year, serials, shared_serial))


def _on_the_eve(edit: Edit) -> None:
    edit.hire(SCHEME_STARTS - 1)


def _on_the_first_day(edit: Edit) -> None:
    edit.hire(SCHEME_STARTS)


def _converted(edit: Edit) -> None:
    hired_on = edit.day(7, 14, within=45)
    edit.hire(hired_on)
    edit.staff.stable_from[edit.rows] = (hired_on.astype("M8[M]") + 3).astype("M8[D]")


def _fixed_term(edit: Edit) -> None:
    edit.staff.contract[edit.rows] = "CDD"


def _insertion(edit: Edit) -> None:
    edit.staff.contract[edit.rows] = "IDMAJ"


def _foreigner(edit: Edit) -> None:
    chosen = edit.random.integers(0, len(FOREIGNERS), len(edit.rows))
    nationality, last_name, first_name = np.array(FOREIGNERS)[chosen].T
    edit.staff.nationality[edit.rows] = nationality
    edit.staff.last_name[edit.rows] = last_name
    edit.staff.first_name[edit.rows] = first_name
    edit.staff.cin[edit.rows] = invented.residence_permits(edit.serials[edit.rows])


def _without_cin(edit: Edit) -> None:
    edit.staff.cin[edit.rows] = b""


def _wrong_key(edit: Edit) -> None:
    number = edit.staff.number[edit.rows]
    edit.staff.number[edit.rows] = number // 10 * 10 + (number + 1) % 10


def _number_late(edit: Edit) -> None:
    hired_on = edit.day(9, 1, within=30)
    edit.hire(hired_on)
    edit.staff.pending_until[edit.rows] = hired_on


def _number_pending(edit: Edit) -> None:
    edit.hire(edit.day(12, 1, within=10))
    edit.staff.pending_until[edit.rows] = edit.day(12, 31)
    edit.staff.number[edit.rows] = 0


def _income_gap(edit: Edit) -> None:
    edit.staff.income_bp[edit.rows] = INCOME_GAP_BP


def _rehired(edit: Edit) -> None:
    edit.hire(edit.day(9, 1, within=30))
    edit.staff.earlier_left_on[edit.rows] = edit.day(3, 31)
    edit.staff.last_same_employer_on[edit.rows] = edit.day(3, 31)


def _back_after_a_year(edit: Edit) -> None:
    edit.hire(edit.day(10, 15))
    a_year_before = np.datetime64(date(edit.year - 1, 10, 15))
    edit.staff.last_same_employer_on[edit.rows] = a_year_before


def _funded_elsewhere(edit: Edit) -> None:
    edit.staff.funded_by[edit.rows] = "OFPPT, contrat spécial de formation"


def _unpaid(edit: Edit) -> None:
    edit.staff.pay[edit.rows] = 0


def _left(edit: Edit) -> None:
    edit.hire(edit.day(8, 1, within=30))
    edit.staff.left_on[edit.rows] = edit.day(11, 30)
    edit.staff.died[edit.rows] = edit.staff.case[edit.rows] == Case.DIED


def _hired_in_summer(edit: Edit) -> None:
    edit.hire(edit.day(8, 1, within=30))


def _shared(edit: Edit) -> None:
    """The same person, whatever the firm."""
    serial = np.array([edit.shared_serial])
    edit.hire(edit.day(8, 18))
    edit.staff.number[edit.rows] = invented.employee_numbers(serial)
    edit.staff.cin[edit.rows] = invented.national_ids(serial)
    edit.staff.last_name[edit.rows] = LAST_NAMES[edit.shared_serial % len(LAST_NAMES)]
    edit.staff.first_name[edit.rows] = FIRST_NAMES[edit.shared_serial % len(FIRST_NAMES)]


CHANGES: Mapping[Case, Callable[[Edit], None]] = {
    Case.HIRED_ON_THE_EVE: _on_the_eve,
    Case.HIRED_ON_THE_FIRST_DAY: _on_the_first_day,
    Case.CONVERTED: _converted,
    Case.FIXED_TERM: _fixed_term,
    Case.INSERTION: _insertion,
    Case.FOREIGNER: _foreigner,
    Case.WITHOUT_CIN: _without_cin,
    Case.WRONG_CNSS_KEY: _wrong_key,
    Case.NUMBER_LATE: _number_late,
    Case.NUMBER_PENDING: _number_pending,
    Case.INCOME_GAP: _income_gap,
    Case.REHIRED: _rehired,
    Case.BACK_AFTER_A_YEAR: _back_after_a_year,
    Case.FUNDED_ELSEWHERE: _funded_elsewhere,
    Case.UNPAID: _unpaid,
    Case.LEFT: _left,
    Case.DIED: _left,
    Case.ILL: _hired_in_summer,
    Case.VANISHED: _hired_in_summer,
    Case.SHARED: _shared,
}
"""What each case changes; those that change no column are seen in the files or in the story."""
