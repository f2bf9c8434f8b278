"""Rows of which some columns are known already, in the place of rows that would be made."""

from __future__ import annotations

from typing import Any

from datamimic.columns import Ints


class Columns:
    """Columns of some rows, by name."""

    def __init__(self, rows: Ints, columns: dict[str, Any]) -> None:
        self.rows = rows
        self._columns = columns

    def column(self, name: str) -> Any:
        return self._columns[name]
