from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from primes.rules.columns import CONTRACTS, NEVER, NO_END, UNKNOWN_DAY, Facts, date_of, day_of
from primes.rules.errors import FactsRefused
from tests.primes.rules.lines import Line, facts_of

THREE = [Line(income=1), Line(income=2), Line(income=3)]


def test_a_day_is_counted_from_the_first_of_january_1970() -> None:
    assert [day_of(date(1970, 1, 1)), day_of(date(2025, 7, 1))] == [0, 20270]


def test_a_day_comes_back_as_its_date() -> None:
    assert date_of(day_of(date(2028, 2, 29))) == date(2028, 2, 29)


def test_the_named_days_stand_outside_every_calendar_day() -> None:
    assert UNKNOWN_DAY < NEVER < day_of(date.min) < day_of(date.max) < NO_END


@pytest.mark.parametrize("day", [UNKNOWN_DAY, NEVER, NO_END])
def test_a_named_day_is_no_date(day: int) -> None:
    with pytest.raises(OverflowError):
        date_of(day)


def test_words_come_back_as_they_were_given() -> None:
    codes = CONTRACTS.encode(["IDMAJ", None, "", "PORTAGE", "CDI"])

    assert codes.tolist() == [2, -1, -1, -2, 0]
    assert CONTRACTS.decode(codes) == ["IDMAJ", None, None, "OTHER", "CDI"]


def test_lines_are_taken_in_the_order_asked() -> None:
    taken = facts_of(THREE).take([2, 0])

    assert taken.income[:, 0].tolist() == [3, 1]


def test_parts_are_joined_in_order() -> None:
    joined = Facts.concatenate([facts_of(THREE[2:]), facts_of(THREE[:2])])

    assert joined.income[:, 0].tolist() == [3, 1, 2]


def test_no_line_at_all_is_a_column_of_length_zero() -> None:
    assert len(facts_of([])) == 0


def test_a_column_of_another_length_is_refused() -> None:
    facts = facts_of(THREE)

    with pytest.raises(FactsRefused, match="left_on: found \\(2,\\), expected \\(3,\\)"):
        replace(facts, left_on=facts.left_on[:2])


def test_salaries_of_another_number_of_years_are_refused() -> None:
    facts = facts_of(THREE)

    with pytest.raises(FactsRefused, match="salary"):
        replace(facts, salary=facts.salary[:, :11])


def test_a_column_of_another_type_is_refused() -> None:
    facts = facts_of(THREE)

    with pytest.raises(FactsRefused, match="income: found float64"):
        replace(facts, income=facts.income.astype(np.float64))


@pytest.mark.parametrize("name", ["income", "salary", "training_minutes", "training_cost"])
def test_a_negative_amount_is_refused(name: str) -> None:
    facts = facts_of(THREE)

    with pytest.raises(FactsRefused) as refused:
        replace(facts, **{name: getattr(facts, name) - 4_000_000})

    assert refused.value.column == name
