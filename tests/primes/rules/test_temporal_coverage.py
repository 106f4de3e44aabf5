"""One ordinary person hired on every day of a scheme's life, in every claim year: one answer each.

The days paid over the years are the whole right and no day twice; no month falls between two claim
years.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from primes.rules.assessment import Assessment
from primes.rules.columns import date_of, day_of
from primes.rules.engine import assess, rules_of
from primes.rules.errors import YearOutsideScheme
from primes.rules.parameters.loader import scheme_names
from tests.primes.rules.lines import ORDINARY, Line, Training
from tests.primes.rules.oracle.calendar_days import ONE_DAY, last_day_of_months, shifted
from tests.primes.rules.readings import years_of
from tests.primes.rules.texts import facts_for

PAF, PAE, AID = "paf-2025", "pae-2025", "aide-formation-2007"
PERIODS = {
    PAF: (date(2025, 7, 1), date(2030, 12, 31)),
    PAE: (date(2025, 7, 1), date(2030, 12, 31)),
    AID: (date(2007, 5, 7), date(2025, 6, 30)),
}
LAST_PAID = date(2030, 12, 31)
NO_DAY_IN_YEAR = ("stable_contract", "within_bonus_window", "declared_to_cnss")
NO_TRAINING = ("notified_before_training", "training_within_three_years", "cost_proved")
ALWAYS_PAID = dict.fromkeys(range(2020, 2040), 6_000_000)
FAR = date(2040, 12, 31)


def hire_days(scheme: str) -> list[date]:
    first, last = PERIODS[scheme]
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def hire_months(scheme: str) -> list[date]:
    """The first and the last hire date of each month of the period."""
    days = hire_days(scheme)
    return [day for day in days if day in (days[0], days[-1]) or day.day == 1] + [
        day for day in days if (day + ONE_DAY).day == 1
    ]


def ordinary(scheme: str, hired_on: date) -> Line:
    line = replace(
        ORDINARY[scheme],
        hired_on=hired_on,
        certificate_until=FAR,
        cnss_certificate_until=FAR,
        tax_certificate_until=FAR,
    )
    if scheme == AID:
        return replace(line, trainings=trainings_of_each_month(hired_on))
    return replace(line, income=ALWAYS_PAID)


def trainings_of_each_month(hired_on: date) -> tuple[Training, ...]:
    """A training of a day and of one dirham, a month after the other, for three years and a day."""
    days = [shifted(hired_on, n) for n in range(37)]
    return tuple(
        Training(first_day=day, last_day=day, notified_on=day - ONE_DAY, cost=100) for day in days
    )


@cache
def answers(scheme: str) -> dict[int, Assessment]:
    """Each claim year's answer to the people hired on each day (2007: at both ends of a month)."""
    days = hire_months(scheme) if scheme == AID else hire_days(scheme)
    lines = [ordinary(scheme, hired_on) for hired_on in days]
    years = years_of(scheme)
    return {year: assess(facts_for(lines, scheme, year), scheme, year) for year in years}


def paid_of(scheme: str, line: int) -> list[tuple[int, date, date]]:
    """The claim years that pay a line, with the first and the last day each pays."""
    return [
        (year, date_of(answer.w_from[line]), date_of(answer.w_until[line]))
        for year, answer in answers(scheme).items()
        if answer.eligible[line]
    ]


def test_each_hire_date_has_one_answer_in_each_year_of_the_training_bonus() -> None:
    for line, hired_on in enumerate(hire_days(PAF)):
        for year, answer in answers(PAF).items():
            assert answer.reasons(line) == (NO_DAY_IN_YEAR if year < hired_on.year else ())


def test_the_training_bonus_pays_each_day_of_the_sixty_months_once() -> None:
    for line, hired_on in enumerate(hire_days(PAF)):
        spans = paid_of(PAF, line)

        assert [year for year, _, _ in spans] == list(range(hired_on.year, 2031))
        assert spans[0][1] == hired_on
        assert spans[-1][2] == min(last_day_of_months(hired_on, 60), LAST_PAID)
        assert all(until + ONE_DAY == since for (*_, until), (_, since, _) in pairwise(spans))


def test_each_hire_date_has_one_answer_in_each_year_of_the_employment_bonus() -> None:
    for line, hired_on in enumerate(hire_days(PAE)):
        paid_until = min(last_day_of_months(hired_on, 12), LAST_PAID)
        for year, answer in answers(PAE).items():
            told = range(year - 2, year + 1)
            expected = {
                "stable_contract": hired_on.year > year,
                "income_positive": not {hired_on.year, paid_until.year} <= set(told),
                "stayed_18_months": last_day_of_months(hired_on, 18).year != year,
            }
            assert answer.reasons(line) == tuple(code for code, fails in expected.items() if fails)


