"""A line in plain words: an ordinary recruit of an ordinary firm, and what differs from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    PROFILES,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    UNKNOWN_YEARS,
    Facts,
    day_of,
)

NO_EARLIER = "never"
UNKNOWN_MONTHS: tuple[int | None, ...] = (None,) * 12


@dataclass(frozen=True)
class Training:
    """One training of a person; the invoice is a key, 0 where there is none."""

    first_day: date | None = date(2024, 9, 2)
    last_day: date | None = date(2024, 9, 6)
    notified_on: date | None = date(2024, 8, 1)
    minutes: int = 600
    cost: int = 1_000_000
    invoice: int = 1


@dataclass(frozen=True)
class Line:
    """None means unknown, except for `left_on`, where it means still in post.

    Money is in centimes. Each field left alone is favourable. Income and salaries are those of the
    claim year, or a mapping of calendar years in which a year not named is unknown.
    """

    branch: str | None = "ITO"
    certificate_from: date | None = date(2025, 1, 1)
    certificate_until: date | None = date(2030, 12, 31)
    cnss_certificate_until: date | None = date(2031, 12, 31)
    tax_certificate_until: date | None = date(2031, 12, 31)
    filed_on: date | None = date(2026, 4, 1)
    export_share_bp: int | None = None
    firm_started_on: date | None = date(2015, 1, 1)
    nationality: str | None = "MA"
    hired_on: date | None = date(2025, 7, 1)
    left_on: date | None = None
    contract: str | None = "CDI"
    stable_from: date | None = None
    last_same_employer_on: date | str | None = NO_EARLIER
    has_cnss_number: bool = True
    income: int | Mapping[int, int | None] | None = 6_000_000
    salaries: tuple[int | None, ...] | Mapping[int, tuple[int | None, ...]] = UNKNOWN_MONTHS
    training_minutes: int = 600
    training_cost: int = 0
    paid_elsewhere: bool = False
    granted_here: bool = False
    profile: str | None = None
    degree_years: int | None = None
    job_seeker: bool = False
    granted_before: tuple[int, int, int] = (0, 0, 0)
    trainings: tuple[Training, ...] = ()


ORDINARY = {
    "paf-2025": Line(),
    "pae-2025": Line(
        certificate_until=date(2032, 12, 31),
        cnss_certificate_until=date(2035, 12, 31),
        tax_certificate_until=date(2035, 12, 31),
        filed_on=date(2027, 4, 1),
        income={2025: 6_000_000, 2026: 12_000_000},
    ),
    "aide-formation-2007": Line(
        certificate_from=date(2007, 1, 1),
        hired_on=date(2024, 7, 1),
        profile="engineer-it",
        degree_years=5,
        job_seeker=True,
        trainings=(Training(),),
    ),
}
"""The ordinary recruit of each scheme: favourable in the claim years 2025, 2026 and 2024."""


def facts_of(lines: Sequence[Line], year: int | None = None, years: int = 1) -> Facts:
    """The columns of the lines; `years` calendar years of pay, of which `year` is the last."""
    axis = [None] if year is None else range(year - years + 1, year + 1)
    columns = {
        name: vocabulary.encode([getattr(line, name) for line in lines])
        for name, vocabulary in _WORDS.items()
    }
    for name in _DAYS:
        columns[name] = _column(_day(getattr(line, name)) for line in lines)
    for name, unknown in _COUNTS.items():
        values = (getattr(line, name) for line in lines)
        columns[name] = _column(unknown if value is None else value for value in values)
    for name in _FLAGS:
        columns[name] = np.array([getattr(line, name) for line in lines], dtype=np.bool_)
    left_on = (line.left_on for line in lines)
    columns["left_on"] = _column(NO_END if day is None else day_of(day) for day in left_on)
    granted = [line.granted_before for line in lines]
    columns["granted_before"] = np.array(granted, dtype=np.int64).reshape(len(lines), 3)
    columns["income"], columns["income_known"] = _known(
        [[income_of(line, each, year) for each in axis] for line in lines], years
    )
    columns["salary"], columns["salary_known"] = _known(
        [[s for each in axis for s in salaries_of(line, each, year)] for line in lines], 12 * years
    )
    return Facts.told(len(lines), years=years, **columns, **_items(lines))


def income_of(line: Line, year: int | None, claim_year: int | None) -> int | None:
    if isinstance(line.income, Mapping):
        return line.income.get(year)
    return line.income if year == claim_year else None


def salaries_of(line: Line, year: int | None, claim_year: int | None) -> tuple[int | None, ...]:
    if isinstance(line.salaries, Mapping):
        return line.salaries.get(year, UNKNOWN_MONTHS)
    return line.salaries if year == claim_year else UNKNOWN_MONTHS


_WORDS = {
    "branch": BRANCHES,
    "nationality": NATIONALITIES,
    "contract": CONTRACTS,
    "profile": PROFILES,
}
_DAYS = (
    "certificate_from",
    "certificate_until",
    "cnss_certificate_until",
    "tax_certificate_until",
    "filed_on",
    "firm_started_on",
    "hired_on",
    "stable_from",
    "last_same_employer_on",
)
_COUNTS = {
    "export_share_bp": UNKNOWN_SHARE,
    "degree_years": UNKNOWN_YEARS,
    "training_minutes": 0,
    "training_cost": 0,
}
_FLAGS = ("has_cnss_number", "paid_elsewhere", "granted_here", "job_seeker")


def _items(lines: Sequence[Line]) -> dict[str, np.ndarray]:
    items = [(i, training) for i, line in enumerate(lines) for training in line.trainings]
    columns = {"item_line": _column(i for i, _ in items)}
    for name in ("first_day", "last_day", "notified_on"):
        columns[f"item_{name}"] = _column(_day(getattr(item, name)) for _, item in items)
    for name in ("minutes", "cost", "invoice"):
        columns[f"item_{name}"] = _column(getattr(item, name) for _, item in items)
    return columns


def _day(value: date | str | None) -> int:
    if value == NO_EARLIER:
        return NEVER
    return UNKNOWN_DAY if value is None else day_of(value)


def _column(values: Iterable[Any]) -> np.ndarray:
    return np.array(list(values), dtype=np.int64)


def _known(rows: list[list[int | None]], width: int) -> tuple[np.ndarray, np.ndarray]:
    known = [[value is not None for value in row] for row in rows]
    figures = [[value or 0 for value in row] for row in rows]
    return (
        np.array(figures, dtype=np.int64).reshape(len(rows), width),
        np.array(known, dtype=np.bool_).reshape(len(rows), width),
    )
