"""The facts of many lines as columns: what the law is told, one array a fact, one position a line.

A line may have any number of trainings, its items: they stand in a table of their own, each item
naming the position of its line.

Absence is never a number that could be mistaken for a fact: what is not known, what has not ended
and what never happened have named values. They are days far outside the calendar, placed so that
plain comparisons read them rightly: never < every day < no end.
"""

from collections.abc import Sequence
from copy import copy
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
UNKNOWN_YEARS = -1

MINUTES_PER_HOUR = 60

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
PROFILES = Vocabulary(
    "profile", ("management", "engineer-it", "technician-it", "bac2-bpo", "bac-call-centre")
)

TRAINING_YEARS = 3
"""Places of `granted_before`: the training years of one recruitment."""


# What a column holds: its type, its places a year (0: no year axis) or in all, whether it is of an
# item, whether it is an amount (never below 0), and the value that stands for « unknown ».
_ONE = {"per_year": 0, "places": 0, "of_item": False, "amount": False, "unknown": None}
_DAY = _ONE | {"dtype": np.int64, "unknown": UNKNOWN_DAY}
_WORD = _ONE | {"dtype": np.int16, "unknown": UNKNOWN}
_FLAG = _ONE | {"dtype": np.bool_}
_COUNT = _ONE | {"dtype": np.int64}
_AMOUNT = _COUNT | {"amount": True}
_YEARLY, _MONTHLY = {"per_year": 1}, {"per_year": 12}
_OF_ITEM = {"of_item": True}


