"""The firm's word about a departure, and the CNSS files that come after it."""

from datetime import date

import pytest

from companies.firms.models import Firm
from companies.workforce.models import Employment
from tests.companies.workforce.employments import cancel, depart
from tests.factories.claimants import firm
from tests.factories.people import declaration, entrant, load, row

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
LEFT_ON = date(2026, 1, 20)


@pytest.fixture
def of() -> Firm:
    """One person, declared to CNSS from January on."""
    load(firm(), declaration(firm(), JANUARY, [entrant(1)]))
    return firm()


def days(of: Firm) -> list[tuple[date, date | None, bool]]:
    """First and last day of each employment, and whether a file says the last one."""
    found = Employment.objects.filter(employee__firm=of).order_by("hired_on")
    return [(each.hired_on, each.left_on, each.left_source_id is not None) for each in found]


def test_a_departure_stays_when_the_next_month_names_other_people(of: Firm):
    depart(Employment.objects.get(), LEFT_ON)

    load(of, declaration(of, FEBRUARY, [entrant(2)]))

    assert days(of) == [(JANUARY, LEFT_ON, False), (FEBRUARY, None, False)]


def test_a_departure_that_cnss_is_told_of_in_that_month_is_the_one_of_the_file(of: Firm):
    depart(Employment.objects.get(), date(2026, 2, 10))

    load(of, declaration(of, FEBRUARY, [row(1, situation="SO", days=10)]))

    assert days(of) == [(JANUARY, date(2026, 2, 28), True)]


def test_somebody_declared_again_after_their_departure_is_hired_again(of: Firm):
    depart(Employment.objects.get(), LEFT_ON)

    load(of, declaration(of, MARCH, [row(1)]))

    assert days(of) == [(JANUARY, LEFT_ON, False), (MARCH, None, False)]


def test_a_departure_cancelled_before_the_next_file_was_never_one(of: Firm):
    cancel(depart(Employment.objects.get(), LEFT_ON))

    load(of, declaration(of, MARCH, [row(1)]))

    assert days(of) == [(JANUARY, None, False)]
