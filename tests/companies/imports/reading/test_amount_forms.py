"""Amounts as people and programs write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.imports.reading.amount_forms import plain_amount
from companies.imports.reading.values import ValueRefused, read_amount


@pytest.mark.parametrize(
    "text",
    [
        "12345,67",
        "12 345,67",
        "12\u202f345,67",
        "12.345,67",
        "12,345.67",
        "12'345.67",
        "12’345,67",
        "12345.67 DH",
        "12 345,67 Dhs",
        "MAD 12,345.67",
        "12345,67 dirhams",
        "12345,67 درهم",
        "12345.67 د.م.",
        "١٢٣٤٥٫٦٧",
        "12345.670",
    ],
)
def test_one_amount_in_all_its_forms(text: str):
    assert read_amount(plain_amount(text, is_number=False)) == 1_234_567


@given(st.integers(0, 10**11), st.sampled_from([(".", ","), (",", "."), ("'", ".")]))
def test_every_centime_is_read_exactly_between_marks(centimes: int, marks: tuple[str, str]):
    thousands, decimal = marks
    text = f"{centimes // 100:,}".replace(",", thousands) + f"{decimal}{centimes % 100:02}"

    assert read_amount(plain_amount(text, is_number=False)) == centimes


@pytest.mark.parametrize("text", ["1.234.567", "1,234,567", "1'234'567"])
def test_marks_that_repeat_are_between_thousands(text: str):
    assert plain_amount(text, is_number=False) == "1234567"


@pytest.mark.parametrize("text", ["12.345", "12,345", "1.234 DH"])
def test_a_mark_that_may_be_either_is_refused(text: str):
    with pytest.raises(ValueRefused, match=r"^amount_ambiguous$"):
        plain_amount(text, is_number=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.345", "12.35"), ("12.3449", "12.34"), ("8000.125", "8000.13"), ("-0.005", "-0.01")],
)
def test_more_than_two_decimals_are_refused_with_the_amount_half_up(text: str, expected: str):
    with pytest.raises(ValueRefused, match=r"^amount_decimals$") as refused:
        plain_amount(text, is_number=True)

    assert refused.value.expected == expected


@pytest.mark.parametrize("text", ["", "DH", "douze", "1.23.456", "12 345 67,8,9", "1E+5", "12-5"])
def test_what_is_no_amount_is_refused_when_it_is_read(text: str):
    with pytest.raises(ValueRefused, match=r"^amount$"):
        read_amount(plain_amount(text, is_number=False))


@given(st.text(), st.booleans())
def test_any_text_is_read_or_refused(text: str, is_number: bool):
    with suppress(ValueRefused):
        assert isinstance(plain_amount(text, is_number=is_number), str)
