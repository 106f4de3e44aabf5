"""How long somebody attended, as people write it in a sheet."""

import pytest

from companies.imports.reading.values import ValueRefused
from trainings.imports.target import MINUTES_MAX, read_attended


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("7,5", 450),
        ("7.25", 435),
        ("7", 420),
        ("0", 0),
        ("7h", 420),
        ("7 h 30", 450),
        ("7:30", 450),
        ("7h30 min", 450),
        ("450 min", 450),
        ("90 minutes", 90),
        ("2000", MINUTES_MAX),
    ],
)
def test_a_time_is_read_as_people_write_it(text, minutes):
    assert read_attended(text) == minutes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("présent", "hours"),
        ("7:60", "hours"),
        ("7,33", "hours"),
        ("-1", "hours_negative"),
        ("2000,5", "hours_absurd"),
        ("120001 min", "hours_absurd"),
    ],
)
def test_what_is_no_time_is_refused(text, code):
    with pytest.raises(ValueRefused) as refused:
        read_attended(text)

    assert refused.value.code == code
