"""People at random, as a lawyer would choose them: many a day before, on or after a threshold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.primes.rules.lines import NO_EARLIER, ORDINARY, UNKNOWN_MONTHS, Line, Training
from tests.primes.rules.oracle.calendar_days import shifted

DIRHAMS = 100
BRANCHES = ("ITO", "CRM", "BPO", "ESO", "KPO")
HUGE = (10**9 * DIRHAMS, 10**15 * DIRHAMS)


def people(scheme: str, year: int, number: int, seed: int) -> list[Line]:
    """So many people of the scheme's claim year; the same seed gives the same people."""
    chance = Random(f"{scheme} {year} {seed}")  # noqa: S311 - people, not secrets
    return [PEOPLE[scheme](chance, year) for _ in range(number)]


def near(chance: Random, day: date) -> date:
    return day + timedelta(chance.choice((-1, 0, 0, 1)))


def day_between(chance: Random, first: date, last: date) -> date:
    return first + timedelta(chance.randint(0, (last - first).days))


def amount(chance: Random) -> int:
    kind = chance.random()
    if kind < 0.05:
        return chance.choice((0, 0, 1, 2))
    if kind < 0.12:
        return chance.choice(HUGE) + chance.randint(0, 99)
    return chance.randint(1, 30_000_000)


def seldom(chance: Random, usual: Any, other: Callable[[], Any], share: float = 0.06) -> Any:
    return other() if chance.random() < share else usual


def recruit(chance: Random, scheme: str, year: int, hired_on: date) -> Line:
    """The ordinary recruit of the scheme, with now and then a fact that refuses or is unknown."""
    edges = (date(year, 12, 31), date(year, 1, 1), date(year + 1, 4, 1))

    def edge() -> date | None:
        return None if chance.random() < 0.3 else near(chance, chance.choice(edges))

    far = date(2040, 12, 31)
    return replace(
        ORDINARY[scheme],
        branch=seldom(chance, chance.choice(BRANCHES), lambda: chance.choice(("X", None))),
        certificate_from=seldom(chance, date(2000, 1, 1), edge),
        certificate_until=seldom(chance, far, edge),
        cnss_certificate_until=seldom(chance, far, edge),
        tax_certificate_until=seldom(chance, far, edge),
        filed_on=seldom(chance, date(year + 1, 4, 1), edge),
        export_share_bp=chance.choice((None, 0, 6_999, 7_000, 7_001, 10_000)),
        firm_started_on=chance.choice((None, edge(), date(year - 1, 1, 1), date(year - 2, 12, 31))),
        nationality=seldom(chance, "MA", lambda: chance.choice(("FR", None))),
        hired_on=seldom(chance, hired_on, lambda: None, 0.02),
        left_on=_departure(chance, hired_on, year),
        contract=seldom(chance, "CDI", lambda: chance.choice(("CDD", "IDMAJ", "PORTAGE", None))),
        stable_from=_stable_start(chance, hired_on, year),
        last_same_employer_on=_last_earlier(chance, hired_on),
        has_cnss_number=seldom(chance, True, lambda: False),
        paid_elsewhere=seldom(chance, False, lambda: True),
    )


def _departure(chance: Random, hired_on: date, year: int) -> date | None:
    edges = (hired_on, date(year, 1, 1), date(year, 12, 31), date(year, 2, 28), date(year, 6, 30))
    if chance.random() < 0.6:
        return None
    if chance.random() < 0.4:
        return max(hired_on, near(chance, chance.choice(edges)))
    return hired_on + timedelta(chance.randint(0, 900))


def _stable_start(chance: Random, hired_on: date, year: int) -> date | None:
    edges = (hired_on, date(year, 1, 1), date(year, 12, 31), shifted(hired_on, 1))
    if chance.random() < 0.5:
        return None
    if chance.random() < 0.5:
        return near(chance, chance.choice(edges))
    return hired_on + timedelta(chance.randint(-10, 250))


def _last_earlier(chance: Random, hired_on: date) -> date | str | None:
    if chance.random() < 0.7:
        return NO_EARLIER
    edges = (shifted(hired_on, -12), shifted(hired_on, -12), hired_on, shifted(hired_on, -30))
    return None if chance.random() < 0.1 else near(chance, chance.choice(edges))


def salaries(chance: Random) -> tuple[int | None, ...]:
    kind = chance.randrange(8)
    if kind < 3:
        return UNKNOWN_MONTHS
    if kind == 3:
        return (amount(chance),) * 12
    if kind == 4:
        return tuple(chance.choice((0, 0, 0, amount(chance))) for _ in range(12))
    if kind == 5:
        return tuple(chance.choice((None, 0, amount(chance))) for _ in range(12))
    return tuple(amount(chance) for _ in range(12))


