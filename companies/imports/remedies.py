"""What one repair writes in every cell of a column, from what stands in each of them.

A remedy leaves alone the cells it has nothing to say about, so that « complete with zeros » never
touches a cell of letters.
"""

from collections.abc import Callable, Collection, Mapping

from companies.identifiers import bare
from companies.imports.reading.people_words import capitals

EMPLOYEE_NUMBER_DIGITS = 9


def with_zeros(text: str, expected: str) -> str | None:
    """A CNSS number that lost its leading zeros, where these make the number that was expected."""
    digits = bare(text)
    completed = digits.zfill(EMPLOYEE_NUMBER_DIGITS)
    return completed if digits.isdigit() and completed == expected else None


def in_capitals(text: str, _expected: str) -> str | None:
    """A CIN without separators, in capitals; None for an empty cell."""
    return bare(text) or None


REWRITERS: Mapping[str, Callable[[str, str], str | None]] = {
    "zeros": with_zeros,
    "capitals": in_capitals,
}
OF_COLUMN = {"matricule_cnss": "zeros", "cin": "capitals"}


def rewritten(remedy: str, text: str, expected: str) -> str | None:
    """The new text of a cell; None where the remedy does not apply, or would change nothing."""
    rewriter = REWRITERS.get(remedy)
    written = rewriter(text, expected) if rewriter else None
    return None if written == text else written


def rewriter_of(field: str, cells: Collection[tuple[str, str]]) -> str:
    """The remedy that would write something in this column; empty when there is none.

    `cells` are what stands there and what is expected.
    """
    remedy = OF_COLUMN.get(field, "")
    return remedy if remedy and any(rewritten(remedy, *cell) for cell in cells) else ""


def words_to_replace(texts: Collection[str]) -> list[str]:
    """The words that stand in wrong cells, each once, as it was first written."""
    firsts: dict[str, str] = {}
    for text in texts:
        if text.strip():
            firsts.setdefault(capitals(text), text)
    return sorted(firsts.values())
