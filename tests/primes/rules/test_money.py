from fractions import Fraction
from math import floor
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primes.rules.money import gap_exceeds, product, share, shares, sums, weighted_share

LARGEST = 2**63 - 1
AMOUNTS = st.one_of(
    st.integers(0, 10**8), st.integers(0, 10**14), st.integers(LARGEST - 9, LARGEST)
)
WHOLES = st.one_of(st.integers(1, 366), st.integers(1, 10**13), st.integers(1, LARGEST))


def column(*figures: int) -> np.ndarray:
    return np.array(figures, dtype=np.int64)


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


@pytest.mark.parametrize(("amount", "expected"), [(142, 5), (100, 4), (98, 3), (43, 2), (42, 1)])
def test_a_rate_is_rounded_half_up(amount: int, expected: int) -> None:
    assert product(column(amount), Fraction(35, 1000)).tolist() == [expected]


@pytest.mark.parametrize("growth", [Fraction(10253, 10000), Fraction(10**30 + 1, 10**30)])
def test_a_ratio_of_many_digits_is_exact_too(growth: Fraction) -> None:
    """Pay that grows by 2.53 % a year has a denominator beyond 64 bits after five years."""
    ratio, amounts = growth**5, column(0, 1, 9_600_050, 10**14)

    grown = product(amounts, ratio)

    assert grown.tolist() == [half_up(amount * ratio) for amount in amounts.tolist()]
    assert grown.dtype == np.int64


@given(amount=AMOUNTS, whole=WHOLES, data=st.data())
@settings(deadline=None)
def test_a_share_is_exact_whatever_its_size(amount: int, whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))

    shares = share(column(amount, 100), column(part, 1), column(whole, 3))

    assert shares.tolist() == [half_up(Fraction(amount * part, whole)), 33]


@pytest.mark.parametrize("bits", [60, 61, 62, 63, 64])
def test_a_share_is_exact_on_both_sides_of_64_bits(bits: int) -> None:
    exponents = range(max(bits - 61, 2), min(bits, 61) + 1)
    pairs = [(a, 2 ** (bits - k)) for k in exponents for a in (2**k - 1, 2**k - 2 ** (k - 2))]
    amounts, wholes = column(*[a for a, _ in pairs]), column(*[b for _, b in pairs])

    assert share(amounts, wholes, wholes).tolist() == amounts.tolist()


