"""Valkey: the broker. It speaks the protocol of Redis, on a private socket only."""

import contextlib
import socket
from pathlib import Path

from config.servers.server import Place, Server

SOCKET = "valkey.sock"
PID_FILE = "valkey.pid"


class Valkey(Server):
    """Queues survive a restart (append-only file); nothing is ever evicted."""

    name = "Valkey"

    def __init__(self, place: Place, binary: Path) -> None:
        super().__init__(place)
        self._binary = binary

    def url(self) -> str:
        return f"unix://{self.place.sockets / SOCKET}?db=0"

    def command(self, data: str) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.place.sockets / SOCKET),
            "unixsocketperm": "700",
            "dir": data,
            "pidfile": PID_FILE,
            "save": "",
            "appendonly": "yes" if self.place.durable else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        return [str(self._binary), *words]

    def is_ready(self, pid: int) -> bool:
        with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
            client.settimeout(1.0)
            client.connect(str(self.place.sockets / SOCKET))
            client.sendall(b"PING\r\n")
            return client.recv(64).startswith(b"+PONG")
        return False

    def previous_pid(self) -> int | None:
        with contextlib.suppress(FileNotFoundError, ValueError):
            return int((self.data / PID_FILE).read_text(encoding="ascii"))
        return None

    def forget_previous(self) -> None:
        (self.data / PID_FILE).unlink(missing_ok=True)
