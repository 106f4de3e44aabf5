"""The training bonus of 2025, read a second time, day by day."""

from dataclasses import dataclass
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
    rate: Fraction = Fraction(35, 1000)
    bonus_months: int = 60
    training_required: bool = True
    training_hours_min: int = 0
    limit_to_training_cost: bool = False
    amount_max_per_year: int | None = None


def judge(person: Person, year: int, text: Text) -> Verdict:
    employed = asked.employed_days(person, year)
    window = _window(person, employed, text)
    answers = {
        "branch_eligible": asked.branch_eligible(person),
        "certificate_valid": asked.certificate_valid(person, year),
        "firm_in_good_standing": asked.firm_in_good_standing(person),
        "export_share_reached": asked.export_share_reached(person, year, text.export_share_min),
        "nationality_moroccan": asked.nationality_moroccan(person),
        "hired_in_period": asked.hired_in_period(person, text.hired_from, text.hired_until),
        "new_recruit": asked.new_recruit(person, text.months_without_same_employer),
        "stable_contract": asked.stable_contract(person, employed),
        "within_bonus_window": asked.within_bonus_window(person, window),
        "declared_to_cnss": asked.declared_to_cnss(person, window),
        "income_positive": _income_positive(person, year),
        "trained_in_year": _trained_in_year(person, text),
        "not_funded_elsewhere": asked.not_funded_elsewhere(person),
    }
    return verdict_of(
        answers,
        warnings={
            "income_gap": income_gap(person, year, employed, text.income_tolerance),
            "salary_outside_employment": salary_outside_employment(person, year, employed),
        },
        amounts=_amounts(person, income_of_days(person, year, employed, window), text),
        p_days=len(employed),
        paid=(window[0], window[-1]) if window else None,
    )


def _window(person: Person, employed: Days, text: Text) -> Days:
    since = asked.stable_since(person)
    if since is None:
        return []
    first = max(since, text.hired_from)
    last = min(last_day_of_months(person.hired_on, text.bonus_months), text.paid_until)
    return [day for day in employed if first <= day <= last]


def _income_positive(person: Person, year: int) -> Answer:
    income = person.incomes[year]
    return Answer(income is not None and income > 0, (income,))


def _trained_in_year(person: Person, text: Text) -> Answer:
    hours = Fraction(person.training_minutes, 60)
    return Answer(not text.training_required or (hours > 0 and hours >= text.training_hours_min))


def _amounts(person: Person, base: int, text: Text) -> dict[str, int]:
    amounts = {"base": base, "gross": half_up(base * text.rate)}
    last = amounts["gross"]
    if text.limit_to_training_cost:
        last = amounts["training_cost_limit"] = min(last, person.training_cost)
    if text.amount_max_per_year is not None:
        amounts["cap"] = min(last, text.amount_max_per_year)
    return amounts
