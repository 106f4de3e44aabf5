"""Processes that never outlive who started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# linux/prctl.h; elsewhere the function is absent.
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PRCTL = getattr(ctypes.CDLL(None), "prctl", None)


@dataclass(frozen=True)
class Account:
    """An account of the operating system that a process is handed to."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Launch:
    """How a process is started; `death_signal` reaches it when its parent dies, however it dies."""

    command: Sequence[str]
    environ: Mapping[str, str]
    account: Account | None = None
    death_signal: int = signal.SIGTERM
    own_session: bool = True
    directory: str | None = None
    log: Path | None = None
    descriptors: tuple[int, ...] = ()


@dataclass
class Restarts:
    """How often something that died may be started again: `limit` times within `seconds`."""

    limit: int = 5
    seconds: float = 60.0
    _moments: list[float] = field(default_factory=list)

    def take(self, now: float) -> bool:
        """Use one restart up; false when none is left."""
        self._moments = [moment for moment in self._moments if now - moment < self.seconds]
        if len(self._moments) >= self.limit:
            return False
        self._moments.append(now)
        return True


def start(launch: Launch) -> "subprocess.Popen[bytes]":
    """Start it. Call from the main thread: the parent that must live is a thread to the kernel."""
    account = launch.account
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(launch.log.open("ab")) if launch.log else None
        process = subprocess.Popen(  # noqa: S603 -- commands are made here, never read from outside
            launch.command,
            env=launch.environ,
            cwd=launch.directory,
            stdin=subprocess.DEVNULL if launch.own_session else None,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            start_new_session=launch.own_session,
            pass_fds=launch.descriptors,
            preexec_fn=_bind_to_parent(launch.death_signal),  # noqa: PLW1509 -- one thread only
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    if PRCTL is None:
        _signal_when_this_process_ends(process.pid, launch.death_signal)
    return process


def stop(process: "subprocess.Popen[bytes]", number: int, grace: float) -> int:
    """Signal, wait `grace` seconds, kill; the status as a shell would give it."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return shell_status(process.returncode)


def shell_status(returncode: int) -> int:
    """A process killed by signal n ends with 128 + n."""
    return 128 - returncode if returncode < 0 else returncode


def adopt_orphans() -> None:
    """From now on, what a dying child leaves behind becomes a child of this process (Linux)."""
    if PRCTL is not None:
        PRCTL(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_orphans(known: Collection[int], grace: float) -> None:
    """End every child of this process but `known`: TERM, then KILL after `grace` seconds."""
    deadline = time.monotonic() + grace
    told: set[int] = set()
    while orphans := _children() - set(known):
        late = time.monotonic() > deadline
        for pid in orphans if late else orphans - told:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else signal.SIGTERM)
        told |= orphans
        for pid in orphans:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)


def _children() -> set[int]:
    try:
        lists = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    except OSError:
        return set()
    return {int(pid) for text in lists for pid in text.split()}


def _bind_to_parent(number: int) -> Callable[[], None] | None:
    if PRCTL is None:
        return None
    parent = os.getpid()

    def bind() -> None:
        PRCTL(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            # The parent died before the kernel was asked to tell.
            os._exit(1)

    return bind


def _signal_when_this_process_ends(pid: int, number: int) -> None:
    """Without prctl: a shell reads a pipe that only the end of this process closes."""
    reading, _writing = os.pipe()
    subprocess.Popen(  # noqa: S603 -- two numbers in a fixed sentence
        ["/bin/sh", "-c", f"read _; kill -{int(number)} {pid}"],
        stdin=reading,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(reading)
