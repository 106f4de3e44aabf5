"""Days as people and programs write them."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.imports.formats.workbook_scan import DAY_ZERO
from companies.imports.reading.day_forms import iso_day, iso_of_serial
from companies.imports.reading.values import ValueRefused

DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "05/08/2026",
        "5/8/2026",
        "05-08-2026",
        "05.08.2026",
        "2026/08/05",
        "2026-8-5",
        "2026-08-05 00:00:00",
        "05/08/2026 00:00",
        "2026-08-05T00:00:00",
        "5 août 2026",
        "5 AOUT 2026",
        "05-août-2026",
        "mercredi 5 août 2026",
        "5 August 2026",
        "August 5, 2026",
        "Aug 5th, 2026",
        "5 غشت 2026",
        "٥ غشت ٢٠٢٦",
        "٠٥/٠٨/٢٠٢٦",
        "5 أغسطس 2026",
        "46239",
    ],
)
def test_one_day_in_all_its_forms(text: str):
    assert iso_day(text, "dmy", DAY_ZERO) == "2026-08-05"


@pytest.mark.parametrize(
    ("text", "day"), [("1er janvier 2026", "2026-01-01"), ("1 دجنبر 2025", "2025-12-01")]
)
def test_months_are_read_by_their_names(text: str, day: str):
    assert iso_day(text, "dmy", DAY_ZERO) == day


@given(DAYS, st.sampled_from(["/", "-", "."]))
def test_every_day_is_read_with_the_month_on_either_side(day: date, mark: str):
    assert iso_day(f"{day:%d{mark}%m{mark}%Y}", "dmy", DAY_ZERO) == day.isoformat()
    assert iso_day(f"{day:%m{mark}%d{mark}%Y}", "mdy", DAY_ZERO) == day.isoformat()


@pytest.mark.parametrize("text", ["05/08/26", "5-8-26", "5 août 26", "05.08.26"])
def test_a_year_in_two_digits_is_refused(text: str):
    with pytest.raises(ValueRefused, match=r"^year_two_digits$"):
        iso_day(text, "dmy", DAY_ZERO)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "aucune",
        "août",
        "2026",
        "5 août",
        "5 août 2026 à midi",
        "05/08/2026 12:00",
        "1/2/3/2026",
    ],
)
def test_what_is_no_form_of_a_day_stays_as_it_is(text: str):
    assert iso_day(text, "dmy", DAY_ZERO) == text


@given(DAYS)
def test_a_number_is_the_day_that_a_spreadsheet_counts_by_it(day: date):
    assert iso_of_serial(str((day - DAY_ZERO).days), DAY_ZERO) == day.isoformat()


@pytest.mark.parametrize("days", [-1, 0])
def test_numbers_count_no_day_before_1950(days: int):
    number = str((date(1950, 1, 1) + timedelta(days=days) - DAY_ZERO).days)

    assert (iso_of_serial(number, DAY_ZERO) == number) == (days < 0)


@given(st.text())
def test_any_text_is_read_or_refused(text: str):
    with suppress(ValueRefused):
        assert isinstance(iso_day(text, "dmy", DAY_ZERO), str)
