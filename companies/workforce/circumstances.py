"""What changes in an employment, declared by the firm: an event with its day, never an edit.

Each act adds an event and brings the columns of the employment in line with its events in force, in
one transaction. What a CNSS file says of a departure or of a rehire comes before the firm's word.

Claims that are filed keep the facts they were filed with: an event changes what is assessed from
now on, and what was decided is answered by a new calculation, not here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.formats import CASABLANCA
from accounts.models import User
from companies.documents.models import ReceivedFile
from companies.firms.journal import record_of
from companies.firms.roles import WRITERS, require_firm_role
from companies.workforce.events import EmploymentEvent
from companies.workforce.history import (
    STABLE_CONTRACTS,
    contract_before_conversion,
    contract_told,
    departure_told,
    in_force,
)
from companies.workforce.models import ContractKind, Employment, PayMonth

Kind = EmploymentEvent.Kind

ANNOUNCED_DAYS = 366
"""How far ahead a change may be told: further, the year was mistyped."""
CONTRACT_KINDS = frozenset({Kind.ANSWERS, Kind.CONVERSION, Kind.CONTRACT})
CANCELLABLE = frozenset({Kind.CONVERSION, Kind.CONTRACT, Kind.LEAVE, Kind.DEPARTURE})


@dataclass(slots=True)
class _Declaration:
    """One act on a locked employment; `events` are those in force, in order of declaration."""

    employment: Employment
    events: list[EmploymentEvent]
    acting_user: User
    at: datetime

    @property
    def told_by_file(self) -> bool:
        """Whether an official file says when the person left."""
        source = self.employment.left_source
        return source is not None and source.kind != ReceivedFile.Kind.PEOPLE

    def add(self, kind: Kind, on: date, **told: object) -> EmploymentEvent:
        event = EmploymentEvent(
            employment=self.employment,
            kind=kind,
            on=on,
            declared_by=self.acting_user,
            declared_at=self.at,
            **told,
        )
        event.save()
        self.events = in_force([*self.events, event])
        return event

    def bring_in_line(self, kind: str) -> None:
        """Write what the events in force say of the fact that this kind tells."""
        employment = self.employment
        if kind in CONTRACT_KINDS:
            told = contract_told(self.events)
            employment.contract, employment.stable_from = told.contract, told.stable_from
        elif kind == Kind.DEPARTURE and not self.told_by_file:
            employment.left_on = departure_told(self.events)
            employment.left_source = employment.left_line = None
        employment.declared_by, employment.declared_at = self.acting_user, self.at
        employment.save()

    def tell(self, action: str, event: EmploymentEvent) -> None:
        told = {"employment": self.employment.pk, "event": event.pk, "on": event.on.isoformat()}
        firm = self.employment.employee.firm
        record_of(firm, action, self.acting_user, self.at, **told)


def declare_conversion(
    *, employment_id: int, on: date, contract: str, acting_user: User, at: datetime
) -> EmploymentEvent:
    """From that day the contract is a stable one; a conversion told before is replaced.

    Raises `role_missing`, `event_before_hire`, `event_after_departure`, `event_too_far_ahead`,
    `contract_unanswered`, `contract_stable_already` or `conversion_to_unstable_contract`.
    """
    if contract not in STABLE_CONTRACTS:
        raise Refusal("conversion_to_unstable_contract", expected=" ".join(STABLE_CONTRACTS))
    with _declaring(employment_id, acting_user, at) as act:
        _check_day(act, on)
        _keep_contract(act)
        _require_unstable(contract_before_conversion(act.events))
        event = act.add(Kind.CONVERSION, on, contract=contract)
        act.bring_in_line(Kind.CONVERSION)
        act.tell("employment.convert", event)
    return event


def declare_contract_change(
    *, employment_id: int, on: date, contract: str, acting_user: User, at: datetime
) -> EmploymentEvent:
    """From that day one contract that has an end follows another.

    Raises what `declare_conversion` raises, `contract_unknown` or `contract_change_is_conversion`.
    """
    if contract not in ContractKind.values:
        raise Refusal("contract_unknown", expected=" ".join(ContractKind.values))
    if contract in STABLE_CONTRACTS:
        raise Refusal("contract_change_is_conversion")
    with _declaring(employment_id, acting_user, at) as act:
        _check_day(act, on)
        _keep_contract(act)
        _require_unstable(contract_before_conversion(act.events))
        told = contract_told(act.events)
        if told.stable_from is not None and on >= told.stable_from:
            raise Refusal("contract_stable_already")
        event = act.add(Kind.CONTRACT, on, contract=contract)
        act.bring_in_line(Kind.CONTRACT)
        act.tell("employment.change_contract", event)
    return event


def declare_leave(
    *,
    employment_id: int,
    on: date,
    until: date | None,
    note: str,
    acting_user: User,
    at: datetime,
) -> EmploymentEvent:
    """A leave or a suspension, both days included; without `until` its end is not known yet.

    Raises `role_missing`, the `event_…` codes of days, `leave_ends_before_it_begins` or
    `leave_overlaps`.
    """
    with _declaring(employment_id, acting_user, at) as act:
        _check_day(act, on)
        if until is not None:
            if until < on:
                raise Refusal("leave_ends_before_it_begins")
            _check_day(act, until)
        for other in act.events:
            if other.kind == Kind.LEAVE and _overlap(on, until, other):
                raise Refusal("leave_overlaps", on=other.on)
        event = act.add(Kind.LEAVE, on, until=until, note=note.strip())
        act.bring_in_line(Kind.LEAVE)
        act.tell("employment.leave", event)
    return event


def declare_departure(
    *, employment_id: int, on: date, acting_user: User, at: datetime
) -> EmploymentEvent:
    """The last day of the employment; a day told by the firm before is replaced.

    Raises `role_missing`, `event_before_hire`, `event_too_far_ahead`, `departure_told_by_file`,
    `departure_after_rehire`, `departure_before_declared_month` or `departure_before_event`.
    """
    with _declaring(employment_id, acting_user, at) as act:
        _check_known_days(act, on)
        if act.told_by_file:
            raise Refusal("departure_told_by_file", on=act.employment.left_on)
        _check_rehire(act.employment, on)
        _check_events_before(act, on)
        left_on = act.employment.left_on
        if left_on is not None and departure_told(act.events) != left_on:
            act.add(Kind.DEPARTURE, left_on)
        event = act.add(Kind.DEPARTURE, on)
        act.bring_in_line(Kind.DEPARTURE)
        act.tell("employment.depart", event)
    return event


def cancel_event(*, event_id: int, acting_user: User, at: datetime) -> EmploymentEvent:
    """Take back what was declared by mistake; what had been told before it counts again.

    Answers are not cancelled: they are given anew. Raises `role_missing`, `event_not_cancellable`,
    `event_cancelled_already`, `departure_needed_by_rehire` or `departure_before_event`.
    """
    mistaken = EmploymentEvent.objects.get(pk=event_id)
    if mistaken.kind not in CANCELLABLE:
        raise Refusal("event_not_cancellable")
    with _declaring(mistaken.employment_id, acting_user, at) as act:
        if mistaken not in act.events:
            raise Refusal("event_cancelled_already")
        event = act.add(Kind.CANCELLED, mistaken.on, cancels=mistaken)
        if mistaken.kind == Kind.DEPARTURE:
            _check_departure_that_is_left(act)
        act.bring_in_line(mistaken.kind)
        act.tell("employment.cancel_event", event)
    return event


@contextmanager
def _declaring(employment_id: int, acting_user: User, at: datetime) -> Iterator[_Declaration]:
    """The employment, locked, for somebody who writes for its firm."""
    with named_refusals(), transaction.atomic():
        employment = (
            Employment.objects.select_for_update(of=("self",), no_key=True)
            .select_related("employee__firm", "left_source")
            .defer("left_source__content")
            .get(pk=employment_id)
        )
        require_firm_role(employment.employee.firm, acting_user, *WRITERS)
        events = in_force(employment.events.order_by("pk"))
        yield _Declaration(employment, events, acting_user, at)


def _check_day(act: _Declaration, on: date) -> None:
    _check_known_days(act, on)
    left_on = act.employment.left_on
    if left_on is not None and on > left_on:
        raise Refusal("event_after_departure", left_on=left_on)


def _check_known_days(act: _Declaration, on: date) -> None:
    if on < act.employment.hired_on:
        raise Refusal("event_before_hire", hired_on=act.employment.hired_on)
    limit = act.at.astimezone(CASABLANCA).date() + timedelta(days=ANNOUNCED_DAYS)
    if on > limit:
        raise Refusal("event_too_far_ahead", limit=limit)


def _keep_contract(act: _Declaration) -> None:
    """A contract that came from a file and no event told becomes one, so that it stays readable."""
    contract = act.employment.contract
    if contract and contract_told(act.events).contract != contract:
        act.add(Kind.ANSWERS, act.employment.hired_on, contract=contract)


def _require_unstable(contract: str) -> None:
    if not contract:
        raise Refusal("contract_unanswered")
    if contract in STABLE_CONTRACTS:
        raise Refusal("contract_stable_already")


def _overlap(on: date, until: date | None, other: EmploymentEvent) -> bool:
    return on <= (other.until or date.max) and other.on <= (until or date.max)


def _check_rehire(employment: Employment, on: date) -> None:
    """No later employment has begun, and CNSS was told of no later month."""
    later = _next_employment(employment)
    if later is not None and on >= later.hired_on:
        raise Refusal("departure_after_rehire", hired_on=later.hired_on)
    declared = PayMonth.objects.filter(employee=employment.employee_id, month__gt=on)
    if later is not None:
        declared = declared.filter(month__lt=later.hired_on.replace(day=1))
    month = declared.order_by("-month").values_list("month", flat=True).first()
    if month is not None:
        raise Refusal("departure_before_declared_month", month=month)


def _check_events_before(act: _Declaration, on: date) -> None:
    changes = (Kind.CONVERSION, Kind.CONTRACT, Kind.LEAVE)
    after = [event.on for event in act.events if event.kind in changes and event.on > on]
    if after:
        raise Refusal("departure_before_event", on=max(after))


def _check_departure_that_is_left(act: _Declaration) -> None:
    remaining = departure_told(act.events)
    if remaining is not None:
        _check_events_before(act, remaining)
    elif not act.told_by_file and _next_employment(act.employment) is not None:
        raise Refusal("departure_needed_by_rehire")


def _next_employment(employment: Employment) -> Employment | None:
    same_person = Employment.objects.filter(employee=employment.employee_id)
    return same_person.filter(hired_on__gt=employment.hired_on).order_by("hired_on").first()
