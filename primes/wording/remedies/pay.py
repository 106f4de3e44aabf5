"""Declared salaries, incomes, and what another bonus pays."""

from collections.abc import Iterator

from primes.wording.remedies.told import ONE_DAY, Case, Told, case, months_after


def declaration(told: Told) -> Iterator[Case]:
    if told.waits_for("within_bonus_window"):
        yield case("no_day")
    else:
        yield case("no_salary" if told.values["has_cnss_number"] else "no_number")


def income(told: Told) -> Iterator[Case]:
    yield case("unknown" if None in told.several("income") else "nil")


def income_of_each_year(told: Told) -> Iterator[Case]:
    """Incomes are those of the last years up to the claim year, which is told last."""
    if told.waits_for("within_bonus_window"):
        yield case("no_day")
        return
    incomes, starts_on = told.several("income"), told.starts_on
    first_year = told.year - len(incomes) + 1
    until = months_after(starts_on, told.number("paid_months")) - ONE_DAY
    if starts_on.year < first_year:
        yield case("too_old", starts_on=starts_on)
        return
    touched = range(starts_on.year, min(until.year, told.year) + 1)
    missing = [year for year in touched if incomes[year - first_year] is None]
    yield from (case("unknown", missing_year=year) for year in missing)
    if not missing:
        yield case("nil")


def other_funding(told: Told) -> Iterator[Case]:
    yield case("paid")