@pytest.mark.parametrize("bits", [60, 61, 62, 63, 64])
@pytest.mark.parametrize("amount", [0, 1, 2, 3, 1000])
def test_a_weighted_share_is_exact_on_both_sides_of_64_bits(bits: int, amount: int) -> None:
    scales = [2**k for k in range(9)]
    values = [[min(2**bits // (max(amount, 1) * scale * 12), 2**62)] * 12 for scale in scales]
    weights = [[scale] * 12 for scale in scales]

    shares = weighted_share(
        column(*[amount] * 9), np.array(values), np.array(weights), column(*scales)
    )

    assert shares.tolist() == [amount] * 9


def test_a_result_beyond_64_bits_is_an_error_and_never_wraps() -> None:
    with pytest.raises(OverflowError):
        share(column(LARGEST), column(LARGEST), column(1))


@given(
    amount=AMOUNTS,
    values=st.lists(AMOUNTS, min_size=12, max_size=12).filter(any),
    scale=st.integers(1, 961),
    data=st.data(),
)
@settings(deadline=None)
def test_a_weighted_share_is_exact_whatever_its_size(
    amount: int, values: list[int], scale: int, data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.integers(0, scale), min_size=12, max_size=12))
    within = sum(Fraction(v * w, scale) for v, w in zip(values, weights, strict=True))

    rows = column(*values)[None], column(*weights)[None]

    found = weighted_share(column(amount), *rows, column(scale))

    assert found.tolist() == [half_up(amount * within / sum(values))]


@pytest.mark.parametrize(
    ("total", "exceeds"), [(89_999, True), (90_000, False), (110_000, False), (110_001, True)]
)
def test_a_gap_is_told_from_the_first_centime_beyond(total: int, exceeds: bool) -> None:
    values = column(total - 5, 5)[None]

    assert gap_exceeds(column(100_000), values, Fraction(1, 10)).tolist() == [exceeds]


@pytest.mark.parametrize("tolerance", [Fraction(1, 10), Fraction(3)])
@given(amount=AMOUNTS, values=st.lists(AMOUNTS, min_size=12, max_size=12))
@settings(deadline=None)
def test_a_gap_is_exact_whatever_its_size(
    tolerance: Fraction, amount: int, values: list[int]
) -> None:
    rows = np.stack([column(*values), column(*[0] * 12), column(*[8] * 12)])

    found = gap_exceeds(column(amount, 0, 100), rows, tolerance)

    expected = abs(amount - sum(values)) > tolerance * amount
    assert found.tolist() == [expected, False, False]


def shared(whole: int, weights: list[int], ties: list[int]) -> list[int]:
    """The rule of the text, one share at a time."""
    if not any(weights):
        return [0] * len(weights)
    exact = [Fraction(whole * weight, sum(weights)) for weight in weights]
    cut = [floor(each) for each in exact]
    takers = sorted(range(len(exact)), key=lambda i: (cut[i] - exact[i], ties[i]))
    for taker in takers[: whole - sum(cut)]:
        cut[taker] += 1
    return cut


@st.composite
def invoices(draw: st.DrawFn) -> tuple[int, list[int], list[int]]:
    weight = st.one_of(st.integers(0, 3), st.integers(0, 10_000), st.integers(0, LARGEST // 30))
    weights = draw(st.lists(weight, min_size=1, max_size=6))
    return draw(AMOUNTS), weights, draw(st.permutations(range(len(weights))))


@given(st.lists(invoices(), min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_invoices_are_shared_exactly_and_to_the_last_centime(
    drawn: list[tuple[int, list[int], list[int]]], chance: Random
) -> None:
    rows = [
        (position, weight, tie, share)
        for position, (whole, weights, ties) in enumerate(drawn)
        for weight, tie, share in zip(weights, ties, shared(whole, weights, ties), strict=True)
    ]
    chance.shuffle(rows)
    of, weights, ties, expected = (column(*each) for each in zip(*rows, strict=True))

    found = shares(column(*[whole for whole, _, _ in drawn]), weights, ties, of)

    assert found.tolist() == expected.tolist()
    for position, (whole, weights_, _) in enumerate(drawn):
        assert sum(found[of == position].tolist()) == (whole if any(weights_) else 0)


@pytest.mark.parametrize(
    ("whole", "weights", "ties", "expected"),
    [
        (100, (1, 1, 1), (3, 1, 2), [33, 34, 33]),
        (101, (1, 1, 1), (3, 1, 2), [33, 34, 34]),
        (102, (1, 1, 1), (3, 1, 2), [34, 34, 34]),
        (100, (1, 2, 0), (1, 2, 0), [33, 67, 0]),
        (1, (1, 1), (9, 8), [0, 1]),
        (0, (1, 1), (1, 2), [0, 0]),
        (100, (0, 0), (1, 2), [0, 0]),
    ],
)
def test_the_missing_centimes_go_to_the_largest_remainders(
    whole: int, weights: tuple[int, ...], ties: tuple[int, ...], expected: list[int]
) -> None:
    found = shares(column(whole), column(*weights), column(*ties), column(*[0] * len(weights)))

    assert found.tolist() == expected


def test_an_invoice_without_a_weight_shares_nothing() -> None:
    assert shares(column(100), column(), column(), column()).tolist() == []


def test_weights_beyond_64_bits_are_an_error_and_never_wrap() -> None:
    with pytest.raises(OverflowError):
        shares(column(1), column(LARGEST, 1), column(1, 2), column(0, 0))


@given(st.lists(st.tuples(st.integers(0, 3), AMOUNTS), max_size=8))
@settings(deadline=None)
def test_sums_by_place_are_exact_or_an_error(drawn: list[tuple[int, int]]) -> None:
    of, amounts = column(*[place for place, _ in drawn]), column(*[amount for _, amount in drawn])
    expected = [sum(amount for at, amount in drawn if at == place) for place in range(4)]

    if max(expected) > LARGEST:
        with pytest.raises(OverflowError):
            sums(amounts, of, 4)
    else:
        assert sums(amounts, of, 4).tolist() == expected
