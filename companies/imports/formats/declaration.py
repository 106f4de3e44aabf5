"""A CNSS salary declaration as columns, ready to be loaded in sets."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
import numpy.typing as npt

from companies.imports.errors import FileWarning
from companies.imports.formats.ds_layout import PREFILLED

Column = npt.NDArray[np.generic]

DTYPES = {
    "line": np.int32,
    "entrant": np.bool_,
    "number": np.int64,
    "last_name": "S30",
    "first_name": "S30",
    "cin": "S8",
    "children": np.int8,
    "allowance_to_pay": np.int32,
    "allowance_to_deduct": np.int32,
    "allowance_net": np.int32,
    "allowance_to_give_back": np.int32,
    "days": np.int8,
    "real_salary": np.int64,
    "capped_salary": np.int64,
    "situation": "S2",
}
FIRST_PERSON_LINE = 3


@dataclass(frozen=True, slots=True, eq=False)
class DeclaredRows:
    """One row a person, columns of equal length, in the order of the file.

    `number` is the CNSS number as an integer: 0 while it is pending (the row then has a CIN) and
    999999999 for occasional labour. Amounts are centimes. `situation` is blank for a normal month.
    Texts are ASCII bytes, stripped. `line` is the line of the file, from 1.
    """

    line: npt.NDArray[np.int32]
    entrant: npt.NDArray[np.bool_]
    number: npt.NDArray[np.int64]
    last_name: npt.NDArray[np.bytes_]
    first_name: npt.NDArray[np.bytes_]
    cin: npt.NDArray[np.bytes_]
    children: npt.NDArray[np.int8]
    allowance_to_pay: npt.NDArray[np.int32]
    allowance_to_deduct: npt.NDArray[np.int32]
    allowance_net: npt.NDArray[np.int32]
    allowance_to_give_back: npt.NDArray[np.int32]
    days: npt.NDArray[np.int8]
    real_salary: npt.NDArray[np.int64]
    capped_salary: npt.NDArray[np.int64]
    situation: npt.NDArray[np.bytes_]

    @classmethod
    def of(cls, **columns: object) -> Self:
        """Rows from the columns given, `number` at least; the others are zeros or blanks.

        Entrants come last. Without `line`, rows get the lines they have in a declaration written
        from them.
        """
        count = len(np.atleast_1d(np.asarray(columns["number"])))
        filled = {
            name: np.asarray(columns.get(name, np.zeros(count, dtype)), dtype)
            for name, dtype in DTYPES.items()
        }
        if "line" not in columns:
            lines = np.arange(count) + FIRST_PERSON_LINE + filled["entrant"]
            filled["line"] = lines.astype(np.int32)
        return cls(**filled)

    def __len__(self) -> int:
        return len(self.number)

    def texts(self, column: str) -> list[str]:
        """A column of bytes as text."""
        return np.strings.decode(getattr(self, column), "ascii").tolist()

    def number_texts(self) -> list[str]:
        """The CNSS numbers in nine digits."""
        return [f"{number:09}" for number in self.number.tolist()]


@dataclass(frozen=True, slots=True)
class DeclarationHeader:
    """Who declares, and for which month. `supplement` is 0 for a main declaration, else 1 to 9."""

    family: str
    employer_number: str
    period: date
    supplement: int = 0
    transfer_id: str = ""
    name: str = ""
    activity: str = ""
    address: str = ""
    city: str = ""
    postcode: str = ""
    agency: str = ""
    issued_on: date | None = None
    due_on: date | None = None

    @property
    def is_prefilled(self) -> bool:
        """Written by CNSS before the firm answered: it has names and no pay."""
        return self.family == PREFILLED


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    header: DeclarationHeader
    rows: DeclaredRows
    warnings: tuple[FileWarning, ...] = ()
