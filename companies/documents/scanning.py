"""Papers held against a malware scanner, clamd, over its own protocol.

A scanner that is down changes nothing: what waits goes on waiting, and the next call tries again.
"""

import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from accounts.models import User
from companies.documents.models import Piece
from companies.firms.journal import record_of

CHUNK_SIZE = 1 << 16
SECONDS_MAX = 30
ANSWER_SIZE_MAX = 4_096
State = Piece.State

log = logging.getLogger(__name__)


class ScannerDownError(Exception):
    """Nobody answers where the scanner should listen."""


@dataclass(frozen=True, slots=True)
class ScanReport:
    clean: int
    infected: int
    waiting: int


def scan_waiting(*, limit: int, acting_user: User, at: datetime) -> ScanReport:
    """Scan some of the papers that wait, then of those that were released without a scan.

    No lock is held while the scanner works; a verdict is written once, by whoever comes first.
    """
    unsettled = Piece.objects.filter(state__in=[State.WAITING, State.UNSCANNED])
    # « waiting » comes after « unscanned » in the order of letters.
    chosen = list(unsettled.order_by("-state", "pk").values_list("pk", flat=True)[:limit])
    written = {State.CLEAN: 0, State.INFECTED: 0}
    if settings.CLAMD_ADDRESS:
        for pk in chosen:
            try:
                state = verdict(_content_of(pk), settings.CLAMD_ADDRESS)
            except ScannerDownError as down:
                log.warning("scanner: %s", down)
                break
            if state is not None:
                written[state] += _write(pk, state, acting_user, at)
    waiting = Piece.objects.filter(state=State.WAITING).count()
    return ScanReport(written[State.CLEAN], written[State.INFECTED], waiting)


def verdict(content: bytes, address: str) -> Piece.State | None:
    """Clean or infected; None for an answer that is neither. Raises `ScannerDownError`."""
    try:
        with _connected(address) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for begin in range(0, len(content), CHUNK_SIZE):
                chunk = content[begin : begin + CHUNK_SIZE]
                scanner.sendall(struct.pack(">I", len(chunk)) + chunk)
            scanner.sendall(struct.pack(">I", 0))
            answer = _answer(scanner)
    except OSError as down:
        raise ScannerDownError(str(down)) from down
    if answer.endswith(b" OK"):
        return State.CLEAN
    if answer.endswith(b" FOUND"):
        return State.INFECTED
    log.warning("scanner: no verdict in %r", answer[:80])
    return None


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as scanner:
            scanner.settimeout(SECONDS_MAX)
            scanner.connect(parts.path)
            yield scanner
    else:
        place = parts.hostname or "", parts.port or 0
        with socket.create_connection(place, timeout=SECONDS_MAX) as scanner:
            yield scanner


def _answer(scanner: socket.socket) -> bytes:
    """Up to the NUL that ends it, or the end of the connection."""
    received = b""
    while b"\0" not in received and len(received) < ANSWER_SIZE_MAX:
        more = scanner.recv(ANSWER_SIZE_MAX)
        if not more:
            break
        received += more
    return received.partition(b"\0")[0]


def _content_of(pk: int) -> bytes:
    return bytes(Piece.objects.values_list("file__content", flat=True).get(pk=pk))


def _write(pk: int, state: Piece.State, acting_user: User, at: datetime) -> int:
    """1, or 0 when another verdict was there first."""
    with transaction.atomic():
        unsettled = Piece.objects.filter(pk=pk, state__in=[State.WAITING, State.UNSCANNED])
        changed = unsettled.update(state=state, scanned_at=at)
        if changed:
            piece = Piece.objects.select_related("firm").get(pk=pk)
            told = {"piece": piece.public_id, "state": state.value}
            record_of(piece.firm, "piece.scan", acting_user, at, **told)
    return changed
