"""The training aid of 2007, read a second time, one training after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.primes.rules.oracle import recruitment as asked
from tests.primes.rules.oracle.calendar_days import ONE_DAY, shifted
from tests.primes.rules.oracle.persons import Course, Person
from tests.primes.rules.oracle.verdict import Answer, Verdict, verdict_of

Courses = list[Course]


@dataclass(frozen=True)
class Text:
    hired_from: date = date(2007, 5, 7)
    hired_until: date = date(2025, 6, 30)
    overall_max: int = 6_500_000
    degree_years_min: Mapping[str, int] = field(
        default_factory=lambda: {
            "management": 4,
            "engineer-it": 5,
            "technician-it": 2,
            "bac2-bpo": 2,
            "bac-call-centre": 0,
        }
    )
    ceilings: Mapping[str, tuple[int | None, int | None, int | None]] = field(default_factory=dict)
    """Centimes by profile and training year; a cell left out or None limits nothing."""


def judge(person: Person, year: int, text: Text) -> Verdict:
    ended = [course for course in person.courses if course.last_day and _year(course) == year]
    notified = [course for course in ended if _notified_before(course)]
    in_time = [course for course in notified if _training_year(person, course)]
    proved = [course for course in in_time if course.invoice and course.minutes > 0]
    notices = tuple(day for each in ended for day in (each.notified_on, each.first_day))
    answers = {
        "certificate_valid": asked.certificate_valid(person, year),
        "firm_in_good_standing": asked.firm_in_good_standing(person),
        "nationality_moroccan": asked.nationality_moroccan(person),
        "hired_in_period": asked.hired_in_period(person, text.hired_from, text.hired_until),
        "job_seeker_graduate": _job_seeker_graduate(person, text),
        "notified_before_training": Answer(bool(notified), notices),
        "training_within_three_years": Answer(bool(in_time), (*notices, person.hired_on)),
        "cost_proved": Answer(bool(proved), (*notices, person.hired_on)),
        "not_funded_elsewhere": asked.not_funded_elsewhere(person),
    }
    days = [day for course in proved for day in (course.first_day, course.last_day)]
    return verdict_of(
        answers,
        warnings={},
        amounts=_amounts(person, proved, text),
        p_days=len(asked.employed_days(person, year)),
        paid=(min(days), max(days)) if days else None,
    )


def _year(course: Course) -> int:
    return course.last_day.year


def _notified_before(course: Course) -> bool:
    if course.notified_on is None or course.first_day is None:
        return False
    return course.notified_on < course.first_day


def _training_year(person: Person, course: Course) -> int | None:
    """Which of the three years from the hire date holds the first day of the training."""
    if person.hired_on is None:
        return None
    for k in (1, 2, 3):
        first = shifted(person.hired_on, 12 * (k - 1))
        last = shifted(person.hired_on, 12 * k) - ONE_DAY
        if first <= course.first_day <= last:
            return k
    return None


def _job_seeker_graduate(person: Person, text: Text) -> Answer:
    facts = (person.profile, person.degree_years)
    asked_years = text.degree_years_min.get(person.profile)
    graduate = None not in (asked_years, person.degree_years) and person.degree_years >= asked_years
    return Answer(person.job_seeker and graduate, facts)


def _amounts(person: Person, proved: Courses, text: Text) -> dict[str, int]:
    costs = {
        k: sum(course.cost for course in proved if _training_year(person, course) == k)
        for k in (1, 2, 3)
    }
    amounts = {f"cost:{k}": cost for k, cost in costs.items()}
    if any(cell is not None for cells in text.ceilings.values() for cell in cells):
        for k, cell in enumerate(text.ceilings.get(person.profile, (None,) * 3), 1):
            if cell is not None:
                costs[k] = min(costs[k], max(0, cell - person.granted_before[k - 1]))
            amounts[f"ceiling:{k}"] = costs[k]
    left = max(0, text.overall_max - sum(person.granted_before))
    return amounts | {"overall_left": min(sum(costs.values()), left)}
