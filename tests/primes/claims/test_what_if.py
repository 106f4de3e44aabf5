"""What a draft would cost: known years from what was declared, later ones from what is assumed."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from companies.firms.models import Branch, Establishment, Firm
from primes.claims.what_if.assumptions import Assumptions
from primes.claims.what_if.forecast import Cost, Forecast, forecast
from primes.rules.drafts import DraftValue
from tests.factories.claimants import INCOME, firm, people
from tests.factories.claims import decided_claim

ON = date(2026, 4, 7)
AMOUNT = 421_752
"""3.5 % of INCOME, half up."""
DAYS_OF_2025 = 122
"""From the hire on 1 September to the end of the year."""

pytestmark = pytest.mark.django_db


def ask(*drafts: str, until: int = 2030, **assumed: Fraction | int) -> Forecast:
    return forecast(
        scheme="paf-2025",
        drafts=[DraftValue.read(draft) for draft in drafts],
        assumed=Assumptions(**assumed),
        on=ON,
        until=until,
    )


def year(told: Forecast, asked: int) -> Cost:
    (found,) = [cost for cost in told.by("year") if cost.year == asked]
    return found


def rounded(amount: Fraction) -> int:
    return int(amount + Fraction(1, 2))


@pytest.fixture
def two_people() -> Firm:
    of = firm()
    people(of, eligible=2, ineligible=1)
    return of


def test_the_known_year_costs_what_the_law_says(two_people: Firm) -> None:
    cost = year(ask(), 2025)

    assert (cost.is_estimate, cost.people_today, cost.today) == (False, 2, 2 * AMOUNT)


def test_a_draft_is_compared_with_the_law_of_today(two_people: Firm) -> None:
    cost = year(ask("paf-2025.rate=4.0%"), 2025)

    each = rounded(INCOME * Fraction(4, 100))
    assert (cost.today, cost.draft, cost.difference) == (2 * AMOUNT, 2 * each, 2 * (each - AMOUNT))


@pytest.mark.parametrize(("asked", "rate"), [(2026, 35), (2027, 40), (2028, 40)])
def test_a_rate_of_a_later_day_counts_from_its_year(
    two_people: Firm, asked: int, rate: int
) -> None:
    cost = year(ask("paf-2025.rate=4.0%@2027-01-01"), asked)

    days = 366 if asked == 2028 else 365
    income = rounded(Fraction(INCOME * days, DAYS_OF_2025))
    assert cost.is_estimate
    assert cost.draft == 2 * rounded(income * Fraction(rate, 1000))


def test_pay_grows_as_assumed(two_people: Firm) -> None:
    cost = year(ask(pay_growth=Fraction(3, 100)), 2027)

    same_pay = rounded(Fraction(INCOME * 365, DAYS_OF_2025))
    income = rounded(same_pay * Fraction(103, 100) ** 2)
    assert cost.today == 2 * rounded(income * Fraction(35, 1000))


@pytest.mark.parametrize(("leavers", "left"), [(0, 2), (1, 0)])
def test_people_leave_on_31_december_as_assumed(two_people: Firm, leavers: int, left: int) -> None:
    told = ask(leavers=Fraction(leavers))

    assert [year(told, asked).people_today for asked in (2025, 2026)] == [2, left]


def test_half_of_three_people_in_post_leave_one_year_and_the_rest_follow(two_people: Firm) -> None:
    told = ask(leavers=Fraction(1, 2), until=2027)

    assert [year(told, asked).people_today for asked in (2025, 2026, 2027)] == [2, 1, 1]


def test_recruits_come_on_the_first_of_each_month_after_the_known_year(two_people: Firm) -> None:
    told = ask(hires_per_month=2, until=2026)

    # Three people are in post, one of them of another nationality: so is a third of the recruits.
    assert year(told, 2026).people_today == 2 + 24 * 2 // 3


def test_no_recruit_comes_after_the_period_is_closed(two_people: Firm) -> None:
    with_draft = year(ask("paf-2025.hired_until=2025-12-31", hires_per_month=1, until=2026), 2026)

    assert (with_draft.people_today > 2, with_draft.people_draft) == (True, 2)


def test_a_decided_claim_is_not_paid_elsewhere_for_its_own_firm() -> None:
    decided_claim()

    assert year(ask(), 2025).today == 2 * AMOUNT


def test_costs_stand_by_branch_and_site(two_people: Firm) -> None:
    other = firm(2)
    Firm.objects.filter(pk=other.pk).update(branch=Branch.BPO)
    people(other, eligible=1)
    Establishment.objects.create(firm=other, name="Siège", site="Fès Shore", city="Fès")

    told = ask(until=2025)

    assert [(c.branch, c.today) for c in told.by("branch")] == [
        ("BPO", AMOUNT),
        ("ITO", 2 * AMOUNT),
    ]
    assert [(c.site, c.people_today) for c in told.by("site")] == [
        ("Fès Shore", 1),
        ("no_site", 2),
    ]
    assert told.total.today == 3 * AMOUNT


def test_a_firm_of_several_places_is_in_none_of_them(two_people: Firm) -> None:
    for site in ("Fès Shore", "Technopolis"):
        Establishment.objects.create(firm=two_people, name=site, site=site, city="Rabat")

    assert [cost.site for cost in ask(until=2025).by("site")] == ["several_sites"]


def test_the_employment_bonus_reads_the_years_before_its_claim_year(two_people: Firm) -> None:
    told = forecast(scheme="pae-2025", drafts=[], assumed=Assumptions(), on=ON, until=2027)

    # Hired on 1 September 2025: the stay ends on 28 February 2027.
    of_2026 = rounded(Fraction(INCOME * 365, DAYS_OF_2025))
    base = INCOME + rounded(of_2026 * Fraction(243, 365))
    assert year(told, 2026).people_today == 0
    assert year(told, 2027).today == 2 * rounded(base * Fraction(17, 100))


def test_nobody_declared_anything_costs_nothing() -> None:
    assert ask().total == Cost(0, False, "", "", 0, 0, 0, 0)


def test_nothing_is_written(two_people: Firm) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask("paf-2025.rate=4.0%", hires_per_month=3)

    assert not list(writes(asked))


def writes(asked: CaptureQueriesContext) -> Iterator[str]:
    words = ("INSERT", "UPDATE", "DELETE")
    return (query["sql"] for query in asked if query["sql"].lstrip().upper().startswith(words))
