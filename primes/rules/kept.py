"""What kept rules answer: the bytes kept under a digest, asked in a process that sees nothing of
this one, neither its path nor its environment.

Facts go in as arrays; columns come out as arrays and steps as JSON, never as pickled objects.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy as np

from primes.rules.assessment import Assessment
from primes.rules.columns import Column, Facts
from primes.rules.errors import ReplayFailed
from primes.rules.explain import Step, from_data

_CODES = {"conditions", "warnings", "rows"}
_OUTPUT_KEPT_CHARACTERS = 2_000
_SECONDS_MAX = 600
_EXPLAIN = """
import sys

sys.path.insert(0, sys.argv.pop(1))
from primes.rules.answer_steps import main

main()
"""


def replay(package: bytes, facts: Facts, scheme: str, year: int) -> Assessment:
    """The answer for every line. Raise `ReplayFailed`."""
    with _laid_out(package, facts) as (rules, asked):
        answered = rules.with_name("out.npz")
        _run([str(rules), str(asked), str(answered), scheme, str(year)])
        return _read(answered)


def explained_again(package: bytes, facts: Facts, scheme: str, year: int) -> tuple[Step, ...]:
    """The steps of the first line. Raise `ReplayFailed`: rules kept early could not say them."""
    with _laid_out(package, facts) as (rules, asked):
        said = _run(["-c", _EXPLAIN, str(rules), str(asked), scheme, str(year)])
    try:
        return from_data(json.loads(said))
    except (KeyError, TypeError, ValueError) as error:
        raise ReplayFailed(0, f"not an explanation: {error}") from error


@contextmanager
def _laid_out(package: bytes, facts: Facts) -> Iterator[tuple[Path, Path]]:
    """Two files of a folder of their own: the rules, and what they are told."""
    with TemporaryDirectory(prefix="rules-") as folder:
        rules, asked = Path(folder, "rules.zip"), Path(folder, "in.npz")
        rules.write_bytes(package)
        # Typing of `savez` mistakes a mapping of arrays for its own options.
        np.savez(asked, **facts.columns())  # type: ignore[arg-type]
        yield rules, asked


def _run(arguments: list[str]) -> str:
    """What it said; this interpreter, alone with the kept bytes."""
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, on bytes kept by a release
            [sys.executable, "-I", "-B", *arguments],
            env={},
            capture_output=True,
            timeout=_SECONDS_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReplayFailed(None, f"no answer in {_SECONDS_MAX} s") from error
    if done.returncode:
        output = done.stderr.decode(errors="replace")
        raise ReplayFailed(done.returncode, output[-_OUTPUT_KEPT_CHARACTERS:])
    return done.stdout.decode()


def _read(answered: Path) -> Assessment:
    try:
        with np.load(answered, allow_pickle=False) as columns:
            answer: dict[str, Any] = {name: _plain(name, columns[name]) for name in columns.files}
        return Assessment(**answer)
    except (OSError, TypeError, ValueError) as error:
        raise ReplayFailed(0, f"not an assessment: {error}") from error


def _plain(name: str, column: Column) -> Column | tuple[str, ...] | str | int:
    """A text, a number or a tuple of codes, which may be empty, travels as an array of its own."""
    if column.ndim == 0:
        return cast("str | int", column.item())
    return tuple(column.tolist()) if name in _CODES else column
