"""What changed between two versions of the rules: the values of their sheets, and their code.

Both are read from the bytes kept with each version, so that any two can be compared, whichever one
this process runs.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from primes.claims.models.rule_set import RuleSet
from primes.rules.parameters.loader import read_sheet

_RULES = "primes/rules/"
_SHEETS = "primes/rules/parameters/"
_SCHEME_SHEET = "scheme.yaml"


@dataclass(frozen=True, slots=True, order=True)
class ValueChange:
    """A value as it was and is written, empty where there is none on that date of effect."""

    scheme: str
    parameter: str
    since: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """`texts` are the modules, and the sheets without dated values, that are not written the same,
    comments included.
    """

    values: tuple[ValueChange, ...]
    texts: tuple[str, ...]


def changes_since_last_release(rule_set: RuleSet) -> tuple[RuleSet, Changes] | None:
    """The version released last before this one and what changed since; None for the first."""
    others = RuleSet.objects.released().exclude(pk=rule_set.pk)
    if rule_set.released_at is not None:
        others = others.filter(released_at__lte=rule_set.released_at, pk__lt=rule_set.pk)
    last = others.order_by("-released_at", "-pk").first()
    if last is None:
        return None
    package = RuleSet.objects.values_list("package", flat=True).get(pk=rule_set.pk)
    return last, changes_between(bytes(last.package), bytes(package))


def changes_between(old: bytes, new: bytes) -> Changes:
    """Two kept packages, compared; only files that are not written the same are read further."""
    before, after = _files(old), _files(new)
    names = sorted(before.keys() | after.keys())
    changed = [name for name in names if before.get(name) != after.get(name)]
    sheets = [name for name in changed if _place(name)]
    return Changes(
        values=tuple(change for name in sheets for change in _values(name, old, new)),
        texts=tuple(name.removeprefix(_RULES) for name in changed if name not in sheets),
    )


def _files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as kept:
        return {name: kept.read(name) for name in kept.namelist()}


def _place(name: str) -> tuple[str, str] | None:
    """Scheme and parameter of a sheet in the folder of a scheme; None for any other file."""
    folder, _, file = name.removeprefix(_SHEETS).partition("/")
    is_sheet = name.startswith(_SHEETS) and file.endswith(".yaml")
    return (folder, file.removesuffix(".yaml")) if is_sheet else None


def _values(name: str, old: bytes, new: bytes) -> Iterator[ValueChange]:
    scheme, parameter = _place(name) or ("", "")
    before, after = _dated(old, name), _dated(new, name)
    for since in sorted(before.keys() | after.keys()):
        was, now = before.get(since, ""), after.get(since, "")
        if was != now:
            yield ValueChange(scheme, parameter, since, was, now)


def _dated(package: bytes, name: str) -> dict[str, str]:
    """The values of a sheet as they are written, by date of effect; none where it is not there.

    Of a scheme, its claim years, on the day it begins.
    """
    path = zipfile.Path(io.BytesIO(package), name)
    if not path.exists():
        return {}
    sheet = read_sheet(path)
    if path.name == _SCHEME_SHEET:
        years = sheet["claim_years"]
        return {sheet["in_force_from"]: f"{years['first']}–{years['last']}"}
    return {since: _written(entry["value"]) for since, entry in sheet["values"].items()}


def _written(value: Any) -> str:  # noqa: ANN401 - a text, a list of texts or a row of them a word
    if isinstance(value, dict):
        return " ; ".join(f"{word} {_written(row)}" for word, row in value.items())
    return " / ".join(value) if isinstance(value, list) else str(value)
