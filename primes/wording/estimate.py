"""The words of an estimate, in the three languages."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

_SHEET = Path(__file__).with_name("estimate.yaml")


def estimate_words(language: str, **values: str) -> Mapping[str, str]:
    """By code, those with places being filled from `values`."""
    return {code: texts[language].format(**values) for code, texts in _sheet().items()}


@cache
def _sheet() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = yaml.safe_load(_SHEET.read_text(encoding="utf-8"))
    return words
