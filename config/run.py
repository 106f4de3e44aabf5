"""`python -m config.run`: the whole product on this machine, under `config.servers` (`make run`).

Prepares the database, then keeps three processes alive: web, worker, beat. They connect as the
application's role, which may not change what is only ever added.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.env import ROOT, Environment, VariableError, make_folder, read_environment
from config.servers.children import Launch, Restarts, shell_status, start, stop
from config.servers.signals import Bell, listening

ADDRESS = "127.0.0.1"
HEALTH = "/sante/"
HEALTH_PATIENCE = 90.0
CHILD_GRACE = 10.0
PYTHON = sys.executable
MANAGE = (PYTHON, str(ROOT / "manage.py"))

# What is done, in this order, before anything is served; the owner of the database does it.
PREPARATION = (
    ("catalogues", (PYTHON, "-m", "config.catalogues")),
    ("migrations", (*MANAGE, "migrate", "--no-input", "--verbosity=0")),
    ("demonstration data", (*MANAGE, "demo", "--if-empty")),
)
ACCOUNTS = (
    ("firm 999000001000075", "administrateur", "redacteur", "signataire", "lecteur"),
    ("instruction", "instructeur", "decideur", "qualite"),
    ("payment", "preparateur", "ordonnateur", "payeur"),
    ("control", "auditeur", "direction", "admin", "admin2"),
)
PASSWORD = "primes-demo"  # noqa: S105 -- invented, printed, refused in production


class RunError(Exception):
    """What keeps the product from running, in one sentence."""

    code = "run-refused"


@dataclass
class Child:
    """One of the processes that are kept alive, in a group of its own."""

    name: str
    launch: Launch
    restarts: Restarts = field(default_factory=Restarts)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = start(self.launch)

    def keep_alive(self) -> None:
        """Raises RunError when it keeps dying."""
        if self.process is None or self.process.poll() is None:
            return
        _kill_group(self.process.pid)
        if not self.restarts.take(time.monotonic()):
            raise RunError(f"{self.name} keeps dying; its log: {self.launch.log}")
        _say(f"{self.name} ended ({shell_status(self.process.returncode)}) and is started again.")
        self.start()

    def ask_to_stop(self) -> None:
        """Without waiting, so that several stop at the same time."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Wait for its end, and for the end of what it started."""
        if self.process is not None:
            stop(self.process, signal.SIGTERM, CHILD_GRACE)
            _kill_group(self.process.pid)


def main() -> int:
    """1, with a sentence, when it cannot run; a stop that is asked for ends with 0."""
    with listening() as bell:
        try:
            environment = read_environment(os.environ)
            _refuse_taken_port(environment.port)
            logs = environment.state / "log"
            make_folder(logs)
            _prepare(bell)
            _serve(environment, logs, bell)
        except (RunError, VariableError) as refusal:
            _say(str(refusal))
    return 1


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ADDRESS, port))
        except OSError as error:
            other = port + 1 if port < 65_535 else port - 1
            raise RunError(
                f"Port {port} cannot be used ({error.strerror}): choose another, "
                f"for example `make run PORT={other}`."
            ) from None


def _prepare(bell: Bell) -> None:
    for name, command in PREPARATION:
        _say(f"{name} …")
        status = _run_to_its_end(command, bell)
        if status:
            raise RunError(f"{name}: `{' '.join(command)}` ended with {status}.")


def _run_to_its_end(command: Sequence[str], bell: Bell) -> int:
    process = start(Launch(command=command, environ=os.environ, directory=str(ROOT)))
    try:
        _wait(lambda: process.poll() is not None, bell)
    finally:
        stop(process, signal.SIGTERM, CHILD_GRACE)
        _kill_group(process.pid)
    return shell_status(process.returncode)


def _serve(environment: Environment, logs: Path, bell: Bell) -> None:
    children = _children(environment, logs)
    try:
        for child in children:
            child.start()
        deadline = time.monotonic() + HEALTH_PATIENCE
        _wait(lambda: _is_healthy(environment.port, deadline), bell, children)
        _say(_welcome(environment, logs))
        _wait(lambda: False, bell, children)
    finally:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop()


def _children(environment: Environment, logs: Path) -> list[Child]:
    environ = {**os.environ, "DATABASE_URL": environment.app_database_url}
    commands = {
        "web": _gunicorn(environment.port),
        "worker": _celery("worker", "--concurrency=2", "--without-gossip", "--without-mingle"),
        "beat": _celery("beat", "--pidfile="),
    }
    return [
        Child(name, _launch(words, environ, logs / f"{name}.log"))
        for name, words in commands.items()
    ]


def _launch(command: Sequence[str], environ: Mapping[str, str], log: Path) -> Launch:
    return Launch(command=command, environ=environ, directory=str(ROOT), log=log)


def _gunicorn(port: int) -> list[str]:
    options = ("--workers=2", "--threads=4", "--graceful-timeout=5", "--access-logfile=-")
    return [PYTHON, "-m", "gunicorn", "config.wsgi", f"--bind={ADDRESS}:{port}", *options]


def _celery(*words: str) -> list[str]:
    return [PYTHON, "-m", "celery", "-A", "config.celery", *words, "--loglevel=INFO"]


def _wait(done: Callable[[], bool], bell: Bell, children: Sequence[Child] = ()) -> None:
    """Until `done`, keeping the children alive. Ends this process, with 0, when asked to stop."""
    while not done():
        bell.wait(0.2)
        if bell.take():
            raise SystemExit(0)
        for child in children:
            child.keep_alive()


def _is_healthy(port: int, deadline: float) -> bool:
    if time.monotonic() > deadline:
        raise RunError(f"http://{ADDRESS}:{port}{HEALTH} does not answer as healthy.")
    with suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(ADDRESS, port, timeout=5)
        connection.request("GET", HEALTH)
        return connection.getresponse().status == 200
    return False


def _welcome(environment: Environment, logs: Path) -> str:
    lines = [f"Primes runs at http://localhost:{environment.port}/ (logs: {logs}; stop: Ctrl-C)"]
    if environment.is_demonstration:
        lines.append(f"Demonstration accounts, password {PASSWORD}:")
        lines += [
            f"  {role:22}" + "  ".join(f"{name}@primes.test" for name in names)
            for role, *names in ACCOUNTS
        ]
    return "\n".join(lines)


def _kill_group(pid: int) -> None:
    """End what a child left in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
