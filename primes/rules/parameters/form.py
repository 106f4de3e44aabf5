"""What every sheet must keep to, piece by piece; what does not is refused by file and place."""

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from primes.rules.errors import ParameterRefused
from primes.rules.parameters.sheets import Reference, Words

Sheet = Any
"""What YAML gave: mappings of texts, not looked at yet."""
Word = TypeVar("Word", bound=StrEnum)

_LANGUAGES = {"fr", "ar", "en"}


def require(held: object, place: str, found: object, expected: str) -> None:
    if not held:
        raise ParameterRefused(place, found, expected)


def require_keys(entry: Sheet, expected: set[str], place: str) -> None:
    """Exactly these keys, none without a value; a scheme may have no warning at all, `{}`."""
    found = set(entry) if isinstance(entry, dict) else entry
    require(found == expected, place, found, f"exactly {', '.join(sorted(expected))}")
    empty = [key for key, value in entry.items() if value == ""]
    require(not empty, place, f"nothing in {', '.join(empty)}", "a value")


def words(entry: Sheet, place: str) -> Words:
    require_keys(entry, _LANGUAGES, place)
    return dict(entry)


def reference(entry: Sheet, place: str) -> Reference:
    """A text and its article or annex; the link only when the page is public."""
    linked = isinstance(entry, dict) and "link" in entry
    require_keys(entry, {"text", "place"} | ({"link"} if linked else set()), f"{place}: reference")
    return Reference(text=entry["text"], place=entry["place"], link=entry.get("link"))


def day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ParameterRefused(place, text, "a date, yyyy-mm-dd") from error


def member(kind: type[Word], text: str, place: str) -> Word:
    try:
        return kind(text)
    except ValueError as error:
        raise ParameterRefused(place, text, " or ".join(kind)) from error
