"""`make run`: a taken port, children that die."""

import os
import socket
import sys
import time

import pytest

from config.run import Child, RunError
from config.servers.children import Launch, Restarts
from tests.config.conftest import all_end, is_alive


def child_of(program, **options):
    return Child("web", Launch([sys.executable, "-c", program], os.environ), **options)


def test_a_child_that_ends_is_started_again():
    child = child_of("import time; time.sleep(30)")
    child.start()
    first = child.process
    first.kill()
    first.wait()

    child.keep_alive()
    second = child.process
    child.stop()

    assert second.pid != first.pid
    assert not is_alive(second.pid)


def test_a_child_that_keeps_dying_is_given_up():
    child = child_of("raise SystemExit(3)", restarts=Restarts(limit=2))
    child.start()
    for _ in range(2):
        child.process.wait()
        child.keep_alive()
    child.process.wait()

    with pytest.raises(RunError, match="web keeps dying"):
        child.keep_alive()


def test_what_a_child_left_in_its_group_ends_with_it(tmp_path):
    program = (
        "import subprocess, sys, time; sleeper = subprocess.Popen(['sleep', '30']); "
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(sleeper.pid)); time.sleep(30)"
    )
    child = child_of(program)
    child.start()
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.02)

    child.stop()

    assert all_end({int((tmp_path / "pid").read_text())}, seconds=2)


@pytest.mark.servers
def test_a_taken_port_is_named_and_another_suggested(commands, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        process = commands.start("-m", "config.run", PORT=str(port))
        text, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert text == (
        f"Port {port} cannot be used (Address already in use): choose another, "
        f"for example `make run PORT={port + 1}`.\n"
    )
    assert not (tmp_path / "state").exists()
