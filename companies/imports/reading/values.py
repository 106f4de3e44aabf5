"""Single values as files write them. Money and time never pass through a float."""

import re
from datetime import date
from functools import lru_cache

AMOUNT = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,13})(?:[.,](?P<cents>\d{1,2}))?")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
YEARS = range(1900, 2200)

AMOUNT_EXPECTED = "an amount with at most two decimals, such as 1234.56"
DAY_EXPECTED = "a day such as 2026-01-31 or 31/01/2026"
HOURS_EXPECTED = "a number of hours that makes whole minutes, such as 7.5"
NOT_NEGATIVE = "0 or more"


class ValueRefused(ValueError):  # noqa: N818 - a refusal, as everywhere here
    """A cell that cannot be read; `expected` is an English message id."""

    def __init__(self, code: str, expected: str) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def read_amount(text: str) -> int:
    """Centimes of a decimal with point or comma; raises `ValueRefused`."""
    return _hundredths(text, "amount", AMOUNT_EXPECTED)


def read_minutes(text: str) -> int:
    """Minutes of a decimal number of hours, exact; raises `ValueRefused`."""
    hundredths = _hundredths(text, "hours", HOURS_EXPECTED)
    minutes, rest = divmod(hundredths * 60, 100)
    if rest:
        raise ValueRefused("hours", HOURS_EXPECTED)
    return minutes


def _hundredths(text: str, code: str, expected: str) -> int:
    plain = "".join(text.split())
    read = AMOUNT.fullmatch(plain)
    if read is None or not plain.isascii():
        raise ValueRefused(code, expected)
    hundredths = int(read["whole"]) * 100 + int((read["cents"] or "0").ljust(2, "0"))
    if read["sign"] and hundredths:
        raise ValueRefused(f"{code}_negative", NOT_NEGATIVE)
    return hundredths


@lru_cache(maxsize=40_000)
def read_day(text: str) -> date:
    """A day, ISO or dd/mm/yyyy; raises `ValueRefused`. A file repeats few days many times."""
    plain = text.strip()
    if iso := ISO_DAY.fullmatch(plain):
        year, month, day = iso.groups()
    elif french := FRENCH_DAY.fullmatch(plain):
        day, month, year = french.groups()
    else:
        raise ValueRefused("date", DAY_EXPECTED)
    if not plain.isascii() or int(year) not in YEARS:
        raise ValueRefused("date", DAY_EXPECTED)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as wrong:
        raise ValueRefused("date", DAY_EXPECTED) from wrong
