"""A format: one row per line, `name=value` with a separator between, as log collectors read it."""

from __future__ import annotations

import pyarrow as pa

from datamimic import LineFormat, setting


class Pairs(LineFormat):
    """`name=value` of every column; null values are left out."""

    name = "pairs"
    suffixes = (".pairs",)

    separator: str = setting("|", "What stands between two pairs.", choices=("|", ";"))

    def lines(self, batch: pa.RecordBatch) -> bytes:
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        return "".join(self._line(batch.schema.names, row) for row in rows).encode()

    def _line(self, names: list[str], row: tuple[object, ...]) -> str:
        return self.separator.join(f"{n}={v}" for n, v in zip(names, row, strict=True) if v is not None) + "\n"
