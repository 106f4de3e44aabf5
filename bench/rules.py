"""W1: the law of PAF 2025 over N people, by columns and by a plain loop with dates and `Decimal`.

`python -m bench.rules [--people N]` runs both on the same people in the same process, compares
every amount and reason, and prints microseconds a person and their ratio, as a table and as JSON.
"""

import argparse
import json
import statistics
import time
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from primes.rules.columns import (
    NEVER,
    NO_END,
    UNKNOWN_DAY,
    UNKNOWN_SHARE,
    Facts,
    Int64s,
    date_of,
    day_of,
)
from primes.rules.engine import assess

YEAR = 2026
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
OPENING, CLOSING = date(2025, 7, 1), date(2030, 12, 31)
CENTIME = Decimal("0.01")
ROUNDS = 5


def people(size: int, seed: int) -> Facts:
    """Recruits of one year and a half: one in ten has left, one in seven was converted."""
    chance = np.random.default_rng(seed)
    hired_on = chance.integers(day_of(date(2025, 5, 1)), day_of(LAST), size)
    left_on = np.where(chance.random(size) < 0.1, hired_on + chance.integers(9, 500, size), NO_END)
    converted = chance.random(size) < 0.15
    stable_from = np.where(converted, hired_on + chance.integers(1, 200, size), UNKNOWN_DAY)
    salary = chance.integers(400_000, 2_000_000, (size, 12))
    income = salary.sum(axis=1)[:, None] + chance.integers(0, 100_000, (size, 1))

    def same(value: int) -> Int64s:
        return np.full(size, value, np.int64)

    return Facts(
        branch=np.zeros(size, dtype=np.int16),
        certificate_from=same(day_of(FIRST)),
        certificate_until=same(day_of(LAST)),
        cnss_certificate_until=same(day_of(date(2027, 12, 31))),
        tax_certificate_until=same(day_of(date(2027, 12, 31))),
        filed_on=same(day_of(date(2027, 4, 1))),
        export_share_bp=same(UNKNOWN_SHARE),
        firm_started_on=same(day_of(date(2015, 1, 1))),
        nationality=np.zeros(size, dtype=np.int16),
        hired_on=hired_on,
        left_on=left_on,
        contract=(chance.random(size) < 0.2).astype(np.int16),
        stable_from=stable_from,
        last_same_employer_on=same(NEVER),
        has_cnss_number=np.ones(size, dtype=np.bool_),
        income=income,
        income_known=np.ones((size, 1), dtype=np.bool_),
        salary=salary,
        salary_known=np.ones((size, 12), dtype=np.bool_),
        training_minutes=same(600),
        training_cost=same(0),
        paid_elsewhere=chance.random(size) < 0.01,
    )


def records(facts: Facts) -> list[dict[str, Any]]:
    """The same people as plain Python: dates, decimals, None for what is missing."""
    names = {"hired_on", "left_on", "stable_from", "filed_on"}
    names |= {name for name in facts.columns() if name.startswith(("certificate", "cnss", "tax"))}
    columns = {name: values.tolist() for name, values in facts.columns().items()}
    for name in names:
        columns[name] = [None if abs(day) >= NO_END else date_of(day) for day in columns[name]]
    columns["income"] = [Decimal(row[0]) / 100 for row in columns["income"]]
    columns["salary"] = [[Decimal(month) / 100 for month in row] for row in columns["salary"]]
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_in(month: int, first: date, last: date) -> int:
    start, end = date(YEAR, month, 1), date(YEAR, month, monthrange(YEAR, month)[1])
    return max((min(end, last) - max(start, first)).days + 1, 0)


def decide(person: dict[str, Any]) -> tuple[list[int], Decimal]:
    """The positions of the failing conditions, and the amount."""
    hired_on, left_on = person["hired_on"], person["left_on"] or date.max
    p_first, p_last = max(hired_on, FIRST), min(left_on, LAST)
    stable_from = person["stable_from"] or hired_on
    stable = person["contract"] == 0
    w_first = max(stable_from, OPENING, p_first)
    w_last = min(later(hired_on, 60) - timedelta(days=1), CLOSING, p_last)
    w_days = max((w_last - w_first).days + 1, 0) if stable else 0
    salaries = person["salary"]
    worked = {m: days_in(m, p_first, p_last) for m in range(1, 13)}
    counted = {m: days_in(m, w_first, w_last) if w_days else 0 for m in range(1, 13)}
    answers = [
        person["branch"] in range(5),
        person["certificate_from"] <= LAST <= person["certificate_until"],
        person["filed_on"]
        <= min(person["cnss_certificate_until"], person["tax_certificate_until"]),
        True,
        person["nationality"] == 0,
        OPENING <= hired_on <= CLOSING,
        person["last_same_employer_on"] == NEVER,
        stable and max(stable_from, p_first) <= p_last,
        w_days > 0,
        person["has_cnss_number"] and any(salaries[m - 1] for m in worked if counted[m]),
        person["income"] > 0,
        person["training_minutes"] > 0,
        not person["paid_elsewhere"],
    ]
    failing = [position for position, held in enumerate(answers) if not held]
    if failing:
        return failing, Decimal(0)
    base = person["income"]
    if (w_first, w_last) != (p_first, p_last):
        total = sum(salaries[m - 1] for m in worked if worked[m])
        within = sum(salaries[m - 1] * counted[m] / worked[m] for m in worked if worked[m])
        base = (base * within / total).quantize(CENTIME, ROUND_HALF_UP)
    return failing, (base * Decimal("0.035")).quantize(CENTIME, ROUND_HALF_UP)


def best_of(run: Callable[[], Any]) -> tuple[list[float], Any]:
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = run()
        seconds.append(time.perf_counter() - started)
    return seconds, answer


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    size = parser.parse_args(arguments).people
    facts = people(size, seed=2026)
    plain = records(facts)
    floor, _ = best_of(lambda: [column.max() for column in facts.columns().values()])
    columns, assessment = best_of(lambda: assess(facts, "paf-2025", YEAR))
    loop, decided = best_of(lambda: [decide(person) for person in plain])
    amounts = np.array([int(amount * 100) for _, amount in decided])
    masks = np.array([sum(1 << position for position in failing) for failing, _ in decided])
    figures = {
        "people": size,
        "floor_us": round(statistics.median(floor) / size * 1e6, 4),
        "columns_us": round(statistics.median(columns) / size * 1e6, 3),
        "columns_us_spread": [round(s / size * 1e6, 3) for s in (min(columns), max(columns))],
        "decimal_us": round(statistics.median(loop) / size * 1e6, 2),
        "ratio": round(statistics.median(loop) / statistics.median(columns), 1),
        "different_amounts": int((amounts != assessment.amount).sum()),
        "different_reasons": int((masks != assessment.failed).sum()),
    }
    for name, figure in figures.items():
        print(f"{name:20} {figure}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
