"""What a reading of the text says of one person, and the figures both readings share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A question, whether it holds, and the facts the reader looked at."""

    holds: bool
    facts: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Verdict:
    failing: list[str]
    unknown: list[str]
    warnings: list[str]
    amounts: dict[str, int]
    amount: int
    p_days: int
    paid: tuple[date, date] | None
    """The first and the last day paid."""
    w_days: int


def verdict_of(
    answers: Mapping[str, Answer],
    *,
    warnings: Mapping[str, bool],
    amounts: dict[str, int],
    p_days: int,
    paid: tuple[date, date] | None,
) -> Verdict:
    failing = [code for code, answer in answers.items() if not answer.holds]
    return Verdict(
        failing=failing,
        unknown=[code for code in failing if None in answers[code].facts],
        warnings=[code for code, said in warnings.items() if said],
        amounts=amounts,
        amount=0 if failing else list(amounts.values())[-1],
        p_days=p_days,
        paid=paid,
        w_days=(paid[1] - paid[0]).days + 1 if paid else 0,
    )


def half_up(amount: Fraction | int) -> int:
    return floor(amount + Fraction(1, 2))
