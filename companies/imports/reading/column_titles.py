"""How near the title of a column is to those of a field."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from companies.imports.reading.fields import Field
from companies.imports.reading.people_words import folded

TITLE_LENGTH_MAX = 200
"""Characters that are looked at: a longer title is a text that happens to stand there."""
NEAR_ENOUGH = 0.86
"""Of the letters of two titles, in their order: one or two are wrong."""
COVERED = 0.5
"""Of the words of a title: those of the field's own title."""

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_YEAR = re.compile(r"\b20\d\d\b")
_MONTH = re.compile(r"(?:20\d\d-(\d\d)(?:-01)?|(\d\d)[/-]20\d\d)", re.ASCII)


@lru_cache(maxsize=1_024)
def title_forms(title: str) -> tuple[str, ...]:
    """The folded title; then without what is in brackets, and without its year.

    « 01/2026 » and the day by which a spreadsheet keeps « janv-26 » are the first month.
    """
    title = title.strip()[:TITLE_LENGTH_MAX]
    if month := _MONTH.fullmatch(title):
        return (f"mois {month[1] or month[2]}",)
    shorter = _IN_BRACKETS.sub(" ", title)
    forms = (title, shorter, _YEAR.sub(" ", shorter))
    return tuple(each for each in dict.fromkeys(map(folded, forms)) if each)


def is_title_of(title: str, field: Field) -> bool:
    known = {folded(field.name), *field.synonyms}
    return any(form in known for form in title_forms(title))


def nearness(title: str, field: Field) -> float:
    """From 0 to 1; 0 for what is not near enough to be proposed."""
    known = {folded(field.name), *field.synonyms}
    return max((_near(form, each) for form in title_forms(title) for each in known), default=0.0)


def _near(form: str, known: str) -> float:
    words, own = set(form.split()), set(known.split())
    if own <= words:
        return len(own) / len(words) if len(own) >= COVERED * len(words) else 0.0
    if abs(len(form) - len(known)) > 3 or min(len(form), len(known)) < 5:
        return 0.0
    alike = SequenceMatcher(None, form, known).ratio()
    return alike if alike >= NEAR_ENOUGH else 0.0
