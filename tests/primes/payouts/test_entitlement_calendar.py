"""Five years of a recruit, year by year: what is due, still possible, paid, or lost and why."""

from datetime import date
from typing import Any

import pytest

from companies.workforce.models import Employee, Employment, PayYear
from primes.claims.actions import choose_lines, file_claim
from primes.payouts.entitlement_calendar import (
    CalendarYear,
    EntitlementCalendar,
    YearState,
    entitlement_calendar,
)
from primes.review.models import Outcome
from tests.factories.claimants import INCOME, firm, people, signataire_of
from tests.factories.claims import (
    AT,
    SCHEME,
    decided_claim,
    draft_claim,
    filed_claim,
    released_rules,
    settled_run,
)

pytestmark = pytest.mark.django_db
ON = AT.date()
PAE = "pae-2025"


def recruit(hired_on: date = date(2025, 9, 1), income: int | None = INCOME, **changes: Any) -> None:
    """The only employee of the firm."""
    people(firm(), 1)
    Employment.objects.update(**{"hired_on": hired_on, "stable_from": hired_on} | changes)
    PayYear.objects.update(taxable_income=income)


def calendar(on: date = ON) -> EntitlementCalendar:
    employment = Employment.objects.select_related("employee__firm").earliest("pk")
    return entitlement_calendar(employment, on=on)


def years(on: date = ON, scheme: str = SCHEME) -> dict[int, CalendarYear]:
    return {
        year.right.year: year
        for each in calendar(on).schemes
        if each.scheme == scheme
        for year in each.years
    }


def states(on: date = ON, scheme: str = SCHEME) -> dict[int, YearState]:
    return {number: year.state for number, year in years(on, scheme).items()}


def test_five_years_from_the_first_of_july_touch_six_claim_years() -> None:
    recruit(date(2025, 7, 1), 6_000_000)

    found = {n: (y.first_day, y.last_day, y.days) for n, y in years().items()}

    assert found == {
        2025: (date(2025, 7, 1), date(2025, 12, 31), 184),
        2026: (date(2026, 1, 1), date(2026, 12, 31), 365),
        2027: (date(2027, 1, 1), date(2027, 12, 31), 365),
        2028: (date(2028, 1, 1), date(2028, 12, 31), 366),
        2029: (date(2029, 1, 1), date(2029, 12, 31), 365),
        2030: (date(2030, 1, 1), date(2030, 6, 30), 181),
    }


def test_what_is_known_is_exact_and_the_rest_is_the_same_pay_a_day() -> None:
    """60 000,00 DH for 184 days: 119 021,74 for 365, 119 347,83 for 366, 59 021,74 of 181 days."""
    recruit(date(2025, 7, 1), 6_000_000)

    found = {n: (y.amount, y.is_estimate) for n, y in years().items()}

    assert found == {
        2025: (210_000, False),
        2026: (416_576, True),
        2027: (416_576, True),
        2028: (417_717, True),
        2029: (416_576, True),
        2030: (206_576, True),
    }


def test_the_last_year_of_somebody_hired_in_september_counts_252_days() -> None:
    recruit(date(2025, 9, 10))

    last = years()[2030]

    assert (last.days, last.last_day) == (252, date(2030, 9, 9))


def test_each_year_says_when_to_file_and_what_is_still_to_be_met() -> None:
    recruit()

    found = years()

    assert (found[2026].right.filing.opens_on, found[2026].right.filing.closes_on) == (
        date(2027, 3, 1),
        date(2027, 6, 30),
    )
    assert found[2025].to_meet == ()
    assert found[2027].to_meet == (
        "certificate_valid",
        "firm_in_good_standing",
        "income_positive",
        "trained_in_year",
    )


def test_the_state_follows_the_days() -> None:
    recruit()

    assert states(date(2025, 12, 31))[2025] is YearState.RUNNING
    assert states(date(2026, 2, 28))[2025] is YearState.RUNNING
    assert states(date(2026, 3, 1))[2025] is YearState.TO_FILE
    assert states(date(2026, 6, 30))[2025] is YearState.TO_FILE
    assert states(date(2026, 7, 1))[2025] is YearState.LOST_NOT_FILED
    assert states(date(2026, 7, 1))[2027] is YearState.TO_COME


def test_a_year_missed_says_what_it_would_have_given() -> None:
    recruit()

    missed = calendar(date(2026, 7, 1))

    assert missed.lost == 421_752
    assert missed.schemes[0].years[0].amount == 421_752


