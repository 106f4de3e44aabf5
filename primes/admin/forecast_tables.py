"""A forecast as tables and bars: today, the trial, and what is between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from companies.firms.models import Branch
from primes.claims.what_if.forecast import Cost, Forecast
from primes.rules.columns import day_of
from primes.rules.drafts import DraftValue, drafted
from primes.rules.parameters.sheets import SchemeText
from primes.wording.differences import change_text, difference_text
from primes.wording.sheets import value_text
from primes.wording.words import label

TABLES = (
    ("year", "Par exercice", "Exercice"),
    ("branch", "Par filière", "Filière"),
    ("site", "Par site", "Site"),
)
BRANCHES = dict(Branch.choices)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """`since` is the first day of the scheme for a draft of its whole life."""

    title: str
    today: str
    draft: str
    since: date
    read_on: str


@dataclass(frozen=True, slots=True)
class CostRow:
    """One line of a table; `bars` are the lengths of today and of the draft, « 63.2% »."""

    name: str
    cost: Cost
    difference: str
    change: str
    bars: tuple[str, str]


@dataclass(frozen=True, slots=True)
class CostTable:
    code: str
    title: str
    scope: str
    rows: list[CostRow]


def draft_rows(drafts: Sequence[DraftValue], text: SchemeText) -> list[DraftRow]:
    """Each value tried, and the one that the sheets hold for the same day."""
    trial = drafted(text, drafts)
    rows = []
    for draft in drafts:
        since = draft.since or text.in_force_from
        today, tried = (each.parameters[draft.name] for each in (text, trial))
        rows.append(
            DraftRow(
                title=today.title["fr"],
                today=value_text(today, today.on(day_of(since)), "fr"),
                draft=value_text(tried, tried.on(day_of(since)), "fr"),
                since=since,
                read_on=label("read_on", today.read_on),
            )
        )
    return rows


def forecast_tables(told: Forecast) -> list[CostTable]:
    return [
        CostTable(name, title, scope, _rows(told.by(name), name)) for name, title, scope in TABLES
    ]


def total_row(told: Forecast) -> CostRow:
    return _row("Total", told.total, longest=0)


def _rows(costs: Sequence[Cost], name: str) -> list[CostRow]:
    longest = max((max(cost.today, cost.draft) for cost in costs), default=0)
    return [_row(_name(cost, name), cost, longest) for cost in costs]


def _row(name: str, cost: Cost, longest: int) -> CostRow:
    return CostRow(
        name=name,
        cost=cost,
        difference=difference_text(cost.today, cost.draft, "fr"),
        change=change_text(cost.today, cost.draft, "fr"),
        bars=(_length(cost.today, longest), _length(cost.draft, longest)),
    )


def _name(cost: Cost, name: str) -> str:
    text = str(getattr(cost, name))
    return BRANCHES.get(text) or label("place", text)


def _length(amount: int, longest: int) -> str:
    tenths = amount * 1000 // longest if longest else 0
    return f"{tenths // 10}.{tenths % 10}%"
