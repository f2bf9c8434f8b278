"""Rows of a table below the one just before them of the same parent: orders and running sums are checked by these."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic.columns import Bools, Ints


def follows(parent: Any, number: Ints) -> Bools:
    """Is the row above of the same parent, and the one before it there? `parent` is a column of its key, or of its row."""
    found = np.zeros(len(number), dtype=np.bool_)
    if len(found) > 1:
        found[1:] = (parent[1:] == parent[:-1]) & (number[1:] == number[:-1] + 1)
    return found


def above(column: Any) -> Any:
    """The value of the row above; of the first row its own."""
    return np.concatenate((column[:1], column[:-1]))
