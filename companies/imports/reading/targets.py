"""What the rows of a table may be about: the fields that each has, and how they are checked."""

from dataclasses import dataclass

from companies.imports.reading.fields import Field, RowCheck
from companies.imports.reading.people_checks import departure_after_hire, identity_told
from companies.imports.reading.people_columns import EVERY_COLUMN
from companies.imports.reading.people_words import folded
from companies.imports.reading.workforce_columns import WORKFORCE_COLUMNS


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """`one_of` are fields of which a table must have one at least; `checks` look at one row.

    With `plain`, cells say exactly what the interface of the people file says: no other way to
    write a day, an amount or a word is read.
    """

    name: str
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()
    checks: tuple[RowCheck, ...] = ()
    plain: bool = False

    @property
    def titles(self) -> frozenset[str]:
        """The folded titles by which a header is recognised."""
        names = frozenset(folded(field.name) for field in self.fields)
        return names.union(*(field.synonyms for field in self.fields))

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


_CHECKS: tuple[RowCheck, ...] = (identity_told, departure_after_hire)

PEOPLE = Target("people", tuple(EVERY_COLUMN.values()), checks=_CHECKS, plain=True)
"""The people file of a simulation."""

WORKFORCE = Target("workforce", WORKFORCE_COLUMNS, one_of=("matricule_cnss", "cin"), checks=_CHECKS)
"""Who works for a firm, and what the year paid."""
