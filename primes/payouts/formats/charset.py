"""Which characters a payout file may carry. A name is refused, never transliterated.

Names keep the Latin form the firm declared to its bank: the basic set of the European transfer
guides, `&`, and the accented letters of French. A bank that takes the basic set only gets its own
set beside this one when its document says so.
"""

import re

from primes.payouts.formats.errors import PayoutCode, PayoutError

IDENTIFIER_LENGTH = 35

_VISIBLE = r"A-Za-z0-9À-ÖØ-öø-ÿŒœŸ/\-?:().,'+&"
_IS_LATIN = re.compile(f"[{_VISIBLE}](?:[{_VISIBLE} ]*[{_VISIBLE}])?").fullmatch
_STRANGE = re.compile(f"^ | $|[^{_VISIBLE} ]").search

# The transfer guides keep the slash inside identifiers: never first, last or doubled.
_IDENTIFIER = r"[A-Za-z0-9\-?:().,'+]+(?:/[A-Za-z0-9\-?:().,'+]+)*"
_IS_IDENTIFIER = re.compile(_IDENTIFIER).fullmatch


def check_identifier(text: str, place: str) -> None:
    """Message and payment references: 1 to 35 characters that no bank alters."""
    if len(text) > IDENTIFIER_LENGTH or not _IS_IDENTIFIER(text):
        expected = f"1-{IDENTIFIER_LENGTH} {_IDENTIFIER}"
        raise PayoutError(PayoutCode.IDENTIFIER_NOT_ALLOWED, place, text, expected)


def check_latin(text: str, place: str, longest: int) -> None:
    """A name or a sentence: 1 to `longest` Latin characters, no blank at either end.

    A refusal names the first character to blame and its position from 1, as `U+003C at 7`.
    """
    if len(text) <= longest and _IS_LATIN(text):
        return
    strange = _STRANGE(text)
    if strange is None:
        raise PayoutError(PayoutCode.TEXT_LENGTH, place, len(text), f"1-{longest}")
    found = f"U+{ord(strange[0]):04X} at {strange.start() + 1}"
    raise PayoutError(PayoutCode.CHARACTER_NOT_ALLOWED, place, found, _VISIBLE)
