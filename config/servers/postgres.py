"""PostgreSQL: one cluster, reached by a private socket, peer authentication, no password."""

import os
import pwd
import shutil
from urllib.parse import quote

import psycopg

from config.servers.children import shell_status
from config.servers.errors import ServersError
from config.servers.server import Place, Server
from config.servers.wheels import PostgresBinaries

OWNER = "primes"
APPLICATION = "primes_app"
DATABASE = "primes"
MAX_CONNECTIONS = 200
# Written when initdb has ended; a folder without it is half made and is made again.
MARK = "primes-initialised"
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres(Server):
    """Owner (superuser of this private cluster) and application role both enter by peer."""

    name = "PostgreSQL"

    def __init__(self, place: Place, binaries: PostgresBinaries) -> None:
        super().__init__(place)
        self._binaries = binaries

    def url(self, role: str) -> str:
        return f"postgresql://{role}@/{DATABASE}?host={quote(str(self.place.sockets), safe='/')}"

    def prepare(self) -> None:
        super().prepare()
        if not (self.data / MARK).exists():
            self._initialise()
        client = _account_name(os.geteuid())
        # Peer, not trust: whoever reaches the socket is still asked who he is.
        self._configure("pg_hba.conf", "local all all peer map=us\n")
        self._configure("pg_ident.conf", f'us "{client}" all\n')

    def command(self, data: str) -> list[str]:
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.place.sockets}",
            "unix_socket_permissions=0700",
            f"max_connections={MAX_CONNECTIONS}",
            f"hba_file={self.place.run / 'pg_hba.conf'}",
            f"ident_file={self.place.run / 'pg_ident.conf'}",
            "timezone=UTC",
            "log_timezone=UTC",
            *(() if self.place.durable else NOT_DURABLE),
        ]
        options = [word for setting in settings for word in ("-c", setting)]
        return [str(self._binaries.postgres), "-D", data, *options]

    def is_ready(self, pid: int) -> bool:
        lines = self._pid_file_lines()
        return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"

    def previous_pid(self) -> int | None:
        lines = self._pid_file_lines()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def forget_previous(self) -> None:
        # The number may belong to a stranger by now, and would refuse the start for ever.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def create_roles_and_database(self) -> None:
        """Idempotent: roles belong to the cluster, and the state folder outlives many starts."""
        sockets = str(self.place.sockets)
        with psycopg.connect(
            host=sockets, user=OWNER, dbname="postgres", autocommit=True
        ) as connection:
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", APPLICATION):
                connection.execute(f"CREATE ROLE {APPLICATION} LOGIN")
            if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def _initialise(self) -> None:
        for entry in self.data.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        account = self.place.account or _account_name(os.geteuid())
        process = self.launched(
            lambda data: [
                *(str(self._binaries.initdb), "-D", data, f"--username={OWNER}", "--auth=peer"),
                *("--encoding=UTF8", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(() if self.place.durable else ("--no-sync",)),
            ]
        )
        if status := shell_status(process.wait()):
            raise ServersError(f"initdb as {account} ended with {status}.\n{self.log_tail()}")
        (self.data / MARK).touch()

    def _configure(self, name: str, text: str) -> None:
        path = self.place.run / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o644)

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []


def _exists(connection: "psycopg.Connection[tuple[object, ...]]", query: str, name: str) -> bool:
    return connection.execute(query.encode(), (name,)).fetchone() is not None


def _account_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise ServersError(
            f"User {uid} has no name on this machine, which PostgreSQL requires: "
            "set DATABASE_URL to a server of yours."
        ) from None
