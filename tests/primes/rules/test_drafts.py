"""Draft values over the sheets: how they are written, which are refused, from when they hold."""

from datetime import date
from fractions import Fraction

import pytest

from primes.rules.columns import day_of
from primes.rules.drafts import DraftValue, drafted
from primes.rules.errors import DraftRefused
from primes.rules.parameters.loader import load_scheme

PAF = load_scheme("paf-2025")


def value(draft: str, name: str, day: date) -> object:
    return drafted(PAF, [DraftValue.read(draft)]).parameter(name, "test").on(day_of(day)).value


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2026, 12, 31), Fraction(35, 1000)),
        (date(2027, 1, 1), Fraction(4, 100)),
        (date(2027, 1, 2), Fraction(4, 100)),
    ],
    ids=["the day before", "on the day", "the day after"],
)
def test_a_draft_holds_from_its_day(day: date, rate: Fraction) -> None:
    assert value("paf-2025.rate=4.0%@2027-01-01", "rate", day) == rate


def test_a_draft_without_a_day_holds_for_the_whole_life_of_the_scheme() -> None:
    assert value("paf-2025.rate=4%", "rate", date(2025, 7, 1)) == Fraction(4, 100)


def test_a_draft_of_a_day_that_has_a_value_takes_its_place() -> None:
    text = drafted(PAF, [DraftValue.read("paf-2025.rate=4%@2025-07-01")])

    assert [dated.value for dated in text.parameters["rate"].values] == [Fraction(4, 100)]


def test_later_drafts_stand_beside_earlier_ones() -> None:
    drafts = ["paf-2025.rate=5%@2028-01-01", "paf-2025.rate=4%@2027-01-01"]

    text = drafted(PAF, [DraftValue.read(draft) for draft in drafts])

    rates = [dated.value for dated in text.parameters["rate"].values]
    assert rates == [Fraction(35, 1000), Fraction(4, 100), Fraction(5, 100)]


@pytest.mark.parametrize(
    ("draft", "name", "expected"),
    [
        ("paf-2025.amount_max_per_year=5000.00", "amount_max_per_year", 500_000),
        ("paf-2025.amount_max_per_year=none", "amount_max_per_year", None),
        ("paf-2025.bonus_months=48", "bonus_months", 48),
        ("paf-2025.stable_contracts=CDI CDD", "stable_contracts", ("CDI", "CDD")),
        ("paf-2025.training_required=false", "training_required", False),
        ("paf-2025.paid_until=2031-12-31", "paid_until", day_of(date(2031, 12, 31))),
    ],
)
def test_each_unit_has_its_writing(draft: str, name: str, expected: object) -> None:
    assert value(draft, name, date(2026, 12, 31)) == expected


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("rate=4%", "rate=4%"),
        ("paf-2025.rate=4%@2027-13-01", "2027-13-01"),
        ("paf-2025.rate=4%@2025-06-30", "2025-06-30"),
        ("paf-2025.rate=four", "four"),
        ("paf-2025.rate=none", "none"),
        ("paf-2025.rat=4%", "paf-2025.rat"),
        ("pae-2025.rate=4%", "pae-2025.rate"),
        ("paf-2025.bonus_months=4.5", "4.5"),
        ("paf-2025.bonus_months=99999999999999999999", "99999999999999999999"),
        ("paf-2025.bonus_months=1201", "1201"),
        ("paf-2025.rate=100.01%", "100.01%"),
        ("paf-2025.income_tolerance=0.0000001%", "0.0000001%"),
        ("paf-2025.paid_until=2200-01-01", "2200-01-01"),
        ("paf-2025.branches=ITO XYZ", "ITO XYZ"),
        ("paf-2025.stable_contracts=CDX", "CDX"),
    ],
)
def test_a_draft_that_no_sheet_would_hold_is_refused(draft: str, found: str) -> None:
    with pytest.raises(DraftRefused) as refused:
        drafted(PAF, [DraftValue.read(draft)])

    assert refused.value.found == found


def test_a_number_that_the_law_cannot_read_is_refused_whenever_it_would_hold() -> None:
    scheme = "aide-formation-2007.training_years"
    drafts = [DraftValue.read(f"{scheme}={years}") for years in ("3@2015-01-01", "5@2010-01-01")]

    with pytest.raises(DraftRefused) as refused:
        drafted(load_scheme("aide-formation-2007"), drafts)

    assert refused.value.found == "5"


def test_the_sheets_themselves_are_not_touched() -> None:
    drafted(PAF, [DraftValue.read("paf-2025.rate=4%")])

    assert load_scheme("paf-2025").parameters["rate"].values[0].value == Fraction(35, 1000)
