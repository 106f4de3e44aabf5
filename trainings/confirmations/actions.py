"""A firm asks its provider; the provider answers; the firm takes the link back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.constraints import named_refusals
from accounts.errors import Refusal
from accounts.models import User
from accounts.public_ids import new_public_id
from accounts.workflow import transition
from companies.firms.journal import record_of
from companies.firms.roles import WRITERS, require_firm_role
from trainings.confirmations.links import VALID_FOR
from trainings.confirmations.models import Confirmation, ConfirmationLine
from trainings.confirmations.states import CONFIRMATION, MACHINE
from trainings.providers.models import ProviderKind
from trainings.sessions.models import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """`minutes` by key of the line, every line of the confirmation; 0 for who did not come."""

    minutes: Mapping[int, int]
    name: str
    function: str


def ask_confirmation(*, session_id: int, acting_user: User, at: datetime) -> Confirmation:
    """One line a person of the attendance list, as it stands now.

    Raises `role_missing`, `provider_is_the_firm`, `attendance_empty`, or `confirmation_asked_once`
    while an earlier link is open.
    """
    with named_refusals(), transaction.atomic():
        session = (
            Session.objects.select_for_update(of=("self",), no_key=True)
            .select_related("programme__firm", "programme__provider")
            .get(pk=session_id)
        )
        firm, provider = session.programme.firm, session.programme.provider
        require_firm_role(firm, acting_user, *WRITERS)
        if provider.kind == ProviderKind.INTERNAL:
            raise Refusal("provider_is_the_firm")
        attended = list(session.attendances.values_list("employee_id", "minutes"))
        if not attended:
            raise Refusal("attendance_empty")
        asked = Confirmation.objects.create(
            session=session,
            provider=provider,
            public_id=new_public_id("cnf"),
            asked_by=acting_user,
            asked_at=at,
            lapses_at=at + VALID_FOR,
        )
        ConfirmationLine.objects.bulk_create(
            ConfirmationLine(confirmation=asked, employee_id=employee, declared_minutes=minutes)
            for employee, minutes in attended
        )
        detail = {"confirmation": asked.public_id, "session": session.pk, "people": len(attended)}
        record_of(firm, "confirmation.ask", acting_user, at, **detail)
    return asked


def answer_confirmation(*, confirmation: Confirmation, answer: Answer, at: datetime) -> None:
    """What whoever holds the link says, once; the program of the link signs the journal.

    Raises `state_forbids` when it was answered or withdrawn meanwhile, `confirmation_lapsed`,
    `answer_incomplete` or `attendance_outside_session`.
    """
    if not confirmation.lapses_at > at:
        raise Refusal("confirmation_lapsed")
    lines = {line.pk: line for line in confirmation.lines.all()}
    if answer.minutes.keys() != lines.keys() or not answer.name.strip():
        raise Refusal("answer_incomplete")
    longest = confirmation.session.minutes
    if any(not 0 <= minutes <= longest for minutes in answer.minutes.values()):
        raise Refusal("attendance_outside_session", people=[], expected=longest)
    machine = User.objects.machine(MACHINE)
    with (
        named_refusals(),
        transition(CONFIRMATION, "answer", confirmation.pk, acting_user=machine, at=at) as move,
    ):
        for pk, line in lines.items():
            line.answered_minutes = answer.minutes[pk]
        ConfirmationLine.objects.bulk_update(lines.values(), ["answered_minutes"], batch_size=2000)
        move.row.answered_at = at
        move.row.answered_by, move.row.answered_as = answer.name.strip(), answer.function.strip()
        move.detail |= {
            "confirmation": confirmation.public_id,
            "by": move.row.answered_by,
            "as": move.row.answered_as,
            "corrected": sum(line.differs for line in lines.values()),
        }


def withdraw_confirmation(*, confirmation_id: int, acting_user: User, at: datetime) -> None:
    """The link opens nothing from now on; raises `role_missing` or `state_forbids`."""
    with transition(
        CONFIRMATION, "withdraw", confirmation_id, acting_user=acting_user, at=at
    ) as move:
        move.detail["confirmation"] = move.row.public_id
