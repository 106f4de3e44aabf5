"""The assumptions of a forecast in words, so that nobody reads an estimate without them."""

from fractions import Fraction

from accounts import formats
from primes.rules.engine import rules_of
from primes.wording.explained_words import filled


def assumptions_in_words(
    *,
    scheme: str,
    known_year: int,
    pay_growth: Fraction,
    leavers: Fraction,
    hires_per_month: int,
    language: str,
) -> tuple[str, ...]:
    """A sentence an assumption; ratios are yearly shares."""
    rules, _ = rules_of(scheme)
    unrecorded = ("not_recorded",) if rules.reads_trainings else ()
    return (
        *(filled("assumption", code, language) for code in unrecorded),
        filled("assumption", "known_until", language, year=str(known_year)),
        filled("assumption", "pay_growth", language, percent=formats.percent(pay_growth, language)),
        filled("assumption", "leavers", language, percent=formats.percent(leavers, language)),
        filled("assumption", "hires", language, count=formats.number(hires_per_month, language)),
        filled("assumption", "renewed", language),
    )
