"""Arrow arrays as columns to solve."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from datamimic_models.solving.axes import DAY, Axis
from datamimic_models.solving.made import Made


def made_of(values: Any, axis: Axis | None) -> Made:
    """The values as ticks of the axis; without one as texts."""
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    null = np.asarray(array.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    return Made(_texts(array) if axis is None else _ticks(array, axis), null)


def _texts(array: pa.Array) -> Any:
    return np.array(["" if each is None else str(each) for each in array.to_pylist()], dtype=object)


def _ticks(array: pa.Array, axis: Axis) -> Any:
    kind = array.type
    if pa.types.is_date(kind):
        days = array.cast(pa.date32()).cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
        return days if axis.kind == "date" else days * DAY
    if pa.types.is_timestamp(kind):
        return array.cast(pa.timestamp("us", kind.tz)).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    if pa.types.is_time(kind):
        return array.cast(pa.time64("us")).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        whole = array.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False)
        return whole * int(1 / axis.unit)
    # The float nearest to 473.01 is a little less.
    number: Any = round if pa.types.is_floating(kind) else int
    return np.array([0 if each is None else number(axis.ticks(each)) for each in array.to_pylist()], dtype=np.int64)
