"""The dates of filing and the time to decide, read on the filing day: no condition of the law."""

from datetime import date
from typing import cast

from primes.rules.columns import day_of
from primes.rules.parameters.loader import load_scheme


def filing_window(scheme: str, year: int, on: date) -> tuple[date, date]:
    """The first and last day on which the claim of a year may be filed, as read on a day."""
    text = load_scheme(scheme)
    text.require_year(year)
    opens, closes = (
        cast("tuple[int, int]", text.parameter(name, "filing_window", on).on(day_of(on)).value)
        for name in ("filing_opens", "filing_closes")
    )
    return date(year + 1, *opens), date(year + 1, *closes)


def decision_days(scheme: str, on: date) -> int:
    """Calendar days to decide a claim filed on a day."""
    parameter = load_scheme(scheme).parameter("decision_days", "decision_days", on)
    return cast("int", parameter.on(day_of(on)).value)
