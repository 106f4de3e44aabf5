"""Which scheme a page about the law is asked for, and the links to the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from primes.rules.errors import UnknownScheme
from primes.rules.parameters.loader import load_scheme, scheme_names
from primes.wording.words import Sentence, sentence

SCHEME_PARAMETER = "scheme"
"""Of the address: `?scheme=paf-2025`."""


@dataclass(frozen=True, slots=True)
class SchemeLink:
    query: str
    title: str
    is_current: bool


def scheme_links(asked: str, everything: str = "") -> list[SchemeLink]:
    """One a scheme; before them, when it has a title, the page of all."""
    first = [SchemeLink("?", everything, not asked)] if everything else []
    return first + [
        SchemeLink(f"?{SCHEME_PARAMETER}={name}", load_scheme(name).title["fr"], name == asked)
        for name in scheme_names()
    ]


def unknown_scheme(asked: Mapping[str, str]) -> Sentence | None:
    """What to say of an address that names none of ours."""
    name = asked.get(SCHEME_PARAMETER, "")
    if not name or name in scheme_names():
        return None
    refused = UnknownScheme(name, scheme_names())
    return sentence(refused.code, vars(refused))
