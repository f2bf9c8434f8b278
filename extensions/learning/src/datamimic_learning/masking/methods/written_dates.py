"""Days as columns hold them: dates, moments, and texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen
from numpy.typing import NDArray

from datamimic_learning.masking.methods.days_in_texts import FIRST, LAST, WrittenDays

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_DAY_MICROS: Final = 86_400_000_000


@frozen(eq=False)
class Days:
    """Days since 1970 of the rows (int64), whether each is a day, and how others are put in their places."""

    days: Ints
    known: Bools
    put: Callable[[Ints], pa.Array]
    """Makes a column of other days; where none is known, what was there stays."""


def days_of(values: pa.Array, *, month_first: bool = False) -> Days | None:
    """None for a column that can hold no days. `month_first` is how 3/4/2025 is read."""
    kind = values.type
    valid = np.asarray(values.is_valid())
    if pa.types.is_date(kind):
        days = np.asarray(pc.fill_null(pc.cast(pc.cast(values, pa.date32()), pa.int32()), 0)).astype(np.int64)
        return Days(days, valid & (days < LAST) & (days > FIRST), lambda made: _dates(values, made, valid))
    if pa.types.is_timestamp(kind):
        micros = np.asarray(pc.fill_null(pc.cast(pc.cast(values, pa.timestamp("us", kind.tz)), pa.int64()), 0))
        days = micros // _DAY_MICROS
        known = valid & (days < LAST) & (days > FIRST)

        def put(made: Ints) -> pa.Array:
            # What is finer than a microsecond stays as it is.
            factor = {"s": 86_400, "ms": 86_400_000, "us": _DAY_MICROS, "ns": _DAY_MICROS * 1_000}[kind.unit]
            whole = np.asarray(pc.fill_null(pc.cast(values, pa.int64()), 0))
            moved = np.where(known, whole + (made - days) * factor, whole)
            return pc.cast(pa.array(moved, pa.int64(), mask=~valid), kind)

        return Days(days, known, put)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        texts = WrittenDays(values.cast(pa.string()), month_first=month_first)
        return Days(texts.days, texts.known, lambda made: texts.put(made).cast(kind))
    return None


def _dates(values: pa.Array, made: Ints, valid: Bools) -> pa.Array:
    before = np.asarray(pc.fill_null(pc.cast(pc.cast(values, pa.date32()), pa.int32()), 0)).astype(np.int64)
    whole = np.where((before < LAST) & (before > FIRST), made, before)
    return pc.cast(pa.array(whole.astype(np.int32), pa.int32(), mask=~valid).cast(pa.date32()), values.type)
