"""How a scheme declares its conditions, amount rows and warnings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from primes.rules.calendar import Interval
from primes.rules.columns import Bools, Facts, Int64s
from primes.rules.law import Law

Figures = Mapping[str, int | str]
"""The parts of a formula, for one line: days, centimes, or a code."""


@dataclass(frozen=True)
class Condition:
    """A question of the law; `test` answers it for each line, yes where True."""

    code: str
    test: Callable[[Facts, Law], Bools]
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    remedy: str
    asked: Callable[[Facts, Law], Bools] | None
    """Where the question is put; None when it always is. A question not put refuses nobody."""

    def lacks_a_fact(self, facts: Facts) -> Bools:
        """Where at least one of the facts it reads is unknown."""
        lacking: Bools = np.logical_or.reduce([facts.unknown(name) for name in self.facts])
        return lacking


@dataclass(frozen=True)
class AmountRow:
    """A step of the amount, from the row before it (from the year's income for the first)."""

    code: str
    compute: Callable[[Facts, Law, Int64s], Int64s]
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    applies: Callable[[Law], bool] | None
    """Whether the row exists in this claim year; None when it always does."""
    figures: Callable[[Facts, Law], Figures] | None
    """The parts of the formula that the facts and parameters do not show."""


@dataclass(frozen=True)
class Caution:
    """A warning: a thing to look at that refuses nobody; `test` is True where it is to be said."""

    code: str
    test: Callable[[Facts, Law], Bools]
    facts: tuple[str, ...]
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """One scheme: its conditions in the order of the law, firm first, and its amount rows."""

    scheme: str
    conditions: tuple[Condition, ...]
    rows: tuple[AmountRow, ...]
    warnings: tuple[Caution, ...]
    employment: Callable[[Facts, Law], Interval]
    bonus_window: Callable[[Facts, Law], Interval]


def condition(
    *,
    facts: tuple[str, ...],
    parameters: tuple[str, ...] = (),
    remedy: str,
    asked: Callable[[Facts, Law], Bools] | None = None,
) -> Callable[[Callable[[Facts, Law], Bools]], Condition]:
    """The function's name is the code of the condition."""
    return lambda test: Condition(test.__name__, test, facts, parameters, remedy, asked)


def amount_row(
    *,
    facts: tuple[str, ...] = (),
    parameters: tuple[str, ...] = (),
    applies: Callable[[Law], bool] | None = None,
    figures: Callable[[Facts, Law], Figures] | None = None,
) -> Callable[[Callable[[Facts, Law, Int64s], Int64s]], AmountRow]:
    return lambda compute: AmountRow(compute.__name__, compute, facts, parameters, applies, figures)


def warning(
    *, facts: tuple[str, ...], parameters: tuple[str, ...] = ()
) -> Callable[[Callable[[Facts, Law], Bools]], Caution]:
    return lambda test: Caution(test.__name__, test, facts, parameters)
