"""What is wrong with a received file, and where: refused whole, or taken with a warning."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from accounts.errors import Refusal

WARNINGS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file. `line` counts from 1; `field` is the name the format gives it."""

    file: str
    line: int | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """`expected` is the right value where there is one, else an English message id.

    For a duplicate it is the line of the row where the value stood first.
    """

    code: str
    place: Place
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class FileWarning:
    """Something doubtful that stops nothing; same fields as `Problem`."""

    code: str
    place: Place
    found: str = ""
    expected: str = ""


class FileRefused(Refusal):
    """The file is not taken and nothing of it is kept.

    Official files stop at their first problem; a people file carries all of them in `problems`, the
    first one being also the exception's own.
    """

    def __init__(self, code: str, place: Place, found: str = "", expected: str = "") -> None:
        super().__init__(
            code,
            file=place.file,
            line=place.line,
            field=place.field,
            found=found,
            expected=expected,
        )
        self.place = place
        self.found = found
        self.expected = expected
        self.problems: tuple[Problem, ...] = (Problem(code, place, found, expected),)

    @classmethod
    def because_of(cls, problems: Iterable[Problem]) -> Self:
        """One refusal for several problems, at least one."""
        all_of_them = tuple(problems)
        first = all_of_them[0]
        refused = cls(first.code, first.place, first.found, first.expected)
        refused.problems = all_of_them
        return refused


class WarningLog:
    """Warnings of one file: the first of each code in full, then how many there were."""

    def __init__(self, file_name: str) -> None:
        self._file = file_name
        self._shown: list[FileWarning] = []
        self._counts: Counter[str] = Counter()

    def add(
        self,
        code: str,
        line: int | None = None,
        field: str | None = None,
        *,
        found: str = "",
        expected: str = "",
    ) -> None:
        self._counts[code] += 1
        if self._counts[code] <= WARNINGS_SHOWN:
            place = Place(self._file, line, field)
            self._shown.append(FileWarning(code, place, found, expected))

    def closed(self) -> tuple[FileWarning, ...]:
        """All that was logged; `more_of_the_same` gives the full count of a code cut short."""
        cut = (
            FileWarning("more_of_the_same", Place(self._file), str(count), code)
            for code, count in self._counts.items()
            if count > WARNINGS_SHOWN
        )
        return (*self._shown, *cut)
