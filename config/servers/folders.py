"""Where the servers keep their data, and where their sockets live while they run.

The state folder's name carries the uid, so that a clone used by root and by a user has two.
"""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from config.env import make_folder
from config.servers.errors import ServersError

LOCK_PATIENCE = 2.0
START_PATIENCE = 30.0
RUN_PREFIX = "primes-servers-"


def servers_folder(state: Path) -> Path:
    """The folder of this account's servers below the state folder."""
    return state / f"servers-{os.geteuid()}"


@contextlib.contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold `folder` alone. Raises ServersError, naming the process that has it already."""
    try:
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ServersError(
            f"{folder} cannot be written ({error.strerror}): set PRIMES_STATE to a folder of yours."
        ) from None
    try:
        if not _lock_within(descriptor, LOCK_PATIENCE):
            raise ServersError(
                f"Process {_holder(folder)} already runs the servers of {folder}: stop it first."
            )
        (folder / "running.json").unlink(missing_ok=True)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
        (folder / "running.json").unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def announce(folder: Path, urls: Mapping[str, str]) -> None:
    """Let other commands of this account find the servers while `folder` is claimed."""
    draft = folder / "running.json.new"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"pid": str(os.getpid()), **urls}), encoding="utf-8")
    draft.replace(folder / "running.json")


def running_urls(folder: Path) -> dict[str, str]:
    """The variables of the servers that run now, waiting for those that just start; else empty."""
    deadline = time.monotonic() + START_PATIENCE
    while _is_claimed(folder) and time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError):
            found: dict[str, str] = json.loads(
                (folder / "running.json").read_text(encoding="utf-8")
            )
            if found.pop("pid") == _holder(folder):
                return found
        time.sleep(0.1)
    return {}


@contextlib.contextmanager
def run_folder(parent: Path) -> Iterator[Path]:
    """A fresh folder with a short name, removed at the end; what a killed run left goes first."""
    _remove_abandoned(parent)
    folder = Path(tempfile.mkdtemp(prefix=RUN_PREFIX, dir=parent))
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _remove_abandoned(parent: Path) -> None:
    """Only folders of ours, with our lock, which nobody holds and which are no longer new."""
    for folder in parent.glob(f"{RUN_PREFIX}*"):
        with contextlib.suppress(OSError):
            about = folder.lstat()
            ours = about.st_uid == os.geteuid() and not folder.is_symlink()
            if ours and time.time() - about.st_mtime > 60 and not _is_claimed(folder, missing=True):
                shutil.rmtree(folder, ignore_errors=True)


def _is_claimed(folder: Path, *, missing: bool = False) -> bool:
    """Whether a living process holds the lock; `missing` is the answer when there is none."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except OSError:
        return missing
    try:
        return not _lock_within(descriptor, 0.0)
    finally:
        os.close(descriptor)


def _lock_within(descriptor: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def _holder(folder: Path) -> str:
    return (folder / "lock").read_text(encoding="ascii")
