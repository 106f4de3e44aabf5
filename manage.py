"""Django's command line; a command that needs the database finds or starts the embedded servers."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from config.env import VariableError, read_environment
from config.servers.folders import running_urls, servers_folder

# The law on files, and what only prints or writes files: no row is read.
WITHOUT_DATABASE = ("simulate", "help", "version", "startapp", "compilemessages", "makemessages")
HELP = ("-h", "--help", "--version")


def needs_database(arguments: list[str]) -> bool:
    """Whether the command on this line reads or writes rows."""
    return bool(arguments) and arguments[0] not in WITHOUT_DATABASE and not {*arguments} & {*HELP}


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    environment = read_environment(os.environ)
    if needs_database(arguments) and not environment.database_url:
        if urls := running_urls(servers_folder(environment.state)):
            os.environ.update(urls)
        else:
            _run_beside_servers(arguments)
    execute_from_command_line([sys.argv[0], *arguments])


def _run_beside_servers(arguments: list[str]) -> None:
    """Become the supervisor of a second run of this very command line."""
    root = Path(__file__).resolve().parent
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(root), os.environ.get("PYTHONPATH", "")])
    )
    again = [sys.executable, str(root / "manage.py"), *arguments]
    servers = [sys.executable, "-m", "config.servers", "--", *again]
    os.execv(sys.executable, servers)  # noqa: S606 -- our own interpreter and our own modules


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except VariableError as refusal:
        sys.exit(str(refusal))