def test_a_departure_in_the_third_year_ends_the_right() -> None:
    recruit(left_on=date(2027, 5, 31))

    found = years(date(2027, 7, 1))

    assert found[2027].state is YearState.RUNNING
    assert (found[2027].last_day, found[2027].days) == (date(2027, 5, 31), 151)
    assert [found[n].state for n in (2028, 2029, 2030)] == [YearState.LOST_DEPARTED] * 3
    assert found[2028].reasons == ()


def test_a_departure_before_eighteen_months_loses_the_employment_bonus() -> None:
    recruit(left_on=date(2027, 2, 27))

    assert states(scheme=PAE) == {2027: YearState.LOST_DEPARTED}


def test_the_employment_bonus_comes_once_in_the_year_of_the_eighteen_months() -> None:
    """Hired on 1 September 2025: the stay is reached on 28 February 2027."""
    recruit(left_on=date(2027, 2, 28))

    found = years(scheme=PAE)

    assert list(found) == [2027]
    assert found[2027].state is YearState.TO_COME
    assert (found[2027].first_day, found[2027].last_day) == (date(2025, 9, 1), date(2026, 8, 31))


def test_a_conversion_counts_from_the_stable_contract() -> None:
    recruit(date(2026, 1, 15), stable_from=date(2026, 4, 1))

    found = years(date(2027, 3, 1))

    assert found[2026].first_day == date(2026, 4, 1)
    assert found[2026].days == 275
    assert found[2030].last_day == date(2030, 12, 31)


def test_a_claim_in_preparation_is_not_filed_yet() -> None:
    draft_claim(eligible=1)

    assert states()[2025] is YearState.IN_PREPARATION
    assert states(date(2026, 7, 1))[2025] is YearState.LOST_NOT_FILED


def test_a_year_is_followed_from_filing_to_the_bank() -> None:
    claim = filed_claim(eligible=1)
    filed = states()[2025]

    decided_claim(claim)
    granted = states()[2025]
    settled_run()

    assert (filed, granted) == (YearState.IN_REVIEW, YearState.GRANTED)
    assert states()[2025] is YearState.PAID
    assert years()[2025].amount == calendar().aids.paid == 421_752


def test_a_refused_year_is_lost_with_its_reasons() -> None:
    recruit()
    claim = filed_claim()
    Employee.objects.update(nationality="FR")
    decided_claim(claim, Outcome.REFUSE)
    Employee.objects.update(nationality="MA")

    refused = years()[2025]

    assert refused.state is YearState.LOST_REFUSED
    assert refused.reasons == ("nationality_moroccan",)


def test_a_claim_filed_without_the_person_loses_the_year() -> None:
    claim = draft_claim(eligible=2)
    signataire = signataire_of(claim.firm)
    other = Employee.objects.latest("pk").pk
    choose_lines(claim_id=claim.pk, employee_ids={other}, acting_user=signataire, at=AT)
    released_rules()
    file_claim(claim_id=claim.pk, acting_user=signataire, at=AT)

    assert states()[2025] is YearState.LOST_LEFT_OUT


def test_days_paid_to_another_firm_are_lost_for_this_one() -> None:
    recruit()
    PayYear.objects.update(funded_by="Autre dispositif")

    lost = years()[2025]

    assert lost.state is YearState.LOST_NOT_ENTITLED
    assert lost.reasons == ("not_funded_elsewhere",)


def test_unknown_facts_are_conditions_to_be_met_and_lose_nothing() -> None:
    recruit(contract="", stable_from=None, earlier_declared=False)
    Employee.objects.update(nationality="")

    found = years()[2025]

    assert found.state is YearState.TO_FILE
    assert found.to_meet == (
        "nationality_moroccan",
        "new_recruit",
        "stable_contract",
        "within_bonus_window",
        "declared_to_cnss",
    )


def test_without_any_pay_no_amount_is_shown() -> None:
    recruit(income=None)

    assert {year.amount for year in years().values()} == {None}
    assert calendar().expected == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"hired_on": date(2025, 6, 30)}, "hired_in_period"),
        ({"contract": "CDD"}, "stable_contract"),
        ({"last_same_employer_on": date(2025, 8, 31)}, "new_recruit"),
    ],
)
def test_what_time_will_not_bring_gives_no_year_and_says_why(
    changes: dict[str, Any], reason: str
) -> None:
    recruit(**changes)

    found = calendar()

    assert found.schemes == ()
    assert reason in found.entitlement.reasons[SCHEME]
