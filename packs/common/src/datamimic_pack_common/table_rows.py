"""Rows of a table as columns of mappings: everything that is known of a place or a country, under its column names."""

from __future__ import annotations

import numpy as np

from datamimic import Maps, Table
from datamimic.columns import Ints, Text, select


def row_maps(table: Table, rows: Ints) -> Maps:
    """{column: cell} of each row, without the weight."""
    names = [name for name in table.columns if name != "weight"]
    lengths = np.full(len(rows), len(names), dtype=np.int64)
    turn = np.tile(np.arange(len(names), dtype=np.int64), len(rows))
    keys = Text.coded(turn, names)
    repeated = np.repeat(rows, len(names))
    return Maps(lengths, keys, select(turn, [table[name].take(repeated) for name in names]))
