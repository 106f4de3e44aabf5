"""What an import may be about: how its rows are read, what else is checked, how they are loaded.

Each kind is registered by the package that owns what its rows become, when that package is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accounts.models import User
from companies.firms.models import Firm
from companies.imports.models import FileLoad, Import
from companies.imports.reading.targets import Target

Beat = Callable[[str, int, int], None]
"""Tells (phase, done, total); raises what stops the act when somebody asked for it."""


class Load(Protocol):
    """Write the good rows; runs inside one transaction, which it shares with the caller."""

    def __call__(
        self, import_: Import, *, acting_user: User, at: datetime, beat: Beat
    ) -> list[FileLoad]: ...


@dataclass(frozen=True, slots=True)
class ImportKind:
    """`name_of` says what `Import.target_id` stands for in that firm, None when it has no such.

    `is_changed_since` says whether somebody wrote by hand, since a load, what the load had written;
    it locks whatever whoever writes so locks.
    """

    target: Target
    load: Load
    more_checks: Callable[[Import], None] | None = None
    name_of: Callable[[Firm, int], str | None] | None = None
    is_changed_since: Callable[[Import], bool] | None = None

    def about(self, firm: Firm, target_id: int | None) -> str | None:
        """The name of what the rows are about; empty for the firm as a whole."""
        if self.name_of is None:
            return "" if target_id is None else None
        return None if target_id is None else self.name_of(firm, target_id)


_KINDS: dict[str, ImportKind] = {}


def register_kind(name: str, kind: ImportKind) -> None:
    """`name` is a code of `Import.Target`."""
    _KINDS[name] = kind


def kind_of(import_: Import) -> ImportKind:
    return _KINDS[import_.target]


def kind_named(name: str) -> ImportKind:
    return _KINDS[name]


def no_beat(_phase: str, _done: int, _total: int) -> None:
    """For acts that nobody watches."""
