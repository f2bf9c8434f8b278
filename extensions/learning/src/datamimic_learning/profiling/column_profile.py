"""What is said of one column: from what was counted, as plain values."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from datamimic_learning.profiling.calendar_facts import calendar_facts, told
from datamimic_learning.profiling.columns import ColumnCounts, as_numbers
from datamimic_learning.profiling.contents import content_of, patterns_of, placeholders_of, variants_of
from datamimic_learning.profiling.distinct import DISTINCT_ERROR, ValueCounts
from datamimic_learning.profiling.units import unit_in_name, unit_in_texts
from datamimic_learning.profiling.weighted_values import QUANTILES, WeightedValues

_TOP: Final = 10
_ALL: Final = 100
"""Values up to which all are told."""
_CANDIDATES: Final = 4_096
_LOOKED_AT: Final = 200_000


def describe_column(counts: ColumnCounts, field: pa.Field, rows: int, sample: pa.Array) -> dict[str, Any]:
    """The column as plain values; `sample` are its cells in rows that stand for all."""
    filled = rows - counts.nulls
    whole = counts.counts.exact
    kept = counts.counts if whole else _of_sample(sample, counts.type)
    values, often = kept.counted()
    distinct = counts.counts.distinct if filled else 0
    most = _ALL if distinct <= _ALL else _TOP
    top, top_counts, top_error = counts.counts.frequent(values.slice(0, _CANDIDATES), most)
    made: dict[str, Any] = {
        "name": counts.name,
        "type": str(counts.type),
        "kind": _kind(counts.type),
        "nullable": field.nullable,
        "rows": rows,
        "nulls": counts.nulls,
        "null_share": _share(counts.nulls, rows),
        "distinct": {"count": min(distinct, filled), "exact": whole, "error": 0.0 if whole else DISTINCT_ERROR},
        "unique": whole and filled > 0 and distinct == filled,
        "exact": whole,
        "top": [
            {"value": plain(value), "count": int(count), "share": _share(int(count), rows)}
            for value, count in zip(top.to_pylist(), top_counts, strict=True)
            # Of many values that come once, none is frequent.
            if count > 1 or distinct <= _ALL
        ],
        "top_error": top_error,
        "unit": unit_in_name(counts.name),
    }
    if field.metadata and b"form" in field.metadata:
        made["form"] = field.metadata[b"form"].decode()
    if counts.numbers.count or counts.numbers.not_numbers or counts.numbers.infinite:
        made |= _numbers(counts, values, often, whole)
    elif pa.types.is_string(counts.type) and filled:
        made |= _texts(counts, values, often, filled)
        if made["unit"] is None and made["content"] == "number with unit":
            made["unit"] = unit_in_texts(values.slice(0, 1000).to_pylist())
    return made


def _of_sample(sample: pa.Array, kind: pa.DataType) -> ValueCounts:
    counts = ValueCounts(kind)
    cells = sample.combine_chunks() if isinstance(sample, pa.ChunkedArray) else sample
    counts.add(cells.drop_null())
    return counts


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "whole number"
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_timestamp(kind):
        return "timestamp"
    if pa.types.is_time(kind):
        return "time"
    if pa.types.is_duration(kind):
        return "duration"
    return "text" if pa.types.is_string(kind) else "bytes" if pa.types.is_binary(kind) else "nested"


def _numbers(counts: ColumnCounts, values: pa.Array, often: npt.NDArray[np.int64], whole: bool) -> dict[str, Any]:
    numbers, kind = counts.numbers, counts.type
    as_floats = as_numbers(values)
    assert as_floats is not None
    weighted = WeightedValues.of(as_floats, often)
    calendar = pa.types.is_date32(kind) or pa.types.is_timestamp(kind)
    made: dict[str, Any] = {"not_a_number": numbers.not_numbers, "infinite": numbers.infinite}
    if not numbers.count or not weighted.total:
        return made
    # The largest distance between a sample's and all rows' share below a value, exceeded in one of twenty cases.
    made["quantiles_error"] = 0.0 if whole else round(math.sqrt(math.log(2 / 0.05) / (2 * weighted.total)), 5)
    quantiles = dict(zip(map(str, QUANTILES), weighted.quantiles(QUANTILES), strict=True))
    if calendar:
        made |= {
            "min": told(numbers.lowest, kind),
            "max": told(numbers.highest, kind),
            "mean": told(numbers.mean, kind),
            "quantiles": {name: told(each, kind) for name, each in quantiles.items()},
            "dates": calendar_facts(weighted, kind, whole),
        }
    else:
        integral = pa.types.is_integer(kind)
        made |= {
            "min": counts.least if integral else numbers.lowest,
            "max": counts.greatest if integral else numbers.highest,
            "mean": numbers.mean,
            "deviation": numbers.deviation,
            "zeros": numbers.zeros,
            "negatives": numbers.negatives,
            "whole": numbers.fractions == 0,
            "decimals": 0 if numbers.fractions == 0 else _decimals(weighted.values),
            "quantiles": quantiles,
            "outliers": weighted.outliers() if not pa.types.is_time(kind) else None,
        }
    made["histogram"] = [
        each | {"from": told(each["from"], kind), "to": told(each["to"], kind)} if calendar else each
        for each in weighted.histogram()
    ]
    return made


def _decimals(values: npt.NDArray[np.float64]) -> int | None:
    """Places behind the point that all numbers keep to, out of at most six; None where there are more."""
    for places in range(7):
        scaled = values * 10**places
        if bool((np.abs(scaled - np.rint(scaled)) <= 1e-6 * np.maximum(1.0, np.abs(scaled) * 1e-6)).all()):
            return places
    return None


def _texts(counts: ColumnCounts, values: pa.Array, often: npt.NDArray[np.int64], filled: int) -> dict[str, Any]:
    values, often = values.slice(0, _LOOKED_AT), often[:_LOOKED_AT]
    content, share = content_of(values, often)
    seen = int(often.sum())
    return {
        "min": counts.least,
        "max": counts.greatest,
        "lengths": {"min": counts.shortest, "mean": counts.letters / filled, "max": counts.longest},
        "blanks": counts.blanks,
        "content": content,
        "content_share": share,
        "placeholders": round(placeholders_of(values, often) * filled / seen),
        "variants": round(variants_of(values, often) * filled / seen),
        "patterns": patterns_of(values, often),
    }


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if isinstance(value, Decimal) else repr(value)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