@dataclass(frozen=True, eq=False)
class Facts:
    """Equal-length columns, one position a line; `item_…` columns have one position an item.

    Days are counted from 1970-01-01, money is in centimes, training time in minutes, the export
    share in basis points. Yearly facts have a second axis: Y calendar years for `income`, 12·Y
    months for `salary`, January first, the last year being the claim year; where `…_known` is false
    the figure beside it is not read. Monthly columns are read fastest when they stand month by
    month in memory (`order="F"`); the answers are the same in either order.
    """

    branch: Int16s = field(metadata=_WORD)
    certificate_from: Int64s = field(metadata=_DAY)
    certificate_until: Int64s = field(metadata=_DAY)
    cnss_certificate_until: Int64s = field(metadata=_DAY)
    tax_certificate_until: Int64s = field(metadata=_DAY)
    filed_on: Int64s = field(metadata=_DAY)
    export_share_bp: Int64s = field(metadata=_COUNT | {"unknown": UNKNOWN_SHARE})
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
    granted_here: Bools = field(metadata=_FLAG)
    """Whether this scheme was granted before to this person for this firm."""

    profile: Int16s = field(metadata=_WORD)
    degree_years: Int64s = field(metadata=_COUNT | {"unknown": UNKNOWN_YEARS})
    """Years of study after the baccalauréat."""
    job_seeker: Bools = field(metadata=_FLAG)
    granted_before: Int64s = field(metadata=_AMOUNT | {"places": TRAINING_YEARS})
    """What earlier claims granted to the person under this scheme, by training year."""

    item_line: Int64s = field(metadata=_COUNT | _OF_ITEM)
    """The position of the line whose training it is; ascending."""
    item_first_day: Int64s = field(metadata=_DAY | _OF_ITEM)
    item_last_day: Int64s = field(metadata=_DAY | _OF_ITEM)
    item_notified_on: Int64s = field(metadata=_DAY | _OF_ITEM)
    """When the later of forms 3-2 and 3-3 that name the person was received."""
    item_minutes: Int64s = field(metadata=_AMOUNT | _OF_ITEM)
    """Attended by the person."""
    item_cost: Int64s = field(metadata=_AMOUNT | _OF_ITEM)
    """The person's share of the invoice, without VAT."""
    item_invoice: Int64s = field(metadata=_AMOUNT | _OF_ITEM)
    """Which invoice proves the cost; 0 when none does."""

    def __post_init__(self) -> None:
        years = self.income.shape[-1]
        for name, values in self.columns().items():
            shape = _shape(name, len(self), len(self.item_line), years)
            if values.shape != shape:
                raise FactsRefused(name, values.shape, shape)
            if values.dtype != _METADATA[name]["dtype"]:
                raise FactsRefused(name, values.dtype, _METADATA[name]["dtype"])
            if _METADATA[name]["amount"] and values.size and values.min() < 0:
                raise FactsRefused(name, "a negative amount", "0 or more")
        self._check_items()

    def _check_items(self) -> None:
        lines = self.item_line
        if lines.size and (lines[0] < 0 or lines[-1] >= len(self) or (np.diff(lines) < 0).any()):
            raise FactsRefused("item_line", lines, f"ascending, from 0 to {len(self) - 1}")

    @classmethod
    def told(cls, size: int, *, years: int = 1, **columns: Column) -> Self:
        """Facts of `size` lines: a column not given says that nothing is known, or nothing done."""
        items = len(columns.get("item_line", ()))
        silent = {
            name: _silence(name, _shape(name, size, items, years))
            for name in _METADATA.keys() - columns.keys()
        }
        return cls(**columns, **silent)

    def __len__(self) -> int:
        return len(self.hired_on)

    @property
    def years(self) -> int:
        """Length of the year axis."""
        return int(self.income.shape[1])

    def take(self, indices: slice | Int64s | Sequence[int]) -> Self:
        """The chosen lines with their items, in the order asked; a slice shares the memory of the
        columns."""
        chosen = indices if isinstance(indices, slice) else np.asarray(indices, dtype=np.int64)
        items, item_line = self._items_of(chosen)
        columns = {
            name: values[items if _METADATA[name]["of_item"] else chosen]
            for name, values in self.columns().items()
        }
        taken = copy(self)
        # Lines of checked facts need no second check, which would read every column again.
        taken.__dict__.update(columns | {"item_line": item_line})
        return taken

    def _items_of(self, chosen: slice | Int64s) -> tuple[Int64s, Int64s]:
        """Positions of the items of the chosen lines, and the new position of the line of each."""
        if not len(self.item_line):
            return self.item_line, self.item_line
        lines = np.arange(len(self), dtype=np.int64)[chosen]
        first = np.searchsorted(self.item_line, lines)
        counts = np.searchsorted(self.item_line, lines, side="right") - first
        new_line = np.repeat(np.arange(len(lines), dtype=np.int64), counts)
        before = np.cumsum(counts) - counts
        return np.arange(len(new_line)) - (before - first)[new_line], new_line

    def columns(self) -> dict[str, Column]:
        return {name: getattr(self, name) for name in _METADATA}

    def unknown(self, name: str) -> Bools:
        """Lines where a fact is not known; a fact with its own reading of silence always is.

        A fact of items is unknown for a line when it is for one of its items.
        """
        if name == "income":
            return cast("Bools", ~self.income_known.all(axis=1))
        missing = unknown_value(name)
        if missing is None:
            return np.zeros(len(self), dtype=np.bool_)
        unknown = cast("Bools", getattr(self, name) == missing)
        return self.any_item(unknown) if _METADATA[name]["of_item"] else unknown

    def any_item(self, items: Bools) -> Bools:
        """Lines with at least one item of those flagged."""
        lines = np.zeros(len(self), dtype=np.bool_)
        lines[self.item_line[items]] = True
        return lines

    @classmethod
    def concatenate(cls, parts: Sequence[Self]) -> Self:
        """The lines of all parts, in order; parts must agree on the number of years."""
        columns = {
            name: np.concatenate([getattr(part, name) for part in parts]) for name in _METADATA
        }
        before = np.cumsum([0, *(len(part) for part in parts[:-1])])
        moved = np.repeat(before, [len(part.item_line) for part in parts])
        return cls(**columns | {"item_line": columns["item_line"] + moved})


_METADATA = {column.name: column.metadata for column in fields(Facts)}
FACTS_OF_A_LINE = tuple(name for name, column in _METADATA.items() if not column["of_item"])
FACTS_OF_AN_ITEM = tuple(name for name in _METADATA if name not in {*FACTS_OF_A_LINE, "item_line"})


def dtype_of(name: str) -> type[np.generic]:
    return cast("type[np.generic]", _METADATA[name]["dtype"])


def unknown_value(name: str) -> int | None:
    """The value of a column that stands for « unknown », None when every value is a fact."""
    return cast("int | None", _METADATA[name]["unknown"])


def _shape(name: str, lines: int, items: int, years: int) -> tuple[int, ...]:
    metadata = _METADATA[name]
    places = metadata["per_year"] * years or metadata["places"]
    size = items if metadata["of_item"] else lines
    return (size, places) if places else (size,)


def _silence(name: str, shape: tuple[int, ...]) -> Column:
    unknown = UNKNOWN_DAY if name == "stable_from" else _METADATA[name]["unknown"]
    return np.full(shape, 0 if unknown is None else unknown, dtype=_METADATA[name]["dtype"])
