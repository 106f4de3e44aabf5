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
    amount, part, whole = np.broadcast_arrays(
        np.asarray(amount), np.asarray(part), np.asarray(whole)
    )
    halved = (_LARGEST - np.minimum(whole, _LARGEST // 2)) // 2
    fits = (whole <= _LARGEST // 2) & (amount <= halved // np.maximum(part, 1))
    return cast("Int64s", _exactly(_rounded_share, fits, amount, part, whole))


def product(amount: Int64s, ratio: Fraction) -> Int64s:
    """amount × ratio, rounded half up to the centime."""
    return share(amount, ratio.numerator, ratio.denominator)


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


def _rounded_share(amount: Column, part: Column, whole: Column) -> Column:
    """The one half-up rounding: ⌊amount × part / whole + 1/2⌋ in whole numbers."""
    rounded: Column = (2 * amount * part + whole) // (2 * whole)
    return rounded


def _rounded_weighted_share(
    amount: Column, values: Column, weights: Column, scale: Column
) -> Column:
    part, whole = (values * weights).sum(axis=1), scale * values.sum(axis=1)
    return _rounded_share(amount, part, whole)


def _exactly(formula: Callable[..., Column], fits: Bools, *columns: Column) -> Column:
    """The formula on 64-bit columns where it fits, on Python integers on the other lines."""
    if fits.all():
        return formula(*columns)
    inside = formula(*(column[fits] for column in columns))
    outcome = np.empty(len(fits), dtype=inside.dtype)
    outcome[fits] = inside
    outcome[~fits] = formula(*(column[~fits].astype(object) for column in columns))
    return outcome
