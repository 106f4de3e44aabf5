"""Amounts as ISO 20022 writes them, `1234.50` dirhams; integer centimes everywhere else."""

import re

from primes.payouts.formats.errors import PayoutCode, PayoutError

# An ISO 20022 amount has 18 digits in all, two of them decimals here.
AMOUNT_MAX = 10**18 - 1

_DECIMAL = re.compile(r"([0-9]{1,16})(?:\.([0-9]{0,2})0*)?")


def written(centimes: int) -> str:
    return f"{centimes // 100}.{centimes % 100:02d}"


def read_centimes(text: str | None, place: str) -> int:
    """Exact; a third decimal other than zero is refused, never rounded."""
    match = _DECIMAL.fullmatch(text or "")
    if match is None:
        raise PayoutError(PayoutCode.AMOUNT_MALFORMED, place, text, "dirhams.centimes")
    dirhams, decimals = match.groups()
    return int(dirhams) * 100 + int((decimals or "").ljust(2, "0"))
