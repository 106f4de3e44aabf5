"""Official files in any order, over any number of calls, end in the same rows."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.firms.models import Firm
from companies.imports.actions import load_files
from tests.companies.imports.reading.rows import rows_of
from tests.factories.claimants import firm as a_firm
from tests.factories.people import AT, File, declaration, entrant, etat, member, pending, row

STAYS, LEAVES, RETURNS, WAITS, IN_POST = range(1, 6)


def small_sector(firm: Firm) -> list[File]:
    """Five months: people stay, leave, come back, wait for a number, or were there before."""
    months = {
        1: [entrant(STAYS), entrant(LEAVES), row(IN_POST)],
        2: [row(STAYS), row(LEAVES, situation="SO"), entrant(RETURNS), row(IN_POST)],
        3: [row(STAYS), row(RETURNS, situation="SO"), pending(WAITS), row(IN_POST)],
        4: [row(STAYS), row(WAITS)],
        5: [row(STAYS, last_name="NOM UN"), row(WAITS), entrant(RETURNS), row(IN_POST)],
    }
    files = [declaration(firm, date(2026, month, 1), rows) for month, rows in months.items()]
    bonus = [row(STAYS, real_salary=10_000), row(LEAVES, real_salary=20_000)]
    files.append(declaration(firm, date(2026, 2, 1), bonus, supplement=1))
    staff_2025 = [{"rank": IN_POST, "hired_on": date(2024, 6, 3)}]
    staff_2026 = [
        {"rank": STAYS, "hired_on": date(2026, 1, 12)},
        {"rank": LEAVES},
        {"rank": RETURNS, "hired_on": date(2026, 5, 18)},
        {"rank": WAITS, "hired_on": date(2026, 3, 2), "last_name": "Nom Quatre"},
        {"rank": IN_POST, "hired_on": date(2024, 6, 3), "income": 1},
    ]
    return [*files, etat(firm, 2025, staff_2025), etat(firm, 2026, staff_2026)]


def rows_after(calls: list[list[int]]) -> dict[str, list[tuple[object, ...]]]:
    """The rows after these calls, each of the files of those places; then all is undone."""
    with transaction.atomic():
        firm = a_firm(40)
        files, user = small_sector(firm), member(firm)
        for call in calls:
            load_files(firm=firm, files=[files[at] for at in call], acting_user=user, at=AT)
        rows = rows_of(firm)
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def expected() -> dict[str, list[tuple[object, ...]]]:
    return rows_after([list(range(8))])


@pytest.mark.django_db
def test_the_whole_sector_in_one_call_is_what_its_files_say(expected):
    periods = [(each[0], each[3], each[6]) for each in expected["employments"]]

    assert len(expected["employees"]) == 5
    assert len(expected["months"]) == 19
    assert periods == [
        ("001", date(2026, 1, 12), None),
        ("002", date(2026, 1, 1), date(2026, 2, 28)),
        ("003", date(2026, 2, 1), date(2026, 3, 31)),
        ("003", date(2026, 5, 18), None),
        ("004", date(2026, 3, 2), None),
        ("005", date(2024, 6, 3), None),
    ]


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(8)), cuts=st.sets(st.integers(1, 7)))
def test_any_order_in_any_number_of_calls_ends_in_the_same_rows(expected, order, cuts):
    edges = [0, *sorted(cuts), 8]
    calls = [order[start:end] for start, end in pairwise(edges)]

    assert rows_after(calls) == expected
