"""The words of a people file: people write them with or without accents, capitals and hyphens."""

import re
import unicodedata

MOROCCAN = frozenset({"MA", "MAR", "MAROC", "MAROCAIN", "MAROCAINE", "MOROCCO", "MOROCCAN"})
NOBODY_WORDS = frozenset({"AUCUNE", "AUCUN"})
PROFILES = {
    "management": "management",
    "encadrement": "management",
    "engineer it": "engineer-it",
    "ingenieur it": "engineer-it",
    "technician it": "technician-it",
    "technicien it": "technician-it",
    "bac2 bpo": "bac2-bpo",
    "bac call centre": "bac-call-centre",
    "bac centre d appels": "bac-call-centre",
}
"""Profiles of the training aid of 2007, by the words that say them, folded."""

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def capitals(text: str) -> str:
    return " ".join(text.upper().split())


def folded(text: str) -> str:
    """Small letters without accents, one space between words."""
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _BETWEEN_WORDS.sub(" ", bare).strip()
