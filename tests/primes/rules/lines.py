"""A line in plain words: an ordinary recruit of an ordinary firm, and what differs from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Facts,
    day_of,
)

NO_EARLIER = "never"
UNKNOWN_MONTHS = (None,) * 12


@dataclass(frozen=True)
class Line:
    """None means unknown, except for `left_on`, where it means still in post.

    Money is in centimes. Each field left alone is favourable.
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
    income: int | None = 6_000_000
    salaries: tuple[int | None, ...] = UNKNOWN_MONTHS
    training_minutes: int = 600
    training_cost: int = 0
    paid_elsewhere: bool = False


def facts_of(lines: Sequence[Line]) -> Facts:
    words = {"branch": BRANCHES, "nationality": NATIONALITIES, "contract": CONTRACTS}
    columns = {
        name: vocabulary.encode([getattr(line, name) for line in lines])
        for name, vocabulary in words.items()
    }
    for name in _DAYS:
        columns[name] = _column([_day(getattr(line, name)) for line in lines])
    left_on = [line.left_on for line in lines]
    columns["left_on"] = _column([NO_END if day is None else day_of(day) for day in left_on])
    shares = [UNKNOWN_SHARE if x.export_share_bp is None else x.export_share_bp for x in lines]
    columns["export_share_bp"] = _column(shares)
    for name in ("training_minutes", "training_cost"):
        columns[name] = _column([getattr(line, name) for line in lines])
    for name in ("has_cnss_number", "paid_elsewhere"):
        columns[name] = np.array([getattr(line, name) for line in lines], dtype=np.bool_)
    columns["income"], columns["income_known"] = _known([(line.income,) for line in lines], 1)
    columns["salary"], columns["salary_known"] = _known([line.salaries for line in lines], 12)
    return Facts(**columns)


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


def _day(value: date | str | None) -> int:
    if value == NO_EARLIER:
        return NEVER
    return UNKNOWN_DAY if value is None else day_of(value)


def _column(values: list[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def _known(rows: list[tuple[int | None, ...]], width: int) -> tuple[np.ndarray, np.ndarray]:
    known = [[value is not None for value in row] for row in rows]
    figures = [[value or 0 for value in row] for row in rows]
    return (
        np.array(figures, dtype=np.int64).reshape(len(rows), width),
        np.array(known, dtype=np.bool_).reshape(len(rows), width),
    )
