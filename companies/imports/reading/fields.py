"""One thing that a table may say of each of its rows: its name, its titles, how a cell is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from companies.imports.errors import FileWarning, Problem

FieldKind = Literal["text", "day", "amount", "identifier", "word", "number"]
RowCheck = Callable[[Mapping[str, object], Callable[[str], str]], Iterable[Problem | FileWarning]]
"""Given the values of a row and the text of its cells, by field: what is wrong between them. The
places say which field; whoever asks knows which row."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """`name` is also the title of its column in our own template.

    `read` gets a text that is not empty and raises `ValueRefused` or `IdentifierError`; an empty
    cell is `empty`. A table without a `required` field asks a question; a `wanted` one is looked
    for in what the columns hold. `meaning` is an English message id. `synonyms` are other titles,
    folded; `words` are codes by the folded words that say them. `digits` is the length of an
    identifier made of digits only, which a spreadsheet may have kept as a number.
    """

    name: str
    read: Callable[[str], object]
    empty: object = None
    required: bool = False
    wanted: bool = False
    meaning: str = ""
    synonyms: frozenset[str] = frozenset()
    words: Mapping[str, str] = field(default_factory=dict)
    kind: FieldKind = "text"
    digits: int = 0
