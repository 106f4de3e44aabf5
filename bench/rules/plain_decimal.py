"""The law of PAF 2025 on one person at a time, with dates and `Decimal`, as anybody would."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bench.rules.people import FIRST, LAST, YEAR
from primes.rules.columns import NEVER, NO_END, Facts, date_of

OPENING, CLOSING = date(2025, 7, 1), date(2030, 12, 31)
CENTIME = Decimal("0.01")
RATE, TOLERANCE = Decimal("0.035"), Decimal("0.1")
MONTHS = range(1, 13)
MONTH_DAYS = {month: monthrange(YEAR, month)[1] for month in MONTHS}

Person = dict[str, Any]
Days = tuple[date, date]
"""The first and the last; none when the first is after the last."""
Decided = tuple[list[bool], list[bool], Decimal]
"""The answer to each condition, whether each warning is said, and the amount."""

_DAYS = {
    *("hired_on", "left_on", "stable_from", "last_same_employer_on", "filed_on"),
    *("certificate_from", "certificate_until", "cnss_certificate_until", "tax_certificate_until"),
}


def records(facts: Facts, read: frozenset[str]) -> list[Person]:
    """The same people as plain Python: dates, decimals, None for what is unknown or never was."""
    told = facts.columns()
    columns = {name: told[name].tolist() for name in read}
    for name in _DAYS & columns.keys():
        columns[name] = [date_of(day) if NEVER < day < NO_END else None for day in columns[name]]
    columns["income"] = [Decimal(income) / 100 for [income] in columns["income"]]
    if "salary" in read:
        columns["salary"] = [
            {month: Decimal(row[month - 1]) / 100 for month in MONTHS if known[month - 1]}
            for row, known in zip(columns["salary"], facts.salary_known.tolist(), strict=True)
        ]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def decide(person: Person) -> Decided:
    """The full law: windows by days and months."""
    hired_on, salary, income = person["hired_on"], person["salary"], person["income"]
    employed = max(hired_on, FIRST), min(person["left_on"] or date.max, LAST)
    stable_from = person["stable_from"] or hired_on
    stable = person["contract"] == 0
    last = min(later(hired_on, 60) - timedelta(days=1), CLOSING, employed[1])
    window = max(stable_from, OPENING, employed[0]), last
    counts = stable and window[0] <= window[1]
    worked = days_by_month(employed)
    told = [salary[month] for month in days_by_month(window) if month in salary] if counts else []
    last_here = person["last_same_employer_on"]
    answers = [
        *firm_answers(person),
        person["nationality"] == 0,
        OPENING <= hired_on <= CLOSING,
        last_here is None or not later(hired_on, -12) < last_here < hired_on,
        stable and max(stable_from, employed[0]) <= employed[1],
        counts,
        person["has_cnss_number"] and counts and (not told or any(told)),
        income > 0,
        person["training_minutes"] > 0,
        not person["paid_elsewhere"],
    ]
    complete = bool(worked) and worked.keys() <= salary.keys()
    total = sum(salary[month] for month in worked) if complete else Decimal(0)
    warnings = [
        complete and abs(income - total) > TOLERANCE * income,
        any(paid for month, paid in salary.items() if month not in worked),
    ]
    if not all(answers):
        return answers, warnings, Decimal(0)
    base = income if window == employed else income_within(person, employed, window, total)
    return answers, warnings, (base * RATE).quantize(CENTIME, ROUND_HALF_UP)


def income_within(person: Person, employed: Days, window: Days, total: Decimal) -> Decimal:
    """`total` is that of the salaries of the employment, 0 when one of them is unknown."""
    if total:
        counted, worked = days_by_month(window), days_by_month(employed)
        salary = person["salary"]
        part = sum(salary[month] * days / worked[month] for month, days in counted.items())
    else:
        part = Decimal((window[1] - window[0]).days + 1)
        total = Decimal((employed[1] - employed[0]).days + 1)
    return (person["income"] * part / total).quantize(CENTIME, ROUND_HALF_UP)


def decide_on_yearly_facts(person: Person) -> Decided:
    """Without windows, months and warnings: the whole income of the year, or nothing."""
    branch, certificate, standing, _ = firm_answers(person)
    answers = [
        branch,
        certificate,
        standing,
        person["nationality"] == 0,
        OPENING <= person["hired_on"] <= CLOSING,
        person["contract"] == 0,
        person["income"] > 0,
        person["training_minutes"] > 0,
        not person["paid_elsewhere"],
    ]
    if not all(answers):
        return answers, [], Decimal(0)
    return answers, [], (person["income"] * RATE).quantize(CENTIME, ROUND_HALF_UP)


def firm_answers(person: Person) -> list[bool]:
    standing_until = min(person["cnss_certificate_until"], person["tax_certificate_until"])
    return [
        person["branch"] in range(5),
        person["certificate_from"] <= LAST <= person["certificate_until"],
        person["filed_on"] <= standing_until,
        True,
    ]


def later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_by_month(interval: Days) -> dict[int, int]:
    """How many days of the interval fall in each month of the claim year that has any."""
    first, last = interval
    if first > last:
        return {}
    months = range(first.month, last.month + 1)
    days = {month: MONTH_DAYS[month] for month in months}
    days[first.month] -= first.day - 1
    days[last.month] -= MONTH_DAYS[last.month] - last.day
    return days
