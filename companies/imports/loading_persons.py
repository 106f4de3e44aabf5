"""Which person each row is about: found or made by the keyed hashes of CIN and CNSS number.

A row that has both numbers ties them together. Two half-known persons, one by a CIN and one by a
number, become one when a file ties them (the number was pending until then); anything that
contradicts what is known is refused with its line, because nobody may become somebody else in
silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.sealing import fingerprint
from companies.imports.errors import FileRefused, Place, Problem
from companies.imports.incoming import Incoming
from companies.imports.sets import insert_rows, update_rows
from companies.workforce.models import Person

NUMBER_FIELDS = {"ds": "N_Num_Assure", "etat9421": "numCNSS", "people": "matricule_cnss"}
ONE_PERSON = "a CIN and a CNSS number of one same person"
HASH_COLUMNS = ("cin_fingerprint", "cnss_fingerprint")

Hashes = tuple[bytes, bytes]
"""Of the CIN and of the number of one row; empty where the row has none."""


@dataclass(slots=True, eq=False)
class Identity:
    """One person as known while files are loaded; `person_id` 0 until written."""

    cin: bytes
    number: bytes
    person_id: int = 0
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Two persons, by primary key, that the row at `place` says are one."""

    kept: int
    dropped: int
    place: Place


@dataclass(frozen=True, slots=True)
class Persons:
    """For each file the person of each row, what is left to write, and who turned out to be one.

    The database still holds both persons of each merge.
    """

    of_rows: list[list[int]]
    merged: list[Merge]
    completed: list[tuple[int, bytes, bytes]]


def find_persons(files: Sequence[Incoming]) -> Persons:
    """Raises `FileRefused` with every row that contradicts what is known."""
    hashes = _hashes(files)
    while True:
        register = _Register(hashes)
        _tie(files, hashes, register)
        of_rows = [[register.of(row) for row in rows] for rows in hashes]
        # Somebody else's load may have made one of them meanwhile: then look again.
        if register.write_new():
            break
    return Persons(
        [[identity.person_id for identity in rows] for rows in of_rows],
        register.merged,
        register.completed(),
    )


def complete_persons(persons: Persons) -> None:
    """Write the second hash of those who had one; a dropped person, gone by now, had it before."""
    update_rows(Person, HASH_COLUMNS, persons.completed)


def _hashes(files: Sequence[Incoming]) -> list[list[Hashes]]:
    known: dict[tuple[str, str | None], bytes] = {}

    def of(kind: str, text: str | None) -> bytes:
        if (kind, text) not in known:
            known[kind, text] = fingerprint(kind, text or "")
        return known[kind, text]

    return [
        [
            (of("cin", cin), of("cnss", number))
            for cin, number in zip(each.people.cin, each.people.number, strict=True)
        ]
        for each in files
    ]


def _tie(
    files: Sequence[Incoming], hashes: Sequence[Sequence[Hashes]], register: "_Register"
) -> None:
    """Rows with both numbers come first, so that no file makes two persons of one."""
    problems = []
    for each, rows in zip(files, hashes, strict=True):
        for position, row in enumerate(rows):
            if not all(row):
                continue
            place = Place(each.name, each.people.line[position], NUMBER_FIELDS[each.kind])
            if not register.tie(row, place):
                found = each.people.number[position] or ""
                problems.append(Problem("person_conflict", place, found, ONE_PERSON))
    if problems:
        raise FileRefused.because_of(problems)


class _Register:
    """Persons known by either hash, those of the database first."""

    def __init__(self, hashes: Iterable[Iterable[Hashes]]) -> None:
        self.merged: list[Merge] = []
        self._by_cin: dict[bytes, Identity] = {}
        self._by_number: dict[bytes, Identity] = {}
        wanted = {row for rows in hashes for row in rows}
        found = Person.objects.filter(
            Q(cin_fingerprint__in=[cin for cin, _ in wanted if cin])
            | Q(cnss_fingerprint__in=[number for _, number in wanted if number])
        )
        for pk, cin, number in found.values_list("pk", *HASH_COLUMNS):
            self._add(Identity(bytes(cin or b""), bytes(number or b""), pk))

    def _add(self, identity: Identity) -> Identity:
        if identity.cin:
            self._by_cin[identity.cin] = identity
        if identity.number:
            self._by_number[identity.number] = identity
        return identity

    def tie(self, hashes: Hashes, place: Place) -> bool:
        """Say that both belong to one person; False when something known contradicts it."""
        cin, number = hashes
        by_cin, by_number = self._by_cin.get(cin), self._by_number.get(number)
        if by_cin is by_number:
            if by_cin is None:
                self._add(Identity(cin, number))
            return True
        if (by_cin and by_cin.number) or (by_number and by_number.cin):
            return False
        halves = sorted(
            (half for half in (by_cin, by_number) if half), key=lambda half: half.person_id
        )
        kept = halves[0]
        self.merged += [Merge(kept.person_id, dropped.person_id, place) for dropped in halves[1:]]
        kept.cin, kept.number, kept.completed = cin, number, True
        self._add(kept)
        return True

    def of(self, hashes: Hashes) -> Identity:
        cin, number = hashes
        known = self._by_number.get(number) if number else self._by_cin.get(cin)
        return known or self._add(Identity(cin, number))

    def write_new(self) -> bool:
        """One statement; False when another transaction wrote one of them first.

        In the order of the hashes, so that two loads that meet never wait for one another in a
        circle.
        """
        new = sorted(
            (each for each in self._identities() if not each.person_id),
            key=lambda each: (each.cin, each.number),
        )
        written = insert_rows(
            Person,
            HASH_COLUMNS,
            [(each.cin or None, each.number or None) for each in new],
            on_conflict="ON CONFLICT DO NOTHING",
            returning=("id", *HASH_COLUMNS),
        )
        for pk, cin, number in written:
            known = self._by_number[bytes(number)] if number else self._by_cin[bytes(cin)]
            known.person_id = pk
        return len(written) == len(new)

    def completed(self) -> list[tuple[int, bytes, bytes]]:
        """In the order of their keys, for the same reason."""
        return sorted(
            (each.person_id, each.cin, each.number) for each in self._identities() if each.completed
        )

    def _identities(self) -> set[Identity]:
        return {*self._by_cin.values(), *self._by_number.values()}
