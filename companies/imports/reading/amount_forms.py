"""Amounts as people and programs write them, turned into the plain form that is read everywhere."""

import re
from decimal import ROUND_HALF_UP, Decimal

from companies.imports.reading.values import AMOUNT, ValueRefused

AMBIGUOUS_EXPECTED = "an amount without a mark between thousands, such as 12345.00"

_CURRENCY = r"(?:DHS?|MAD|DIRHAMS?|درهم|دراهم|د\.?م\.?)"
_WITH_CURRENCY = re.compile(rf"{_CURRENCY}?(.*?){_CURRENCY}?\.?", re.IGNORECASE)
_GROUPED = re.compile(
    r"(-?[1-9]\d{0,2})(?:((?:\.\d{3})+)(,\d{1,2})?|((?:,\d{3})+)(\.\d{1,2})?|((?:['’]\d{3})+)([.,]\d{1,2})?)",
    re.ASCII,
)
_GROUP_LENGTH = len(".345")
_LONG_FRACTION = re.compile(r"(-?\d{1,13})[.,](\d{3,})", re.ASCII)
_CENTIME = Decimal("0.01")


def plain_amount(text: str, *, is_number: bool) -> str:
    """Without currency and without marks between thousands; what is no amount stays as it is.

    `is_number`: the cell of a workbook has it as a number, whose point can only be the decimal one.
    Raises `ValueRefused` for « 12.345 », which may be twelve dirhams or twelve thousand, and for
    more than two decimals: `expected` is then the amount half up.
    """
    if text.isascii() and AMOUNT.fullmatch(text):
        return text
    plain = "".join(text.split())
    if not is_number:
        plain = _without_currency(plain)
        if grouped := _GROUPED.fullmatch(plain):
            return _ungrouped(*grouped.groups(default=""))
    if long := _LONG_FRACTION.fullmatch(plain):
        exact = Decimal(f"{long[1]}.{long[2]}")
        rounded = exact.quantize(_CENTIME, ROUND_HALF_UP)
        if exact != rounded:
            raise ValueRefused("amount_decimals", str(rounded))
        return str(rounded)
    return plain


def _without_currency(text: str) -> str:
    if not text.isascii():
        text = "".join(str(int(each)) if each.isdecimal() else each for each in text)
        text = text.translate({0x066B: ".", 0x066C: "'", 0x200E: None, 0x200F: None})
    found = _WITH_CURRENCY.fullmatch(text)
    return found[1] if found else text


def _ungrouped(whole: str, *parts: str) -> str:
    """`parts` are thousands and decimals by each kind of mark; all but one pair are empty."""
    thousands, decimals = "".join(parts[::2]), "".join(parts[1::2])
    is_apostrophe = bool(parts[4])
    if len(thousands) == _GROUP_LENGTH and not decimals and not is_apostrophe:
        raise ValueRefused("amount_ambiguous", AMBIGUOUS_EXPECTED)
    return whole + "".join(filter(str.isdecimal, thousands)) + decimals
