"""Writing and checking the journal: one hash chain per stream."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from django.db import connection

from accounts.models import JournalEntry, User

GENESIS = "0" * 64


def link_hash(entry: JournalEntry) -> str:
    """SHA-256 of the entry's content and of the hash before it, over canonical JSON."""
    content = [
        entry.stream,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.firm,
        entry.detail,
        entry.previous_hash,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    *,
    stream: str,
    action: str,
    acting_user: User,
    at: datetime,
    firm: str = "",
    detail: Mapping[str, object] | None = None,
) -> JournalEntry:
    """Add one entry to a stream; must run inside the transaction of the act it tells.

    An advisory lock on the stream makes two acts on it wait for one another, so that the ranks have
    no hole.
    """
    return record_all(
        streams=[(stream, firm, dict(detail or {}))], action=action, acting_user=acting_user, at=at
    )[0]


def record_all(
    *,
    streams: Iterable[tuple[str, str, Mapping[str, object]]],
    action: str,
    acting_user: User,
    at: datetime,
) -> list[JournalEntry]:
    """The same act on many streams, set-based; `streams` are (stream, firm, detail), any order."""
    wanted = sorted(streams, key=lambda item: item[0])
    heads = _locked_heads([stream for stream, _, _ in wanted])
    entries = []
    for stream, firm, detail in wanted:
        sequence, previous_hash = heads[stream]
        entry = JournalEntry(
            stream=stream,
            sequence=sequence + 1,
            at=at,
            actor=acting_user,
            action=action,
            firm=firm,
            detail=dict(detail),
            previous_hash=previous_hash,
        )
        entry.hash = link_hash(entry)
        heads[stream] = (entry.sequence, entry.hash)
        entries.append(entry)
    return JournalEntry.objects.bulk_create(entries)


def _locked_heads(streams: list[str]) -> dict[str, tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(s, 0))"
            " FROM (SELECT DISTINCT unnest(%s::text[]) AS s ORDER BY s) AS ordered",
            [streams],
        )
        cursor.execute(
            "SELECT DISTINCT ON (stream) stream, sequence, hash FROM accounts_journalentry"
            " WHERE stream = ANY(%s) ORDER BY stream, sequence DESC",
            [streams],
        )
        found = {stream: (sequence, head) for stream, sequence, head in cursor.fetchall()}
    return {stream: found.get(stream, (0, GENESIS)) for stream in streams}


def broken_links() -> Iterator[tuple[JournalEntry, str]]:
    """Every entry whose hash, rank or link is not what it should be, with the code of the fault."""
    stream, sequence, head = "", 0, GENESIS
    entries = JournalEntry.objects.order_by("stream", "sequence").iterator(chunk_size=5000)
    for entry in entries:
        if entry.stream != stream:
            stream, sequence, head = entry.stream, 0, GENESIS
        if entry.sequence != sequence + 1:
            yield entry, "journal_rank_missing"
        elif entry.previous_hash != head:
            yield entry, "journal_link_broken"
        elif entry.hash != link_hash(entry):
            yield entry, "journal_entry_changed"
        sequence, head = entry.sequence, entry.hash
