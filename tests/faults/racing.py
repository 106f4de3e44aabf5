"""Real processes on the real database, let go together: what a thread in a test cannot show."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def race(database_url: str, contender: str, runners: int) -> list[str]:
    """Run a contender in several processes that wait for one another at the line.

    Each says « won », or the code it was refused with; what it says is sorted.
    """
    environment = os.environ | {"DATABASE_URL": database_url, "APP_DATABASE_URL": database_url}
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.contenders", contender, str(rank)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for rank in range(runners)
    ]
    for process in processes:
        assert process.stdout.readline().strip() == "ready"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate(timeout=60)[0].strip() for process in processes)
