"""What both servers share: start, readiness, restart, stop."""

import contextlib
import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.servers.children import Account, Launch, Restarts, start, stop
from config.servers.errors import ServersError
from config.servers.signals import Bell

READY_PATIENCE = 60.0
STOP_GRACE = 15.0
LOG_TAIL_LINES = 8

# From the data folder, as the server reaches it, to the command line.
CommandFor = Callable[[str], list[str]]


@dataclass(frozen=True)
class Place:
    """Folders of the servers, and the account they run as when root starts them."""

    state: Path
    run: Path
    account: Account | None
    durable: bool

    @property
    def sockets(self) -> Path:
        """Private to the account of the servers; root passes."""
        return self.run / "s"


class Server(ABC):
    """One embedded server and its data folder."""

    name: str

    def __init__(self, place: Place) -> None:
        self.place = place
        self.data = place.state / self.name.lower()
        self.log = place.state / f"{self.name.lower()}.log"
        self._restarts = Restarts()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @abstractmethod
    def command(self, data: str) -> list[str]:
        """The command line, with the data folder as the server can reach it."""

    @abstractmethod
    def is_ready(self, pid: int) -> bool:
        """Whether the process answers."""

    @abstractmethod
    def previous_pid(self) -> int | None:
        """The process that the data folder says it is used by."""

    @abstractmethod
    def forget_previous(self) -> None:
        """Remove the file that says so."""

    def prepare(self) -> None:
        """Make the data folder; called once, before the first start."""
        self.log.write_bytes(b"")
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self.place.account:
            os.chown(self.data, self.place.account.uid, self.place.account.gid)

    def start(self, bell: Bell) -> None:
        """Return when it answers. Raises ServersError; SystemExit when asked to stop meanwhile."""
        self._end_previous()
        self._process = process = self.launched(self.command)
        deadline = time.monotonic() + READY_PATIENCE
        while not self.is_ready(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServersError(f"{self.name} does not start.\n{self.log_tail()}")
            if asked := bell.take():
                raise SystemExit(128 + asked)
            bell.wait(0.02)

    def keep_alive(self, bell: Bell) -> bool:
        """Start it again if it died; true when it had. Raises ServersError if it keeps dying."""
        if self._process is None or self._process.poll() is None:
            return False
        if not self._restarts.take(time.monotonic()):
            raise ServersError(f"{self.name} keeps dying.\n{self.log_tail()}")
        self.start(bell)
        return True

    def stop(self) -> None:
        if self._process is not None:
            stop(self._process, signal.SIGINT, STOP_GRACE)

    def launched(self, command: CommandFor) -> "subprocess.Popen[bytes]":
        """Start `command(data folder)` as the account of the servers.

        That account may be unable to walk to the folder; an open descriptor leads it there.
        """
        descriptor = os.open(self.data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            handed = self.place.account is not None and Path("/proc/self/fd").exists()
            return start(
                Launch(
                    command=command(f"/proc/self/fd/{descriptor}" if handed else str(self.data)),
                    environ={"PATH": os.defpath, "LC_ALL": "C"},
                    account=self.place.account,
                    death_signal=signal.SIGINT,
                    directory="/",
                    log=self.log,
                    descriptors=(descriptor,) if handed else (),
                )
            )
        except OSError as error:
            raise ServersError(
                f"{self.name} cannot be executed ({error}): "
                "set PRIMES_RUN to a short folder on a file system that allows execution."
            ) from None
        finally:
            os.close(descriptor)

    def _end_previous(self) -> None:
        """What a killed supervisor left may still be stopping; only one may work on the data."""
        pid = self.previous_pid()
        deadline = time.monotonic() + STOP_GRACE
        while pid and _works_in(pid, self.data):
            late = time.monotonic() > deadline
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else signal.SIGINT)
            time.sleep(0.1)
        self.forget_previous()

    def log_tail(self) -> str:
        """The end of the log, for a person at a terminal."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([*lines[-LOG_TAIL_LINES:], f"(the whole log: {self.log})"])


def _works_in(pid: int, folder: Path) -> bool:
    """Whether the process is a server on that folder; a stranger who got the number is not."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").samefile(folder)
        except OSError:
            return False
    listing = subprocess.run(  # noqa: S603 -- a number in a fixed command
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(folder) in listing.stdout
