"""How one table is read: which column is what, what its words mean, where it stands in its file."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from companies.imports.formats.tables import OpenTable
from companies.imports.formats.workbook_scan import DAY_ZERO
from companies.imports.reading.day_forms import DayOrder
from companies.imports.reading.people_words import folded

ANOMALIES = "Anomalies"
"""Title of the column that our copy of a table adds: it is written for people and never read."""

Reason = Literal["known", "same", "near", "content", "chosen", "none"]
"""Why a column is matched: as last time, by its title, by a title like it, by what it holds, by a
person; `none` is no match."""


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """`position` from 0; `field` is a name of the target, None for a column that is not read."""

    position: int
    title: str
    field: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Layout:
    """`words`: by field, the code meant by a folded word of this table; `day_order`: by field.

    What follows is where the table stands. Only CSV has a delimiter. `day_zero` is the day that the
    numbers of a workbook count days from.
    """

    columns: tuple[ColumnMatch, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    day_order: Mapping[str, DayOrder] = field(default_factory=dict)
    header_line: int = 1
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    day_zero: date = DAY_ZERO

    @property
    def positions(self) -> dict[str, int]:
        """Where each field stands."""
        return {each.field: each.position for each in self.columns if each.field is not None}

    @property
    def titles(self) -> list[str]:
        return [each.title for each in self.columns]


def placed(layout: Layout, table: OpenTable) -> Layout:
    """The same reading, with where `table` stands in its file."""
    return replace(
        layout,
        header_line=table.header_line,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        day_zero=table.day_zero,
    )


def as_data(layout: Layout) -> dict[str, Any]:
    """Plain values, as JSON keeps them."""
    return asdict(layout) | {
        "columns": [asdict(each) for each in layout.columns],
        "day_zero": layout.day_zero.isoformat(),
    }


def from_data(data: Mapping[str, Any]) -> Layout:
    return Layout(
        **{
            **data,
            "columns": tuple(ColumnMatch(**each) for each in data["columns"]),
            "day_zero": date.fromisoformat(data["day_zero"]),
        }
    )


def is_anomalies(title: str) -> bool:
    return folded(title) == folded(ANOMALIES)


def titles_hash(titles: Sequence[str]) -> str:
    """SHA-256 of the titles in their order, whatever their capitals, accents and spaces."""
    return hashlib.sha256("\n".join(map(folded, titles)).encode()).hexdigest()
