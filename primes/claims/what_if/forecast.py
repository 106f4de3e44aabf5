"""What a draft of the sheets would cost the sector, year by year, against the law of today.

Nothing is written: the declared people are read, the law is asked twice, the answers are added up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from primes.claims.what_if.assumptions import Assumptions
from primes.claims.what_if.population import (
    NO_BRANCH,
    NO_SITE,
    Population,
    last_known_year,
    population,
)
from primes.claims.what_if.projection import projected
from primes.claims.windows import window_of
from primes.rules.assessment import Assessment
from primes.rules.columns import BRANCHES, Facts, Int64s
from primes.rules.drafts import DraftValue, drafted
from primes.rules.engine import assess_under, rules_of


@dataclass(frozen=True, slots=True)
class Cost:
    """People paid and centimes of one year, branch and site; `is_estimate` where nobody declared
    the year yet."""

    year: int
    is_estimate: bool
    branch: str
    site: str
    people_today: int
    people_draft: int
    today: int
    draft: int

    @property
    def difference(self) -> int:
        return self.draft - self.today


@dataclass(frozen=True, slots=True)
class Forecast:
    """`known_year` is the last one that was declared; the costs stand by year, branch and site."""

    scheme: str
    drafts: tuple[DraftValue, ...]
    assumed: Assumptions
    known_year: int
    costs: tuple[Cost, ...]

    def by(self, *names: str) -> list[Cost]:
        """The costs added up by some of `year`, `branch`, `site`; the others are left empty."""
        sums: dict[tuple[object, ...], list[int]] = {}
        for cost in self.costs:
            key = tuple(getattr(cost, name) for name in names)
            figures = sums.setdefault(key, [0, 0, 0, 0])
            for position, name in enumerate(_FIGURES):
                figures[position] += getattr(cost, name)
        return [self._sum(dict(zip(names, key, strict=True)), sums[key]) for key in sorted(sums)]

    @property
    def total(self) -> Cost:
        (total,) = self.by() or [self._sum({}, [0, 0, 0, 0])]
        return total

    def _sum(self, named: dict[str, object], figures: Sequence[int]) -> Cost:
        year = int(str(named.get("year", 0)))
        branch, site = (str(named.get(name, "")) for name in ("branch", "site"))
        return Cost(year, year > self.known_year, branch, site, *figures)


_FIGURES = ("people_today", "people_draft", "today", "draft")


def forecast(
    *,
    scheme: str,
    drafts: Sequence[DraftValue],
    assumed: Assumptions,
    on: date,
    until: int | None = None,
) -> Forecast:
    """Every claim year of the scheme up to `until`, the end of its life when not given.

    Raise `UnknownScheme`, `YearOutsideScheme` or `DraftRefused`.
    """
    rules, text = rules_of(scheme)
    last = text.last_year if until is None else until
    text.require_year(last)
    draft = drafted(text, drafts)
    known_year = last_known_year(text.first_year - rules.years + 1, last)
    known = None
    costs: list[Cost] = []
    for year in range(text.first_year, last + 1):
        is_estimate = year > known_year
        if known is None or not is_estimate:
            known = population(scheme=scheme, year=year, pay_year=min(year, known_year), on=on)
        people = known
        if is_estimate:
            people = projected(known, year, window_of(scheme, year, on)[0], assumed)
        answers = [assess_under(people.facts, rules, each, year) for each in (text, draft)]
        costs += _added_up(people, *answers, is_estimate=is_estimate)
    return Forecast(scheme, tuple(drafts), assumed, known_year, tuple(costs))


def _added_up(
    people: Population, today: Assessment, draft: Assessment, *, is_estimate: bool
) -> Iterator[Cost]:
    """One cost a branch and site that has anybody, in their order."""
    names, group = _groups(people)
    columns = (today.eligible, draft.eligible, today.amount, draft.amount)
    sums = np.zeros((len(names), len(columns)), dtype=np.int64)
    for position, column in enumerate(columns):
        np.add.at(sums[:, position], group, column.astype(np.int64))
    for (branch, site), figures in sorted(zip(names, sums.tolist(), strict=True)):
        yield Cost(people.year, is_estimate, branch, site, *figures)


def _groups(people: Population) -> tuple[list[tuple[str, str]], Int64s]:
    """(branch, site) of each group, and the group of each line: a firm has one of each."""
    firms, first, firm_of_line = np.unique(people.firm_ids, return_index=True, return_inverse=True)
    branches = _branches(people.facts.take(first))
    sites = [people.sites.get(firm, NO_SITE) for firm in firms.tolist()]
    of_firms = list(zip(branches, sites, strict=True))
    names = sorted(set(of_firms))
    place = {name: position for position, name in enumerate(names)}
    return names, np.array([place[each] for each in of_firms], dtype=np.int64)[firm_of_line]


def _branches(facts: Facts) -> list[str]:
    return [branch or NO_BRANCH for branch in BRANCHES.decode(facts.branch)]
