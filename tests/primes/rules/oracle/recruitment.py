"""The questions that several schemes put to the firm and to the recruit."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.primes.rules.oracle.calendar_days import Days, days_by_month, days_of_year, shifted
from tests.primes.rules.oracle.persons import Person
from tests.primes.rules.oracle.verdict import Answer


@dataclass(frozen=True)
class Offshoring:
    """What the texts of 2025 say alike."""

    hired_from: date = date(2025, 7, 1)
    hired_until: date = date(2030, 12, 31)
    paid_until: date = date(2030, 12, 31)
    months_without_same_employer: int = 12
    export_share_min: Fraction | None = None
    income_tolerance: Fraction = Fraction(1, 10)


def employed_days(person: Person, year: int) -> Days:
    hired_on, left_on = person.hired_on, person.left_on
    if hired_on is None:
        return []
    return [day for day in days_of_year(year) if hired_on <= day <= left_on]


def stable_since(person: Person) -> date | None:
    """The first day of employment under a stable contract; None without one."""
    if person.hired_on is None or person.contract != "CDI":
        return None
    return max(person.hired_on, person.stable_from or person.hired_on)


def branch_eligible(person: Person) -> Answer:
    return Answer(person.branch in {"ITO", "CRM", "BPO", "ESO", "KPO"}, (person.branch,))


def certificate_valid(person: Person, year: int) -> Answer:
    since, until = person.certificate
    known = since is not None and until is not None
    return Answer(known and since <= date(year, 12, 31) <= until, person.certificate)


def firm_in_good_standing(person: Person) -> Answer:
    facts = (person.filed_on, *person.standing)
    return Answer(None not in facts and person.filed_on <= min(person.standing), facts)


def export_share_reached(person: Person, year: int, minimum: Fraction | None) -> Answer:
    started_on, share = person.firm_started_on, person.export_share
    if minimum is None or (started_on is not None and year < started_on.year + 2):
        return Answer(holds=True)
    reached = share is not None and Fraction(share, 10_000) >= minimum
    return Answer(reached, (share, started_on))


def nationality_moroccan(person: Person) -> Answer:
    return Answer(person.nationality == "MA", (person.nationality,))


def hired_in_period(person: Person, first: date, last: date) -> Answer:
    hired_on = person.hired_on
    return Answer(hired_on is not None and first <= hired_on <= last, (hired_on,))


def new_recruit(person: Person, months: int) -> Answer:
    last, hired_on = person.last_earlier, person.hired_on
    facts = (last, hired_on)
    if last is None:
        return Answer(False, facts)
    if last == "never" or hired_on is None or last >= hired_on:
        return Answer(True, facts)
    return Answer(last <= shifted(hired_on, -months), facts)


def stable_contract(person: Person, employed: Days) -> Answer:
    since = stable_since(person)
    in_force = since is not None and any(since <= day for day in employed)
    return Answer(in_force, (person.contract, person.hired_on))


def within_bonus_window(person: Person, paid: Days) -> Answer:
    return Answer(bool(paid), (person.contract, person.hired_on))


def declared_to_cnss(person: Person, paid: Days) -> Answer:
    salaries = [person.salaries.get(month) for month in days_by_month(paid)]
    known = [salary for salary in salaries if salary is not None]
    declared = bool(paid) and (not known or max(known) > 0)
    return Answer(person.has_cnss_number and declared, (person.contract, person.hired_on))


def not_funded_elsewhere(person: Person) -> Answer:
    return Answer(not person.paid_elsewhere)
