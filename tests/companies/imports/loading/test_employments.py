"""Periods of employment from what files say."""

from datetime import date
from itertools import permutations

import pytest

from companies.imports.loading.employments import (
    SAID_BY_THE_FIRM,
    DeclaredMonth,
    Departure,
    Origin,
    Recruitment,
    spells_of,
)

LINE = Origin("a file", 3)
JANUARY, FEBRUARY, MARCH, JUNE = (date(2026, month, 1) for month in (1, 2, 3, 6))


def month(first: date, *, entrant: bool = False, left: bool = False) -> DeclaredMonth:
    return DeclaredMonth(first, entrant, left, Origin(f"DS {first:%m}", 3))


def recruited(year: int, on: date) -> Recruitment:
    return Recruitment(year, on, Origin(f"9421 {year}", 7))


def days(*evidence) -> list[tuple[date, date | None]]:
    return [
        (spell.hired_on, spell.departure.on if spell.departure else None)
        for spell in spells_of(*evidence)
    ]


def test_the_record_of_entry_dates_the_hire_on_the_first_of_its_month():
    assert days([month(JANUARY, entrant=True), month(FEBRUARY)]) == [(JANUARY, None)]


def test_the_date_of_recruitment_comes_before_the_record_of_entry():
    told = [month(JANUARY, entrant=True)], [recruited(2026, date(2026, 1, 12))]

    assert days(*told) == [(date(2026, 1, 12), None)]


def test_the_latest_year_is_believed():
    told = [recruited(2025, date(2025, 9, 1)), recruited(2026, date(2025, 9, 15))]

    assert days([month(JANUARY)], told) == [(date(2025, 9, 15), None)]


def test_a_person_seen_in_post_without_a_date_has_no_known_hire():
    assert days([month(JANUARY), month(FEBRUARY)]) == []


@pytest.mark.parametrize(("first", "last"), [(FEBRUARY, 28), (MARCH, 31), (JUNE, 30)])
def test_a_departure_is_the_last_day_of_its_month(first: date, last: int):
    told = [month(JANUARY, entrant=True), month(first, left=True)]

    assert days(told) == [(JANUARY, first.replace(day=last))]


def test_absence_ends_nothing():
    assert days([month(JANUARY, entrant=True), month(JUNE)]) == [(JANUARY, None)]


def test_declared_again_after_a_departure_is_a_new_employment():
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True), month(JUNE)]

    assert days(told) == [(JANUARY, date(2026, 2, 28)), (JUNE, None)]


@pytest.mark.parametrize(
    ("recruitment", "hired_on"),
    [
        (date(2026, 3, 1), JUNE),
        (date(2026, 6, 1), JUNE),
        (date(2026, 6, 2), date(2026, 6, 2)),
    ],
)
def test_a_new_employment_begins_at_the_later_of_both_days(recruitment: date, hired_on: date):
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True), month(JUNE)]

    assert days(told, [recruited(2026, recruitment)])[-1] == (hired_on, None)


def test_a_complementary_pay_of_the_month_of_departure_reopens_nothing():
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True), month(FEBRUARY)]

    assert days(told) == [(JANUARY, date(2026, 2, 28))]


def test_a_recruitment_after_the_departure_is_a_new_employment():
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True)]

    assert days(told, [recruited(2026, date(2026, 3, 1))])[-1] == (MARCH, None)


def test_a_recruitment_on_the_day_of_departure_belongs_to_the_one_that_ends():
    told = [month(JANUARY), month(FEBRUARY, left=True)]

    hired = date(2026, 2, 28)
    assert days(told, [recruited(2026, hired)]) == [(hired, hired)]


def test_an_unknown_first_beginning_leaves_the_next_one_known():
    told = [month(JANUARY), month(FEBRUARY, left=True), month(JUNE)]

    assert days(told) == [(JUNE, None)]


def test_the_word_of_the_firm_comes_after_the_yearly_declaration_and_before_the_entry():
    own = Recruitment(SAID_BY_THE_FIRM, date(2026, 1, 20), LINE)
    entry = [month(JANUARY, entrant=True)]

    assert days(entry, [own]) == [(date(2026, 1, 20), None)]
    assert days(entry, [own, recruited(2026, date(2026, 1, 12))]) == [(date(2026, 1, 12), None)]


def test_a_departure_written_by_the_firm_keeps_its_day():
    own = Departure(date(2026, 2, 11), LINE)

    assert days([month(JANUARY, entrant=True)], (), [own]) == [(JANUARY, own.on)]


def test_a_departure_written_for_the_month_of_an_official_one_changes_nothing():
    own = Departure(date(2026, 2, 11), LINE)
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True)]

    assert days(told, (), [own]) == [(JANUARY, date(2026, 2, 28))]


def test_a_departure_written_about_nothing_ends_nothing():
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True)]

    assert days(told, (), [Departure(date(2026, 4, 2), LINE)]) == [(JANUARY, date(2026, 2, 28))]


def test_each_day_names_the_line_it_came_from():
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True), month(JUNE)]

    first, second = spells_of(told, [recruited(2025, date(2025, 12, 1))])

    assert first.hired_origin == Origin("9421 2025", 7)
    assert first.departure is not None
    assert first.departure.origin == Origin("DS 02", 3)
    assert second.hired_origin == Origin("DS 06", 3)


def test_the_order_of_what_is_told_changes_nothing():
    told = [month(JANUARY, entrant=True), month(FEBRUARY, left=True), month(MARCH), month(JUNE)]
    dates = [recruited(2025, date(2025, 12, 1)), recruited(2026, date(2026, 3, 9))]

    answers = {
        tuple(spells_of(months, recruitments))
        for months in permutations(told)
        for recruitments in permutations(dates)
    }

    assert len(answers) == 1
