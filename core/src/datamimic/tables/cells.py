"""The cells of a table, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from datamimic.columns.buffers import arrow_texts


class Cells(Mapping[str, tuple[str, ...]]):
    """The cells of each column as text; Python strings are made of those columns that somebody looks at."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._arrays = {name: _strings(values) for name, values in columns.items()}
        self._tuples: dict[str, tuple[str, ...]] = {}
        self.rows = len(next(iter(self._arrays.values())))

    def arrow(self, column: str) -> pa.StringArray:
        return self._arrays[column]

    def __getitem__(self, column: str) -> tuple[str, ...]:
        cells = self._tuples.get(column)
        if cells is None:
            cells = self._tuples[column] = tuple(self._arrays[column].to_pylist())
        return cells

    def __contains__(self, column: object) -> bool:
        return column in self._arrays  # the mapping's own way would make the strings

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)


def _strings(values: Any) -> pa.StringArray:
    if isinstance(values, pa.ChunkedArray):
        return values.combine_chunks()
    return values if isinstance(values, pa.Array) else arrow_texts(values)
