"""Identifiers shown outside: opaque, prefixed, and human references counted by the database."""

import secrets
from datetime import datetime

from django.db import connection

from accounts.formats import CASABLANCA

# Without 0, 1, I, L, O and U, which eyes confuse on paper and on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_public_id(prefix: str, length: int = 22) -> str:
    """`prefix_` followed by random characters (22 of 30 carry 108 bits)."""
    return prefix + "_" + "".join(secrets.choice(ALPHABET) for _ in range(length))


def next_reference(prefix: str, sequence: str, at: datetime) -> str:
    """`PF-2026-000417`: the civil year at Casablanca and the next value of a database sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [sequence])
        number = cursor.fetchone()[0]
    return f"{prefix}-{at.astimezone(CASABLANCA).year}-{number:06d}"
