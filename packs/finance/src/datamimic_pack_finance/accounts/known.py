"""What is known of rows already: some columns, in the place of rows that would be made, or one column of all accounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Ints


class Columns:
    """Columns of some rows, by name."""

    def __init__(self, rows: Ints, columns: dict[str, Any]) -> None:
        self.rows = rows
        self._columns = columns

    def column(self, name: str) -> Any:
        return self._columns[name]


def known_of(accounts: Ints, column: Ints) -> Ints:
    """What a column of the accounts that references may point to says of some, and 0 of accounts beyond."""
    return np.where(accounts < len(column), column[np.minimum(accounts, len(column) - 1)], 0)
