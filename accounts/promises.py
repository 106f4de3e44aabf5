"""A promise is a question whose right answer is « nothing »: each row it gives back is a breach,
named.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from accounts.journal import broken_links


@dataclass(frozen=True, slots=True)
class Breach:
    """`place` names the guilty row as a person would: table and reference."""

    promise: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.place}: found {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Promise:
    code: str
    breaches: Callable[[], Iterable[Breach]]


def by_query(code: str, statement: str) -> Promise:
    """A promise held by one statement that selects (place, found, expected) of each breach."""

    def breaches() -> Iterator[Breach]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            for place, found, expected in cursor.fetchall():
                yield Breach(code, place, str(found), str(expected))

    return Promise(code, breaches)


def _journal() -> Iterator[Breach]:
    for entry, fault in broken_links():
        yield Breach(
            "journal_chain_whole", f"journal {entry.stream} {entry.sequence}", fault, "link"
        )


PROMISES = (Promise("journal_chain_whole", _journal),)
