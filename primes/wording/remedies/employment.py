"""The person and the employment: nationality, hire, contract, days that count, stay."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from primes.rules.calendar import subtract_months
from primes.rules.columns import day_of
from primes.wording.remedies.told import ONE_DAY, Case, Told, case, months_after


def nationality(told: Told) -> Iterator[Case]:
    yield case("unknown" if told.values["nationality"] is None else "other")


def hire_date(told: Told) -> Iterator[Case]:
    hired_on, opens_on = told.day("hired_on"), told.day("hired_from")
    if hired_on is None:
        yield case("unknown")
    else:
        yield case("too_early" if opens_on and hired_on < opens_on else "too_late")


def earlier_employment(told: Told) -> Iterator[Case]:
    last = told.day("last_same_employer_on")
    if last is None:
        yield case("unknown")
    elif told.values["hired_on"] is None:
        yield case("hire_unknown")
    else:
        months = told.number("months_without_same_employer")
        yield case("too_recent", opens_on=first_accepted_hire(last, months))


def first_accepted_hire(last_declared: date, months: int) -> date:
    """The first hire date that has `months` months behind it without a declaration."""
    candidate = months_after(last_declared, months)
    behind = subtract_months(np.array([day_of(candidate)]), months)[0]
    return candidate if behind >= day_of(last_declared) else candidate + ONE_DAY


def contract(told: Told) -> Iterator[Case]:
    """Of the stable contract itself, and of days counted from it."""
    if told.waits_for("stable_contract"):
        yield case("no_contract")
        return
    hire_is_known, is_stable = told.values["hired_on"] is not None, _is_stable(told)
    if not hire_is_known:
        yield case("hire_unknown")
    if told.values["contract"] is None:
        yield case("unknown")
    elif not is_stable:
        yield case("not_stable")
    if hire_is_known and is_stable:
        yield from _misplaced(told)


def _is_stable(told: Told) -> bool:
    return told.values["contract"] in told.several("stable_contracts")


def _misplaced(told: Told) -> Iterator[Case]:
    """A stable contract whose days lie elsewhere than asked."""
    left_on, paid_until, starts_on = told.day("left_on"), told.day("paid_until"), told.starts_on
    if left_on and left_on < starts_on:
        yield case("left_before_start", starts_on=starts_on)
    elif paid_until and paid_until < starts_on:
        yield case("starts_after_the_end", starts_on=starts_on)
    elif starts_on > told.year_end:
        yield case("starts_later", starts_on=starts_on, claim_year=starts_on.year)
    elif left_on and left_on < told.first_day:
        yield case("left_before_year")


def days_that_count(told: Told) -> Iterator[Case]:
    if told.waits_for("stable_contract"):
        yield case("no_contract")
        return
    first = max(told.starts_on, told.day("hired_from") or told.first_day)
    left_on, paid_until = told.day("left_on"), told.day("paid_until")
    ends_on = months_after(told.day("hired_on") or first, told.number("bonus_months")) - ONE_DAY
    if left_on and left_on < first:
        yield case("not_open")
    elif paid_until and paid_until < max(first, told.first_day):
        yield case("starts_after_the_end", starts_on=max(first, told.first_day))
    else:
        yield case("ended", ends_on=ends_on)


def stay(told: Told) -> Iterator[Case]:
    if told.values["hired_on"] is None:
        yield case("hire_unknown")
        return
    if not _is_stable(told):
        yield case("no_contract")
        return
    starts_on, left_on = told.starts_on, told.day("left_on")
    reached_on = months_after(starts_on, told.number("stayed_months")) - ONE_DAY
    days = {"starts_on": starts_on, "reached_on": reached_on}
    if left_on and left_on < reached_on:
        yield case("left", **days)
    else:
        yield case("other_year", **days, claim_year=reached_on.year)


def earlier_grant(told: Told) -> Iterator[Case]:
    yield case("granted")
