"""Signals as something a loop waits for, so that nothing is interrupted half done."""

import contextlib
import os
import select
import signal
import socket
from collections.abc import Iterator
from types import FrameType

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Bell:
    """Rung by a signal that asks to stop, and by the end of a child."""

    def __init__(self, wakeup: socket.socket) -> None:
        self._wakeup = wakeup
        self._asked = 0

    def wait(self, seconds: float) -> None:
        """Sleep until the next signal, at most `seconds`."""
        select.select([self._wakeup], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            self._wakeup.recv(4096)

    def take(self) -> int:
        """The signal that asked to stop since the last call, or 0."""
        asked, self._asked = self._asked, 0
        return asked

    def note(self, number: int, _frame: FrameType | None) -> None:
        """The handler of the signals."""
        if number != signal.SIGCHLD:
            self._asked = number


@contextlib.contextmanager
def listening() -> Iterator[Bell]:
    """Listen from the main thread; a signal ignored from the start (nohup) stays ignored."""
    inside, outside = socket.socketpair()
    with inside, outside:
        inside.settimeout(0)
        outside.settimeout(0)
        bell = Bell(inside)
        previous_wakeup = signal.set_wakeup_fd(outside.fileno(), warn_on_full_buffer=False)
        heard = [n for n in STOPPING if signal.getsignal(n) is not signal.SIG_IGN]
        previous = {number: signal.signal(number, bell.note) for number in (*heard, signal.SIGCHLD)}
        try:
            yield bell
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(previous_wakeup)


def terminal_told_everyone() -> bool:
    """Whether this is the foreground of a terminal: its Ctrl-C has reached the command too."""
    try:
        descriptor = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(descriptor)
