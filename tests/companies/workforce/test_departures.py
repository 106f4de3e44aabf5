"""The last day of an employment: whose word it is, and what it may not contradict."""

from datetime import date, timedelta

import pytest

from accounts.errors import Refusal
from companies.workforce.models import Employment, PayMonth
from tests.companies.workforce.employments import (
    cancel,
    depart,
    fixed_term,
    leave,
    rehired,
    standing,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
APRIL = date(2026, 4, 1)


def test_a_departure_of_the_firm_has_no_file_behind_it():
    employment = fixed_term()

    depart(employment, APRIL)

    kept = Employment.objects.get()
    assert (kept.left_on, kept.left_source, kept.left_line) == (APRIL, None, None)


def test_what_a_cnss_file_says_of_a_departure_wins():
    employment = fixed_term()
    Employment.objects.update(left_on=APRIL, left_source=employment.hired_source, left_line=3)

    with pytest.raises(Refusal, match="departure_told_by_file"):
        depart(employment, date(2026, 2, 1))

    assert standing(employment)[2] == APRIL


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, True), (1, True)])
def test_a_departure_comes_before_the_rehire(days: int, refused: bool):
    employment = fixed_term()
    rehired(employment, APRIL)
    day = APRIL + timedelta(days=days)

    if not refused:
        assert depart(employment, day).on == day
        return

    with pytest.raises(Refusal, match="departure_after_rehire"):
        depart(employment, day)


@pytest.mark.parametrize(
    ("day", "refused"),
    [(date(2026, 1, 31), True), (date(2026, 2, 1), False), (date(2026, 2, 28), False)],
)
def test_nobody_leaves_before_a_month_declared_to_cnss(day: date, refused: bool):
    employment = fixed_term()
    PayMonth.objects.create(
        employee=employment.employee, month=date(2026, 2, 1), real_salary=1, capped_salary=1,
        days=26, source=employment.hired_source, line=1,
    )  # fmt: skip

    if not refused:
        assert depart(employment, day).on == day
        return

    with pytest.raises(Refusal, match="departure_before_declared_month"):
        depart(employment, day)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_departure_leaves_no_change_after_it(days: int, refused: bool):
    employment = fixed_term()
    leave(employment, APRIL, APRIL + 10 * DAY)
    day = APRIL + timedelta(days=days)

    if not refused:
        assert depart(employment, day).on == day
        return

    with pytest.raises(Refusal, match="departure_before_event"):
        depart(employment, day)


def test_a_cancelled_departure_brings_back_the_one_a_people_file_told():
    employment = fixed_term()
    Employment.objects.update(left_on=date(2026, 3, 31))

    cancel(depart(employment, APRIL))

    assert standing(employment)[2] == date(2026, 3, 31)


def test_a_departure_that_a_rehire_needs_is_not_cancelled():
    employment = fixed_term()
    event = depart(employment, APRIL)
    rehired(employment, date(2026, 6, 1))

    with pytest.raises(Refusal, match="departure_needed_by_rehire"):
        cancel(event)

    assert standing(employment)[2] == APRIL
