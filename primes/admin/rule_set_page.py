"""What the page of a version shows before the act: its impact in dirhams, and what it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.errors import Refusal
from primes.claims.changes import ValueChange, changes_since_last_release
from primes.claims.gains import BY_BRANCH, BY_STAGE, BY_YEAR, WHOLE, Figures
from primes.claims.impact import OUTSIDE_BRANCHES, Impact, impact_of_running_rules
from primes.claims.models.impact import ReleaseImpactRow
from primes.claims.models.rule_set import RuleSet
from primes.claims.releases import proposed_impact, released_impact
from primes.rules.digest import rule_digest
from primes.rules.parameters.loader import load_scheme, scheme_names

STAGES = dict(ReleaseImpactRow.Stage.choices)
ALL = "Total"


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One scope of a table; `is_total` rows are counted over those above, not summed in people."""

    stage: str
    scope: str
    figures: Figures
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class ImpactTable:
    title: str
    scope: str
    rows: Sequence[ImpactRow]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    scheme: str
    title: str
    since: date
    change: ValueChange


def impact_facts(row: RuleSet) -> dict[str, Any]:
    """Computed now while the version awaits an act, read back once it is released.

    `impact` is None where nothing can be computed; `refused` then says why, unless the version is
    simply not the one that runs. `moved` is True when the figures are not those of the proposal.
    """
    impact, refused = None, None
    try:
        impact = _impact(row)
    except Refusal as refusal:
        refused = refusal
    proposed = proposed_impact(row) if row.state == RuleSet.State.PROPOSED else None
    return {
        "impact": impact,
        "refused": refused,
        "moved": _moved(row, impact, proposed),
        "tables": _tables(impact) if impact and impact.at(BY_STAGE) else [],
    }


def change_facts(row: RuleSet) -> dict[str, Any]:
    """The values of the law that are not those of the version released before."""
    found = changes_since_last_release(row)
    if found is None:
        return {"earlier": None, "changes": [], "texts": []}
    earlier, changes = found
    rows = [
        ChangeRow(_scheme(each.scheme), _title(each), date.fromisoformat(each.since), each)
        for each in changes.values
    ]
    return {"earlier": earlier, "changes": rows, "texts": changes.texts}


def _impact(row: RuleSet) -> Impact | None:
    if row.state == RuleSet.State.RELEASED:
        return released_impact(row)
    return impact_of_running_rules() if row.digest == rule_digest() else None


def _moved(row: RuleSet, impact: Impact | None, proposed: Impact | None) -> bool:
    awaits = row.state == RuleSet.State.PROPOSED
    return awaits and impact is not None and impact != proposed


def _tables(impact: Impact) -> list[ImpactTable]:
    by_year = [
        ImpactRow(STAGES[each.stage], f"{_scheme(each.scheme)}, {each.year}", each)
        for each in sorted(impact.at(BY_YEAR), key=lambda each: list(STAGES).index(each.stage))
    ]
    return [
        ImpactTable("Impact par filière", "Filière", _by_branch(impact)),
        ImpactTable("Impact par dispositif et exercice", "Dispositif et exercice", by_year),
    ]


def _by_branch(impact: Impact) -> list[ImpactRow]:
    """The branches of a stage, then the stage; last, everything."""
    rows = []
    totals = {each.stage: each for each in impact.at(BY_STAGE)}
    for stage, label in STAGES.items():
        rows += [
            ImpactRow(label, _branch(each.branch), each)
            for each in impact.at(BY_BRANCH)
            if each.stage == stage
        ]
        if stage in totals:
            rows.append(ImpactRow(label, ALL, totals[stage], is_total=True))
    return [*rows, ImpactRow("Toutes les demandes", ALL, impact.at(WHOLE)[0], is_total=True)]


def _branch(word: str) -> str:
    return "Hors filières" if word == OUTSIDE_BRANCHES else word


def _scheme(name: str) -> str:
    return load_scheme(name).title["fr"] if name in scheme_names() else name


def _title(change: ValueChange) -> str:
    """The words of a parameter that the running rules know, else its name."""
    if change.scheme not in scheme_names():
        return change.parameter
    parameters = load_scheme(change.scheme).parameters
    known = parameters.get(change.parameter)
    return known.title["fr"] if known else change.parameter
