"""Commands run beside servers of their own, whatever servers the suite itself runs on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.env import ROOT

OWN = ("DATABASE_URL", "APP_DATABASE_URL", "REDIS_URL", "PRIMES_STATE", "PRIMES_ENV", "PORT")


def descendants(pid: int) -> set[int]:
    """Every living process below `pid`."""
    found: set[int] = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text().split()):
            found |= {child} | descendants(child)
    return found


def is_alive(pid: int) -> bool:
    """Whether it runs; a zombie has ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def all_end(pids: set[int], seconds: float = 10.0) -> bool:
    """Whether none of them is left within that time."""
    deadline = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_alive, pids))


class Commands:
    """Starts commands from the clone with an environment that names no server."""

    def __init__(self, state: Path) -> None:
        self.environ = {k: v for k, v in os.environ.items() if k not in OWN}
        self.environ["PRIMES_STATE"] = str(state)
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *words: str, **environ: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env={**self.environ, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def beside_servers(self, *words: str, ephemeral: bool = True) -> "subprocess.Popen[str]":
        """`words` are what Python is given."""
        kind = ("--ephemeral",) if ephemeral else ()
        return self.start("-m", "config.servers", *kind, "--", sys.executable, *words)


@pytest.fixture
def commands(tmp_path):
    made = Commands(tmp_path / "state")
    yield made
    for process in made.started:
        process.terminate()
        process.communicate(timeout=30)
