"""Columns as codes whose meaning is public, or was learned under the budget, and what makes values of them again."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic import DatamimicError
from datamimic.columns import Floats, Ints
from datamimic_learning.privacy.noise.domains import Domain
from datamimic_learning.privacy.noise.statistics import NoisedStatistics

EVERY = 40
"""Whole numbers between so near bounds are told one by one."""
BOUNDS = Fraction(1, 3)
"""Part of a number's budget that looks for its ends."""
MOST_LEVELS = 5
ROWS_OF_NOISE = 20
"""How many times its noise a band should hold."""
DATES = (-25_567.0, 47_482.0)
"""Days from 1900-01-01 to 2100-01-01, between which dates and moments lie where nothing else is said."""
DAY = 86_400_000_000.0


@frozen(eq=False)
class Coded:
    """`codes` of the rows, from 0 to below `size`; the last is null, the one before it what no code is for. `values` makes an
    array of codes, with uniform numbers in [0, 1) for what lies within a band."""

    name: str
    codes: Ints
    size: int
    values: Callable[[Ints, Floats], pa.Array]


def is_text(column: pa.Array) -> bool:
    """Whether it is text, or is told as text: what is no number, date, moment or truth value."""
    kind = column.type
    known = (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    )
    return not (known or pa.types.is_date(kind) or pa.types.is_timestamp(kind))


def is_private(column: pa.Array, domain: Domain | None) -> bool:
    """Whether finding its domain costs budget."""
    return not (pa.types.is_boolean(column.type) or (domain is not None and (domain.values is not None or domain.key)))


def coded(
    name: str,
    column: pa.Array,
    domain: Domain | None,
    noised: NoisedStatistics,
    rows: int,
    epsilon: Fraction,
    delta: Fraction,
) -> Coded:
    """The column as codes, at most `epsilon` and `delta` spent on finding which there are. `rows` is the noised number of
    rows.

    Raises `DatamimicError`: `learning.needs_delta` for text without a domain and without delta.
    """
    kind = column.type
    if pa.types.is_boolean(kind):
        return _categories(name, column, ["false", "true"])
    if domain is not None and domain.values is not None:
        return _categories(name, column, list(domain.values))
    if not is_text(column):
        numbers = _numbers(column)
        return _bands(name, column, numbers, domain, noised, rows, epsilon)
    if not delta:
        raise DatamimicError(
            "learning.needs_delta",
            f"which values {name} may have is known from the rows alone",
            hint="--delta 1e-6, or a list of its values in --domains",
        )
    counted = pc.value_counts(column.cast(pa.string()).drop_null())
    counts = dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True))
    return _categories(name, column, list(noised.categories(counts, name, epsilon, delta)))


def _categories(name: str, column: pa.Array, values: list[str]) -> Coded:
    text = column.cast(pa.string())
    found = pc.index_in(text, value_set=pa.array(values, pa.string())).fill_null(-1).to_numpy(zero_copy_only=False)
    codes = found.astype(np.int64)
    codes[codes < 0] = len(values)
    codes[np.asarray(text.is_null().to_numpy(zero_copy_only=False))] = len(values) + 1
    told = pa.array([*values, None, None], pa.string())

    def made(codes: Ints, within: Floats) -> pa.Array:
        return told.take(pa.array(codes)).cast(column.type)

    return Coded(name, codes, len(values) + 2, made)


def _numbers(column: pa.Array) -> Floats:
    """Dates are days, moments microseconds."""
    kind = column.type
    if pa.types.is_date32(kind):
        column = column.cast(pa.int32())
    elif pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        column = column.cast(pa.timestamp("us"), safe=False).cast(pa.int64())
    return np.asarray(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)


def _bands(
    name: str,
    column: pa.Array,
    numbers: Floats,
    domain: Domain | None,
    noised: NoisedStatistics,
    rows: int,
    epsilon: Fraction,
) -> Coded:
    """Bands with about as many rows each, and single values at which several quantiles lie."""
    whole = not (pa.types.is_floating(column.type) or pa.types.is_decimal(column.type))
    if domain is not None and domain.bounds is not None:
        low, high = domain.bounds
        high = high + 1 if whole else high
    elif pa.types.is_temporal(column.type):
        low, high = (each * (1.0 if pa.types.is_date32(column.type) else DAY) for each in DATES)
    else:
        low, high = noised.bounds(numbers, name, epsilon * BOUNDS)
        epsilon *= 1 - BOUNDS
    if whole and high - low <= EVERY:
        edges, points = np.arange(math.floor(low), math.ceil(high) + 1, dtype=np.float64), np.zeros(0)
    else:
        levels = int(np.clip(math.log2(max(2.0, rows * float(epsilon) / ROWS_OF_NOISE)), 1, MOST_LEVELS))
        found = noised.quantiles(numbers, (low, high), levels, name, epsilon)
        found = np.ceil(found) if whole else found
        edges, times = np.unique(found, return_counts=True)
        points = edges[times > 1]
    edges = edges if len(edges) > 1 else np.array([low, low + 1])
    bands = len(edges) - 1
    codes = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, bands - 1).astype(np.int64)
    for place, value in enumerate(points):
        codes[numbers == value] = bands + place
    unknown = bands + len(points)
    codes[np.isnan(numbers)] = unknown + 1
    lows = np.concatenate((edges[:-1], points, [np.nan, np.nan]))
    widths = np.concatenate((np.diff(edges), np.zeros(len(points) + 2)))

    def made(codes: Ints, within: Floats) -> pa.Array:
        return _typed(lows[codes] + within * widths[codes], column.type, whole)

    return Coded(name, codes, unknown + 2, made)


def _typed(numbers: Floats, kind: pa.DataType, whole: bool) -> pa.Array:
    null = np.isnan(numbers)
    if not whole:
        return pa.array(np.round(numbers, 2), mask=null).cast(kind, safe=False)
    wholes = pa.array(np.floor(np.where(null, 0, numbers)).astype(np.int64), mask=null)
    if pa.types.is_date32(kind):
        return wholes.cast(pa.int32()).cast(kind)
    if pa.types.is_temporal(kind):
        return wholes.cast(pa.timestamp("us")).cast(kind, safe=False)
    return wholes.cast(kind, safe=False)
