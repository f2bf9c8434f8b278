"""How many rows a batch has that is given no size: by how wide rows are found to be, so that memory stays flat."""

from __future__ import annotations

import pyarrow as pa
import pytest

from datamimic.model.arrow import rows_like

ITEM = pa.struct([("a", pa.int64()), ("b", pa.float64())])


@pytest.mark.parametrize(
    ("array", "rows"),
    [
        (pa.array([1, 2]), 65_536),
        (pa.array(["x" * 200_000]).dictionary_encode(), 65_536),
        (pa.array([[{"a": 1, "b": 2.0}] * 3] * 2, pa.list_(ITEM)), 16_384),
        (pa.array([[{"a": 1, "b": 2.0}] * 2_000, []], pa.list_(ITEM)), 512),
        (pa.array([[{"a": 1, "b": 2.0}] * 2_000, []], pa.list_(ITEM))[1:], 65_536),
        (pa.array([[("k", [1] * 50)]] * 3, pa.map_(pa.string(), pa.list_(pa.int64()))), 2_048),
        (pa.array([None, None], pa.list_(ITEM)), 65_536),
    ],
    ids=["numbers", "dictionary", "short lists", "long lists", "behind them", "maps", "nulls"],
)
def test_rows_like(array: pa.Array, rows: int) -> None:
    assert rows_like(pa.record_batch([array], ["c"]), 1 << 20, 65_536) == rows
