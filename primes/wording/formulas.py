"""An amount row with the figures of its line: « 90 000,00 DH × 275 jours ÷ 351 jours »."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from accounts import formats
from primes.rules.explain import ParameterRead, Shown, Step
from primes.wording.explained_law import parameter_value
from primes.wording.explained_values import salaries_within
from primes.wording.explained_words import counted, filled


def formula(step: Step, before: Sequence[Step], language: str) -> str:
    """Empty where nothing is computed; `before` holds every part of the row before it, if any."""
    shown = _Row(step, before, language)
    find = _FORMULAS.get(step.code)
    if find:
        return find(shown)
    return _shared(shown) if "split" in shown.figures else _rated(shown)


class _Row:
    """What a formula is written from."""

    def __init__(self, step: Step, before: Sequence[Step], language: str) -> None:
        self.part = step.part
        self.figures: Mapping[str, Shown] = dict(step.figures)
        self.facts: Mapping[str, Shown] = dict(step.grounds.facts)
        self.numbers: Mapping[str, ParameterRead] = {
            read.name: read for read in step.grounds.parameters
        }
        self.language = language
        self._terms = [each.amount or 0 for each in before if each.amount]

    def money(self, centimes: Shown) -> str:
        return formats.money(cast("int", centimes), self.language)

    def days(self, name: str) -> str:
        """With its unit on the same line, as money is."""
        said = counted("days", cast("int", self.figures[name]), self.language)
        return said.replace(" ", formats.NBSP)

    @property
    def start(self) -> str:
        """The row before; the parts of it that it is the sum of, when there are several."""
        if self.part or len(self._terms) < 2:
            return self.money(self.figures["previous"])
        return f"({' + '.join(map(self.money, self._terms))})"


def _rated(row: _Row) -> str:
    rates = [read for read in row.numbers.values() if read.unit == "percent"]
    return " × ".join([row.start, *(parameter_value(read, row.language) for read in rates)])


def _shared(row: _Row) -> str:
    match row.figures["split"]:
        case "by_days":
            return f"{row.start} × {row.days('w_days')} ÷ {row.days('p_days')}"
        case "by_months":
            within = row.money(salaries_within(row.figures) or 0)
            return f"{row.start} × {within} ÷ {row.money(row.figures['salaries'])}"
        case _:
            return ""


def _nothing_computed(row: _Row) -> str:
    return ""


def _least(row: _Row, limit: str) -> str:
    return filled("formula", "least", row.language, a=row.start, b=limit)


def _under_ceiling(row: _Row) -> str:
    if "left" not in row.figures:
        return filled("formula", "unlimited", row.language, a=row.start)
    place = int(row.part) - 1
    ceilings = cast("tuple[int, ...]", row.numbers["ceilings"].value)
    granted = cast("tuple[int, ...]", row.facts["granted_before"])
    return _what_is_left(row, ceilings[place], granted[place])


def _under_maximum(row: _Row) -> str:
    granted = cast("tuple[int, ...]", row.facts["granted_before"])
    return _what_is_left(row, cast("int", row.numbers["overall_max"].value), sum(granted))


def _what_is_left(row: _Row, maximum: int, granted: int) -> str:
    """A subtraction is shown only where there is one to make."""
    left = cast("int", row.figures["left"])
    if not granted or maximum - granted != left:
        return _least(row, row.money(left))
    texts = {"a": row.money(maximum), "b": row.money(granted)}
    return _least(row, filled("formula", "difference", row.language, **texts))


_FORMULAS: Mapping[str, Callable[[_Row], str]] = {
    "training_cost_limit": lambda row: _least(row, row.money(row.facts["training_cost"])),
    "cap": lambda row: _least(row, row.money(row.numbers["amount_max_per_year"].value)),
    "cost": _nothing_computed,
    "ceiling": _under_ceiling,
    "overall_left": _under_maximum,
}
