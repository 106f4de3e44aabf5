"""The arithmetic of the law against fractions: whole columns, from nothing to beyond 64 bits."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from primes.rules.money import gap_exceeds, product, share, sums, total, weighted_share
from tests.primes.rules.oracle.verdict import half_up

LARGEST = 2**63 - 1
A_BILLION_DIRHAMS = 10**11
AMOUNTS = st.one_of(
    st.integers(0, 200),
    st.integers(0, 10**8),
    st.integers(A_BILLION_DIRHAMS - 50, A_BILLION_DIRHAMS + 50),
    st.integers(10**17 - 50, 10**17 + 50),
    st.integers(LARGEST - 9, LARGEST),
)
RATES = st.one_of(
    st.integers(0, 10_000).map(lambda basis_points: Fraction(basis_points, 10_000)),
    st.fractions(0, 1, max_denominator=10**6),
)
COLUMNS = st.lists(AMOUNTS, min_size=1, max_size=20)


def column(figures: list[int]) -> np.ndarray:
    return np.array(figures, dtype=np.int64)


@given(amounts=COLUMNS, rate=RATES)
@settings(deadline=None)
def test_a_rate_of_a_column_is_the_fraction_rounded_half_up(
    amounts: list[int], rate: Fraction
) -> None:
    assert product(column(amounts), rate).tolist() == [half_up(each * rate) for each in amounts]


@given(half=st.one_of(st.integers(1, 5_000), st.integers(1, LARGEST // 4)), data=st.data())
@settings(deadline=None)
def test_half_a_centime_goes_up_and_a_hair_less_goes_down(half: int, data: st.DataObject) -> None:
    whole = 2 * half
    centimes = data.draw(st.integers(0, LARGEST // whole - 1))
    tie = centimes * whole + half

    found = share(column([tie - 1, tie, tie + 1]), 1, whole)

    assert found.tolist() == [centimes, centimes + 1, centimes + 1]


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=20))
@settings(deadline=None)
def test_shares_of_a_column_are_the_fractions_rounded_half_up(
    rows: list[tuple[int, int, int]],
) -> None:
    """Small lines and lines beyond 64 bits stand side by side."""
    amounts, wholes = [row[0] for row in rows], [max(row[1:]) or 1 for row in rows]
    parts = [min(row[1:]) for row in rows]

    found = share(column(amounts), column(parts), column(wholes))

    exact = zip(amounts, parts, wholes, strict=True)
    assert found.tolist() == [half_up(Fraction(a * p, w)) for a, p, w in exact]


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=20), st.integers(1, 366))
@settings(deadline=None)
def test_a_result_beyond_64_bits_is_refused_and_never_wraps(
    rows: list[tuple[int, int]], whole: int
) -> None:
    exact = [half_up(Fraction(amount * part, whole)) for amount, part in rows]
    assume(max(exact) > LARGEST)
    amounts, parts = (column(list(each)) for each in zip(*rows, strict=True))

    with pytest.raises(OverflowError):
        share(amounts, parts, whole)


MONTHS = st.lists(st.tuples(AMOUNTS, st.integers(0, 31)), min_size=12, max_size=12)


@given(st.lists(st.tuples(AMOUNTS, MONTHS), min_size=1, max_size=8))
@settings(deadline=None)
def test_weighted_shares_of_a_column_are_the_fractions_rounded_half_up(
    rows: list[tuple[int, list[tuple[int, int]]]],
) -> None:
    assume(all(any(value for value, _ in months) for _, months in rows))
    values = np.array([[value for value, _ in months] for _, months in rows], dtype=np.int64)
    weights = np.array([[weight for _, weight in months] for _, months in rows], dtype=np.int64)

    found = weighted_share(
        column([amount for amount, _ in rows]), values, weights, column([31] * len(rows))
    )

    assert found.tolist() == [
        half_up(amount * sum(Fraction(v * w, 31) for v, w in months) / sum(v for v, _ in months))
        for amount, months in rows
    ]


@given(st.lists(st.lists(AMOUNTS, min_size=3, max_size=3), min_size=1, max_size=20))
@settings(deadline=None)
def test_a_total_is_exact_or_refused(rows: list[list[int]]) -> None:
    parts = np.array(rows, dtype=np.int64)

    if max(map(sum, rows)) > LARGEST:
        with pytest.raises(OverflowError):
            total(parts)
    else:
        assert total(parts).tolist() == [sum(row) for row in rows]


@given(st.lists(st.tuples(AMOUNTS, st.integers(0, 3)), max_size=20))
@settings(deadline=None)
def test_the_sum_of_each_place_is_exact_or_refused(rows: list[tuple[int, int]]) -> None:
    amounts, places = column([each for each, _ in rows]), column([place for _, place in rows])
    expected = [sum(each for each, at in rows if at == place) for place in range(4)]

    if max(expected) > LARGEST:
        with pytest.raises(OverflowError):
            sums(amounts, places, 4)
    else:
        assert sums(amounts, places, 4).tolist() == expected


@pytest.mark.parametrize("last", [LARGEST - 7, LARGEST - 6])
def test_a_total_is_refused_from_the_first_centime_beyond_64_bits(last: int) -> None:
    parts = np.array([[1, 2, 4], [last - 1, 1, 7]], dtype=np.int64)

    if last + 7 > LARGEST:
        with pytest.raises(OverflowError):
            total(parts)
    else:
        assert total(parts).tolist() == [7, LARGEST]


@given(
    rows=st.lists(
        st.tuples(AMOUNTS, st.lists(AMOUNTS, min_size=12, max_size=12)), min_size=1, max_size=8
    ),
    tolerance=RATES,
)
@settings(deadline=None)
def test_gaps_of_a_column_are_told_as_fractions_tell_them(
    rows: list[tuple[int, list[int]]], tolerance: Fraction
) -> None:
    amounts = column([amount for amount, _ in rows])
    values = np.array([months for _, months in rows], dtype=np.int64)

    found = gap_exceeds(amounts, values, tolerance)

    assert found.tolist() == [abs(a - sum(months)) > tolerance * a for a, months in rows]


@given(basis=st.one_of(st.integers(0, 10**9), st.integers(0, 10**15)), tenths=st.integers(1, 9))
@settings(deadline=None)
def test_a_gap_exactly_as_wide_as_the_tolerance_is_none(basis: int, tenths: int) -> None:
    income, edge = 10 * basis, tenths * basis
    salaries = [income - edge, income + edge, income - edge - 1, income + edge + 1]
    values = np.array([[max(0, salary), 0] for salary in salaries], dtype=np.int64)

    found = gap_exceeds(column([income] * 4), values, Fraction(tenths, 10))

    assert found.tolist() == [False, False, salaries[2] >= 0, True]
