"""By how much one amount is above or below another."""

from fractions import Fraction

from accounts import formats

_TENTHS_OF_A_PERCENT = 1_000


def difference_text(today: int, draft: int, language: str) -> str:
    """Centimes: « +1 807,50 DH »; nothing but the amount where they are equal."""
    difference = draft - today
    return ("+" if difference > 0 else "") + formats.money(difference, language)


def change_text(today: int, draft: int, language: str) -> str:
    """« +14,3 % », « −0,5 % »; empty where there is nothing to compare with."""
    if not today:
        return ""
    tenths = round(Fraction(draft - today, today) * _TENTHS_OF_A_PERCENT)
    change = formats.percent(Fraction(tenths, _TENTHS_OF_A_PERCENT), language)
    return ("+" if tenths > 0 else "") + change
