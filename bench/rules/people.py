"""The people measured, as columns: same size and seed, same people."""

from datetime import date

import numpy as np

from primes.rules.columns import (
    NEVER,
    NO_END,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Column,
    Facts,
    Int64s,
    day_of,
)

YEAR = 2026
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
SEED = 2026


def people_of_all_kinds(size: int) -> Facts:
    """Recruits of a year and a half: some leave, are converted, come back, have a month untold.

    One in four has a bonus window that is not the whole employment.
    """
    chance = np.random.default_rng(SEED)
    hired_on = chance.integers(day_of(date(2025, 5, 1)), day_of(LAST), size)
    leaves, converted, was_here = (chance.random(size) < part for part in (0.1, 0.15, 0.1))
    salary, salary_known = _salaries(chance, size)
    salary_known[chance.random(size) < 0.03, 5] = False
    return Facts.told(
        size,
        **_in_good_order(size),
        **_incomes(chance, salary),
        nationality=(chance.random(size) < 0.02).astype(np.int16) * -1,
        hired_on=hired_on,
        left_on=np.where(leaves, hired_on + chance.integers(9, 500, size), NO_END),
        contract=(chance.random(size) < 0.2).astype(np.int16),
        stable_from=np.where(converted, hired_on + chance.integers(1, 200, size), UNKNOWN_DAY),
        last_same_employer_on=np.where(was_here, hired_on - chance.integers(1, 900, size), NEVER),
        salary=salary,
        salary_known=salary_known,
        training_minutes=np.where(chance.random(size) < 0.03, 0, 600),
        paid_elsewhere=chance.random(size) < 0.01,
    )


def people_in_post_all_year(size: int) -> Facts:
    """Hired the year before on a stable contract, still there: no window cuts their year."""
    chance = np.random.default_rng(SEED)
    salary, salary_known = _salaries(chance, size)
    hires = day_of(date(2025, 5, 1)), day_of(FIRST)
    return Facts.told(
        size,
        **_in_good_order(size),
        **_incomes(chance, salary),
        nationality=(chance.random(size) < 0.02).astype(np.int16) * -1,
        hired_on=chance.integers(*hires, size),
        left_on=_all(size, NO_END),
        contract=np.zeros(size, dtype=np.int16),
        stable_from=_all(size, UNKNOWN_DAY),
        last_same_employer_on=_all(size, NEVER),
        salary=salary,
        salary_known=salary_known,
        training_minutes=np.where(chance.random(size) < 0.03, 0, 600),
        paid_elsewhere=chance.random(size) < 0.01,
    )


def _in_good_order(size: int) -> dict[str, Column]:
    """What the firm brings: nothing in it refuses anybody."""
    return {
        "branch": np.arange(size, dtype=np.int16) % 5,
        "certificate_from": _all(size, day_of(FIRST)),
        "certificate_until": _all(size, day_of(LAST)),
        "cnss_certificate_until": _all(size, day_of(date(2027, 12, 31))),
        "tax_certificate_until": _all(size, day_of(date(2027, 12, 31))),
        "filed_on": _all(size, day_of(date(2027, 4, 1))),
        "export_share_bp": _all(size, UNKNOWN_SHARE),
        "firm_started_on": _all(size, day_of(date(2015, 1, 1))),
        "has_cnss_number": np.ones(size, dtype=np.bool_),
    }


def _salaries(chance: np.random.Generator, size: int) -> tuple[Int64s, Column]:
    """Month by month in memory, as each engine reads them fastest."""
    salary = np.asfortranarray(chance.integers(400_000, 2_000_000, (size, 12)))
    return salary, np.ones((size, 12), dtype=np.bool_, order="F")


def _incomes(chance: np.random.Generator, salary: Int64s) -> dict[str, Column]:
    """Most agree with the salaries to a tenth, some do not."""
    income = salary.sum(axis=1) * chance.integers(95, 115, len(salary)) // 100
    income += chance.integers(0, 100_000, len(salary))
    return {"income": income[:, None], "income_known": np.ones((len(salary), 1), dtype=np.bool_)}


def _all(size: int, value: int) -> Int64s:
    return np.full(size, value, dtype=np.int64)
