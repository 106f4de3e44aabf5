"""What changes in an employment is told by events; its columns are what they add up to."""

from datetime import date, timedelta

import pytest

from accounts.errors import Refusal
from accounts.models import JournalEntry
from companies.firms.models import FirmRole
from companies.workforce.actions import DeclaredFacts, declare_employment
from companies.workforce.circumstances import ANNOUNCED_DAYS, declare_departure
from companies.workforce.events import EmploymentEvent
from companies.workforce.models import Employment
from tests.companies.workforce.employments import (
    AT,
    HIRED_ON,
    cancel,
    change,
    convert,
    depart,
    fixed_term,
    leave,
    standing,
)
from tests.factories.claimants import member, signataire_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
APRIL = date(2026, 4, 1)


def kinds(employment: Employment) -> list[str]:
    return list(employment.events.order_by("pk").values_list("kind", flat=True))


def test_a_conversion_makes_the_contract_stable_from_its_day():
    employment = fixed_term()

    convert(employment, APRIL)

    assert standing(employment) == ("CDI", APRIL, None)
    assert JournalEntry.objects.filter(action="employment.convert").count() == 1


def test_the_contract_that_a_file_told_stays_readable_after_a_conversion():
    employment = fixed_term()

    convert(employment, APRIL)

    told = list(employment.events.order_by("pk").values_list("kind", "on", "contract"))
    assert told == [("answers", HIRED_ON, "CDD"), ("conversion", APRIL, "CDI")]


def test_a_later_word_about_the_same_conversion_replaces_it_and_keeps_it():
    employment = fixed_term()
    convert(employment, APRIL)

    convert(employment, date(2026, 5, 1))

    assert standing(employment) == ("CDI", date(2026, 5, 1), None)
    assert kinds(employment) == ["answers", "conversion", "conversion"]


def test_a_cancelled_conversion_brings_back_what_stood_before():
    employment = fixed_term()
    event = convert(employment, APRIL)

    cancel(event)

    assert standing(employment) == ("CDD", None, None)
    assert kinds(employment) == ["answers", "conversion", "cancelled"]


def test_a_cancelled_second_conversion_brings_back_the_first():
    employment = fixed_term()
    convert(employment, APRIL)

    cancel(convert(employment, date(2026, 5, 1)))

    assert standing(employment) == ("CDI", APRIL, None)


def test_one_contract_with_an_end_follows_another():
    employment = fixed_term()

    change(employment, date(2026, 1, 1), "IDMAJ")

    assert standing(employment) == ("IDMAJ", None, None)


def test_a_change_told_late_does_not_undo_the_conversion_after_it():
    employment = fixed_term()
    convert(employment, APRIL)

    change(employment, date(2026, 1, 1), "IDMAJ")

    assert standing(employment) == ("CDI", APRIL, None)


@pytest.mark.parametrize(
    ("day", "taken"), [(APRIL - DAY, True), (APRIL, False), (APRIL + DAY, False)]
)
def test_a_stable_contract_is_followed_by_no_other(day: date, taken: bool):
    employment = fixed_term()
    convert(employment, APRIL)

    if taken:
        change(employment, day, "INTERIM")
        return

    with pytest.raises(Refusal, match="contract_stable_already"):
        change(employment, day, "INTERIM")


def test_a_contract_that_is_stable_is_not_converted():
    employment = fixed_term()
    Employment.objects.update(contract="CDI")

    with pytest.raises(Refusal, match="contract_stable_already"):
        convert(employment, APRIL)


def test_an_unknown_contract_is_answered_before_it_changes():
    employment = fixed_term()
    Employment.objects.update(contract="")

    with pytest.raises(Refusal, match="contract_unanswered"):
        convert(employment, APRIL)


def test_what_is_no_conversion_is_refused_as_one():
    employment = fixed_term()

    with pytest.raises(Refusal, match="conversion_to_unstable_contract"):
        convert(employment, APRIL, "IDMAJ")
    with pytest.raises(Refusal, match="contract_change_is_conversion"):
        change(employment, APRIL, "CDI")


@pytest.mark.parametrize(
    ("day", "refused"), [(HIRED_ON - DAY, True), (HIRED_ON, False), (HIRED_ON + DAY, False)]
)
def test_nothing_changes_before_the_hire(day: date, refused: bool):
    employment = fixed_term()

    if not refused:
        assert convert(employment, day).on == day
        return

    with pytest.raises(Refusal, match="event_before_hire"):
        convert(employment, day)


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_nothing_changes_after_the_departure(days: int, refused: bool):
    employment = fixed_term()
    depart(employment, APRIL)

    day = APRIL + timedelta(days=days)
    if not refused:
        assert convert(employment, day).on == day
        return

    with pytest.raises(Refusal, match="event_after_departure"):
        convert(employment, day)


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_nothing_is_told_more_than_a_year_ahead(days: int, refused: bool):
    employment = fixed_term()
    day = AT.date() + timedelta(days=ANNOUNCED_DAYS + days)

    if not refused:
        assert depart(employment, day).on == day
        return

    with pytest.raises(Refusal, match="event_too_far_ahead"):
        depart(employment, day)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (APRIL - 5 * DAY, APRIL - DAY, False),
        (APRIL - 5 * DAY, APRIL, True),
        (APRIL + 10 * DAY, None, True),
        (APRIL + 11 * DAY, None, False),
    ],
)
def test_two_leaves_share_no_day(first: date, last: date | None, refused: bool):
    employment = fixed_term()
    leave(employment, APRIL, APRIL + 10 * DAY, "Maternité")

    if not refused:
        assert leave(employment, first, last).until == last
        return

    with pytest.raises(Refusal, match="leave_overlaps"):
        leave(employment, first, last)


def test_a_leave_ends_on_its_first_day_at_the_earliest():
    employment = fixed_term()

    with pytest.raises(Refusal, match="leave_ends_before_it_begins"):
        leave(employment, APRIL, APRIL - DAY)

    assert leave(employment, APRIL, APRIL).until == APRIL


def test_a_cancelled_leave_leaves_its_days_free():
    employment = fixed_term()
    cancel(leave(employment, APRIL, None))

    assert leave(employment, APRIL, None).until is None


def test_what_is_cancelled_is_not_cancelled_again():
    event = convert(fixed_term(), APRIL)
    cancelling = cancel(event)

    with pytest.raises(Refusal, match="event_cancelled_already"):
        cancel(event)
    with pytest.raises(Refusal, match="event_not_cancellable"):
        cancel(cancelling)


def test_answers_are_an_event_and_given_anew_they_replace_what_was_told():
    employment = fixed_term()
    convert(employment, APRIL)
    facts = DeclaredFacts("CDI", date(2026, 2, 1), date(2023, 12, 31), "MA")

    declare_employment(
        employment_id=employment.pk,
        facts=facts,
        acting_user=signataire_of(employment.employee.firm),
        at=AT,
    )

    last = EmploymentEvent.objects.latest("pk")
    assert (last.kind, last.on, last.note) == ("answers", date(2026, 2, 1), "2023-12-31")
    assert standing(employment) == ("CDI", date(2026, 2, 1), None)


@pytest.mark.parametrize("role", [FirmRole.LECTEUR, FirmRole.ADMINISTRATEUR])
def test_who_does_not_write_for_the_firm_declares_nothing(role: FirmRole):
    employment = fixed_term()
    user = member(employment.employee.firm, role, "other")

    with pytest.raises(Refusal, match="role_missing"):
        declare_departure(employment_id=employment.pk, on=APRIL, acting_user=user, at=AT)

    assert not EmploymentEvent.objects.exists()
