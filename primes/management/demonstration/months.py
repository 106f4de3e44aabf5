"""What CNSS is told of a firm's people each month, and the tax office at the end of the year."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from primes.management.demonstration.cases import Case
from primes.management.demonstration.pay import DAYS_OF_A_MONTH
from primes.management.demonstration.staff import Staff

MONTHS = 12
SUPPLEMENT_MONTH = 12
SUPPLEMENT_BP = 4_000
VANISHED_FROM = 11
ILL_MONTH = 10
ILL_DAYS = 12
WHOLE_BP = 10_000

Months = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """Columns of twelve months a person; amounts in centimes.

    `declared` is whether the person stands in the main declaration of the month, `supplement` what
    the complementary one of December adds.
    """

    declared: npt.NDArray[np.bool_]
    entrant: npt.NDArray[np.bool_]
    pending: npt.NDArray[np.bool_]
    days: Months
    salary: Months
    situation: npt.NDArray[np.bytes_]
    supplement: npt.NDArray[np.int64]
    income: npt.NDArray[np.int64]


def live_through(staff: Staff, year: int) -> Year:
    """The twelve months of a calendar year; each person's pay is whole, or in parts of 26 days."""
    first = np.datetime64(date(year, 1, 1)).astype("M8[M]") + np.arange(MONTHS)
    month_starts, month_ends = first.astype("M8[D]"), (first + 1).astype("M8[D]") - 1
    hired, left = staff.hired_on[:, None], staff.left_on[:, None]
    in_post = (hired <= month_ends) & ~(left < month_starts)
    earlier = month_starts <= staff.earlier_left_on[:, None]
    declared = in_post | earlier
    declared[np.ix_(staff.case == Case.VANISHED, np.arange(MONTHS) >= VANISHED_FROM - 1)] = False
    days = _days(staff, declared, in_post & (hired > month_starts), month_ends)
    salary = staff.pay[:, None] * days // DAYS_OF_A_MONTH
    supplement = _supplement(staff, declared)
    total = salary.sum(axis=1) + supplement
    return Year(
        declared=declared,
        entrant=declared & (staff.hired_on.astype("M8[M]")[:, None] == first),
        pending=declared & (staff.pending_until[:, None] >= month_starts),
        days=days,
        salary=salary,
        situation=_situations(staff, declared, month_ends),
        supplement=supplement,
        income=total * staff.income_bp // WHOLE_BP,
    )


def _days(
    staff: Staff,
    declared: npt.NDArray[np.bool_],
    begun: npt.NDArray[np.bool_],
    month_ends: npt.NDArray[np.datetime64],
) -> Months:
    """26 days a whole month, a share of them in the month of hire, some in a month of illness."""
    lengths = (month_ends - month_ends.astype("M8[M]").astype("M8[D]")).astype(int) + 1
    present = (month_ends - staff.hired_on[:, None]).astype(int) + 1
    days = np.full(declared.shape, DAYS_OF_A_MONTH)
    days = np.where(begun, np.maximum(DAYS_OF_A_MONTH * present // lengths, 1), days)
    days[staff.case == Case.ILL, ILL_MONTH - 1] = ILL_DAYS
    days[staff.pay == 0] = 0
    days[~declared] = 0
    return days


def _situations(
    staff: Staff, declared: npt.NDArray[np.bool_], month_ends: npt.NDArray[np.datetime64]
) -> npt.NDArray[np.bytes_]:
    situation = np.zeros(declared.shape, "S2")
    leaves = staff.left_on[:, None] == month_ends
    situation[leaves] = b"SO"
    situation[leaves & staff.died[:, None]] = b"DE"
    situation[staff.earlier_left_on[:, None] == month_ends] = b"SO"
    situation[staff.case == Case.ILL, ILL_MONTH - 1] = b"IL"
    situation[declared & (staff.pay == 0)[:, None] & (situation == b"")] = b"CS"
    return situation


def _supplement(staff: Staff, declared: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """A bonus declared after the month to older staff in post in December."""
    concerned = ~staff.recruit & declared[:, SUPPLEMENT_MONTH - 1]
    return np.where(concerned, staff.pay * SUPPLEMENT_BP // WHOLE_BP, 0)
