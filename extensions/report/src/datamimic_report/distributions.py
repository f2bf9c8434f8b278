"""What the values of a column look like: shares of the commonest, a histogram of numbers, years of dates, lengths of lists."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

RARE = 0.001
"""Where even the commonest value is rarer, single values say nothing."""
MOST = 10
"""Values that are named; the rest counts as others."""
BINS = 24


def flatten(table: pa.Table) -> pa.Table:
    """Structs taken apart, so that a part is the column `address.city`."""
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def describe(column: pa.ChunkedArray) -> dict[str, Any]:
    """{shape, nulls, distinct, bars: [{label, share, others?}], facts} of a column; shares are of the values that are there.

    shape is `categories`, `numbers`, `years`, `lists`, `unique` (values hardly repeat) or `empty`.
    """
    kind = column.type
    rows = len(column)
    told: dict[str, Any] = {"nulls": column.null_count / max(1, rows), "facts": {}, "bars": []}
    present = column.drop_null()
    if not len(present):
        return {"shape": "empty", "distinct": 0, **told}
    if pa.types.is_nested(kind):
        return told | _lists(present)
    if pa.types.is_dictionary(kind):
        present = present.cast(kind.value_type)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return told | _years(present)
    if pa.types.is_duration(kind):
        hours = np.array([value / timedelta(hours=1) for value in present.to_pylist()])
        numbers = _numbers(hours)
        return told | numbers | {"facts": {**numbers["facts"], "unit": "hours"}}
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        values = np.array([float(value) for value in present.to_pylist()])
        if len(np.unique(values)) > MOST:
            return told | _numbers(values)
    texts = [_shown(value) for value in present.to_pylist()]
    return told | _categories(texts)


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _categories(texts: list[str]) -> dict[str, Any]:
    found = Counter(texts)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    mostly = len(found) > 0.9 * len(texts) and len(texts) > 2 * MOST
    if mostly or ordered[0][1] < RARE * len(texts):
        return {"shape": "unique", "distinct": len(found), "facts": {"for example": ", ".join(texts[:3])}}
    bars: list[dict[str, Any]] = [{"label": text, "share": count / len(texts)} for text, count in ordered[:MOST]]
    if len(ordered) > MOST:
        rest = sum(count for _, count in ordered[MOST:])
        bars.append({"label": f"{len(ordered) - MOST:,} others", "share": rest / len(texts), "others": True})
    return {"shape": "categories", "distinct": len(found), "bars": bars}


def _numbers(values: np.ndarray[Any, Any]) -> dict[str, Any]:
    low, high = np.quantile(values, [0.005, 0.995]).tolist()
    if high <= low:
        low, high = float(values.min()), float(values.max())
    counts, edges = np.histogram(np.clip(values, low, high), bins=BINS, range=(low, high))
    facts = {
        "least": float(values.min()),
        "median": float(np.median(values)),
        "mean": float(values.mean()),
        "most": float(values.max()),
    }
    bars = [
        {"label": f"{edges[place]:.4g}", "share": count / len(values)} for place, count in enumerate(counts.tolist())
    ]
    return {"shape": "numbers", "distinct": len(np.unique(values)), "bars": bars, "facts": facts}


def _years(present: pa.ChunkedArray) -> dict[str, Any]:
    found = Counter(pc.year(present).to_pylist())
    step = max(1, -(-(max(found) - min(found) + 1) // 30))
    grouped: Counter[int] = Counter()
    for year, count in found.items():
        grouped[year // step * step] += count
    bars = [
        {"label": str(year), "share": grouped[year] / len(present)}
        for year in range(min(grouped), max(grouped) + 1, step)
    ]
    ends = pc.min_max(present).as_py()
    facts = {"first": str(ends["min"])[:10], "last": str(ends["max"])[:10]}
    return {"shape": "years", "distinct": len(pc.unique(present)), "bars": bars, "facts": facts}


def _lists(present: pa.ChunkedArray) -> dict[str, Any]:
    """The share of lists that hold each of the commonest items, and how long lists are."""
    lists = present.to_pylist()
    found = Counter(item for each in lists for item in {_item(one) for one in each})
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    lengths = [len(each) for each in lists]
    facts: dict[str, Any] = {"mean length": sum(lengths) / len(lengths), "longest": max(lengths)}
    bars = [{"label": item, "share": count / len(lists)} for item, count in ordered[:MOST]]
    return {"shape": "lists", "distinct": len(found), "bars": bars, "facts": facts}


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return str(next(iter(value.values()), ""))
    return str(value[0]) if isinstance(value, tuple) else str(value)
