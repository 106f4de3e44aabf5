"""The impact of the running rules: every filed line assessed again, against what it was answered.

The facts are those of the latest assessment of each line, as they were told; the amount compared is
what the law then answered of them, whatever people decided since. A difference comes from the rules
alone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from hashlib import sha256

import numpy as np
from django.db import connection

from accounts.errors import Refusal
from primes.claims.gains import BY_BRANCH, STAGES, WHOLE, Figures, Lines, figures_of, of_level
from primes.claims.models.claim import DECIDED, FILED
from primes.claims.models.impact import ReleaseImpact
from primes.claims.stored_columns import FLAG, INT16, INT64, Column, Stored, read_columns
from primes.rules.columns import BRANCHES, FACTS_OF_A_LINE, FACTS_OF_AN_ITEM, Facts
from primes.rules.engine import assess
from primes.rules.errors import RulesError

_GROUPS = """
SELECT DISTINCT scheme, year, cardinality(income), cardinality(item_first_day)
FROM primes_assessment ORDER BY 1, 2, 3, 4
"""
# In the order of an index, the last assessment of each line costs no more than reading them all.
_LATEST = """
FROM (
  SELECT DISTINCT ON (a.line_id) l.person_id, c.firm_id, c.state, a.*
  FROM primes_assessment a
  JOIN primes_claimline l ON l.id = a.line_id JOIN primes_claim c ON c.id = l.claim_id
  WHERE c.state = ANY(%(filed)s)
  ORDER BY a.line_id, a.id DESC) told
WHERE scheme = %(scheme)s AND year = %(year)s
  AND cardinality(income) = %(years)s AND cardinality(item_first_day) = %(items)s
"""
_OF_THE_CLAIM = {
    "decided": (FLAG, "state = ANY(%(decided)s)"),
    "person": (INT64, "person_id"),
    "firm": (INT64, "firm_id"),
    "before": (INT64, "amount"),
    "was_eligible": (FLAG, "eligible"),
}
_STORED = {np.dtype(np.int16): INT16, np.dtype(np.int64): INT64, np.dtype(np.bool_): FLAG}
OUTSIDE_BRANCHES = "?"
"""The branch of a line whose branch is unknown, or none of those of the law."""


@dataclass(frozen=True)
class Impact:
    """The figures of every scope, and the fingerprint of them all."""

    figures: tuple[Figures, ...]

    @property
    def sha256(self) -> str:
        return sha256(json.dumps([astuple(each) for each in self.figures]).encode()).hexdigest()

    @property
    def whole(self) -> Figures:
        return self.at(WHOLE)[0]

    @property
    def totals(self) -> dict[str, object]:
        """What the journal keeps: the fingerprint, the whole, and each stage and branch."""
        return {
            "sha256": self.sha256,
            "whole": self.whole.counts(),
            "by_branch": [
                {"stage": each.stage, "branch": each.branch, **each.counts()}
                for each in self.at(BY_BRANCH)
            ],
        }

    def at(self, level: tuple[str, ...]) -> list[Figures]:
        return of_level(self.figures, level)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines whose stored facts have the same widths: calendar years of pay, trainings a line."""

    scheme: str
    year: int
    years: int
    items: int


Part = tuple[Group, Mapping[str, Column]]
"""The lines of one group, as columns."""


def impact_of_running_rules() -> Impact:
    """Raise `Refusal` with code `impact_not_computed` when a filed line gets no answer."""
    return Impact(figures_of(lines_compared([assessed_again(group) for group in groups()])))


def stored_impact(impact: ReleaseImpact) -> Impact:
    """What was kept, as it was computed."""
    names = Figures.__dataclass_fields__
    return Impact(tuple(sorted(Figures(**row) for row in impact.rows.values(*names))))


def groups() -> list[Group]:
    """All that are stored: a group of withdrawn claims has no line to compare."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS)
        return [Group(*row) for row in cursor.fetchall()]


def assessed_again(group: Group) -> Part:
    """The columns of the claims beside the two answers, a position a line."""
    columns = read_group(group)
    facts = facts_of_group(group, columns)
    own = {name: columns[name] for name in _OF_THE_CLAIM} | {"branch": facts.branch}
    if not len(facts):
        return group, own | {"after": own["before"], "is_eligible": own["was_eligible"]}
    try:
        answer = assess(facts, group.scheme, group.year)
    except RulesError as refused:
        raise Refusal(
            "impact_not_computed", scheme=group.scheme, year=str(group.year), said=str(refused)
        ) from refused
    return group, own | {"after": answer.amount, "is_eligible": answer.eligible}


def read_group(group: Group) -> dict[str, Column]:
    facts = _layout(group)
    asked = [told for _, told in _OF_THE_CLAIM.values()] + list(facts)
    return read_columns(
        f"SELECT {', '.join(asked)} {_LATEST}",
        {"filed": list(FILED), "decided": list(DECIDED), **asdict(group)},
        {name: stored for name, (stored, _) in _OF_THE_CLAIM.items()} | facts,
    )


def facts_of_group(group: Group, columns: Mapping[str, Column]) -> Facts:
    lines = len(columns["person"])
    told = {name: columns[name] for name in FACTS_OF_A_LINE}
    if group.items:
        told |= {name: columns[name].reshape(-1) for name in FACTS_OF_AN_ITEM}
        told["item_line"] = np.repeat(np.arange(lines, dtype=np.int64), group.items)
    return Facts.told(lines, years=group.years, **told)


def _layout(group: Group) -> dict[str, Stored]:
    """How the facts of the group are stored: shaped as those of one line that says nothing."""
    silent = Facts.told(1, years=group.years).columns()
    lines = {name: _stored(silent[name]) for name in FACTS_OF_A_LINE}
    items = FACTS_OF_AN_ITEM if group.items else ()
    return lines | {name: INT64.times(group.items) for name in items}


def _stored(column: Column) -> Stored:
    one = _STORED[column.dtype]
    return one if column.ndim == 1 else one.times(column.shape[1])


def lines_compared(parts: Sequence[Part]) -> Lines:
    """One table of lines out of those of the groups."""
    schemes = sorted({group.scheme for group, _ in parts})
    years = sorted({group.year for group, _ in parts})

    def same(values: Iterable[int]) -> Column:
        """A number for each group, repeated for each of its lines."""
        sizes = [len(columns["person"]) for _, columns in parts]
        return np.repeat(np.array(list(values), np.int64), sizes)

    def joined(name: str, dtype: type[np.generic] = np.int64) -> Column:
        return np.concatenate([np.zeros(0, dtype), *(columns[name] for _, columns in parts)])

    branch = joined("branch")
    return Lines(
        keys={
            "stage": joined("decided").astype(np.int64),
            "branch": np.where(branch >= 0, branch, len(BRANCHES.values)),
            "scheme": same(schemes.index(group.scheme) for group, _ in parts),
            "year": same(years.index(group.year) for group, _ in parts),
        },
        words={
            "stage": STAGES,
            "branch": (*BRANCHES.values, OUTSIDE_BRANCHES),
            "scheme": schemes,
            "year": years,
        },
        person=joined("person"),
        firm=joined("firm"),
        before=joined("before"),
        after=joined("after"),
        was_eligible=joined("was_eligible", np.bool_),
        is_eligible=joined("is_eligible", np.bool_),
    )
