"""A provider confirms hours line by line; what it says stands beside what the firm declared."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Refusal
from accounts.models import JournalEntry, User
from tests.factories import claimants
from tests.factories.attendance import attended
from tests.factories.trainings import AT, provider
from trainings.confirmations.actions import (
    Answer,
    answer_confirmation,
    ask_confirmation,
    withdraw_confirmation,
)
from trainings.confirmations.links import VALID_FOR, confirmation_of, token_of
from trainings.confirmations.models import Confirmation
from trainings.providers.models import ProviderKind
from trainings.sessions.models import Session

pytestmark = pytest.mark.django_db

HALF = 600
WHOLE = 1_200


@pytest.fixture
def writer() -> User:
    return claimants.signataire_of(claimants.firm(1))


@pytest.fixture
def session() -> Session:
    return attended(claimants.firm(1), 3, WHOLE)


@pytest.fixture
def asked(session: Session, writer: User) -> Confirmation:
    return ask_confirmation(session_id=session.pk, acting_user=writer, at=AT)


@pytest.fixture
def open_now(session: Session, writer: User) -> Confirmation:
    """Pages read the clock: the link must be open as they are asked for."""
    return ask_confirmation(session_id=session.pk, acting_user=writer, at=timezone.now())


def _all(confirmation: Confirmation, minutes: int) -> Answer:
    lines = confirmation.lines.values_list("pk", flat=True)
    return Answer(dict.fromkeys(lines, minutes), "Nadia Alami", "Directrice")


def test_each_person_of_the_list_is_a_line_with_the_minutes_declared(asked: Confirmation) -> None:
    lines = list(asked.lines.values_list("declared_minutes", "answered_minutes"))

    assert lines == [(WHOLE, None)] * 3


def test_an_answer_is_kept_beside_what_was_declared(asked: Confirmation, session: Session) -> None:
    answer_confirmation(confirmation=asked, answer=_all(asked, HALF), at=AT)

    asked.refresh_from_db()
    assert asked.state == Confirmation.State.ANSWERED
    assert {line.answered_minutes for line in asked.lines.all()} == {HALF}
    assert all(line.differs for line in asked.lines.all())
    assert set(session.attendances.values_list("minutes", flat=True)) == {WHOLE}


def test_the_journal_says_who_answered_and_how_many_were_corrected(asked: Confirmation) -> None:
    answer_confirmation(confirmation=asked, answer=_all(asked, HALF), at=AT)

    told = JournalEntry.objects.get(action="confirmation.answer").detail
    assert (told["by"], told["as"], told["corrected"]) == ("Nadia Alami", "Directrice", 3)


def test_it_is_answered_once(asked: Confirmation) -> None:
    answer_confirmation(confirmation=asked, answer=_all(asked, WHOLE), at=AT)

    with pytest.raises(Refusal, match="state_forbids"):
        answer_confirmation(confirmation=asked, answer=_all(asked, HALF), at=AT)


def test_an_answer_that_leaves_a_line_out_is_refused(asked: Confirmation) -> None:
    answer = _all(asked, WHOLE)
    kept = dict(list(answer.minutes.items())[1:])

    with pytest.raises(Refusal, match="answer_incomplete"):
        answer_confirmation(confirmation=asked, answer=Answer(kept, "N", "D"), at=AT)


@pytest.mark.parametrize("minutes", [-1, WHOLE + 1])
def test_nobody_stays_less_than_not_at_all_or_longer_than_the_session(
    asked: Confirmation, minutes: int
) -> None:
    with pytest.raises(Refusal, match="attendance_outside_session"):
        answer_confirmation(confirmation=asked, answer=_all(asked, minutes), at=AT)


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        (VALID_FOR - timedelta(seconds=1), True),
        (VALID_FOR, False),
        (VALID_FOR + timedelta(seconds=1), False),
    ],
)
def test_a_link_opens_until_it_lapses(asked: Confirmation, after: timedelta, opens: bool) -> None:
    found = confirmation_of(token_of(asked), AT + after)

    assert (found is not None) is opens


def test_an_answer_after_the_link_has_lapsed_is_refused(asked: Confirmation) -> None:
    with pytest.raises(Refusal, match="confirmation_lapsed"):
        answer_confirmation(confirmation=asked, answer=_all(asked, WHOLE), at=AT + VALID_FOR)


def test_a_withdrawn_link_opens_nothing(asked: Confirmation, writer: User) -> None:
    withdraw_confirmation(confirmation_id=asked.pk, acting_user=writer, at=AT)

    assert confirmation_of(token_of(asked), AT) is None


def test_a_link_changed_by_one_letter_opens_nothing(asked: Confirmation) -> None:
    token = token_of(asked)
    other = "a" if token[-1] != "a" else "b"

    assert confirmation_of(token[:-1] + other, AT) is None


def test_one_link_at_a_time_is_open_for_a_session(asked: Confirmation, writer: User) -> None:
    with pytest.raises(Refusal, match="confirmation_asked_once"):
        ask_confirmation(session_id=asked.session_id, acting_user=writer, at=AT)


def test_the_firm_itself_is_no_third_party(writer: User) -> None:
    firm = claimants.firm(1)
    inside = provider(firm, kind=ProviderKind.INTERNAL, name=firm.name, ice=None)
    taught_inside = attended(firm, 1, by=inside)

    with pytest.raises(Refusal, match="provider_is_the_firm"):
        ask_confirmation(session_id=taught_inside.pk, acting_user=writer, at=AT)


def test_an_answer_never_changes(asked: Confirmation) -> None:
    answer_confirmation(confirmation=asked, answer=_all(asked, WHOLE), at=AT)

    with pytest.raises(IntegrityError, match="confirmation_never_changes"), transaction.atomic():
        asked.lines.update(answered_minutes=HALF)


def test_another_firm_can_neither_ask_nor_withdraw(asked: Confirmation) -> None:
    stranger = claimants.signataire_of(claimants.firm(2))

    with pytest.raises(Refusal, match="role_missing"):
        ask_confirmation(session_id=asked.session_id, acting_user=stranger, at=AT)
    with pytest.raises(Refusal, match="role_missing"):
        withdraw_confirmation(confirmation_id=asked.pk, acting_user=stranger, at=AT)


def test_the_page_of_the_link_needs_no_account_and_shows_no_number(open_now: Confirmation) -> None:
    page = Client().get(reverse("provider_answer", args=[token_of(open_now)]))

    shown = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("max-age=0")
    assert str(open_now.lines.first().employee) in shown
    assert "CIN" not in shown


def test_hours_left_as_they_stand_are_confirmed_to_the_minute(writer: User) -> None:
    odd = attended(claimants.firm(1), 1, 431)
    asked = ask_confirmation(session_id=odd.pk, acting_user=writer, at=timezone.now())
    address = reverse("provider_answer", args=[token_of(asked)])
    client = Client()
    form = client.get(address).context["form"]
    posted = {field.html_name: field.value() for _, field in form.rows}

    answered = client.post(address, posted | {"name": "N. Alami", "function": "Directrice"})

    assert answered.status_code == 302
    assert asked.lines.get().answered_minutes == 431


def test_a_page_with_a_wrong_hour_keeps_what_was_typed(open_now: Confirmation) -> None:
    address = reverse("provider_answer", args=[token_of(open_now)])
    posted = {f"hours-{line.pk}": "trente" for line in open_now.lines.all()}

    page = Client().post(address, posted | {"name": "N. Alami", "function": "Directrice"})

    assert page.status_code == 422
    assert 'value="trente"' in page.content.decode()
    assert not open_now.lines.filter(answered_minutes__isnull=False).exists()


def test_the_firm_sees_the_link_only_while_it_is_open(open_now: Confirmation, writer: User) -> None:
    client = Client()
    client.force_login(writer)
    address = reverse("confirmation", args=[open_now.public_id])
    before = client.get(address).content.decode()

    client.post(reverse("confirmation_withdraw", args=[open_now.public_id]))

    assert token_of(open_now) in before
    assert token_of(open_now) not in client.get(address).content.decode()


def test_the_page_of_another_firm_is_not_there(asked: Confirmation) -> None:
    client = Client()
    client.force_login(claimants.signataire_of(claimants.firm(2)))

    assert client.get(reverse("confirmation", args=[asked.public_id])).status_code == 404
