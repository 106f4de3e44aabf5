"""The impact of a release over a whole sector: read, assess again and compare, as its page does.

`make bench ARGS=impact`, or `python -m bench.impact [--lines N]` where the servers run. A synthetic
table of filed lines, multiplied by SQL from two claims, stands in a database of its own, dropped
afterwards. Prints seconds a phase (best of three), then microseconds a line beside those of the
same reading through objects, as a table and as one line of JSON.
"""

# ruff: noqa: E402 - models are imported once Django is set up

import argparse
import json
import os
import time
import uuid
from collections.abc import Callable, Mapping
from typing import TypeVar

import django
from django.db import connection, models

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from primes.claims.assessing import facts_of
from primes.claims.gains import figures_of
from primes.claims.impact import (
    Impact,
    assessed_again,
    facts_of_group,
    groups,
    impact_of_running_rules,
    lines_compared,
    read_group,
)
from primes.models import Assessment
from primes.rules.engine import assess
from tests.databases import clone_for, drop, ensure_template, pointing_at
from tests.factories.claimants import firm
from tests.factories.claims import decided_claim, filed_claim

LINES_A_CLAIM = 150
ROUNDS = 3
PEER_LINES = 10_000
FIRST = 1_000_000
"""Identifiers of the synthetic rows begin here."""
T = TypeVar("T")


def multiply(source: models.Model, count: int, **changed: str) -> None:
    """So many copies of a row, numbered by `n` from FIRST; `changed` gives SQL by column."""
    told = {"id": "n"} | changed
    columns = [column.column for column in source._meta.concrete_fields]
    asked = ", ".join(told.get(column, f"s.{column}") for column in columns)
    table = source._meta.db_table
    numbers = f"generate_series({FIRST}, {FIRST + count - 1}) AS n"
    copied = f"SELECT {asked} FROM {table} s, {numbers} WHERE s.id = %s"  # noqa: S608 - names of the models
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {copied}", [source.pk])


def fill(lines: int) -> None:
    """Half of the lines in open claims, half in decided ones; hire dates and incomes vary."""
    half = lines // 2
    claims = (filed_claim(firm(1)), decided_claim(filed_claim(firm(2))).claim)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    for rank, claim in enumerate(claims):
        number = f"n + {rank * half}"
        name = f"'b' || {number}"
        line = claim.lines.earliest("pk")
        told = {"public_id": name, "reference": name, "receipt_number": name, "firm_id": number}
        multiply(claim, half, id=number, **told)
        place = f"mod(n - {FIRST}, {LINES_A_CLAIM})"
        of_claim = {"claim_id": f"{number} - {place}", "position": f"1 + {place}"}
        multiply(line, half, id=number, employee_id=number, person_id=number, **of_claim)
        varied = {day: f"s.{day} + mod(n, 90)" for day in ("hired_on", "stable_from")}
        varied["income"] = "ARRAY[s.income[1] + mod(n, 1000000)]"
        multiply(line.assessments.latest("pk"), half, id=number, line_id=number, **varied)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE primes_claim, primes_claimline, primes_assessment")


def best(act: Callable[[], T]) -> tuple[float, T]:
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        done = act()
        seconds.append(time.perf_counter() - start)
    return min(seconds), done


def phases() -> tuple[dict[str, float], int]:
    """Seconds of each part and of the whole, and the lines that were compared."""
    grouping, found = best(groups)
    reading, read = best(lambda: [read_group(group) for group in found])
    facts = [facts_of_group(group, columns) for group, columns in zip(found, read, strict=True)]

    def answer() -> None:
        for group, told in zip(found, facts, strict=True):
            assess(told, group.scheme, group.year)

    law, _ = best(answer)
    lines = lines_compared([assessed_again(group) for group in found])
    comparing, figures = best(lambda: figures_of(lines))
    whole, impact = best(impact_of_running_rules)
    assert impact == Impact(figures)  # noqa: S101 - a measurement of another answer is worth nothing
    told = {"groups": grouping, "read": reading, "law": law, "compare": comparing, "whole": whole}
    return told, len(lines)


def by_objects() -> float:
    """Microseconds a line of the same facts, as rows made into objects and then into columns."""
    asked = Assessment.objects.latest_of_each_line()
    seconds, told = best(lambda: facts_of(list(asked[:PEER_LINES])))
    return seconds / len(told) * 1e6


def measured(lines: int) -> Mapping[str, float]:
    run = f"bench_{uuid.uuid4().hex[:8]}"
    template = ensure_template(run)
    name = clone_for(template, run)
    try:
        with pointing_at(name):
            fill(lines)
            told, count = phases()
            ours = told["read"] / count * 1e6
            theirs = by_objects()
    finally:
        drop(name)
        drop(template)
    return {"lines": count, **told, "read_us": ours, "objects_us": theirs, "ratio": theirs / ours}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=270_000)
    row = measured(parser.parse_args(arguments).lines)
    print("  ".join(f"{name:>10}" for name in row))
    print("  ".join(f"{value:>10.3f}" for value in row.values()))
    print(json.dumps({"bench": "impact", "rows": [row]}))


if __name__ == "__main__":
    main()
