"""What a failing condition was told, and the case of it that the words tell.

The law has answered before anything is said: a comparison made in this package only chooses the
sentence that tells why.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from primes.rules.calendar import add_months
from primes.rules.columns import date_of, day_of
from primes.rules.explain import Answer, Shown, Step

ONE_DAY = timedelta(days=1)
_FAILS = frozenset({Answer.NO, Answer.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Case:
    """A form of `remedies.yaml`, with the figures that the step itself does not show."""

    code: str
    figures: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Told:
    """What a failing condition was told: its facts and numbers by name, and the other answers."""

    condition: str
    year: int
    values: Mapping[str, Shown]
    answers: Mapping[str, Answer | None]

    @classmethod
    def of(cls, step: Step, year: int, answers: Mapping[str, Answer | None]) -> "Told":
        numbers = {read.name: read.value for read in step.grounds.parameters}
        return cls(step.code, year, numbers | dict(step.grounds.facts), answers)

    def waits_for(self, condition: str) -> bool:
        """Whether another condition, which this one depends on, fails too."""
        return condition != self.condition and self.answers.get(condition) in _FAILS

    def number(self, name: str) -> int:
        value = self.values.get(name)
        return value if isinstance(value, int) else 0

    def day(self, name: str) -> date | None:
        """None when it is not known, and for « never » and « no end »."""
        return day_shown(self.values.get(name))

    def several(self, name: str) -> tuple[Shown, ...]:
        value = self.values.get(name)
        return value if isinstance(value, tuple) else ()

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def year_end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def starts_on(self) -> date:
        """The first day of the stable contract; asked for only when the hire date is known."""
        hired_on = self.day("hired_on") or self.first_day
        return max(hired_on, self.day("stable_from") or hired_on)


Cases = Callable[[Told], Iterator[Case]]


def case(code: str, **figures: date | Shown) -> Case:
    return Case(
        code,
        {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in figures.items()
        },
    )


def day_shown(value: Shown) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def months_after(day: date, months: int) -> date:
    """As the law adds months."""
    return date_of(int(add_months(np.array([day_of(day)]), months)[0]))
