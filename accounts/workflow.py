"""States as a table, and the one writer of a state.

A workflow is an ordered tuple of transitions over the values of a `TextChoices`. `transition()`
locks the row, reads it again, checks the state, the role and the reason, lets the caller fill the
columns that the new state demands, then writes the state and the journal entry, all in the
transaction it opens. The admin's buttons, the state diagram and the test matrix are generated from
the same tuple.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models, transaction

from accounts.errors import Refusal
from accounts.journal import record, record_all
from accounts.models import User

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Transition:
    """One named step; `roles` are the codes of the staff or firm roles that may take it (none: a
    program).
    """

    name: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    reason_required: bool = False


@dataclass(frozen=True)
class Workflow(Generic[Row]):
    """The transitions of one aggregate; `states` in the order people meet them.

    Rows of the model have `state`, `journal_stream` and `journal_firm`.
    """

    name: str
    model: type[Row]
    states: tuple[str, ...]
    transitions: tuple[Transition, ...]
    roles_held: Callable[[Row, User], frozenset[str]]
    by_name: dict[str, Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {step.name: step for step in self.transitions}
        if len(by_name) != len(self.transitions):
            raise ValueError(f"{self.name}: a transition is named twice")
        for step in self.transitions:
            unknown = (step.sources | {step.target}) - set(self.states)
            if unknown:
                raise ValueError(f"{self.name}: {step.name} names unknown states {sorted(unknown)}")
        object.__setattr__(self, "by_name", by_name)

    def open_to(self, row: Row, user: User) -> tuple[Transition, ...]:
        """The steps this person may take now: what the buttons show."""
        held = self.roles_held(row, user)
        return tuple(
            step
            for step in self.transitions
            if row.state in step.sources and step.roles & held  # type: ignore[attr-defined]  # said in the docstring
        )


@dataclass(slots=True)
class Move(Generic[Row]):
    """What the caller of `transition()` holds: the locked row to fill, and the detail for the
    journal.
    """

    row: Row
    at: datetime
    detail: dict[str, Any]


@contextmanager
def transition(
    workflow: Workflow[Row],
    name: str,
    pk: int,
    *,
    acting_user: User,
    at: datetime,
    reason: str = "",
) -> Iterator[Move[Row]]:
    """Take one step; the only writer of `state`.

    Raises `Refusal` with code `state_forbids`, `role_missing` or `reason_missing`; whatever the
    body raises undoes all. The body fills `move.row`; it is saved when the body ends.
    """
    step = workflow.by_name[name]
    with transaction.atomic():
        row = workflow.model._default_manager.select_for_update(of=("self",), no_key=True).get(
            pk=pk
        )
        source = check_step(workflow, step, row, acting_user=acting_user, reason=reason)
        move = Move(row, at, {"from": source, "to": step.target})
        if reason:
            move.detail["reason"] = reason
        yield move
        row.state = step.target  # type: ignore[attr-defined]  # said in the docstring of Workflow
        row.save()
        record(
            stream=row.journal_stream,  # type: ignore[attr-defined]  # said in the docstring of Workflow
            action=f"{workflow.name}.{step.name}",
            acting_user=acting_user,
            at=at,
            firm=row.journal_firm,  # type: ignore[attr-defined]  # said in the docstring of Workflow
            detail=move.detail,
        )


def check_step(
    workflow: Workflow[Row], step: Transition, row: Row, *, acting_user: User, reason: str
) -> str:
    """The state the row is in, when the step may be taken; raises `Refusal` when not."""
    state: str = row.state  # type: ignore[attr-defined]  # said in the docstring of Workflow
    if state not in step.sources:
        raise Refusal("state_forbids", step=step.name, state=state)
    if not step.roles & workflow.roles_held(row, acting_user):
        raise Refusal("role_missing", roles=sorted(step.roles))
    if step.reason_required and not reason.strip():
        raise Refusal("reason_missing", step=step.name)
    return state


def steps(
    *rows: tuple[str, tuple[str, ...], str, tuple[str, ...], bool],
) -> tuple[Transition, ...]:
    """Transitions from a plain table of (name, sources, target, roles, reason required)."""
    return tuple(
        Transition(name, frozenset(sources), target, frozenset(roles), reason_required)
        for name, sources, target, roles, reason_required in rows
    )


def transition_all(
    workflow: Workflow[Row],
    name: str,
    pks: Sequence[int],
    *,
    acting_user: User,
    at: datetime,
    filled: Mapping[int, Mapping[str, Any]],
) -> list[Row]:
    """The same step on many rows at once, set-based; all of them or none.

    `filled` gives, by primary key, the columns to fill (the same ones for every row). Returns the
    rows, locked and written.
    """
    step = workflow.by_name[name]
    with transaction.atomic():
        rows = list(
            workflow.model._default_manager.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=pks)
            .order_by("pk")
        )
        streams = []
        columns = {"state"}
        for row in rows:
            source = check_step(workflow, step, row, acting_user=acting_user, reason="")
            row.state = step.target  # type: ignore[attr-defined]  # said in the docstring of Workflow
            for column, value in filled.get(row.pk, {}).items():
                setattr(row, column, value)
                columns.add(column)
            detail = {"from": source, "to": step.target, "subject": str(row)}
            streams.append((row.journal_stream, row.journal_firm, detail))  # type: ignore[attr-defined]  # idem
        workflow.model._default_manager.bulk_update(rows, sorted(columns), batch_size=2000)
        record_all(
            streams=streams, action=f"{workflow.name}.{name}", acting_user=acting_user, at=at
        )
    return rows
