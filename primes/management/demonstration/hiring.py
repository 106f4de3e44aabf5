"""Who a firm employed in a year, drawn at random."""

from datetime import date

import numpy as np
import numpy.typing as npt

from primes.management.demonstration import invented
from primes.management.demonstration.cases import (
    SCHEME_STARTS,
    apply_cases,
    draw_cases,
)
from primes.management.demonstration.names import FIRST_NAMES, LAST_NAMES
from primes.management.demonstration.parts import Part
from primes.management.demonstration.pay import monthly_pay
from primes.management.demonstration.staff import NO_DAY, Days, Random, Staff

OLDEST_HIRE = np.datetime64("2016-01-04")
LAST_HIRE = (12, 21)
"""Late enough in the year, and early enough for the last course of December."""
RECRUITS_PERCENT = 60
ON_THE_FIRST_PERCENT = 40
LEAVERS_PERCENT = 7
DEATHS_PER_THOUSAND_LEAVERS = 5


def hire_staff(
    part: Part,
    random: Random,
    *,
    year: int,
    serials: npt.NDArray[np.int64],
    shared_serial: int,
) -> Staff:
    """The people a firm employed in a year, older staff first."""
    count = len(serials)
    recruit = np.arange(count) >= count - count * RECRUITS_PERCENT // 100
    hired_on = np.where(
        recruit,
        _hire_days(random, count, SCHEME_STARTS, np.datetime64(date(year, *LAST_HIRE))),
        _hire_days(random, count, OLDEST_HIRE, SCHEME_STARTS - 1),
    )
    never = np.full(count, NO_DAY)
    staff = Staff(
        case=draw_cases(part, random, recruit),
        recruit=recruit,
        number=invented.employee_numbers(serials),
        pending_until=never.copy(),
        cin=invented.national_ids(serials),
        last_name=random.choice(LAST_NAMES, count).astype("U30"),
        first_name=random.choice(FIRST_NAMES, count).astype("U30"),
        nationality=np.full(count, "MA", "U2"),
        hired_on=hired_on,
        left_on=_departures(random, hired_on, year),
        died=random.integers(0, 1_000, count) < DEATHS_PER_THOUSAND_LEAVERS,
        earlier_left_on=never.copy(),
        last_same_employer_on=never.copy(),
        contract=np.full(count, "CDI", "U8"),
        stable_from=never.copy(),
        funded_by=np.full(count, "", "U40"),
        pay=monthly_pay(part.branch, random, count),
        income_bp=random.integers(9_850, 10_150, count),
    )
    apply_cases(staff, random, year=year, serials=serials, shared_serial=shared_serial)
    return staff


def _hire_days(random: Random, count: int, first: np.datetime64, last: np.datetime64) -> Days:
    """Any day, and often the first of a month."""
    days = first + random.integers(0, (last - first).astype(int) + 1, count)
    on_the_first = random.integers(0, 100, count) < ON_THE_FIRST_PERCENT
    months = days.astype("M8[M]").astype("M8[D]")
    snapped: Days = np.where(on_the_first, np.maximum(months, first), days)
    return snapped


def _departures(random: Random, hired_on: Days, year: int) -> Days:
    """A few leave at the end of a month of the year that follows the month of their hire."""
    january = np.datetime64(date(year, 1, 1)).astype("M8[M]")
    earliest = np.maximum(hired_on.astype("M8[M]") - january + 1, 0).astype(int)
    leaves = (random.integers(0, 100, len(hired_on)) < LEAVERS_PERCENT) & (earliest < 12)
    month = january + np.minimum(random.integers(0, 12, len(hired_on)) + earliest, 11)
    return np.where(leaves, (month + 1).astype("M8[D]") - 1, NO_DAY)
