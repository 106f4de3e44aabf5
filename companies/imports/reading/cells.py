"""Everything that can be said of one row of a table by itself: its values, what is wrong with them.

What a spreadsheet has destroyed is refused and never mended: digits of an identifier, the value of
a formula, a merged cell. Where the right value can be known, the problem proposes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from companies.identifiers import IdentifierError
from companies.imports.errors import FileWarning, Place, Problem
from companies.imports.reading.amount_forms import plain_amount
from companies.imports.reading.day_forms import iso_day, iso_of_serial
from companies.imports.reading.fields import Field
from companies.imports.reading.layout import Layout
from companies.imports.reading.people_words import REPEATED_LENGTH_MAX, folded
from companies.imports.reading.targets import Target
from companies.imports.reading.values import ValueRefused

TEXT_CELL_EXPECTED = "a cell in text format"
VALUE_EXPECTED = "a value"
REMEMBERED_MAX = 20_000
"""Different cells of a column whose values are kept: words and days repeat, amounts less so."""
_UNREAD = object()
_NO_REPAIRS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class ReadRow:
    """`values` has every field of the target; that of a problem's cell is the field's empty one.

    The lists are shared when they are empty: they are read, never added to.
    """

    line: int
    values: dict[str, object]
    problems: list[Problem]
    warnings: list[FileWarning]


class CellReader:
    """Reads the rows of one table one by one; it remembers the words and days that repeat."""

    def __init__(self, file_name: str, layout: Layout, target: Target) -> None:
        self._file = file_name
        self._target = target
        self._width = len(layout.columns)
        self._is_csv = bool(layout.delimiter)
        self._empty = {field.name: field.empty for field in target.fields}
        self._positions = layout.positions
        self._columns = {
            field.name: _Column(field, layout, plain=target.plain) for field in target.fields
        }
        self._read = [
            (self._positions[name], name, column.known, column)
            for name, column in self._columns.items()
            if name in self._positions
        ]

    def says_nothing(self, cells: list[str]) -> bool:
        """Whether no column that is read has a cell in this row: a total, a note, a signature."""
        return not any(
            position < len(cells) and cells[position] for position in self._positions.values()
        )

    def read(
        self, line: int, cells: list[str], repairs: Mapping[str, str] = _NO_REPAIRS
    ) -> ReadRow:
        """`cells` as `OpenTable.rows` gives them; `repairs` are texts that take the place of the
        cells of some fields, be there a column for them or not."""
        values = self._empty.copy()
        if len(cells) != self._width:
            if self._is_cut_elsewhere(cells):
                found, expected = str(len(cells)), str(self._width)
                problem = Problem("cell_count", Place(self._file, line), found, expected)
                return ReadRow(line, values, [problem], [])
            cells = cells + [""] * (self._width - len(cells))
        problems: list[Problem] = []
        for position, name, known, column in self._read:
            cell = cells[position]
            if not cell or name in repairs:
                continue
            value = known.get(cell, _UNREAD)
            if value is _UNREAD:
                value = self._value(column, cell, line, problems)
            values[name] = value
        for name, text in repairs.items():
            values[name] = self._value(self._columns[name], f"t{text}", line, problems)
        warnings: list[FileWarning] = []
        self._check(line, values, self._said(cells, repairs), problems, warnings)
        return ReadRow(line, values, problems, warnings)

    def _is_cut_elsewhere(self, cells: list[str]) -> bool:
        """A row of a CSV with other cells than the header has: nobody knows which is which."""
        if not self._is_csv:
            return False
        return self._target.plain or len(cells) < self._width or any(cells[self._width :])

    def _value(self, column: "_Column", cell: str, line: int, problems: list[Problem]) -> object:
        try:
            return column.value(cell)
        except (ValueRefused, IdentifierError) as refused:
            place = Place(self._file, line, column.field.name)
            problems.append(Problem(refused.code, place, _found(cell), refused.expected))
            return column.field.empty

    def _said(self, cells: list[str], repairs: Mapping[str, str]) -> Callable[[str], str]:
        def said(name: str) -> str:
            cell = f"t{repairs[name]}" if name in repairs else cells[self._positions[name]]
            return self._columns[name].text(cell)

        return said

    def _check(
        self,
        line: int,
        values: dict[str, object],
        said: Callable[[str], str],
        problems: list[Problem],
        warnings: list[FileWarning],
    ) -> None:
        for check in self._target.checks:
            for told in check(values, said):
                placed = replace(told, place=Place(self._file, line, told.place.field))
                if isinstance(placed, Problem):
                    problems.append(placed)
                else:
                    warnings.append(placed)


class _Column:
    """How the cells of one field are read in one table; `known` are the values of those read."""

    def __init__(self, field: Field, layout: Layout, *, plain: bool) -> None:
        self.field = field
        self.known: dict[str, object] = {}
        self._plain = plain
        self._remembers = field.kind in {"day", "word", "amount", "number"}
        self._words = {**field.words, **layout.words.get(field.name, {})}
        self._order = layout.day_order.get(field.name, "dmy")
        self._day_zero = layout.day_zero
        forms = {
            "identifier": self._identifier,
            "day": self._day,
            "amount": self._amount,
            "word": self._word,
        }
        self._form = forms.get(field.kind)

    def value(self, cell: str) -> object:
        """Raises `ValueRefused` or `IdentifierError`."""
        text = self.text(cell)
        value = self.field.read(text) if text else self.field.empty
        repeats = self._remembers and len(cell) <= REPEATED_LENGTH_MAX
        if repeats and len(self.known) < REMEMBERED_MAX:
            self.known[cell] = value
        return value

    def text(self, cell: str) -> str:
        """What the cell says, in the form that the field reads; raises `ValueRefused`."""
        kind, text = cell[:1], cell[1:].strip()
        if kind == "!":
            raise ValueRefused(text.partition(" ")[0], VALUE_EXPECTED)
        return text if self._form is None else self._form(kind, text)

    def _day(self, kind: str, text: str) -> str:
        if kind == "n":
            return iso_of_serial(text, self._day_zero)
        is_free = kind == "t" and not self._plain
        return iso_day(text, self._order, self._day_zero) if is_free else text

    def _amount(self, kind: str, text: str) -> str:
        is_free = kind in {"t", "n"} and not self._plain
        return plain_amount(text, is_number=kind == "n") if is_free else text

    def _word(self, _kind: str, text: str) -> str:
        return text if self._plain else self._words.get(folded(text), text)

    def _identifier(self, kind: str, text: str) -> str:
        """A number has no zeros before it: only one of full length lost none for certain."""
        if kind not in {"n", "d", "m"}:
            return text
        digits = self.field.digits
        is_whole = kind == "n" and bool(digits)
        if is_whole and self._plain:
            is_whole = len(text) >= digits or text == "0"
        if not is_whole:
            raise ValueRefused("identifier_as_number", TEXT_CELL_EXPECTED)
        return text


def _found(cell: str) -> str:
    """What stands in the cell, as a person would see it."""
    text = cell[1:].strip()
    return text.partition(" ")[2] if cell.startswith("!") else text