def hire_date(chance: Random, year: int, first: date, last: date) -> date:
    """Around what the text names, the ends of years and months, 29 February; else any day."""
    leap = date(year - year % 4, 2, 29)
    edges = (first, last, leap, date(year, 1, 1), date(year, 12, 31), shifted(date(year, 1, 31), 1))
    if chance.random() < 0.4:
        return near(chance, chance.choice(edges))
    earliest = max(first - timedelta(40), date(year - 5, 1, 1))
    return day_between(chance, earliest, max(min(date(year, 12, 31), last), earliest))


def of_the_bonus(chance: Random, year: int) -> Line:
    """The PAF: any hire date of the scheme, training of no minute, one, ten hours."""
    hired_on = hire_date(chance, year, date(2025, 7, 1), date(2030, 12, 31))
    return replace(
        recruit(chance, "paf-2025", year, hired_on),
        income=seldom(chance, amount(chance), lambda: None),
        salaries=salaries(chance),
        training_minutes=chance.choice((0, 1, 59, 60, 600, 1_199, 1_200, 1_201)),
        training_cost=amount(chance),
    )


def of_the_job(chance: Random, year: int) -> Line:
    """The PAE: most reach their eighteen months in the claim year, or a day beside it."""
    reached_on = chance.choice(
        (
            near(chance, date(year, 1, 1)),
            near(chance, date(year, 12, 31)),
            day_between(chance, date(year, 1, 1), date(year, 12, 31)),
        )
    )
    since = seldom(
        chance,
        shifted(reached_on + timedelta(1), -18),
        lambda: hire_date(chance, year, date(2025, 7, 1), date(2030, 12, 31)),
        0.15,
    )
    converted = chance.random() < 0.3
    hired_on = since - timedelta(chance.randint(0, 400)) if converted else near(chance, since)
    edges = (shifted(since, 12), shifted(since, 18), shifted(since, 18), date(year, 12, 31))
    leaves = chance.random() < 0.3
    return replace(
        recruit(chance, "pae-2025", year, hired_on),
        left_on=max(hired_on, near(chance, chance.choice(edges))) if leaves else None,
        stable_from=since if converted else _stable_start(chance, hired_on, year),
        income={each: seldom(chance, amount(chance), lambda: None) for each in _years(year)},
        salaries={each: salaries(chance) for each in _years(year)},
        granted_here=seldom(chance, False, lambda: True),
    )


def _years(year: int) -> range:
    return range(year - 2, year + 1)


def of_the_aid(chance: Random, year: int) -> Line:
    """The aid of 2007: trainings around the training years, the notice and the claim year."""
    hired_on = hire_date(chance, year, date(2007, 5, 7), date(2025, 6, 30))
    if chance.random() < 0.6:
        hired_on = day_between(chance, date(year - 3, 1, 1), date(year, 12, 31))
    profiles = ("management", "engineer-it", "technician-it", "bac2-bpo", "bac-call-centre")
    return replace(
        recruit(chance, "aide-formation-2007", year, hired_on),
        profile=seldom(chance, chance.choice(profiles), lambda: chance.choice((None, "X"))),
        degree_years=seldom(chance, 5, lambda: chance.choice((None, 0, 1, 2, 3, 4)), 0.4),
        job_seeker=seldom(chance, True, lambda: False),
        granted_before=chance.choice(
            ((0, 0, 0), (0, 0, 0), (2_166_666, 0, 1), (6_400_000, 99_999, 0), (0, 6_500_001, 0))
        ),
        trainings=tuple(
            _training(chance, hired_on, year) for _ in range(chance.choice((0, 1, 1, 2, 3, 5)))
        ),
    )


def _training(chance: Random, hired_on: date, year: int) -> Training:
    """Around the training years, the ends of the claim year, and the receipt of its notice."""
    edges = [shifted(hired_on, 12 * k) for k in range(4)] + [date(year, 1, 1), date(year, 12, 31)]
    of_year = [edge for edge in edges if edge.year == year]
    first = day_between(chance, date(year - 1, 12, 20), date(year, 12, 31))
    if chance.random() < 0.6:
        first = near(chance, chance.choice(of_year))
    notices = (first, near(chance, first), first - timedelta(30), first - timedelta(30))
    return Training(
        first_day=seldom(chance, first, lambda: None, 0.02),
        last_day=seldom(
            chance, first + timedelta(chance.choice((0, 0, 1, 4, 12))), lambda: None, 0.02
        ),
        notified_on=seldom(chance, chance.choice(notices), lambda: None),
        minutes=chance.choice((0, 1, 1, 600, 600, 600)),
        cost=chance.choice(
            (0, 1, chance.randint(1, 3_000_000), chance.randint(1, 3_000_000), amount(chance))
        ),
        invoice=chance.choice((0, 1, 1, 1, 2, 3)),
    )


PEOPLE = {
    "paf-2025": of_the_bonus,
    "pae-2025": of_the_job,
    "aide-formation-2007": of_the_aid,
}
