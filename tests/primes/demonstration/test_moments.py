"""When the story happened, whatever the day it is told on."""

from datetime import date

import pytest

from primes.management.demonstration.moments import LONG_AGO, Calendar, Moment

YEAR = 2025
CLAIMS = [moment for moment in Moment if moment.value[0] < LONG_AGO]


def test_a_year_that_is_not_over_is_refused():
    with pytest.raises(ValueError, match="not over"):
        Calendar(date(YEAR, 12, 31), YEAR)


@pytest.mark.parametrize(
    "on", [date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 1), date(2027, 6, 30)]
)
def test_the_story_keeps_its_order(on):
    calendar = Calendar(on, YEAR)
    instants = [calendar.at(moment) for moment in Moment]

    assert instants == sorted(instants)
    assert len(set(instants)) == len(instants)


@pytest.mark.parametrize(
    "on", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)]
)
def test_claims_are_filed_after_their_year_and_not_after_the_day(on):
    days = [Calendar(on, YEAR).day(moment) for moment in CLAIMS]

    assert min(days) >= date(YEAR + 1, 1, 1)
    assert max(days) <= on


def test_months_after_the_new_year_the_days_are_those_written():
    calendar = Calendar(date(2026, 11, 24), YEAR)

    assert calendar.day(Moment.LAST_FILED) == date(2026, 11, 22)
    assert calendar.day(Moment.FILES) == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2026, 11, 24), [2026]),
        (date(2027, 1, 5), [2026, 2027]),
        (date(2027, 2, 10), [2027]),
    ],
)
def test_money_is_open_for_the_years_of_decision(on, years):
    assert Calendar(on, YEAR).budget_years == years
