"""What stands on a command line: files to read, the account to act as."""

from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError

from accounts.models import User
from companies.imports.errors import FileRefused, Place, Problem


def contents(paths: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Name and bytes; files of one name in several folders are told apart by their folder.

    Raises `FileRefused` with a `cannot_read` for each file that is not there.
    """
    names = [path.name for path in paths]
    read, problems = [], []
    for path in paths:
        name = path.name if names.count(path.name) == 1 else str(path)
        try:
            read.append((name, path.read_bytes()))
        except OSError as broken:
            problems.append(Problem("cannot_read", Place(str(path)), broken.strerror or ""))
    if problems:
        raise FileRefused.because_of(problems)
    return read


def account_named(email: str) -> User:
    """The account of `--as ADRESSE`."""
    named = User.objects.filter(email__iexact=email).first()
    if named is None:
        raise CommandError(f"Aucun compte n'a l'adresse {email}.")
    return named
