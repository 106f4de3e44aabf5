"""The parameters of a scheme as the lines of one claim year read them."""

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np

from primes.rules.calendar import year_bounds
from primes.rules.columns import OTHER, Bools, Facts, Int16s, Int64s, Vocabulary, day_of
from primes.rules.errors import ParameterRefused
from primes.rules.parameters.sheets import Parameter, ReadOn, SchemeText, Table

T = TypeVar("T")
EMPTY_CELL = -1
"""A cell of a table that the text leaves empty."""


class Law:
    """What a condition asks for a number of the law, and where shared derivations are kept.

    It belongs to one block of lines: each line picks the value of a parameter by its own day.
    """

    def __init__(self, text: SchemeText, year: int, facts: Facts) -> None:
        self.text = text
        self.year = year
        self.first_day, self.last_day = year_bounds(year)
        self._facts = facts
        self._derived: dict[tuple[Callable[..., object], tuple[int, ...]], object] = {}

    def one(self, name: str, kind: type[T]) -> T:
        """The value for the whole claim: only for a parameter read on the claim year's last day."""
        value = self.one_or_none(name, kind)
        if value is None:
            raise ParameterRefused(name, value, kind.__name__)
        return value

    def one_or_none(self, name: str, kind: type[T]) -> T | None:
        parameter = self._parameter(name)
        if parameter.read_on is not ReadOn.CLAIM_YEAR_END:
            raise ParameterRefused(name, parameter.read_on, ReadOn.CLAIM_YEAR_END)
        value = parameter.on(self.last_day).value
        if value is not None and not isinstance(value, kind):
            raise ParameterRefused(name, value, kind.__name__)
        return value

    def each(self, name: str) -> Int64s:
        """The number each line reads on its own day: [n], or [1] when all read the same."""
        parameter = self._parameter(name)
        numbers = np.array([dated.value for dated in parameter.values], dtype=np.int64)
        return numbers[self._positions(parameter)]

    def admits(self, name: str, vocabulary: Vocabulary, codes: Int16s) -> Bools:
        """Whether each line's word is among those of the parameter on the line's own day."""
        parameter = self._parameter(name)
        # UNKNOWN and OTHER are negative: they read the two last places of the row before (of the
        # last one, for the first), which stay False.
        width = len(vocabulary.values) + 2
        admitted = np.zeros((len(parameter.values), width), dtype=np.bool_)
        for row, dated in zip(admitted, parameter.values, strict=True):
            words = vocabulary.encode(cast("tuple[str, ...]", dated.value))
            if OTHER in words:
                raise ParameterRefused(name, dated.value, " ".join(vocabulary.values))
            row[words] = True
        return cast("Bools", admitted.take(self._positions(parameter) * width + codes))

    def cells(self, name: str, vocabulary: Vocabulary, codes: Int16s) -> Int64s:
        """[n, k]: the row of a table that each line's word reads on the line's own day.

        EMPTY_CELL where the text leaves the cell empty, and everywhere for an unknown word.
        """
        parameter = self._parameter(name)
        tables = [cast("Table", dated.value) for dated in parameter.values]
        width = len(next(iter(tables[0].values())))
        size = len(vocabulary.values)
        # UNKNOWN and OTHER are negative: they index the two last places, which stay empty.
        read = np.full((len(tables), size + 2, width), EMPTY_CELL, dtype=np.int64)
        for position, table in enumerate(tables):
            if set(table) != set(vocabulary.values):
                raise ParameterRefused(name, sorted(table), " ".join(vocabulary.values))
            rows = [table[word] for word in vocabulary.values]
            read[position, :size] = [
                [EMPTY_CELL if cell is None else cell for cell in row] for row in rows
            ]
        return read[self._positions(parameter), codes]

    def once(self, derive: Callable[..., T], *key: int) -> T:
        """A column that several conditions need, computed once for the block (and key)."""
        if (derive, key) not in self._derived:
            self._derived[derive, key] = derive(self._facts, self, *key)
        return cast("T", self._derived[derive, key])

    def _parameter(self, name: str) -> Parameter:
        return self.text.parameter(name, asked_by=f"{self.text.name} {self.year}")

    def _positions(self, parameter: Parameter) -> Int64s:
        """Which dated value each line reads; a day before the first date reads the first."""
        if len(parameter.values) == 1:
            return np.zeros(1, dtype=np.int64)
        days = {
            ReadOn.HIRE_DATE: self._facts.hired_on,
            ReadOn.FILING_DAY: self._facts.filed_on,
            ReadOn.CLAIM_YEAR_END: np.array([self.last_day]),
        }[parameter.read_on]
        since = np.array([day_of(dated.since) for dated in parameter.values])
        return np.maximum(np.searchsorted(since, days, side="right") - 1, 0)
