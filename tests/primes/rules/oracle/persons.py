"""One line of the columns as a plain record: dates, words and whole numbers, None where unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from primes.rules.columns import BRANCHES, CONTRACTS, NATIONALITIES, PROFILES, Facts

UNKNOWN_DAY, NEVER, NO_END = -20_000_000, -10_000_000, 10_000_000
WORDS = {
    "branch": BRANCHES,
    "nationality": NATIONALITIES,
    "contract": CONTRACTS,
    "profile": PROFILES,
}


@dataclass(frozen=True)
class Course:
    """A training as one person took it; `invoice` is None where none proves it."""

    first_day: date | None
    last_day: date | None
    notified_on: date | None
    minutes: int
    cost: int
    invoice: int | None


@dataclass(frozen=True)
class Person:
    """One line, with the pay of the calendar years told; `last_earlier` is « never » or a day."""

    branch: str | None
    certificate: tuple[date | None, date | None]
    standing: tuple[date | None, date | None]
    filed_on: date | None
    export_share: int | None
    firm_started_on: date | None
    nationality: str | None
    hired_on: date | None
    left_on: date
    contract: str | None
    stable_from: date | None
    last_earlier: date | str | None
    has_cnss_number: bool
    incomes: Mapping[int, int | None]
    salaries: Mapping[tuple[int, int], int | None]
    training_minutes: int
    training_cost: int
    paid_elsewhere: bool
    granted_here: bool
    profile: str | None
    degree_years: int | None
    job_seeker: bool
    granted_before: tuple[int, ...]
    courses: tuple[Course, ...]

    def salary(self, day: date) -> int | None:
        """What was declared for the month of that day."""
        return self.salaries.get((day.year, day.month))


def persons_of(facts: Facts, claim_year: int) -> list[Person]:
    told = {name: column.tolist() for name, column in facts.columns().items()}
    for name, vocabulary in WORDS.items():
        told[name] = [_word(code, vocabulary.values) for code in told[name]]
    courses: list[list[Course]] = [[] for _ in range(len(facts))]
    for item, line in enumerate(told["item_line"]):
        courses[line].append(_course(told, item))
    first_year = claim_year - facts.years + 1
    return [_person(told, line, first_year, tuple(courses[line])) for line in range(len(facts))]


def _person(
    told: dict[str, Any], line: int, first_year: int, courses: tuple[Course, ...]
) -> Person:
    one = {name: column[line] for name, column in told.items() if not name.startswith("item_")}
    incomes = _known(one["income"], one["income_known"])
    salaries = _known(one["salary"], one["salary_known"])
    return Person(
        certificate=(_day(one["certificate_from"]), _day(one["certificate_until"])),
        standing=(_day(one["cnss_certificate_until"]), _day(one["tax_certificate_until"])),
        export_share=None if one["export_share_bp"] < 0 else one["export_share_bp"],
        left_on=date.max if one["left_on"] == NO_END else _day(one["left_on"]),
        last_earlier=_day(one["last_same_employer_on"]),
        degree_years=None if one["degree_years"] < 0 else one["degree_years"],
        granted_before=tuple(one["granted_before"]),
        incomes={first_year + n: income for n, income in enumerate(incomes)},
        salaries={(first_year + n // 12, n % 12 + 1): each for n, each in enumerate(salaries)},
        courses=courses,
        **{name: _day(one[name]) for name in ("filed_on", "firm_started_on", "hired_on")},
        **{name: one[name] for name in (*WORDS, *FLAGS, "training_minutes", "training_cost")},
        stable_from=_day(one["stable_from"]),
    )


FLAGS = ("has_cnss_number", "paid_elsewhere", "granted_here", "job_seeker")


def _course(told: dict[str, Any], item: int) -> Course:
    days = {name: _day(told[f"item_{name}"][item]) for name in ("first_day", "last_day")}
    return Course(
        **days,
        notified_on=_day(told["item_notified_on"][item]),
        minutes=told["item_minutes"][item],
        cost=told["item_cost"][item],
        invoice=told["item_invoice"][item] or None,
    )


def _word(code: int, words: tuple[str, ...]) -> str | None:
    return words[code] if code >= 0 else {-1: None, -2: "OTHER"}[code]


def _day(days: int) -> Any:
    if days in (UNKNOWN_DAY, NEVER):
        return None if days == UNKNOWN_DAY else "never"
    return date(1970, 1, 1) + timedelta(days=days)


def _known(figures: list[int], known: list[bool]) -> list[int | None]:
    return [figure if told else None for figure, told in zip(figures, known, strict=True)]
