"""Figures as people of Morocco read them: interface in French, Arabic and English."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import formats as django_formats
from django.utils import translation

from accounts import formats

NBSP = "\N{NO-BREAK SPACE}"
LRI, PDI = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", f"1{NBSP}234{NBSP}567,89{NBSP}DH"),
        ("ar", f"{LRI}1.234.567,89{PDI}{NBSP}درهم"),
        ("en", f"MAD{NBSP}1,234,567.89"),
    ],
)
def test_money_is_written_as_the_language_does(language, written):
    assert formats.money(123456789, language) == written


@pytest.mark.parametrize(
    ("centimes", "written"),
    [(0, "0,00"), (5, "0,05"), (99999, "999,99"), (100000, f"1{NBSP}000,00"), (-150, "−1,50")],
)
def test_money_keeps_its_centimes_its_groups_and_its_sign(centimes, written):
    assert formats.money(centimes, "fr") == f"{written}{NBSP}DH"


def test_money_of_64_bits_loses_no_centime():
    assert formats.money(2**63 - 1, "en").endswith("92,233,720,368,547,758.07")


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (1234567, "fr", f"1{NBSP}234{NBSP}567"),
        (Decimal("1234567.89"), "fr", f"1{NBSP}234{NBSP}567,89"),
        (Decimal("1234567.89"), "ar", f"{LRI}1.234.567,89{PDI}"),
        (Decimal("-0.5"), "en", "−0.5"),
    ],
)
def test_a_number_keeps_the_decimals_it_came_with(value, language, written):
    assert formats.number(value, language) == written


@pytest.mark.parametrize(
    ("share", "language", "written"),
    [
        (Fraction(7, 200), "fr", f"3,5{NBSP}%"),
        (Fraction(7, 200), "en", "3.5%"),
        (Fraction(7, 200), "ar", f"{LRI}%3,5{PDI}"),
        (1, "fr", f"100{NBSP}%"),
        (Fraction(1, 3), "fr", f"33,3333{NBSP}%"),
        (Fraction(1, 2000), "fr", f"0,05{NBSP}%"),
        (0, "fr", f"0{NBSP}%"),
        (Fraction(-1, 200), "fr", f"{formats.MINUS}0,5{NBSP}%"),
        (Fraction(-377, 1000), "en", f"{formats.MINUS}37.7%"),
    ],
)
def test_a_share_is_written_per_cent(share, language, written):
    assert formats.percent(share, language) == written


@pytest.mark.parametrize(("language", "written"), [("fr", "05/08/2026"), ("en", "05/08/2026")])
def test_a_short_day_puts_the_day_first(language, written):
    assert formats.day(date(2026, 8, 5), language) == written


def test_a_short_day_is_isolated_in_arabic():
    assert formats.day(date(2026, 8, 5), "ar") == f"{LRI}05/08/2026{PDI}"


@pytest.mark.parametrize(("language", "month"), [("fr", "août"), ("ar", "غشت"), ("en", "August")])
def test_a_long_day_names_the_month_as_morocco_does(language, month):
    assert formats.long_day(date(2026, 8, 5), language) == f"5{NBSP}{month}{NBSP}2026"


@pytest.mark.parametrize(("language", "day"), [("fr", "1er"), ("ar", "1"), ("en", "1")])
def test_only_french_says_the_first_of_a_month(language, day):
    assert formats.long_day(date(2026, 3, 1), language).startswith(f"{day}{NBSP}")


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_language_has_twelve_different_months(language):
    assert len(set(formats.HABITS[language].months)) == 12


def test_an_hour_is_that_of_casablanca():
    at = datetime(2026, 8, 5, 13, 7, 9, tzinfo=UTC)

    assert formats.hour(at, "fr") == "14:07"
    assert formats.exact_hour(at, "fr") == "14:07:09"


def test_the_clock_of_casablanca_moves_in_ramadan():
    assert formats.hour(datetime(2026, 3, 1, 13, 7, tzinfo=UTC), "fr") == "13:07"


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(60, f"1{NBSP}h"), (450, f"7{NBSP}h{NBSP}30"), (5, f"0{NBSP}h{NBSP}05")],
)
def test_a_length_is_in_hours_and_minutes(minutes, written):
    assert formats.duration(minutes, "fr") == written


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_django_reads_and_writes_days_and_hours_the_same_way(language):
    with translation.override(language):
        assert django_formats.date_format(date(2026, 8, 5), "SHORT_DATE_FORMAT") == "05/08/2026"
        assert django_formats.time_format(time(14, 7)) == "14:07"
        assert django_formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", f"1{NBSP}234{NBSP}567,89"), ("ar", "1.234.567,89"), ("en", "1,234,567.89")],
)
def test_django_groups_numbers_the_same_way(language, written):
    with translation.override(language):
        assert django_formats.number_format(Decimal("1234567.89"), force_grouping=True) == written


def test_a_template_isolates_the_figure_of_the_readers_language():
    template = engines["django"].from_string("{% load formats %}{{ amount|money }}")

    with translation.override("en"):
        assert template.render({"amount": 100}) == f'<bdi class="nowrap">MAD{NBSP}1.00</bdi>'


def test_a_template_escapes_what_it_isolates():
    template = engines["django"].from_string("{% load formats %}{{ text|isolate }}")

    assert "<script>" not in template.render({"text": "<script>"})


def test_a_template_says_the_civil_day_of_an_instant():
    template = engines["django"].from_string("{% load formats %}{{ at|day }}")
    just_after_midnight = datetime(2026, 8, 5, 23, 30, tzinfo=UTC)

    assert "06/08/2026" in template.render({"at": just_after_midnight})


def test_no_line_ends_before_a_high_mark():
    template = engines["django"].from_string("{% load formats %}{{ text|unbroken }}")

    shown = template.render({"text": "Est-ce « oui » ? Alors : ceci."})

    assert shown == f"Est-ce «{NBSP}oui{NBSP}»{NBSP}? Alors{NBSP}: ceci."
