"""What Spark has no type for is cast to what it has, at any depth, and keeps its values."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
from meters import PACKS, Meter

from datamimic import World
from datamimic_clusters.plain_types import plain_schema, plain_type


def test_a_value_of_every_kind_is_cast_and_stays_what_it_is() -> None:
    table = World("kinds", packs=PACKS)[Meter][0:100].to_arrow()
    plain = table.cast(plain_schema(table.schema))
    plain.validate(full=True)
    for before, after in zip(table.to_pylist(), plain.to_pylist(), strict=True):
        assert after["counter"] == Decimal(before["counter"]) and after["read_at"].startswith(str(before["read_at"]))
        for name in (
            "meter_id",
            "status",
            "price",
            "interval",
            "box",
            "digits",
            "history",
            "tariffs",
            "marks",
            "seen_at",
        ):
            assert after[name] == before[name], name


def test_types_within_types_are_plain() -> None:
    inner = pa.struct([pa.field("at", pa.time64("us"), False), ("n", pa.list_(pa.uint64(), 2))])
    expected = pa.struct([pa.field("at", pa.string(), False), ("n", pa.list_(pa.decimal128(20, 0)))])
    assert plain_type(pa.map_(pa.string(), pa.list_(inner))) == pa.map_(pa.string(), pa.list_(expected))
    assert plain_type(pa.dictionary(pa.int32(), pa.string())) == pa.string()
