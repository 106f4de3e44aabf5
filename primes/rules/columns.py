"""The facts of many lines as columns: what the law is told, one array a fact, one position a line.

Absence is never a number that could be mistaken for a fact: what is not known, what has not ended
and what never happened have named values. They are days far outside the calendar, placed so that
plain comparisons read them rightly: never < every day < no end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from primes.rules.errors import FactsRefused

Int16s = NDArray[np.int16]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]
Column = NDArray[Any]

UNKNOWN_DAY = -20_000_000
NEVER = -10_000_000
NO_END = 10_000_000

UNKNOWN = -1
OTHER = -2
UNKNOWN_SHARE = -1

_EPOCH = date(1970, 1, 1)
_OTHER_TEXT = "OTHER"


def day_of(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def date_of(day: int) -> date:
    """The calendar date of a day; a named value is not one and raises `OverflowError`."""
    return _EPOCH + timedelta(days=int(day))


def known(days: Int64s) -> Bools:
    """Where a day is known; « never » and « no end » are."""
    told: Bools = days != UNKNOWN_DAY
    return told


@dataclass(frozen=True)
class Vocabulary:
    """Words a fact may take, stored by position: a word may be added at the end, never moved."""

    name: str
    values: tuple[str, ...]

    def encode(self, words: Sequence[str | None]) -> Int16s:
        """A missing or empty word becomes UNKNOWN, a word outside the vocabulary OTHER."""
        codes = {word: code for code, word in enumerate(self.values)}
        return np.array(
            [codes.get(word, OTHER) if word else UNKNOWN for word in words], dtype=np.int16
        )

    def decode(self, codes: Int16s) -> list[str | None]:
        words: dict[int, str | None] = dict(enumerate(self.values))
        words |= {UNKNOWN: None, OTHER: _OTHER_TEXT}
        return [words[code] for code in codes.tolist()]


CONTRACTS = Vocabulary("contract", ("CDI", "CDD", "IDMAJ", "STAGE", "INTERIM"))
BRANCHES = Vocabulary("branch", ("ITO", "CRM", "BPO", "ESO", "KPO"))
NATIONALITIES = Vocabulary("nationality", ("MA",))


# What a column holds: its type, its places a year (0: no year axis), whether it is an amount (never
# below 0), and the value that stands for « unknown », if it has one.
_DAY = {"dtype": np.int64, "per_year": 0, "amount": False, "unknown": UNKNOWN_DAY}
_WORD = {"dtype": np.int16, "per_year": 0, "amount": False, "unknown": UNKNOWN}
_FLAG = {"dtype": np.bool_, "per_year": 0, "amount": False, "unknown": None}
_AMOUNT = {"dtype": np.int64, "per_year": 0, "amount": True, "unknown": None}
_YEARLY, _MONTHLY = {"per_year": 1}, {"per_year": 12}


@dataclass(frozen=True, eq=False)
class Facts:
    """Equal-length columns, one position a line.

    Days are counted from 1970-01-01, money is in centimes, training time in minutes, the export
    share in basis points. Yearly facts have a second axis: Y years for `income`, 12·Y months for
    `salary`, January first; where `…_known` is false the figure beside it is not read.
    """

    branch: Int16s = field(metadata=_WORD)
    certificate_from: Int64s = field(metadata=_DAY)
    certificate_until: Int64s = field(metadata=_DAY)
    cnss_certificate_until: Int64s = field(metadata=_DAY)
    tax_certificate_until: Int64s = field(metadata=_DAY)
    filed_on: Int64s = field(metadata=_DAY)
    export_share_bp: Int64s = field(metadata=_DAY | {"unknown": UNKNOWN_SHARE})
    firm_started_on: Int64s = field(metadata=_DAY)

    nationality: Int16s = field(metadata=_WORD)
    hired_on: Int64s = field(metadata=_DAY)
    left_on: Int64s = field(metadata=_DAY)
    """The last day of employment, or NO_END."""
    contract: Int16s = field(metadata=_WORD)
    stable_from: Int64s = field(metadata=_DAY | {"unknown": None})
    """First day of the stable contract; UNKNOWN_DAY reads as the hire date."""
    last_same_employer_on: Int64s = field(metadata=_DAY)
    """Last earlier declaration by the same employer: a day, NEVER or UNKNOWN_DAY."""
    has_cnss_number: Bools = field(metadata=_FLAG)

    income: Int64s = field(metadata=_AMOUNT | _YEARLY)
    income_known: Bools = field(metadata=_FLAG | _YEARLY)
    salary: Int64s = field(metadata=_AMOUNT | _MONTHLY)
    salary_known: Bools = field(metadata=_FLAG | _MONTHLY)
    training_minutes: Int64s = field(metadata=_AMOUNT)
    training_cost: Int64s = field(metadata=_AMOUNT)
    paid_elsewhere: Bools = field(metadata=_FLAG)

    def __post_init__(self) -> None:
        size = len(self)
        years = self.income.shape[-1]
        for column in fields(self):
            values = getattr(self, column.name)
            per_year = column.metadata["per_year"]
            shape = (size, per_year * years) if per_year else (size,)
            if values.shape != shape:
                raise FactsRefused(column.name, values.shape, shape)
            if values.dtype != column.metadata["dtype"]:
                raise FactsRefused(column.name, values.dtype, column.metadata["dtype"])
            if column.metadata["amount"] and size and values.min() < 0:
                raise FactsRefused(column.name, "a negative amount", "0 or more")

    def __len__(self) -> int:
        return len(self.hired_on)

    def take(self, indices: slice | Int64s | Sequence[int]) -> Self:
        """The chosen lines, in the order asked; a slice shares the memory of the columns."""
        chosen = indices if isinstance(indices, slice) else np.asarray(indices, dtype=np.int64)
        return type(self)(**{name: values[chosen] for name, values in self.columns().items()})

    def columns(self) -> dict[str, Column]:
        return {column.name: getattr(self, column.name) for column in fields(self)}

    def unknown(self, name: str) -> Bools:
        """Where a fact is not known; a fact that has its own reading of silence is always known."""
        if name == "income":
            return cast("Bools", ~self.income_known.all(axis=1))
        missing = _UNKNOWN[name]
        if missing is None:
            return np.zeros(len(self), dtype=np.bool_)
        return cast("Bools", getattr(self, name) == missing)

    @classmethod
    def concatenate(cls, parts: Sequence[Self]) -> Self:
        """The lines of all parts, in order; parts must agree on the number of years."""
        return cls(
            **{
                column.name: np.concatenate([getattr(part, column.name) for part in parts])
                for column in fields(cls)
            }
        )


_UNKNOWN: dict[str, int | None] = {
    column.name: column.metadata["unknown"] for column in fields(Facts)
}
