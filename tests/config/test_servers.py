"""The embedded servers, really started: life, death, and nothing left behind."""

import os
import signal
import sys
import time

import pytest

from config.servers import wheels
from config.servers.children import Restarts
from config.servers.errors import ServersError
from tests.config.conftest import all_end, descendants

pytestmark = pytest.mark.servers

WAIT = "import os, time; print(os.environ['DATABASE_URL'], flush=True); time.sleep(60)"
CONNECT = """
import os, psycopg
c = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
"""
WRITE = CONNECT + "c.execute('CREATE TABLE kept AS SELECT 5 AS five')\n"
READ = CONNECT + "print(c.execute('TABLE kept').fetchone())"
KILL_POSTGRES = (
    CONNECT
    + """
import signal, time
c.close()
folder = os.environ["DATABASE_URL"].partition("host=")[2]
with open(folder + "/.s.PGSQL.5432.lock") as lock:
    os.kill(int(lock.readline()), signal.SIGKILL)
time.sleep(3)
"""
)
ROLES = (
    CONNECT
    + """
c.execute("CREATE EXTENSION btree_gist")
c.execute("CREATE DATABASE another")
a = psycopg.connect(os.environ["APP_DATABASE_URL"])
print(*a.execute(
    "SELECT current_user, rolsuper, rolcreaterole, rolbypassrls, current_database() "
    "FROM pg_roles WHERE rolname = current_user"
).fetchone())
import redis
print(redis.Redis.from_url(os.environ["REDIS_URL"]).ping())
"""
)
FIND = """
import sys
from pathlib import Path
from config.servers.folders import running_urls, servers_folder
print(running_urls(servers_folder(Path(sys.argv[1]))).get("DATABASE_URL"))
"""


def output_of(process, status=0):
    text, _ = process.communicate(timeout=30)
    assert process.returncode == status, text
    return text.splitlines()


def test_the_command_gets_an_owner_an_application_role_and_a_broker(commands):
    lines = output_of(commands.beside_servers("-c", ROLES))

    assert lines == ["primes_app False False False primes", "True"]


def test_the_status_of_the_command_is_returned(commands):
    process = commands.beside_servers("-c", "raise SystemExit(7)")

    assert output_of(process, status=7) == []


def test_two_at_once_have_servers_of_their_own(commands):
    both = [commands.beside_servers("-c", WAIT) for _ in range(2)]

    first, second = (process.stdout.readline() for process in both)

    assert first.startswith("postgresql://primes@/primes?host=/")
    assert first != second


def test_a_stop_by_signal_leaves_no_process_and_no_folder(commands):
    supervisor = commands.beside_servers("-c", WAIT)
    folder = supervisor.stdout.readline().strip().partition("host=")[2]
    processes = descendants(supervisor.pid)

    supervisor.terminate()
    status = supervisor.wait(timeout=20)

    assert status == 128 + signal.SIGTERM
    assert len(processes) > 5
    assert all_end(processes, seconds=0)
    assert not os.path.exists(folder)  # noqa: PTH110 -- as printed by the command


def test_what_the_command_left_in_a_session_of_its_own_ends_with_it(commands):
    spawn = (
        "import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', "
        "'import time; time.sleep(60)'], start_new_session=True).pid, flush=True)"
    )

    (orphan,) = output_of(commands.beside_servers("-c", spawn))

    assert all_end({int(orphan)}, seconds=0)


def test_data_outlive_a_killed_supervisor_and_its_servers_do_not(commands):
    supervisor = commands.beside_servers("-c", WRITE + WAIT, ephemeral=False)
    supervisor.stdout.readline()
    processes = descendants(supervisor.pid)

    supervisor.kill()

    assert output_of(commands.beside_servers("-c", READ, ephemeral=False)) == ["(5,)"]
    assert all_end(processes)


def test_a_second_supervisor_of_the_same_data_names_the_first(commands):
    first = commands.beside_servers("-c", WAIT, ephemeral=False)
    first.stdout.readline()

    (sentence,) = output_of(commands.beside_servers("-c", "", ephemeral=False), status=69)

    assert sentence.startswith(f"Process {first.pid} already runs the servers of ")


def test_a_server_that_dies_is_started_again_at_the_same_address(commands):
    ask = CONNECT + "print(c.execute('SELECT 1').fetchone())"

    lines = output_of(commands.beside_servers("-c", KILL_POSTGRES + ask))

    assert lines == ["PostgreSQL had died and was started again.", "(1,)"]


def test_a_state_folder_below_a_private_folder_works_and_keeps_its_mode(commands, tmp_path):
    tmp_path.chmod(0o700)

    status = commands.beside_servers("-c", "", ephemeral=False).wait(timeout=30)

    assert status == 0
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "state" / f"servers-{os.geteuid()}" / "postgresql").is_dir()


def test_named_servers_are_used_and_none_is_started(commands):
    named = {"DATABASE_URL": "postgresql://u@db/primes", "REDIS_URL": "redis://broker/0"}
    show = "import os; print(os.environ['DATABASE_URL'], os.getpid())"

    process = commands.start("-m", "config.servers", "--", sys.executable, "-c", show, **named)

    assert output_of(process) == [f"postgresql://u@db/primes {process.pid}"]


def test_a_platform_without_wheels_is_told_what_to_set(monkeypatch):
    monkeypatch.setattr(wheels, "POSTGRES_WHEELS", (("absent_wheel", "pginstall"),))

    with pytest.raises(ServersError, match="set DATABASE_URL and REDIS_URL"):
        wheels.find_postgres()


def test_restarts_are_counted_within_their_time():
    restarts = Restarts(limit=2, seconds=60)

    assert [restarts.take(moment) for moment in (0, 1, 59, 60, 61)] == [
        True,
        True,
        False,
        True,
        True,
    ]


def test_commands_of_the_same_account_find_the_running_servers(commands, tmp_path):
    state = str(tmp_path / "state")
    supervisor = commands.beside_servers("-c", WAIT, ephemeral=False)
    url = supervisor.stdout.readline().strip()
    found = output_of(commands.start("-c", FIND, state))
    supervisor.terminate()
    supervisor.wait(timeout=20)
    started = time.monotonic()

    assert found == [url]
    assert output_of(commands.start("-c", FIND, state)) == ["None"]
    assert time.monotonic() - started < 5
