"""The arithmetic of the law: whole centimes, exact ratios, one rounding, made nowhere else.

Amounts are never negative. Every product tests its bound before it is made: lines that fit in 64
bits are computed as columns, the few beyond are computed by the same formula on Python integers,
which have no bound. A result that does not fit in 64 bits raises `OverflowError`.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import cast

import numpy as np

from primes.rules.columns import Bools, Column, Int64s

_LARGEST = int(np.iinfo(np.int64).max)


def share(amount: Int64s, part: Int64s | int, whole: Int64s | int) -> Int64s:
    """amount × part / whole, rounded half up to the centime; `whole` is above 0."""
    halved = (_LARGEST - np.minimum(whole, _LARGEST // 2)) // 2
    fits = np.less_equal(whole, _LARGEST // 2) & (amount <= halved // np.maximum(part, 1))
    return cast("Int64s", _exactly(_rounded_share, fits, amount, part, whole))


def product(amount: Int64s, ratio: Fraction) -> Int64s:
    """amount × ratio, rounded half up to the centime; the ratio may have any number of digits."""
    part, whole = ratio.numerator, ratio.denominator
    if max(part, whole) > _LARGEST:
        exact: Column = _rounded_share(amount.astype(object), part, whole)
        return exact.astype(np.int64)
    return share(amount, part, whole)


def total(parts: Int64s) -> Int64s:
    """[n, k] amounts, summed over their second axis."""
    fits = parts.max(axis=1, initial=0) <= _LARGEST // max(parts.shape[1], 1)
    return cast("Int64s", _exactly(lambda parts: parts.sum(axis=1), fits, parts))


def sums(amounts: Int64s, of: Int64s, size: int) -> Int64s:
    """[size]: the sum of the amounts of each place; `of` names the place of each amount."""
    fits = amounts.max(initial=0) <= _LARGEST // max(len(amounts), 1)
    summed: Column = np.zeros(size, dtype=np.int64 if fits else object)
    np.add.at(summed, of, amounts if fits else amounts.astype(object))
    return summed.astype(np.int64)


def weighted_share(amount: Int64s, values: Int64s, weights: Int64s, scale: Int64s) -> Int64s:
    """amount × Σ(values × weights / scale) / Σ values, rounded half up to the centime.

    `values` and `weights` are [n, m], the sum runs over the second axis; 0 ≤ weights ≤ scale, and
    the values of each line have a sum above 0.
    """
    largest = values.max(axis=1, initial=0)
    terms = values.shape[1] * scale
    bounded = largest <= _LARGEST // (2 * terms)
    reach = np.where(bounded, largest, 0) * terms
    fits = bounded & (amount <= (_LARGEST - reach) // (2 * np.maximum(reach, 1)))
    return cast("Int64s", _exactly(_rounded_weighted_share, fits, amount, values, weights, scale))


def shares(whole: Int64s, weights: Int64s, ties: Int64s, of: Int64s) -> Int64s:
    """Each whole shared out to the centime in proportion to the weights, none lost or added.

    `whole` is [g]; `weights`, `ties` and `of`, which names the whole of each weight by its
    position, are [m]. A share is cut to the centime; the centimes then missing go one each to the
    largest remainders, of equal ones to the smallest of `ties` first. Weights that are all 0 share
    nothing.
    """
    weight = sums(weights, of, len(whole))
    amount, divisor = whole[of], np.maximum(weight, 1)[of]
    fits = amount <= _LARGEST // np.maximum(weights, 1)
    cut = cast("Int64s", _exactly(_cut_share, fits, amount, weights, divisor))
    remainder = cast("Int64s", _exactly(_remainder, fits, amount, weights, divisor))
    missing = np.where(weight > 0, whole, 0) - sums(cut, of, len(whole))
    order = np.lexsort((ties, -remainder, of))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order)) - np.searchsorted(of[order], of[order])
    return cut + (rank < missing[of])


def gap_exceeds(amount: Int64s, values: Int64s, tolerance: Fraction) -> Bools:
    """|amount − Σ values| > tolerance × amount; `values` is [n, m], summed over its second axis."""
    numerator, denominator = tolerance.numerator, tolerance.denominator

    def exceeds(amount: Column, values: Column) -> Column:
        gap: Column = abs(amount - values.sum(axis=1)) * denominator
        return gap > amount * numerator

    bound = _LARGEST // max(numerator, denominator)
    fits = amount <= bound
    # One look at the whole column is cheaper than a maximum a line, and nearly always settles it.
    if values.max(initial=0) > bound // values.shape[1]:
        fits &= values.max(axis=1) <= bound // values.shape[1]
    return cast("Bools", _exactly(exceeds, fits, amount, values))


def _rounded_share(amount: Column, part: Column | int, whole: Column | int) -> Column:
    """The one half-up rounding: ⌊amount × part / whole + 1/2⌋ in whole numbers."""
    rounded: Column = (2 * amount * part + whole) // (2 * whole)
    return rounded


def _rounded_weighted_share(
    amount: Column, values: Column, weights: Column, scale: Column
) -> Column:
    part, whole = (values * weights).sum(axis=1), scale * values.sum(axis=1)
    return _rounded_share(amount, part, whole)


def _cut_share(amount: Column, part: Column, whole: Column) -> Column:
    quotient: Column = amount * part // whole
    return quotient


def _remainder(amount: Column, part: Column, whole: Column) -> Column:
    remainder: Column = amount * part % whole
    return remainder


def _exactly(formula: Callable[..., Column], fits: Bools, *columns: Column | int) -> Column:
    """The formula on 64-bit columns where it fits, on Python integers on the other lines."""
    if fits.all():
        return formula(*columns)
    inside, outside = (
        [np.broadcast_to(column, (len(fits), *np.shape(column)[1:]))[lines] for column in columns]
        for lines in (fits, ~fits)
    )
    within = formula(*inside)
    outcome = np.empty(len(fits), dtype=within.dtype)
    outcome[fits] = within
    outcome[~fits] = formula(*(column.astype(object) for column in outside))
    return outcome
