"""`manage.py simulate FILE…`: the law on files alone, without a database."""

import csv
import io
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, Self

from companies.imports.errors import FileRefused, Place
from companies.imports.reading.values import ValueRefused, read_day
from primes.claims.from_files import from_files
from primes.claims.from_files_person import FirmSaid
from primes.claims.from_files_result import COLUMNS, result_rows, trace_rows
from primes.management.asked import contents
from primes.management.piped import PipedCommand
from primes.management.refusals import refusal_text
from primes.management.simulation import summary
from primes.rules.columns import BRANCHES
from primes.rules.engine import assess
from primes.rules.errors import UnknownScheme, YearOutsideScheme
from primes.rules.parameters.loader import scheme_names

EXIT_REFUSED = 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands on the command line."""

    files: Sequence[Path]
    scheme: str
    year: int
    firm: FirmSaid
    out: Path | None
    trace: Path | None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        firm = FirmSaid(options["branch"], options["certificate_until"])
        return cls(
            options["files"],
            options["scheme"],
            options["year"],
            firm,
            options["out"],
            options["explain"],
        )


class Command(PipedCommand):
    help = "Applique la loi à un fichier de personnes, ou à des DS et à l'état 9421, sans base."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--scheme", required=True, help=", ".join(scheme_names()))
        parser.add_argument("--year", required=True, type=int, help="exercice, par exemple 2026")
        parser.add_argument(
            "--branch",
            type=_branch,
            metavar="FILIÈRE",
            help="filière de l'entreprise ; sans elle, la condition est tenue pour remplie",
        )
        parser.add_argument(
            "--certificate-until",
            type=_day,
            metavar="JOUR",
            help="dernier jour du certificat d'éligibilité : 2026-12-31 ou 31/12/2026",
        )
        parser.add_argument("--out", type=Path, help="fichier de résultat (CSV)")
        parser.add_argument(
            "--explain", type=Path, help="toutes les étapes, une ligne par personne"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Everything is computed, then everything is written, or nothing is."""
        asked = _Asked.of(options)
        try:
            _refuse_overwriting(asked)
            read = from_files(
                contents(asked.files), scheme=asked.scheme, year=asked.year, firm=asked.firm
            )
            answer = assess(read.facts, asked.scheme, asked.year)
            result = _csv(result_rows(read, answer))
            written: dict[Path, Iterable[str]] = {asked.out: [result]} if asked.out else {}
            if asked.trace:
                written[asked.trace] = _json_lines(trace_rows(read, answer))
            _write_all(written)
        except (FileRefused, UnknownScheme, YearOutsideScheme) as refused:
            self._refuse(refusal_text(refused))
        if not asked.out:
            self.stdout.write(result)
        for line in summary(read, answer):
            self.stdout.write(line)

    def _refuse(self, text: str) -> NoReturn:
        self.stderr.write(text)
        self.stderr.write("Rien n'a été écrit.")
        sys.exit(EXIT_REFUSED)


def _branch(text: str) -> str:
    branch = text.upper()
    if branch not in BRANCHES.values:
        raise ArgumentTypeError(
            f"« {text} » n'est pas une filière ; écrivez {', '.join(BRANCHES.values)}"
        )
    return branch


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueRefused as refused:
        raise ArgumentTypeError(
            f"« {text} » n'est pas un jour ; écrivez par exemple 2026-12-31 ou 31/12/2026"
        ) from refused


def _refuse_overwriting(asked: _Asked) -> None:
    """A file to write is none of the files read, no other file to write, no folder or device."""
    taken = [path.resolve() for path in asked.files]
    for path in filter(None, (asked.out, asked.trace)):
        if path.resolve() in taken:
            raise FileRefused("overwrites_input", Place(str(path)), path.name)
        if path.exists() and not path.is_file():
            raise FileRefused("cannot_write", Place(str(path)), path.name)
        taken.append(path.resolve())


def _csv(rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    return (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_all(written: Mapping[Path, Iterable[str]]) -> None:
    """Each under a temporary name beside its own, then all renamed.

    A trace is long: it is written as it is made, and never stands in memory as a whole.
    """
    temporary = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in written}
    try:
        for path, lines in written.items():
            with temporary[path].open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        for path in written:
            temporary[path].replace(path)
    except OSError as broken:
        raise FileRefused("cannot_write", Place(str(path)), broken.strerror or "") from broken
    finally:
        for path in temporary.values():
            with suppress(OSError):
                path.unlink()
