"""A table of a file that a target wrote, read back block by block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from datamimic.columns.value_types import ValueType
from datamimic.formats.blocks import BLOCK_ROWS, Blocks
from datamimic.model.arrow import column_from
from datamimic.related.target import StoredTable


class TargetBlocks(Blocks):
    """The blocks of a stored table; what its library raises is damage, as it is for any file."""

    def __init__(self, table: StoredTable, kinds: Mapping[str, tuple[ValueType, pa.DataType]]) -> None:
        self._table = table
        self._kinds = kinds

    def close(self) -> None:
        self._table.close()

    def _column(self, name: str, block: int) -> Any:
        start = block * BLOCK_ROWS
        try:
            values = self._table.column(name, start, start + BLOCK_ROWS)
        except Exception as error:
            raise ValueError(str(error)) from error
        kind, target = self._kinds[name]
        return kind.to_arrow(column_from(values, kind, name), target)
