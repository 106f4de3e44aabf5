"""How much of a year's income belongs to some days of the employment."""

from fractions import Fraction

from tests.primes.rules.oracle.calendar_days import Days, days_by_month
from tests.primes.rules.oracle.persons import Person
from tests.primes.rules.oracle.verdict import half_up


def income_of_days(person: Person, year: int, employed: Days, paid: Days) -> int:
    """The income of the year that the paid days earned; all of these are days of employment."""
    income = Fraction(person.incomes.get(year) or 0)
    if not paid:
        return 0
    if len(paid) == len(employed):
        return int(income)
    worked, counted = days_by_month(employed), days_by_month(paid)
    salaries = {month: person.salaries.get(month) for month in worked}
    if None not in salaries.values() and sum(salaries.values()) > 0:
        within = sum(Fraction(s * counted[month], worked[month]) for month, s in salaries.items())
        return half_up(income * within / sum(salaries.values()))
    return half_up(income * len(paid) / len(employed))


def income_gap(person: Person, year: int, employed: Days, tolerance: Fraction) -> bool:
    income = person.incomes.get(year)
    salaries = [person.salaries.get(month) for month in days_by_month(employed)]
    if income is None or not salaries or None in salaries:
        return False
    return abs(income - sum(salaries)) > tolerance * income


def salary_outside_employment(person: Person, year: int, employed: Days) -> bool:
    """A salary known and above 0 in a month of the year without a day of employment."""
    inside = days_by_month(employed)
    outside = [(year, month) for month in range(1, 13) if (year, month) not in inside]
    return person.hired_on is not None and any(person.salaries.get(month) for month in outside)
