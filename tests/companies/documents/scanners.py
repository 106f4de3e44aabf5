"""A scanner that listens on a real socket and speaks the protocol of clamd."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIGNATURE = b"EICAR-STANDARD"


class Conversation(socketserver.BaseRequestHandler):
    """One INSTREAM: chunks with their length, an empty one, then the verdict."""

    def handle(self) -> None:
        assert self._exactly(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self._exactly(4))[0]:
            content += self._exactly(length)
        self.server.received.append(content)
        found = b"stream: Eicar-Signature FOUND" if SIGNATURE in content else b"stream: OK"
        self.request.sendall((self.server.says or found) + b"\0")

    def _exactly(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            more = self.request.recv(size - len(read))
            assert more, "the client went away"
            read += more
        return read


class TcpScanner(socketserver.ThreadingTCPServer):
    daemon_threads = True


class UnixScanner(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def scanner(path: Path | None = None, says: bytes = b"") -> Iterator[tuple[str, list[bytes]]]:
    """Its address and what it has received; `says` replaces its verdict."""
    server = (
        UnixScanner(str(path), Conversation) if path else TcpScanner(("127.0.0.1", 0), Conversation)
    )
    server.received, server.says = [], says
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield (
            f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}",
            server.received,
        )
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
