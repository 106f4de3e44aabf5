"""Telephone numbers in one form, so that the same number written twice is seen to be the same."""

import re

from accounts.errors import Refusal
from companies.identifiers import bare

MOROCCO = "212"
# What an international number holds after its « + » (ITU-T E.164).
_INTERNATIONAL = re.compile(r"[1-9][0-9]{7,14}")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}")


def normal(text: str) -> str:
    """`05 22 00 00 00`, `00212522000000` and `+212 (0)5…` are all `+212522000000`.

    The empty string stays empty; raises `phone_format`.
    """
    if not text.strip():
        return ""
    digits = re.sub(r"[()/]", "", bare(text.replace("(0)", "")))
    if _NATIONAL.fullmatch(digits):
        digits = f"{MOROCCO}{digits[1:]}"
    else:
        digits = digits.removeprefix("00").removeprefix("+")
    if not _INTERNATIONAL.fullmatch(digits):
        raise Refusal("phone_format", found=text)
    return f"+{digits}"
