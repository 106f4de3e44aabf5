"""What the events in force of an employment add up to; pure.

An event is in force until another cancels it. Among those that tell the same fact, the one declared
last is believed, and the earlier ones stay readable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from companies.workforce.events import EmploymentEvent
from companies.workforce.models import ContractKind

Kind = EmploymentEvent.Kind

STABLE_CONTRACTS = frozenset({ContractKind.CDI.value})
"""Contracts without an end. Which of them opens a right is a parameter of each scheme."""


@dataclass(frozen=True, slots=True)
class ContractInForce:
    """`stable_from` None: the hire date, when the contract is stable."""

    contract: str
    stable_from: date | None


def in_force(events: Iterable[EmploymentEvent]) -> list[EmploymentEvent]:
    """In the order in which they were declared, without the cancelled ones nor what cancels."""
    known = sorted(events, key=lambda event: event.pk)
    cancelled = {event.cancels_id for event in known}
    return [event for event in known if event.kind != Kind.CANCELLED and event.pk not in cancelled]


def contract_before_conversion(events: Iterable[EmploymentEvent]) -> str:
    """The contract that a conversion would turn into a stable one; empty when none was told."""
    changes = [event for event in _since_last_answers(events) if event.kind == Kind.CONTRACT]
    answers = [event for event in events if event.kind == Kind.ANSWERS]
    last_change = max(changes, key=lambda event: (event.on, event.pk), default=None)
    if last_change is not None:
        return last_change.contract
    return answers[-1].contract if answers else ""


def contract_told(events: Iterable[EmploymentEvent]) -> ContractInForce:
    """What events in force say of the contract."""
    kept = list(events)
    conversions = [event for event in _since_last_answers(kept) if event.kind == Kind.CONVERSION]
    if conversions:
        return ContractInForce(conversions[-1].contract, conversions[-1].on)
    return ContractInForce(contract_before_conversion(kept), None)


def departure_told(events: Iterable[EmploymentEvent]) -> date | None:
    """The last day that events in force say."""
    departures = [event.on for event in events if event.kind == Kind.DEPARTURE]
    return departures[-1] if departures else None


def _since_last_answers(events: Iterable[EmploymentEvent]) -> list[EmploymentEvent]:
    """Answers given anew replace every change told before them."""
    kept = list(events)
    ranks = [rank for rank, event in enumerate(kept) if event.kind == Kind.ANSWERS]
    return kept[ranks[-1] + 1 :] if ranks else kept


def earlier_told(event: EmploymentEvent) -> date | None:
    """The last day of an earlier employment that answers name; None for « aucune »."""
    return date.fromisoformat(event.note) if event.kind == Kind.ANSWERS and event.note else None
