"""What files say of one person, and many such people as columns.

Pure: no database, no clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primes.claims.from_files_asked import Asked
from primes.rules.calendar import MONTHS_PER_YEAR, add_months
from primes.rules.columns import (
    BRANCHES,
    CONTRACTS,
    NATIONALITIES,
    NEVER,
    NO_END,
    PROFILES,
    TRAINING_YEARS,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    UNKNOWN_YEARS,
    Facts,
    day_of,
)

ONE_PERSON = "a CIN and a CNSS number of one same person"
"""What a row that names two people should have said."""
WHOLE_SHARE_BP = 10_000
# A file has the cost that an invoice proves, and no number of it: one key says that there is one.
SOME_INVOICE = 1
# What stands for a value that nobody gave, in the columns that have one value a person.
_ABSENT = {
    "hired_on": UNKNOWN_DAY,
    "left_on": NO_END,
    "stable_from": UNKNOWN_DAY,
    "last_same_employer_on": NEVER,
    "training_minutes": 0,
    "training_cost": 0,
    "degree_years": UNKNOWN_YEARS,
}
_FLAGS = ("has_cnss_number", "paid_elsewhere", "granted_here", "job_seeker")


@dataclass(frozen=True, slots=True)
class TrainingSaid:
    """The training of one row: days as far as they are known, minutes attended, cost in centimes.

    `last_day` is a day of the claim year, in which the training ended.
    """

    first_day: date | None
    last_day: date
    notified_on: date | None
    minutes: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """One line of a simulation, `file` and `line` saying where it stands.

    None is unknown, except in `left_on` (still in post), `stable_from` (the hire date) and
    `last_same_employer_on` (never). Amounts are centimes; `incomes` has one for each year that the
    scheme asks, `months` twelve, the claim year last. `granted` was granted before under the same
    scheme. `assumed` names the facts nobody gave that were taken as favourable.
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
    incomes: Sequence[int | None]
    months: Sequence[int | None] = ()
    training_minutes: int
    training_cost: int = 0
    training: TrainingSaid | None = None
    paid_elsewhere: bool = False
    granted: int = 0
    profile: str | None = None
    degree_years: int | None = None
    job_seeker: bool = False
    warnings: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def granted_here(self) -> bool:
        return self.granted > 0


@dataclass(frozen=True, slots=True)
class FirmSaid:
    """What was given about the firm; None was not, and its condition is taken as held."""

    branch: str | None = None
    certificate_until: date | None = None


def facts_from(people: Sequence[PersonSaid], firm: FirmSaid, asked: Asked) -> Facts:
    """The people, in their order, as the law is told of them."""
    years = len(asked.years)
    income, income_known = _amounts([person.incomes for person in people], years)
    salary, salary_known = _amounts(
        [person.months or (None,) * (MONTHS_PER_YEAR * years) for person in people],
        MONTHS_PER_YEAR * years,
    )
    numbers = {name: _numbers(people, name, absent) for name, absent in _ABSENT.items()}
    flags = {
        name: np.array([getattr(person, name) for person in people], np.bool_) for name in _FLAGS
    }
    return Facts.told(
        len(people),
        years=years,
        nationality=NATIONALITIES.encode([person.nationality for person in people]),
        contract=CONTRACTS.encode([person.contract for person in people]),
        profile=PROFILES.encode([person.profile for person in people]),
        income=income,
        income_known=income_known,
        salary=salary,
        salary_known=salary_known,
        **numbers,
        **flags,
        **_trainings(people),
        **_firm_columns(firm, asked, len(people)),
    )


def firm_conditions_assumed(firm: FirmSaid, asked: Asked) -> tuple[str, ...]:
    """Codes of the firm conditions about which nothing was given, in the order of the law."""
    given = {
        "branch_eligible": firm.branch is not None,
        "certificate_valid": firm.certificate_until is not None,
        "firm_in_good_standing": False,
        "export_share_reached": not asked.asks_export_share,
    }
    return tuple(code for code in asked.conditions if given.get(code) is False)


def _firm_columns(firm: FirmSaid, asked: Asked, size: int) -> Mapping[str, NDArray[Any]]:
    certificate = firm.certificate_until
    values = {
        "certificate_from": NEVER,
        "certificate_until": NO_END if certificate is None else day_of(certificate),
        "cnss_certificate_until": NO_END,
        "tax_certificate_until": NO_END,
        "filed_on": day_of(asked.filed_on),
        "export_share_bp": WHOLE_SHARE_BP if asked.asks_export_share else UNKNOWN_SHARE,
        "firm_started_on": UNKNOWN_DAY,
    }
    columns = {name: np.full(size, value, np.int64) for name, value in values.items()}
    return columns | {"branch": BRANCHES.encode([firm.branch or asked.branch] * size)}


def _trainings(people: Sequence[PersonSaid]) -> Mapping[str, NDArray[Any]]:
    """One item a training, and what was granted before in the training year it falls in."""
    told = [(line, each.training) for line, each in enumerate(people) if each.training]
    columns = {
        "item_line": [line for line, _ in told],
        "item_first_day": [_integer(training.first_day, UNKNOWN_DAY) for _, training in told],
        "item_last_day": [day_of(training.last_day) for _, training in told],
        "item_notified_on": [_integer(training.notified_on, UNKNOWN_DAY) for _, training in told],
        "item_minutes": [training.minutes for _, training in told],
        "item_cost": [training.cost for _, training in told],
        "item_invoice": [SOME_INVOICE if training.cost else 0 for _, training in told],
    }
    items = {name: np.array(values, np.int64) for name, values in columns.items()}
    granted = np.zeros((len(people), TRAINING_YEARS), np.int64)
    hired_on = _numbers([people[line] for line, _ in told], "hired_on", UNKNOWN_DAY)
    place = _training_year(hired_on, items["item_first_day"]) - 1
    granted[:, 0] = [person.granted for person in people]
    granted[items["item_line"], 0] = 0
    granted[items["item_line"], place] = [people[line].granted for line, _ in told]
    return items | {"granted_before": granted}


def _training_year(hired_on: NDArray[np.int64], first_day: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 to 3; a day outside the three years counts with the nearest of them."""
    anniversaries = np.arange(1, TRAINING_YEARS) * MONTHS_PER_YEAR
    passed = first_day[:, None] >= add_months(hired_on[:, None], anniversaries)
    return np.asarray(passed.sum(axis=1) + 1, np.int64)


def _numbers(people: Sequence[PersonSaid], name: str, absent: int) -> NDArray[np.int64]:
    return np.array([_integer(getattr(person, name), absent) for person in people], np.int64)


def _integer(value: date | int | None, absent: int) -> int:
    if value is None:
        return absent
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
