"""The employment bonus of 2025, read a second time: twelve months paid, once, after eighteen."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.primes.rules.oracle import recruitment as asked
from tests.primes.rules.oracle.calendar_days import Days, last_day_of_months
from tests.primes.rules.oracle.persons import Person
from tests.primes.rules.oracle.split import (
    income_gap,
    income_of_days,
    salary_outside_employment,
)
from tests.primes.rules.oracle.verdict import Answer, Verdict, half_up, verdict_of


@dataclass(frozen=True)
class Text(asked.Offshoring):
    rate: Fraction = Fraction(17, 100)
    paid_months: int = 12
    stayed_months: int = 18


def judge(person: Person, year: int, text: Text) -> Verdict:
    employed = asked.employed_days(person, year)
    paid = _paid_days(person, text)
    touched = sorted({day.year for day in paid} & person.incomes.keys())
    answers = {
        "branch_eligible": asked.branch_eligible(person),
        "certificate_valid": asked.certificate_valid(person, year),
        "firm_in_good_standing": asked.firm_in_good_standing(person),
        "export_share_reached": asked.export_share_reached(person, year, text.export_share_min),
        "nationality_moroccan": asked.nationality_moroccan(person),
        "hired_in_period": asked.hired_in_period(person, text.hired_from, text.hired_until),
        "new_recruit": asked.new_recruit(person, text.months_without_same_employer),
        "stable_contract": asked.stable_contract(person, employed),
        "within_bonus_window": asked.within_bonus_window(person, paid),
        "declared_to_cnss": asked.declared_to_cnss(person, paid),
        "income_positive": _income_positive(person, paid),
        "not_funded_elsewhere": asked.not_funded_elsewhere(person),
        "stayed_18_months": _stayed(person, year, text),
        "not_paid_before": Answer(not person.granted_here),
    }
    return verdict_of(
        answers,
        warnings={
            "income_gap": any(
                income_gap(person, each, asked.employed_days(person, each), text.income_tolerance)
                for each in touched
            ),
            "salary_outside_employment": any(
                salary_outside_employment(person, each, asked.employed_days(person, each))
                for each in touched
            ),
        },
        amounts=_amounts(person, year, paid, text),
        p_days=len(employed),
        paid=(paid[0], paid[-1]) if paid else None,
    )


def _paid_days(person: Person, text: Text) -> Days:
    """The first twelve months of the stable job, while the person is there and days count."""
    since = asked.stable_since(person)
    if since is None:
        return []
    last = min(last_day_of_months(since, text.paid_months), text.paid_until)
    days = [day for n in (0, 1) for day in asked.employed_days(person, since.year + n)]
    return [day for day in days if since <= day <= last]


def _income_positive(person: Person, paid: Days) -> Answer:
    """A year after the claim year is not known yet: it refuses, and nobody could tell it."""
    touched = sorted({day.year for day in paid})
    told = [person.incomes[year] for year in touched if year in person.incomes]
    positive = len(told) == len(touched) and None not in told and sum(told) > 0
    return Answer(positive, (*told, person.hired_on, person.contract))


def _stayed(person: Person, year: int, text: Text) -> Answer:
    since = asked.stable_since(person)
    facts = (person.hired_on, person.contract)
    if since is None:
        return Answer(False, facts)
    reached_on: date = last_day_of_months(since, text.stayed_months)
    return Answer(reached_on.year == year and reached_on <= person.left_on, facts)


def _amounts(person: Person, year: int, paid: Days, text: Text) -> dict[str, int]:
    bases = {}
    for each in (year - 2, year - 1, year):
        of_year = [day for day in paid if day.year == each]
        employed = asked.employed_days(person, each)
        bases[f"base:{each}"] = income_of_days(person, each, employed, of_year)
    return bases | {"gross": half_up(sum(bases.values()) * text.rate)}
