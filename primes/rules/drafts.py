"""Draft values set over the sheets of a scheme, to ask what the law would answer with them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Self

from primes.rules.columns import Facts
from primes.rules.engine import assess_under, rules_of
from primes.rules.errors import DraftRefused, ParameterRefused
from primes.rules.parameters.sheets import (
    Certainty,
    DatedValue,
    Parameter,
    Reference,
    SchemeText,
    Value,
)
from primes.rules.parameters.units import parse

_FORM = re.compile(
    r"(?P<scheme>[a-z0-9-]+)\.(?P<name>[a-z_]+)=(?P<value>[^@]+)(@(?P<since>[0-9-]+))?"
)
_EXPECTED = "scheme.parameter=value@yyyy-mm-dd"
_MAXIMA: Mapping[str, int | Fraction] = {
    "percent": 1,
    "dirhams": 10**11,
    "years": 100,
    "months": 1_200,
    "days": 3_660,
    "hours": 10_000,
    "date": 84_005,
}
"""Beyond these, in the value of each unit, nothing is tried: some would be no day of a calendar."""
_NOT_A_TEXT = Reference(text="draft", place="what_if", link=None)


@dataclass(frozen=True, slots=True)
class DraftValue:
    """A value as a sheet would write it, and the day it would hold from.

    Without a day it holds for the whole life of the scheme.
    """

    scheme: str
    name: str
    value: str
    since: date | None

    @classmethod
    def read(cls, text: str) -> Self:
        """« paf-2025.rate=4.0%@2027-01-01 »; raise `DraftRefused`."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise DraftRefused(text, text, _EXPECTED)
        return cls(found["scheme"], found["name"], found["value"], _day(text, found["since"]))

    @property
    def place(self) -> str:
        return f"{self.scheme}.{self.name}"


def drafted(text: SchemeText, drafts: Sequence[DraftValue]) -> SchemeText:
    """The scheme as it would be; a draft replaces the value of its day and leaves later ones.

    Raise `DraftRefused` for a value that no sheet of the scheme would hold, or that its functions
    could not read.
    """
    for draft in drafts:
        if draft.name not in text.parameters or draft.scheme != text.name:
            known = [f"{text.name}.{name}" for name in sorted(text.parameters)]
            raise DraftRefused(draft.place, draft.place, ", ".join(known))
        parameter = _with(text.parameters[draft.name], draft, text.in_force_from)
        text = replace(text, parameters={**text.parameters, draft.name: parameter})
        _try(text, draft)
    return text


def _try(text: SchemeText, draft: DraftValue) -> None:
    """Ask the law, in each claim year, about a line of which nothing is known.

    A word or a number that it cannot read is found so, whenever it would hold.
    """
    rules, _ = rules_of(text.name)
    nothing_known = Facts.told(1, years=rules.years)
    try:
        for year in range(text.first_year, text.last_year + 1):
            assess_under(nothing_known, rules, text, year)
    except ParameterRefused as refused:
        raise DraftRefused(draft.place, draft.value, refused.expected) from refused


def _with(parameter: Parameter, draft: DraftValue, in_force_from: date) -> Parameter:
    since = draft.since or in_force_from
    if since < in_force_from:
        raise DraftRefused(draft.place, since.isoformat(), in_force_from.isoformat())
    value = _value(parameter, draft)
    new = DatedValue(since, value, Certainty.HYPOTHESIS, _NOT_A_TEXT)
    kept = [] if draft.since is None else [v for v in parameter.values if v.since != since]
    return replace(parameter, values=tuple(sorted([*kept, new], key=lambda each: each.since)))


def _value(parameter: Parameter, draft: DraftValue) -> Value:
    written = draft.value.strip()
    if parameter.unit == "percent":
        written = written.removesuffix("%").strip()
    try:
        value = parse(written, parameter.unit, may_be_none=parameter.may_be_none, place=draft.place)
    except ParameterRefused as refused:
        raise DraftRefused(draft.place, draft.value, parameter.unit) from refused
    maximum = _MAXIMA.get(parameter.unit)
    if maximum is not None and isinstance(value, int | Fraction) and value > maximum:
        raise DraftRefused(draft.place, draft.value, parameter.unit)
    return value


def _day(text: str, since: str | None) -> date | None:
    try:
        return date.fromisoformat(since) if since else None
    except ValueError as error:
        raise DraftRefused(text, since, "yyyy-mm-dd") from error
