"""Whose file it is: an official file names its firm, and no other firm may hand it over."""

from companies.imports.errors import FileRefused, Place


def check_owner(place: Place, found: str, expected: str) -> None:
    """Numbers are compared without the zeros that spreadsheets lose; raises `FileRefused`."""
    if found.lstrip("0") != expected.lstrip("0"):
        raise FileRefused("file_of_another_firm", place, found, expected)
