"""What people and firms gain and lose between two answers of the law about the same lines.

Counted at five levels: over everything, by stage, by stage and branch, by stage, scheme and year,
and by all four. A person or a firm with several lines in a scope counts there once, by the sum of
its differences, so that the counts of a level are not the sums of those below; centimes are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

OPEN, DECIDED = STAGES = ("open", "decided")
"""Claims filed and not decided yet; claims decided."""
KEYS = ("stage", "branch", "scheme", "year")
WHOLE: tuple[str, ...] = ()
BY_STAGE = ("stage",)
BY_BRANCH = ("stage", "branch")
BY_YEAR = ("stage", "scheme", "year")
LEVELS = (WHOLE, BY_STAGE, BY_BRANCH, BY_YEAR, KEYS)


@dataclass(frozen=True, slots=True, order=True)
class Figures:
    """One scope and its counts; a key that the level leaves out is empty, or 0 for the year.

    Amounts are centimes: `after` is `before` plus what lines gained less what lines lost.
    """

    stage: str
    branch: str
    scheme: str
    year: int
    people_gained: int
    people_lost: int
    people_unchanged: int
    people_newly_eligible: int
    people_no_longer_eligible: int
    firms_gained: int
    firms_lost: int
    firms_unchanged: int
    before: int
    after: int
    gained: int
    lost: int

    @property
    def difference(self) -> int:
        return self.after - self.before

    @property
    def kept(self) -> int:
        """What is owed before and after, line by line."""
        return self.before - self.lost

    def counts(self) -> dict[str, int]:
        """The figures without their scope."""
        names = [each.name for each in fields(self)][len(KEYS) :]
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, eq=False)
class Lines:
    """Equal-length columns, one position a line of a claim; amounts in centimes.

    `keys` are positions in `words`, one column a key; people and firms are numbers, 0 or more.
    """

    keys: Mapping[str, Int64s]
    words: Mapping[str, Sequence[str | int]]
    person: Int64s
    firm: Int64s
    before: Int64s
    after: Int64s
    was_eligible: Bools
    is_eligible: Bools

    def __len__(self) -> int:
        return len(self.person)

    @property
    def difference(self) -> Int64s:
        return self.after - self.before


def of_level(figures: Sequence[Figures], level: tuple[str, ...]) -> list[Figures]:
    """The scopes of one of `LEVELS`, in their order."""
    return [
        each for each in figures if all(bool(getattr(each, key)) == (key in level) for key in KEYS)
    ]


def figures_of(lines: Lines) -> tuple[Figures, ...]:
    """Every scope that has lines, at every level, in order; the whole even when there is none."""
    people, firms = _Owners(lines.person), _Owners(lines.firm)
    finest, finest_of_line = _finest(lines)
    rows: list[Figures] = []
    for level in LEVELS if len(lines) else (WHOLE,):
        shown = finest * np.array([key in level for key in KEYS])
        scopes, scope_of_finest = np.unique(shown, axis=0, return_inverse=True)
        group = scope_of_finest.reshape(-1)[finest_of_line]
        counts = _counts(lines, group, len(scopes), people=people, firms=firms)
        for row, scope in enumerate(scopes.tolist()):
            told = {name: int(column[row]) for name, column in counts.items()}
            rows.append(Figures(**_scope(lines, scope, level) | told))
    return tuple(sorted(rows))


def _finest(lines: Lines) -> tuple[Int64s, Int64s]:
    """The scopes of the finest level, as [k, keys], and that of each line; one when no line is."""
    if not len(lines):
        return np.zeros((1, len(KEYS)), np.int64), np.zeros(0, np.int64)
    sizes = [len(lines.words[key]) for key in KEYS]
    packed, group = np.unique(
        np.ravel_multi_index(tuple(lines.keys[key] for key in KEYS), sizes), return_inverse=True
    )
    return np.stack(np.unravel_index(packed, sizes), axis=1), group


def _scope(lines: Lines, positions: Sequence[int], level: tuple[str, ...]) -> dict[str, Any]:
    """The words of the keys of a level; the others stand for all."""
    everything: dict[str, Any] = {"stage": "", "branch": "", "scheme": "", "year": 0}
    words = zip(KEYS, positions, strict=True)
    return everything | {key: lines.words[key][at] for key, at in words if key in level}


class _Owners:
    """The lines in the order of who owns them, sorted once for every level."""

    def __init__(self, owner: Int64s) -> None:
        self.order = np.argsort(owner, kind="stable")
        self.owner = owner[self.order]

    def nets(self, group: Int64s, size: int, of_lines: Int64s) -> tuple[Int64s, Int64s]:
        """For each owner in each group: the group, and the sum of what its lines have there."""
        if not len(group):
            return group, of_lines
        key = self.owner * size + group[self.order]
        # Sorted by owner already, so that this sort has next to nothing to move.
        order = np.argsort(key, kind="stable")
        starts = np.flatnonzero(np.diff(key[order], prepend=-1))
        return key[order][starts] % size, np.add.reduceat(of_lines[self.order][order], starts)


def _counts(
    lines: Lines, group: Int64s, size: int, *, people: _Owners, firms: _Owners
) -> dict[str, Int64s]:
    """The columns of `Figures` after its keys, a position a group."""
    difference = lines.difference

    def owners(of: _Owners, marks: Int64s) -> tuple[Int64s, Int64s, Int64s]:
        where, net = of.nets(group, size, marks)
        above, below, level = where[net > 0], where[net < 0], where[net == 0]
        return _tally(above, size), _tally(below, size), _tally(level, size)

    def total(amounts: Int64s) -> Int64s:
        summed = np.zeros(size, np.int64)
        np.add.at(summed, group, amounts)
        return summed

    eligibility = lines.is_eligible.astype(np.int64) - lines.was_eligible.astype(np.int64)
    people_counts, firm_counts = owners(people, difference), owners(firms, difference)
    newly, no_longer, _ = owners(people, eligibility)
    return {
        "people_gained": people_counts[0],
        "people_lost": people_counts[1],
        "people_unchanged": people_counts[2],
        "people_newly_eligible": newly,
        "people_no_longer_eligible": no_longer,
        "firms_gained": firm_counts[0],
        "firms_lost": firm_counts[1],
        "firms_unchanged": firm_counts[2],
        "before": total(lines.before),
        "after": total(lines.after),
        "gained": total(np.maximum(difference, 0)),
        "lost": total(np.maximum(-difference, 0)),
    }


def _tally(groups: Int64s, size: int) -> Int64s:
    counted: Int64s = np.bincount(groups, minlength=size)
    return counted
