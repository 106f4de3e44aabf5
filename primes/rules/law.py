"""The parameters of a scheme as the lines of one claim year read them."""

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np

from primes.rules.calendar import year_bounds
from primes.rules.columns import OTHER, Bools, Facts, Int16s, Int64s, Vocabulary, day_of
from primes.rules.errors import ParameterRefused
from primes.rules.parameters.sheets import Parameter, ReadOn, SchemeText

T = TypeVar("T")


class Law:
    """What a condition asks for a number of the law, and where shared derivations are kept.

    It belongs to one block of lines: each line picks the value of a parameter by its own day.
    """

    def __init__(self, text: SchemeText, year: int, facts: Facts) -> None:
        self.text = text
        self.year = year
        self.first_day, self.last_day = year_bounds(year)
        self._facts = facts
        self._derived: dict[Callable[..., object], object] = {}

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
        # UNKNOWN and OTHER are negative: they index the two last places, which stay False.
        admitted = np.zeros((len(parameter.values), len(vocabulary.values) + 2), dtype=np.bool_)
        for row, dated in zip(admitted, parameter.values, strict=True):
            words = vocabulary.encode(cast("tuple[str, ...]", dated.value))
            if OTHER in words:
                raise ParameterRefused(name, dated.value, f"words of {vocabulary.name}")
            row[words] = True
        return cast("Bools", admitted[self._positions(parameter), codes])

    def once(self, derive: Callable[[Facts, "Law"], T]) -> T:
        """A column that several conditions need, computed once for the block."""
        if derive not in self._derived:
            self._derived[derive] = derive(self._facts, self)
        return cast("T", self._derived[derive])

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
