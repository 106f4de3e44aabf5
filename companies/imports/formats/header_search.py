"""Where a table begins: the row that names its columns, below a title or a logo perhaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from companies.imports.reading.people_words import folded

WORDS_MIN = 3
WORDS_MIN_OF_ALL = 2
ROWS_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class HeaderSearch:
    """For a row with three of the `words` among the first `rows`; a shorter one may be all known.

    `words` are folded titles; those of a search in the first row alone are names, to be written
    exactly. With `foreign`, a row that has three texts will do where none has the words.
    """

    words: frozenset[str]
    rows: int = ROWS_SEARCHED
    foreign: bool = True

    def known(self, rows: Sequence[Sequence[str]]) -> int | None:
        """Position among rows of kinded cells."""
        return self._first(rows, self._knows)

    def guessed(self, rows: Sequence[Sequence[str]]) -> int | None:
        return self._first(rows, _has_texts) if self.foreign else None

    def _first(
        self, rows: Sequence[Sequence[str]], is_one: Callable[[Sequence[str]], bool]
    ) -> int | None:
        return next((at for at, cells in enumerate(rows[: self.rows]) if is_one(cells)), None)

    def _knows(self, cells: Sequence[str]) -> bool:
        said = {cell[1:].strip() for cell in cells if cell}
        if self.rows == 1:
            return len(self.words & {each.lower() for each in said}) >= WORDS_MIN
        known = len(self.words & set(map(folded, said)))
        return known >= WORDS_MIN or known == len(said) >= WORDS_MIN_OF_ALL


def _has_texts(cells: Sequence[str]) -> bool:
    return sum(cell.startswith("t") for cell in cells) >= WORDS_MIN
