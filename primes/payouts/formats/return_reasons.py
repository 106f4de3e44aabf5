"""Why a bank returns a transfer, in words people can act on: `return_reasons.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

# ISO 20022's own « no reason given »: what a return without a known code is shown and kept as.
UNSPECIFIED = "MS03"


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """`code` and `remedy` are stable; `sentence` and `action` are by language: fr, ar, en."""

    bank_code: str
    code: str
    remedy: str
    sentence: Mapping[str, str]
    action: Mapping[str, str]


@cache
def return_reasons() -> Mapping[str, ReturnReason]:
    """By the bank's code."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return {code: ReturnReason(code, **entry) for code, entry in yaml.safe_load(text).items()}


def return_reason(bank_code: str | None) -> ReturnReason:
    """A code without an entry reads as « no reason given »; the bank's code stays on the line."""
    reasons = return_reasons()
    return reasons.get(bank_code or UNSPECIFIED, reasons[UNSPECIFIED])
