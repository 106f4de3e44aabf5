"""A whole import (read, check every row, stage, load) against its floor, in turns, in one run.

`make bench ARGS=imports`, or `python -m bench.imports [--counts N …] [--kinds csv ds xlsx]` where
the servers run. Each import has a process and a database of its own; figures are the best of
three. Prints a table, then one line of JSON.
"""

# ruff: noqa: E402 - models are imported once Django is set up

import argparse
import json
import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench.imports.files import as_csv, as_ds, as_xlsx
from companies.firms.models import Firm
from tests.databases import clone_for, drop, ensure_template
from tests.factories.claimants import cnss_check_digit

ROUNDS = 3
NAMES = {"csv": "salaries.csv", "xlsx": "salaries.xlsx", "ds": "DS_122025.txt"}


def content_of(kind: str, count: int) -> bytes:
    if kind == "ds":
        number = 700_001 * 10
        declares = Firm(name="BENCH", employer_number=str(number + cnss_check_digit(number, 6)))
        return as_ds(count, declares)
    return as_csv(count) if kind == "csv" else as_xlsx(count)


def once(engine: str, kind: str, path: Path, template: str, run: str) -> dict[str, Any]:
    """In a database of its own; ours in the two processes that share the work: web, worker."""
    database = clone_for(template, run)
    try:
        if engine == "floor":
            return told_by("floor", kind, str(path), database)
        begun = told_by("begin", kind, str(path), database)
        done = told_by("work", kind, str(begun["key"]), database)
    finally:
        drop(database)
    done["seconds"] |= begun["seconds"]
    done["begin_mib"] = begun["grown_mib"]
    done["child_mib"] = max(done["child_mib"], begun["child_mib"])
    return done


def told_by(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.imports.once", *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stdout}\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def measured(kind: str, count: int, template: str, run: str) -> dict[str, Any]:
    rounds: dict[str, list[dict]] = {"ours": [], "floor": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAMES[kind]
        path.write_bytes(content_of(kind, count))
        for _ in range(ROUNDS):
            for engine, told in rounds.items():
                told.append(once(engine, kind, path, template, run))
    totals = {
        name: [sum(each["seconds"].values()) for each in told] for name, told in rounds.items()
    }
    best = min(rounds["ours"], key=lambda each: sum(each["seconds"].values()))
    if best["rows"] != rounds["floor"][0]["rows"]:
        raise SystemExit(f"{kind}: {best['rows']} here, {rounds['floor'][0]['rows']} at the floor")
    return {
        "kind": kind,
        "people": count,
        "floor_s": round(min(totals["floor"]), 2),
        "ours_s": round(min(totals["ours"]), 2),
        "ratio": round(min(totals["ours"]) / min(totals["floor"]), 2),
        **{f"{name}_s": round(value, 2) for name, value in best["seconds"].items()},
        "spread": round(max(totals["ours"]) / min(totals["ours"]), 2),
        **{
            name: round(max(each[name] for each in rounds["ours"]))
            for name in ("begin_mib", "grown_mib")
        },
        "child_mib": round(max(each["child_mib"] for each in rounds["ours"])),
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--kinds", nargs="+", default=list(NAMES), choices=list(NAMES))
    asked = parser.parse_args(arguments)
    run = f"bench_{uuid.uuid4().hex[:8]}"
    template = ensure_template(run)
    try:
        rows = [
            measured(kind, count, template, run) for kind in asked.kinds for count in asked.counts
        ]
    finally:
        drop(template)
    print("  ".join(f"{name:>9}" for name in rows[0]))
    for row in rows:
        print("  ".join(f"{value:>9}" for value in row.values()))
    print(json.dumps({"bench": "imports", "rows": rows}))


if __name__ == "__main__":
    main()
