"""What a parameter sheet says, once read: a value for each date of effect, and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from primes.rules.columns import day_of
from primes.rules.errors import ParameterNotFound, YearOutsideScheme

Table = Mapping[str, tuple[int | None, ...]]
"""A row of cells a word; None where the text leaves a cell empty."""
Value = Fraction | int | bool | tuple[str, ...] | tuple[int, int] | Table | None
Words = Mapping[str, str]
"""The same text in French, Arabic and English: keys `fr`, `ar`, `en`."""


class Certainty(StrEnum):
    """How the value is known: read in the text, reported by the press, or assumed."""

    TEXT = "text"
    PRESS = "press"
    HYPOTHESIS = "hypothesis"


class ReadOn(StrEnum):
    """Which day of a line picks the value."""

    HIRE_DATE = "hire_date"
    CLAIM_YEAR_END = "claim_year_end"
    FILING_DAY = "filing_day"


@dataclass(frozen=True)
class Reference:
    text: str
    place: str
    link: str | None


@dataclass(frozen=True)
class DatedValue:
    since: date
    value: Value
    certainty: Certainty
    reference: Reference


@dataclass(frozen=True)
class Parameter:
    name: str
    title: Words
    unit: str
    may_be_none: bool
    read_on: ReadOn
    last_checked_on: date
    values: tuple[DatedValue, ...]
    """In ascending order of date; each holds until the next one."""

    def on(self, day: int) -> DatedValue:
        """The value in force; a day before the first date reads the first value."""
        in_force = [dated for dated in self.values if day_of(dated.since) <= day]
        return in_force[-1] if in_force else self.values[0]


@dataclass(frozen=True)
class Provision:
    """What the text says of one condition, amount row or warning."""

    question: Words
    certainty: Certainty
    reference: Reference


@dataclass(frozen=True)
class SchemeText:
    name: str
    title: Words
    in_force_from: date
    first_year: int
    last_year: int
    last_checked_on: date
    conditions: Mapping[str, Provision]
    rows: Mapping[str, Provision]
    warnings: Mapping[str, Provision]
    parameters: Mapping[str, Parameter]

    def parameter(self, name: str, asked_by: str, day: date | None = None) -> Parameter:
        """Raise `ParameterNotFound`, saying for which day and for whom, when there is none."""
        if name not in self.parameters:
            raise ParameterNotFound(name, day, asked_by)
        return self.parameters[name]

    def require_year(self, year: int) -> None:
        if not self.first_year <= year <= self.last_year:
            raise YearOutsideScheme(self.name, year, self.first_year, self.last_year)
