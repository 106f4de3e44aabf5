"""One import in a process of its own: how long each part took, and the most memory it held.

`python -m bench.imports.once ENGINE KIND FILE DATABASE`: prints one line of JSON.
"""

# ruff: noqa: E402 - models are imported once Django is set up

import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection

from accounts.models import User
from companies.documents.models import ReceivedFile
from companies.firms.models import Firm
from companies.imports.asking import confirm_import
from companies.imports.beginning import begin_import
from companies.imports.kinds import no_beat
from companies.imports.models import Import
from companies.imports.repairing import match_columns
from companies.imports.working import check_import, load_import
from tests.databases import pointing_at
from tests.factories.claimants import firm as bench_firm
from tests.factories.people import member

Seconds = dict[str, float]


@contextmanager
def timed(seconds: Seconds, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - start


def handed_over(name: str, content: bytes, firm: Firm, user: User) -> tuple[Seconds, int]:
    """The first step, in the request; the key of the import, ready to be checked."""
    seconds: Seconds = {}
    at = timezone.now()
    with timed(seconds, "begin"):
        begun = begin_import(firm=firm, files=[(name, content)], acting_user=user, at=at)
    if begun.state == Import.State.MATCHING:
        match_columns(import_id=begun.pk, layouts={}, remember=False, acting_user=user, at=at)
    return seconds, begun.pk


def worked(import_id: int, user: User) -> Seconds:
    """What the worker does, in a process of its own as the worker has."""
    seconds: Seconds = {}
    at = timezone.now()
    with timed(seconds, "check"):
        check_import(import_id=import_id, acting_user=user, at=at, beat=no_beat)
    checked = Import.objects.get(pk=import_id)
    if checked.state != Import.State.CHECKED or checked.bad:
        raise SystemExit(f"{checked.state}, {checked.bad} wrong rows: {checked.refusal[:3]}")
    confirm_import(import_id=import_id, acting_user=user, at=at)
    with timed(seconds, "load"):
        load_import(import_id=import_id, acting_user=user, at=at, beat=no_beat)
    return seconds


def by_the_floor(kind: str, content: bytes, firm: Firm, user: User) -> Seconds:
    from bench.imports.floor import import_at_the_floor  # noqa: PLC0415 - polars weighs on ours

    source = ReceivedFile.objects.create(
        firm=firm,
        kind=ReceivedFile.Kind.PEOPLE,
        name="floor",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=content,
        received_at=timezone.now(),
        received_by=user,
    )
    seconds: Seconds = {}
    with timed(seconds, "all"):
        import_at_the_floor(kind, content, source)
    return seconds


def most_held_mib() -> float:
    """Of this process alone: `ru_maxrss` would begin with what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def rows_written() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for name in ("person", "employee", "employment", "payyear", "paymonth"):
            cursor.execute(f"SELECT count(*) FROM companies_{name}")  # noqa: S608 - names above
            counts[name] = cursor.fetchone()[0]
    return counts


def main(engine: str, kind: str, file: str, database: str) -> None:
    """`engine`: `floor`, `begin` (prints the key of the import), or `work` (`file` is that key)."""
    with pointing_at(database):
        firm = bench_firm(1)
        user = member(firm)
        before = most_held_mib()
        key = 0
        if engine == "work":
            seconds = worked(int(file), user)
        elif engine == "begin":
            path = Path(file)
            seconds, key = handed_over(path.name, path.read_bytes(), firm, user)
        else:
            seconds = by_the_floor(kind, Path(file).read_bytes(), firm, user)
        told = {
            "seconds": seconds,
            "key": key,
            "rows": rows_written(),
            "grown_mib": most_held_mib() - before,
            "child_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
