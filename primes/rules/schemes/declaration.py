"""How a scheme declares its conditions, amount rows and warnings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from primes.rules.calendar import Interval
from primes.rules.columns import FACTS_OF_AN_ITEM, Bools, Facts, Int64s
from primes.rules.law import Law

Figures = Mapping[str, int | str]
"""The figures of a formula, for one line: days, centimes, or a code."""
ONCE = ""
"""The part of a row that stands once."""


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
    lacking: Callable[[Facts, Law], Bools] | None
    """Where a fact it asks for is unknown; None when it asks for all that it reads."""

    def lacks_a_fact(self, facts: Facts, law: Law) -> Bools:
        """Where at least one of the facts it asks for is unknown."""
        if self.lacking is not None:
            return self.lacking(facts, law)
        lacking = np.zeros(len(facts), dtype=np.bool_)
        for name in self.facts:
            lacking |= facts.unknown(name)
        return lacking


@dataclass(frozen=True)
class AmountRow:
    """A step of the amount, from the row before it (from the known incomes for the first).

    A row may stand several times, once a part: a calendar year, a training year. `compute` is given
    the row before it as [n, parts of that row] and answers [n], or [n, parts] where it has parts.
    """

    code: str
    compute: Callable[[Facts, Law, Int64s], Int64s]
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    applies: Callable[[Law], bool] | None
    """Whether the row exists in this claim year; None when it always does."""
    parts: Callable[[Law], tuple[str, ...]] | None
    """The names of its parts in this claim year; None when it stands once."""
    figures: Callable[[Facts, Law, str], Figures] | None
    """The figures of the formula that the facts and parameters do not show, for one part."""

    def part_names(self, law: Law) -> tuple[str, ...]:
        return (ONCE,) if self.parts is None else self.parts(law)

    def codes(self, law: Law) -> tuple[str, ...]:
        """One a part, « base:2026 »; its own code alone where it stands once."""
        return tuple(f"{self.code}:{part}" if part else self.code for part in self.part_names(law))


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
    years: int
    """Calendar years whose pay the law reads: the claim year and those before it."""
    conditions: tuple[Condition, ...]
    rows: tuple[AmountRow, ...]
    warnings: tuple[Caution, ...]
    employment: Callable[[Facts, Law], Interval]
    """The days of employment that the line is about."""
    paid_days: Callable[[Facts, Law], Interval]
    """The days of the person that a favourable line pays; none twice in a family of schemes."""

    @property
    def once_a_firm(self) -> bool:
        """Whether the scheme is granted once to a person in a firm, and asks if it was before."""
        return "granted_here" in self.facts

    @property
    def reads_trainings(self) -> bool:
        """Whether the scheme is about the trainings of a line, one by one."""
        return not self.facts.isdisjoint(FACTS_OF_AN_ITEM)

    @property
    def facts(self) -> frozenset[str]:
        """Every fact that a part of the scheme reads."""
        parts: list[Condition | AmountRow | Caution] = [*self.conditions, *self.rows]
        parts += self.warnings
        return frozenset(name for part in parts for name in part.facts)


def condition(
    *,
    facts: tuple[str, ...],
    parameters: tuple[str, ...] = (),
    remedy: str,
    asked: Callable[[Facts, Law], Bools] | None = None,
    lacking: Callable[[Facts, Law], Bools] | None = None,
) -> Callable[[Callable[[Facts, Law], Bools]], Condition]:
    """The function's name is the code of the condition."""
    return lambda test: Condition(test.__name__, test, facts, parameters, remedy, asked, lacking)


def amount_row(
    *,
    facts: tuple[str, ...] = (),
    parameters: tuple[str, ...] = (),
    applies: Callable[[Law], bool] | None = None,
    parts: Callable[[Law], tuple[str, ...]] | None = None,
    figures: Callable[[Facts, Law, str], Figures] | None = None,
) -> Callable[[Callable[[Facts, Law, Int64s], Int64s]], AmountRow]:
    return lambda compute: AmountRow(
        compute.__name__, compute, facts, parameters, applies, parts, figures
    )


def warning(
    *, facts: tuple[str, ...], parameters: tuple[str, ...] = ()
) -> Callable[[Callable[[Facts, Law], Bools]], Caution]:
    return lambda test: Caution(test.__name__, test, facts, parameters)
