"""What people earn: monthly pay by branch, and what the year's files say of it."""

import numpy as np
import numpy.typing as npt

PAY_BY_DECILE = {
    "CRM": (3_300, 3_700, 4_000, 4_300, 4_700, 5_100, 5_600, 6_300, 7_400, 9_800, 19_000),
    "BPO": (3_400, 4_000, 4_500, 5_000, 5_600, 6_300, 7_200, 8_400, 10_200, 13_800, 26_000),
    "ITO": (4_800, 6_500, 7_600, 8_700, 9_900, 11_300, 13_000, 15_400, 18_900, 25_500, 52_000),
    "ESO": (5_200, 7_000, 8_100, 9_200, 10_400, 11_800, 13_600, 16_000, 19_400, 25_000, 46_000),
    "KPO": (4_500, 6_000, 7_100, 8_200, 9_500, 11_000, 12_900, 15_500, 19_400, 26_500, 58_000),
}
"""Gross pay of a month in dirhams at each tenth of the people: a long tail, as pay has."""

CENTIMES = 100
ROUNDED_TO = 50 * CENTIMES
CNSS_CEILING = 6_000 * CENTIMES
DAYS_OF_A_MONTH = 26


def monthly_pay(branch: str, random: np.random.Generator, count: int) -> npt.NDArray[np.int64]:
    """Pay of a whole month, in centimes, between the deciles of the branch."""
    deciles = np.array(PAY_BY_DECILE[branch]) * CENTIMES
    tenth, within = np.divmod(random.integers(0, 10_000, count), 1_000)
    low, high = deciles[tenth], deciles[tenth + 1]
    pay: npt.NDArray[np.int64] = low + (high - low) * within // 1_000
    return pay // ROUNDED_TO * ROUNDED_TO


def capped(salary: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The part of a salary that counts for CNSS."""
    return np.minimum(salary, CNSS_CEILING)
