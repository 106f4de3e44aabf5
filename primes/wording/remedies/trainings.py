"""Trainings: hours, degree, notice, dates, invoices and attendance."""

from collections.abc import Iterator, Mapping

from primes.rules.calendar import MONTHS_PER_YEAR
from primes.rules.columns import MINUTES_PER_HOUR
from primes.rules.explain import Shown
from primes.wording.remedies.told import ONE_DAY, Case, Told, case, day_shown, months_after


def training(told: Told) -> Iterator[Case]:
    minutes = told.number("training_minutes")
    if minutes == 0:
        yield case("none")
    else:
        least = told.number("training_hours_min") * MINUTES_PER_HOUR
        yield case("too_short", missing_minutes=least - minutes)


def degree(told: Told) -> Iterator[Case]:
    if not told.values["job_seeker"]:
        yield case("not_job_seeker")
    (least,) = told.several("degree_years_min") or (None,)
    years = told.values["degree_years"]
    if not isinstance(least, int):
        yield case("profile_unknown")
    elif not isinstance(years, int):
        yield case("degree_unknown")
    elif years < least:
        yield case("degree_short")


def notice(told: Told) -> Iterator[Case]:
    """One sentence a training that ended in the claim year."""
    ended = list(_ended_in_year(told))
    if not ended:
        yield case("none_in_year")
    for item in ended:
        first_day = day_shown(item["item_first_day"])
        if first_day is not None:
            code = "not_notified" if item["item_notified_on"] is None else "late"
            yield case(code, **item, notify_until=first_day - ONE_DAY)


def dates(told: Told) -> Iterator[Case]:
    hired_on = told.day("hired_on")
    if told.waits_for("notified_before_training"):
        yield case("not_notified")
    elif hired_on is None:
        yield case("hire_unknown")
    else:
        months = told.number("training_years") * MONTHS_PER_YEAR
        yield case("outside", years_end=months_after(hired_on, months) - ONE_DAY)


def proof(told: Told) -> Iterator[Case]:
    """One sentence a training that lacks something, whichever condition left it out."""
    if told.waits_for("training_within_three_years"):
        yield case("none_kept")
        return
    for item in _ended_in_year(told):
        if not item["item_invoice"]:
            yield case("no_invoice", **item)
        if not item["item_minutes"]:
            yield case("not_attended", **item)


def _ended_in_year(told: Told) -> Iterator[Mapping[str, Shown]]:
    """The facts of each training that ended in the claim year."""
    names = [name for name in told.values if name.startswith("item_")]
    for facts in zip(*map(told.several, names), strict=True):
        item = dict(zip(names, facts, strict=True))
        last_day = day_shown(item["item_last_day"])
        if last_day is not None and last_day.year == told.year:
            yield item
