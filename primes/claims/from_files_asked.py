"""What a scheme asks of files in one claim year, and the least that is favourable.

Read from the rules themselves: a scheme that reads trainings is told of trainings, one that reads
several years is told of several.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import cast

from primes.rules.calendar import year_bounds
from primes.rules.columns import BRANCHES, CONTRACTS, MINUTES_PER_HOUR
from primes.rules.deadlines import filing_window
from primes.rules.engine import rules_of
from primes.rules.parameters.loader import load_scheme


@dataclass(frozen=True, slots=True)
class Asked:
    """`years` end with the claim year; `facts` and `conditions` are those of the scheme.

    The other values are the least that the law asks where a fact is taken as favourable.
    """

    scheme: str
    years: range
    facts: frozenset[str]
    conditions: tuple[str, ...]
    branch: str
    nationality: str
    contract: str
    training_minutes: int
    filed_on: date
    asks_export_share: bool

    @property
    def year(self) -> int:
        return self.years[-1]

    @property
    def asks_trainings(self) -> bool:
        """Whether each training is told by itself, with its days and its cost."""
        return "item_first_day" in self.facts


def rate_of(scheme: str, year: int) -> Fraction | None:
    """The share of the pay that the claim year gives; None for a scheme that pays a cost."""
    rate = load_scheme(scheme).parameters.get("rate")
    return cast("Fraction", rate.on(year_bounds(year)[1]).value) if rate else None


def asked_of(scheme: str, year: int) -> Asked:
    """Raises `UnknownScheme` and `YearOutsideScheme`."""
    rules, text = rules_of(scheme)
    text.require_year(year)
    last_day = year_bounds(year)[1]

    def least(name: str, otherwise: object) -> object:
        parameter = text.parameters.get(name)
        return parameter.on(last_day).value if parameter else otherwise

    hours = cast("int", least("training_hours_min", 0))
    return Asked(
        scheme=scheme,
        years=range(year - rules.years + 1, year + 1),
        facts=rules.facts,
        conditions=tuple(condition.code for condition in rules.conditions),
        branch=cast("tuple[str, ...]", least("branches", BRANCHES.values))[0],
        nationality=cast("tuple[str, ...]", least("nationality", ("MA",)))[0],
        contract=cast("tuple[str, ...]", least("stable_contracts", CONTRACTS.values))[0],
        training_minutes=max(1, hours * MINUTES_PER_HOUR),
        filed_on=filing_window(scheme, year, date(year, 12, 31))[0],
        asks_export_share=least("export_share_min", None) is not None,
    )
