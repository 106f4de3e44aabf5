"""W1: the law of PAF 2025 over N people, ours against its peers, in one run.

`python -m bench.rules [--people 1000 100000 270000]` runs every engine on the same people, compares
every reason, warning and centime with ours, and prints a table and a line of JSON: microseconds of
processor a person (median of the rounds, fastest, slowest; the engines take turns in each round and
each runs on one thread), how often our time that is, the time the peer needs to build its
simulation before each run, the time to turn the columns into each engine's own form of the people
(once), and the peak of Python's and NumPy's allocations in a run apart (that form counted). The
run of OpenFisca is to hand it the arrays and to compute; to build and to turn come on top.
"""

import argparse
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from bench.rules.engines import (
    FULL,
    YEARLY,
    Answer,
    Engine,
    floor,
    ours,
    plain_decimal,
    tuned_openfisca,
)
from bench.rules.people import YEAR, people_in_post_all_year, people_of_all_kinds
from primes.rules.columns import Facts
from primes.rules.engine import assess
from primes.rules.schemes.declaration import Rules

LAWS = {"full": (FULL, people_of_all_kinds), "yearly": (YEARLY, people_in_post_all_year)}
SIZES = [1_000, 100_000, 270_000]
ROUNDS = 7
MIB = 1024 * 1024

Row = dict[str, str | int | float | None]


@dataclass
class Taken:
    """Seconds of processor: once to turn the people, then one a round; and the last outcome."""

    turn: float
    build: list[float] = field(default_factory=list)
    run: list[float] = field(default_factory=list)
    outcome: Any = None


def engines(rules: Rules) -> list[Engine]:
    return [
        ours(rules),
        tuned_openfisca("openfisca, its floats", rules, np.float32),
        tuned_openfisca("openfisca, 64 bits", rules, np.float64),
        plain_decimal(rules),
        floor(rules),
    ]


def measured(law: str, size: int) -> list[Row]:
    rules, people = LAWS[law]
    facts = people(size)
    taken = [(engine, taken_by(engine, facts)) for engine in engines(rules)]
    for _ in range(ROUNDS):
        for _, round_of in taken:
            next(round_of)
    times = [(engine, next(round_of)) for engine, round_of in taken]
    ours_median, exact = statistics.median(times[0][1].run), _answer(*times[0])
    return [
        {"law": law, "people": size, "engine": engine.name}
        | _figures(spent, size, ours_median)
        | {"peak_mib": round(peak_mib(engine, facts), 1)}
        | _differences(_answer(engine, spent), exact)
        for engine, spent in times
    ]


def taken_by(engine: Engine, facts: Facts) -> Iterator[Taken]:
    """One round each time the next is asked for, after one that is not counted."""
    turn, given = timed(partial(engine.given, facts))
    engine.run(engine.built(given))
    taken = Taken(turn)
    while True:
        seconds, built = timed(partial(engine.built, given))
        taken.build.append(seconds)
        seconds, taken.outcome = timed(partial(engine.run, built))
        taken.run.append(seconds)
        yield taken


def timed(
    act: Callable[[], Any], clock: Callable[[], float] = time.process_time
) -> tuple[float, Any]:
    start = clock()
    outcome = act()
    return clock() - start, outcome


def peak_mib(engine: Engine, facts: Facts) -> float:
    """Above the columns, which all are made from."""
    tracemalloc.start()
    engine.run(engine.built(engine.given(facts)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / MIB


def _figures(spent: Taken, size: int, ours_median: float) -> Row:
    scale = 1e6 / size
    return {
        "run_us": round(statistics.median(spent.run) * scale, 4),
        "fastest_us": round(min(spent.run) * scale, 4),
        "slowest_us": round(max(spent.run) * scale, 4),
        "times_ours": round(statistics.median(spent.run) / ours_median, 2),
        "build_us": round(statistics.median(spent.build) * scale, 4),
        "turn_us": round(spent.turn * scale, 4),
    }


def _answer(engine: Engine, spent: Taken) -> Answer | None:
    return engine.answer(spent.outcome) if engine.answer else None


def _differences(answer: Answer | None, exact: Answer | None) -> Row:
    """Against ours, which the exact reading in `Decimal` confirms or denies in the same table."""
    if answer is None or exact is None:
        return {"wrong_centimes": None, "wrong_reasons": None, "wrong_warnings": None}
    warned = exact.warned if answer.warned is None else answer.warned
    return {
        "wrong_centimes": int((answer.amount != exact.amount).sum()),
        "wrong_reasons": int((answer.failed != exact.failed).sum()),
        "wrong_warnings": int((warned != exact.warned).sum()),
    }


def of_a_page(size: int) -> Row:
    """By the clock: one person; the two assessments of an impact preview, in turn and at once."""
    facts = people_of_all_kinds(size)
    alone = facts.take([0])

    def one(_: int = 0) -> None:
        assess(facts, FULL.scheme, YEAR)

    def in_turn() -> None:
        one()
        one()

    def on_two_threads() -> None:
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(one, range(2)))

    def median(act: Callable[[], Any], rounds: int = ROUNDS) -> float:
        return statistics.median(timed(act, time.perf_counter)[0] for _ in range(rounds))

    return {
        "one_person_ms": round(median(lambda: assess(alone, FULL.scheme, YEAR), 200) * 1e3, 3),
        "preview_people": size,
        "preview_in_turn_s": round(median(in_turn), 3),
        "preview_on_two_threads_s": round(median(on_two_threads), 3),
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=SIZES)
    sizes = parser.parse_args(arguments).people
    rows = [row for law in LAWS for size in sizes for row in measured(law, size)]
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in rows[0]}
    print("  ".join(f"{name:>{width}}" for name, width in widths.items()))
    for row in rows:
        print("  ".join(f"{row[name]!s:>{width}}" for name, width in widths.items()))
    page = of_a_page(max(sizes))
    for name, figure in page.items():
        print(f"{name:24} {figure}")
    print(json.dumps({"bench": "rules", "rows": rows, "page": page}))


if __name__ == "__main__":
    main()
