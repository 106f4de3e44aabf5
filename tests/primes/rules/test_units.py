"""A table of a sheet: a row for each profile, as many cells in each."""

from typing import Any

import pytest

from primes.rules.columns import PROFILES
from primes.rules.errors import ParameterRefused
from primes.rules.parameters.units import parse


def read(unit: str, rows: Any, *, may_be_none: bool = False) -> Any:
    return parse(rows, unit, may_be_none=may_be_none, place="a sheet")


def every(row: Any) -> dict[str, Any]:
    return {profile: row for profile in PROFILES.values}  # noqa: C420 - a row may be a list


def test_one_text_a_profile_is_one_cell() -> None:
    assert read("years_by_profile", every("4")) == every((4,))


def test_cells_are_read_by_the_unit_of_the_table() -> None:
    rows = every(["1000.05", "0.00"])

    assert read("dirhams_by_profile", rows)["management"] == (100_005, 0)


def test_each_cell_by_itself_may_be_empty_where_the_sheet_says_so() -> None:
    rows = every(["none", "1.00", "none"])

    assert read("dirhams_by_profile", rows, may_be_none=True)["bac2-bpo"] == (None, 100, None)


@pytest.mark.parametrize(
    "rows",
    [
        "4",
        "none",
        ["4"],
        {},
        {PROFILES.values[0]: "4"},
        every("4") | {"secretary": "4"},
        every("none"),
        every("4.5"),
        every(""),
        every([]),
        every([["4"]]),
        every("4") | {"management": ["4", "5"]},
    ],
)
def test_a_table_that_does_not_keep_to_the_form_is_refused(rows: Any) -> None:
    with pytest.raises(ParameterRefused, match="expected years_by_profile"):
        read("years_by_profile", rows)


def test_a_table_is_not_the_value_of_another_unit() -> None:
    with pytest.raises(ParameterRefused, match="expected dirhams"):
        read("dirhams", every("1.00"))