def test_the_employment_bonus_pays_the_twelve_months_in_exactly_one_year() -> None:
    for line, hired_on in enumerate(hire_days(PAE)):
        spans = paid_of(PAE, line)

        reached_on = last_day_of_months(hired_on, 18)
        paid_until = min(last_day_of_months(hired_on, 12), LAST_PAID)
        assert spans == [(reached_on.year, hired_on, paid_until)]


@pytest.mark.parametrize("months", [1, 7, 12, 23])
def test_a_stable_job_that_began_later_is_paid_in_exactly_one_year_too(months: int) -> None:
    jobs = [(day, shifted(day, months)) for day in hire_months(PAE)]
    jobs = [(hired_on, since) for hired_on, since in jobs if since <= LAST_PAID]
    lines = [replace(ordinary(PAE, hired_on), stable_from=since) for hired_on, since in jobs]

    paid: dict[int, list[int]] = {line: [] for line in range(len(lines))}
    for year in years_of(PAE):
        eligible = assess(facts_for(lines, PAE, year), PAE, year).eligible
        for line in eligible.nonzero()[0].tolist():
            paid[line].append(year)

    reached = [last_day_of_months(since, 18).year for _, since in jobs]
    assert list(paid.values()) == [[year] for year in reached]


def test_each_hire_month_has_one_answer_in_each_year_of_the_training_aid() -> None:
    for line, hired_on in enumerate(hire_months(AID)):
        years = {shifted(hired_on, n).year for n in range(36)}
        for year, answer in answers(AID).items():
            expected = () if year in years else NO_TRAINING
            if year == shifted(hired_on, 36).year and year not in years:
                expected = NO_TRAINING[1:]
            assert answer.reasons(line) == expected


def test_the_training_aid_pays_each_month_of_three_years_once() -> None:
    for line, _ in enumerate(hire_months(AID)):
        paid = [
            dict(zip(answer.rows, answer.amounts[line].tolist(), strict=True))
            for answer in answers(AID).values()
            if answer.eligible[line]
        ]

        assert [sum(rows[f"cost:{k}"] for rows in paid) for k in (1, 2, 3)] == [1200, 1200, 1200]
        assert sum(rows["overall_left"] for rows in paid) == 3600


@pytest.mark.parametrize("scheme", PERIODS)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_day_outside_the_period_of_hire_never_opens_a_right(scheme: str, side: str) -> None:
    first, last = PERIODS[scheme]
    hired_on = first - ONE_DAY if side == "before" else last + ONE_DAY
    line = ordinary(scheme, hired_on)

    for year in years_of(scheme):
        assessment = assess(facts_for([line], scheme, year), scheme, year)
        assert "hired_in_period" in assessment.reasons(0)
        assert assessment.amount.tolist() == [0]


@pytest.mark.parametrize("scheme", scheme_names())
def test_each_parameter_has_exactly_one_value_on_each_day_of_the_life(scheme: str) -> None:
    _, text = rules_of(scheme)
    last = date(text.last_year + 1, 12, 31)
    life = [text.in_force_from + n * ONE_DAY for n in range((last - text.in_force_from).days + 1)]
    for parameter in text.parameters.values():
        starts = [dated.since for dated in parameter.values]
        ends = [*(start - ONE_DAY for start in starts[1:]), date.max]
        spans = list(zip(starts, ends, parameter.values, strict=True))

        for day in life:
            (in_force,) = [each for start, end, each in spans if start <= day <= end]
            assert parameter.on(day_of(day)) is in_force


@pytest.mark.parametrize("scheme", scheme_names())
@pytest.mark.parametrize("beyond", [1, 2, 100])
def test_a_year_outside_the_scheme_is_an_error(scheme: str, beyond: int) -> None:
    years = years_of(scheme)

    for year in (years[0] - beyond, years[-1] + beyond):
        with pytest.raises(YearOutsideScheme) as refused:
            assess(facts_for([ORDINARY[scheme]], scheme, year), scheme, year)
        assert refused.value.code == "year_outside_scheme"
        assert (refused.value.found, refused.value.expected) == (year, (years[0], years[-1]))


def test_the_schemes_answer_for_the_years_the_text_names() -> None:
    assert {scheme: (years_of(scheme)[0], years_of(scheme)[-1]) for scheme in scheme_names()} == {
        PAF: (2025, 2030),
        PAE: (2026, 2032),
        AID: (2007, 2028),
    }
