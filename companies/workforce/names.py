"""How a person's name is kept and put in order."""

import unicodedata

NAME_LENGTH = 60
SORT_KEY_LENGTH = 130


def sort_key(last_name: str, first_name: str) -> str:
    """Capitals without accents, so that É stands with E; other scripts stay as they are."""
    decomposed = unicodedata.normalize("NFKD", f"{last_name} {first_name}".strip().upper())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain[:SORT_KEY_LENGTH]
