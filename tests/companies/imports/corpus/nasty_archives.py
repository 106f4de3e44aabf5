"""Nasty archives: several files in one, one file many times, and what hides in between."""

from collections.abc import Callable, Mapping
from copy import copy
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.companies.imports.corpus.nasty_declarations import DECLARATIONS
from tests.companies.imports.corpus.nasty_people import csv_text

MEGABYTE = 1 << 20
LOCKED_FLAG = 1
FLAGS_IN_LOCAL_HEADER, FLAGS_IN_DIRECTORY = 6, 8


def zipped(*members: tuple[str, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def _both_declarations() -> bytes:
    ds, etat = DECLARATIONS["ds_lf.txt"](), DECLARATIONS["etat9421.xml"]()
    return zipped(("paie/DS_1234567_012026.txt", ds), ("paie/etat9421_2025.xml", etat))


def _nested() -> bytes:
    return zipped(("dedans.zip", zipped(("gens.csv", csv_text().encode()))))


def unfolding_into(name: str, megabytes: int, beside: bytes = b"") -> bytes:
    """A member that unfolds to a thousand times its size, in a new archive or one that is there."""
    out = BytesIO(beside)
    with ZipFile(out, "a", ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(megabytes):
            member.write(b"0" * MEGABYTE)
    return out.getvalue()


def _overlapping() -> bytes:
    """Ten thousand entries of the directory show the same megabyte of the archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("gens.csv", b"0" * MEGABYTE)
        entry = archive.filelist[0]
        archive.filelist += [copy(entry) for _ in range(10_000)]
    return out.getvalue()


def _few_overlapping() -> bytes:
    """Few enough entries to be looked at, all of the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("gens.csv", csv_text().encode())
        archive.filelist += [copy(archive.filelist[0]) for _ in range(3)]
    return out.getvalue()


def _locked() -> bytes:
    content = bytearray(zipped(("gens.csv", csv_text().encode()), compression=ZIP_STORED))
    content[FLAGS_IN_LOCAL_HEADER] |= LOCKED_FLAG
    content[content.index(b"PK\x01\x02") + FLAGS_IN_DIRECTORY] |= LOCKED_FLAG
    return bytes(content)


def _many_members() -> bytes:
    return zipped(*((f"gens_{at}.csv", b"nom") for at in range(3_000)))


def _named(name: str) -> bytes:
    return zipped((name, csv_text().encode()))


ARCHIVES: Mapping[str, Callable[[], bytes]] = {
    "both_declarations.zip": _both_declarations,
    "nested.zip": _nested,
    "bomb.zip": lambda: unfolding_into("zeros.csv", 120),
    "overlapping.zip": _overlapping,
    "few_overlapping.zip": _few_overlapping,
    "locked.zip": _locked,
    "many_members.zip": _many_members,
    "no_member.zip": zipped,
    "name_that_climbs.zip": lambda: _named("../../etc/passwd.csv"),
    "name_absolute.zip": lambda: _named("/etc/gens.csv"),
    "name_backwards.zip": lambda: _named("gens\N{RIGHT-TO-LEFT OVERRIDE}vsc.exe"),
    "cut.zip": lambda: zipped(("gens.csv", csv_text().encode()))[:-30],
}
