"""`python -m config.servers [--state DIR] [--ephemeral] -- COMMAND…`

Starts the embedded servers that DATABASE_URL and REDIS_URL do not name, gives their addresses to
COMMAND, and ends with its status.
"""

import argparse
import os
import sys
from pathlib import Path

from config.env import VariableError, read_environment
from config.servers.errors import ServersError
from config.servers.supervisor import Order, supervise

UNAVAILABLE = 69  # EX_UNAVAILABLE of sysexits.h


def main(arguments: list[str]) -> int:
    """The status of the command, or 69 when a server refuses."""
    parser = argparse.ArgumentParser(prog="python -m config.servers", description=__doc__)
    parser.add_argument("--state", type=Path, help="where data are kept (default: PRIMES_STATE)")
    parser.add_argument("--ephemeral", action="store_true", help="fresh data, thrown away")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    chosen = parser.parse_args(arguments)
    try:
        environment = read_environment(os.environ)
        if environment.database_url and environment.redis_url:
            os.execvp(chosen.command[0], chosen.command)  # noqa: S606 -- the caller's own command
        order = Order(
            command=chosen.command,
            environ=os.environ,
            state=(chosen.state or environment.state).absolute(),
            run_parent=environment.run_parent,
            ephemeral=chosen.ephemeral,
        )
        return supervise(order, environment)
    except (VariableError, ServersError, OSError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return UNAVAILABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
