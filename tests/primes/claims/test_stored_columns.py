"""Rows read as columns: exactly what the server holds, or a refusal that names the place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primes.claims.stored_columns import (
    FLAG,
    INT16,
    INT32,
    INT64,
    Layout,
    StoredColumnsRefused,
    read_columns,
)

pytestmark = pytest.mark.django_db
SERIES = "FROM generate_series(1, %(n)s) AS g ORDER BY g"


def _refusal(statement: str, layout: Layout) -> StoredColumnsRefused:
    with pytest.raises(StoredColumnsRefused) as refused:
        read_columns(statement, {"n": 3}, layout)
    return refused.value


def test_each_type_comes_as_it_is_stored():
    statement = f"SELECT -g::int2, g::int4 - 2, (g - 2)::int8 << 40, g = 2 {SERIES}"
    layout = {"small": INT16, "middle": INT32, "large": INT64, "flag": FLAG}

    columns = read_columns(statement, {"n": 3}, layout)

    assert {name: column.tolist() for name, column in columns.items()} == {
        "small": [-1, -2, -3],
        "middle": [-1, 0, 1],
        "large": [-(1 << 40), 0, 1 << 40],
        "flag": [False, True, False],
    }
    dtypes = [column.dtype for column in columns.values()]
    assert dtypes == [np.int16, np.int32, np.int64, np.bool_]


def test_arrays_have_an_axis_of_their_own():
    statement = f"SELECT ARRAY[g, -g]::int8[], ARRAY[g = 1, true, false] {SERIES}"

    columns = read_columns(statement, {"n": 2}, {"pair": INT64.times(2), "flags": FLAG.times(3)})

    assert columns["pair"].tolist() == [[1, -1], [2, -2]]
    assert columns["flags"].tolist() == [[True, True, False], [False, True, False]]


def test_an_array_may_be_empty():
    columns = read_columns(f"SELECT '{{}}'::int8[], g {SERIES}", {"n": 2}, _with_empty_array())

    assert columns["none"].shape == (2, 0)
    assert columns["after"].tolist() == [1, 2]


def _with_empty_array() -> Layout:
    return {"none": INT64.times(0), "after": INT32}


def test_no_row_gives_columns_of_length_none():
    columns = read_columns(
        f"SELECT g::int8, ARRAY[g]::int8[] {SERIES}", {"n": 0}, {"a": INT64, "b": INT64.times(1)}
    )

    assert (columns["a"].shape, columns["b"].shape) == ((0,), (0, 1))


def test_more_rows_than_a_block_come_in_order():
    columns = read_columns(f"SELECT g::int8 {SERIES}", {"n": 150_000}, {"a": INT64})

    assert np.array_equal(columns["a"], np.arange(1, 150_001))


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20))
def test_every_integer_survives(values):
    columns = read_columns("SELECT unnest(%(values)s::bigint[])", {"values": values}, {"a": INT64})

    assert columns["a"].tolist() == values


@pytest.mark.parametrize(
    ("asked", "layout", "place", "found"),
    [
        ("nullif(g, 2)::int8", {"a": INT64}, "row 1, column a", "null"),
        ("g::int8, nullif(g, 3)::int4", {"a": INT64, "b": INT32}, "row 2", "20 bytes"),
        ("g::int4", {"a": INT64}, "row 0, column a", "4 bytes"),
        ("g::int8", {"a": INT64, "b": INT64}, "row 0", "another number of columns"),
        ("array_fill(g, ARRAY[g])", {"a": INT32.times(1)}, "row 1, column a", "36 bytes"),
        ("ARRAY[g]", {"a": INT64.times(1)}, "row 0, column a", "28 bytes"),
        ("ARRAY[g, null, g]", {"a": INT32.times(3)}, "row 0, column a", "40 bytes"),
    ],
)
def test_a_record_unlike_the_layout_is_refused_by_its_place(asked, layout, place, found):
    refused = _refusal(f"SELECT {asked} {SERIES}", layout)

    assert (refused.code, refused.place, refused.found) == ("stored_columns_refused", place, found)


def test_arrays_of_another_type_and_the_same_width_are_refused():
    refused = _refusal(f"SELECT ARRAY[g]::oid[] {SERIES}", {"a": INT32.times(1)})

    assert refused.place == "row 0, column a"


def test_an_array_that_holds_a_null_is_not_an_array_that_holds_zero():
    refused = _refusal(f"SELECT ARRAY[nullif(g, 2)]::int8[] {SERIES}", {"a": INT64.times(1)})

    assert refused.place == "row 1, column a"
