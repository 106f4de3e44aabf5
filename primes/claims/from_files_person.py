"""What files say of one person, and many such people as columns.

Pure: no database, no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from primes.rules.calendar import year_bounds
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
from primes.rules.deadlines import filing_window
from primes.rules.parameters.loader import load_scheme

WHOLE_SHARE_BP = 10_000
MINUTES_PER_HOUR = 60
MONTHS_UNKNOWN: tuple[int | None, ...] = (None,) * 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """One line of a simulation, `file` and `line` saying where it stands.

    None is unknown, except in `left_on` (still in post), `stable_from` (the hire date) and
    `last_same_employer_on` (never). Amounts are centimes. `assumed` names the facts nobody gave
    that were taken as favourable.
    """

    file: str
    line: int
    number: str
    cin: str
    has_cnss_number: bool
    nationality: str | None
    hired_on: date | None
    left_on: date | None = None
    contract: str | None
    stable_from: date | None = None
    last_same_employer_on: date | None = None
    income: int | None
    months: Sequence[int | None] = MONTHS_UNKNOWN
    training_minutes: int
    training_cost: int = 0
    paid_elsewhere: bool = False
    warnings: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmSaid:
    """What was given about the firm; None was not, and its condition is taken as held."""

    branch: str | None = None
    certificate_until: date | None = None


@dataclass(frozen=True, slots=True)
class Favourable:
    """The least that the law of one claim year asks, where a fact is taken as favourable."""

    branch: str
    nationality: str
    contract: str
    training_minutes: int
    filed_on: date
    asks_export_share: bool


@dataclass(slots=True)
class _Columns:
    """Columns by name, one value a person."""

    people: Sequence[PersonSaid]
    made: dict[str, NDArray[Any]] = field(default_factory=dict)

    def put(self, name: str, absent: int | None = None) -> None:
        values = [getattr(person, name) for person in self.people]
        if absent is None:
            self.made[name] = np.array(values, np.bool_)
        else:
            days = [absent if value is None else _integer(value) for value in values]
            self.made[name] = np.array(days, np.int64)


def favourable(scheme: str, year: int) -> Favourable:
    """Raises `UnknownScheme` and `YearOutsideScheme`."""
    text = load_scheme(scheme)
    text.require_year(year)
    last_day = year_bounds(year)[1]
    read = {
        name: text.parameter(name, asked_by="simulate").on(last_day).value
        for name in (
            "branches",
            "nationality",
            "stable_contracts",
            "training_hours_min",
            "export_share_min",
        )
    }
    return Favourable(
        branch=cast("tuple[str, ...]", read["branches"])[0],
        nationality=cast("tuple[str, ...]", read["nationality"])[0],
        contract=cast("tuple[str, ...]", read["stable_contracts"])[0],
        training_minutes=max(1, cast("int", read["training_hours_min"]) * MINUTES_PER_HOUR),
        filed_on=filing_window(scheme, year, date(year, 12, 31))[0],
        asks_export_share=read["export_share_min"] is not None,
    )


def facts_from(people: Sequence[PersonSaid], firm: FirmSaid, least: Favourable) -> Facts:
    """The people, in their order, as the law is told of them."""
    columns = _Columns(people)
    columns.put("hired_on", UNKNOWN_DAY)
    columns.put("left_on", NO_END)
    columns.put("stable_from", UNKNOWN_DAY)
    columns.put("last_same_employer_on", NEVER)
    for name in ("training_minutes", "training_cost"):
        columns.put(name, 0)
    for name in ("has_cnss_number", "paid_elsewhere"):
        columns.put(name)
    income, income_known = _amounts([[person.income] for person in people], 1)
    salary, salary_known = _amounts([person.months for person in people], 12)
    return Facts(
        nationality=NATIONALITIES.encode([person.nationality for person in people]),
        contract=CONTRACTS.encode([person.contract for person in people]),
        income=income,
        income_known=income_known,
        salary=salary,
        salary_known=salary_known,
        **columns.made,
        **_firm_columns(firm, least, len(people)),
    )


def firm_conditions_assumed(firm: FirmSaid, least: Favourable) -> tuple[str, ...]:
    """Codes of the firm conditions about which nothing was given, in the order of the law."""
    given = {
        "branch_eligible": firm.branch is not None,
        "certificate_valid": firm.certificate_until is not None,
        "firm_in_good_standing": False,
        "export_share_reached": not least.asks_export_share,
    }
    return tuple(code for code, known in given.items() if not known)


def _firm_columns(firm: FirmSaid, least: Favourable, size: int) -> Mapping[str, NDArray[Any]]:
    certificate = firm.certificate_until
    values = {
        "certificate_from": NEVER,
        "certificate_until": NO_END if certificate is None else day_of(certificate),
        "cnss_certificate_until": NO_END,
        "tax_certificate_until": NO_END,
        "filed_on": day_of(least.filed_on),
        "export_share_bp": WHOLE_SHARE_BP if least.asks_export_share else UNKNOWN_SHARE,
        "firm_started_on": UNKNOWN_DAY,
    }
    columns = {name: np.full(size, value, np.int64) for name, value in values.items()}
    return columns | {"branch": BRANCHES.encode([firm.branch or least.branch] * size)}


def _integer(value: date | int) -> int:
    return value if isinstance(value, int) else day_of(value)


def _amounts(
    rows: Sequence[Sequence[int | None]], width: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Amounts and which of them are known, [n, width]."""
    figures = [[amount or 0 for amount in row] for row in rows]
    known = [[amount is not None for amount in row] for row in rows]
    shape = (len(rows), width)
    return (
        np.array(figures, np.int64).reshape(shape),
        np.array(known, np.bool_).reshape(shape),
    )
