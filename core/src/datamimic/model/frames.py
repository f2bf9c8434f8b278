"""Arrow tables as data frames of pandas, with columns that it computes with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pyarrow as pa

FrameTypes = Literal["pandas", "arrow", "numpy", "python"]


def pandas_frame(table: pa.Table, types: FrameTypes, arrow_dtype: Callable[[pa.DataType], Any]) -> Any:
    """The frame; `arrow_dtype` is `pandas.ArrowDtype`. Lists, maps and records are objects, except as Arrow."""
    if types == "python":
        return table.to_pandas()
    if types == "arrow":
        return table.to_pandas(types_mapper=arrow_dtype)
    if types == "numpy":
        for position, field in enumerate(table.schema):
            if pa.types.is_decimal(field.type):
                numbers = table.column(position).cast(pa.float64())
                table = table.set_column(position, field.with_type(pa.float64()), numbers)
        return table.to_pandas(date_as_object=False)
    return table.to_pandas(
        date_as_object=False, types_mapper=lambda kind: arrow_dtype(kind) if pa.types.is_decimal(kind) else None
    )
