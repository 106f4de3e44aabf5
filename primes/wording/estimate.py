"""The words of an estimate, in the three languages."""

from collections.abc import Mapping

from primes.wording.explained_words import sheet


def estimate_words(language: str, **values: str) -> Mapping[str, str]:
    """By code, those with places being filled from `values`."""
    return {code: texts[language].format(**values) for code, texts in sheet("estimate").items()}
