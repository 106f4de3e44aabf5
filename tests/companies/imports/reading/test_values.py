"""Amounts, hours and days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.imports.reading.values import ValueRefused, read_amount, read_day, read_minutes


@given(st.integers(0, 10**15 - 1), st.sampled_from([",", "."]))
def test_every_centime_is_read_exactly(centimes, mark):
    assert read_amount(f"{centimes // 100}{mark}{centimes % 100:02}") == centimes


@pytest.mark.parametrize(
    ("text", "centimes"),
    [("12", 1200), ("12,5", 1250), ("0.07", 7), ("1 234,50", 123450), ("1\u00a0234", 123400)],
)
def test_amounts_are_read_with_point_comma_or_spaces(text, centimes):
    assert read_amount(text) == centimes


@pytest.mark.parametrize("text", ["", "12,345", "1.2E3", "1.234,50", "12 DH", "١٢", ".5", "1-"])
def test_what_is_not_an_amount_is_refused(text):
    with pytest.raises(ValueRefused, match=r"^amount$"):
        read_amount(text)


@pytest.mark.parametrize(("text", "is_refused"), [("-0.01", True), ("0", False), ("-0", False)])
def test_an_amount_below_zero_is_refused(text, is_refused):
    if is_refused:
        with pytest.raises(ValueRefused, match=r"^amount_negative$"):
            read_amount(text)
    else:
        assert read_amount(text) == 0


@pytest.mark.parametrize(("text", "minutes"), [("7", 420), ("7,5", 450), ("0.05", 3), ("0", 0)])
def test_hours_become_minutes(text, minutes):
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["33,33", "0.01", "7h30"])
def test_hours_that_make_no_whole_minute_are_refused(text):
    with pytest.raises(ValueRefused, match=r"^hours$"):
        read_minutes(text)


@pytest.mark.parametrize("text", ["2026-02-28", "28/02/2026"])
def test_a_day_is_read_either_way(text):
    assert read_day(text) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "text", ["2026-02-29", "29/02/2026", "28-02-2026", "2026/02/28", "28/02/26", "1899-12-31", "x"]
)
def test_what_is_not_a_day_is_refused(text):
    with pytest.raises(ValueRefused, match=r"^date$"):
        read_day(text)


def test_the_first_day_of_the_years_that_are_read():
    assert read_day("1900-01-01") == date(1900, 1, 1)
