"""One statement and one function say the same of somebody whom one row brought."""

from datetime import date

import pytest

from companies.imports.loading.employments import (
    LEAVING_SITUATIONS,
    SAID_BY_THE_FIRM,
    DeclaredMonth,
    Departure,
    Origin,
    Recruitment,
    spells_of,
)
from companies.workforce.models import Employment, PayMonth, PayYear
from tests.factories.people import declaration, entrant, etat, load, people_file, row

pytestmark = pytest.mark.django_db

SITUATIONS = ("", "SO", "DE", "CS")
FEBRUARY = date(2024, 2, 1)
HIRED, LEFT = date(2024, 2, 12), date(2024, 3, 4)


def written() -> list[tuple[object, ...]]:
    """What the load wrote, in the words of `spells_of`."""
    return [
        (
            each.hired_on,
            (each.hired_source_id, each.hired_line),
            (each.left_on, (each.left_source_id, each.left_line)) if each.left_on else None,
        )
        for each in Employment.objects.all()
    ]


@pytest.mark.parametrize("told", [entrant(1), *(row(1, situation=of) for of in SITUATIONS)])
def test_a_month_gives_the_employment_that_it_gives_among_others(firm, told):
    entered, situation = told.get("entrant", False), told.get("situation", "")

    [report] = load(firm, declaration(firm, FEBRUARY, [told]))

    origin = Origin(report.file_id, PayMonth.objects.get().line)
    month = DeclaredMonth(FEBRUARY, entered, situation in LEAVING_SITUATIONS, origin)
    assert written() == spells_of([month])


@pytest.mark.parametrize("hired_on", [HIRED, None])
def test_a_year_gives_the_employment_that_it_gives_among_others(firm, hired_on):
    [report] = load(firm, etat(firm, 2024, [{"rank": 1, "hired_on": hired_on}]))

    origin = Origin(report.file_id, PayYear.objects.get().line)
    said = [Recruitment(2024, hired_on, origin)] if hired_on else []
    assert written() == spells_of([], said)


@pytest.mark.parametrize("left_on", [LEFT, HIRED, None])
@pytest.mark.parametrize("hired_on", [HIRED, None])
def test_a_row_of_a_people_file_gives_the_employment_that_it_gives_among_others(
    firm, hired_on, left_on
):
    told = {"rank": 1, "date_embauche": hired_on or "", "date_depart": left_on or ""}

    [report] = load(firm, people_file([told]))

    origin = Origin(report.file_id, 2)
    said = [Recruitment(SAID_BY_THE_FIRM, hired_on, origin)] if hired_on else []
    ends = [Departure(left_on, origin)] if left_on else []
    assert written() == spells_of([], said, ends)
