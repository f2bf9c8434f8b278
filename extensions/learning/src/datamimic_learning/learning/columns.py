"""The columns of a sample table, prepared: those that are learned by their codes, and those that are written otherwise."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.prepared import Coded, bands, categories
from datamimic_learning.learning.scales import is_scaled
from datamimic_learning.samples.pieces import one_piece

_TOLD: Final = 0.6
"""Of so many rows the values have to be told, that a text column counts as one of categories."""


def one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column in one piece, its dictionary opened."""
    made = one_piece(column)
    if pa.types.is_dictionary(made.type):
        made = made.dictionary_decode()
    if pa.types.is_large_string(made.type) or pa.types.is_string_view(made.type):
        made = made.cast(pa.string())
    return made


def coded(name: str, column: pa.Array, counting: Counting) -> Coded | None:
    """The column as codes; None for one whose values are hardly ever twice the same, or of no type that has codes."""
    kind = column.type
    if pa.types.is_boolean(kind):
        return categories(name, column, "bool", counting)
    if is_scaled(kind):
        return bands(name, column, counting)
    if not pa.types.is_string(kind):
        return None
    found = categories(name, column, "str", counting)
    told = sum(each.weight for each in found.entries if each.code != found.null)
    rows = len(column) - column.null_count
    return found if rows and told >= _TOLD * rows and found.values else None


def all_different(column: pa.Array) -> bool:
    there = column.drop_null()
    return len(there) > 1 and int(pc.count_distinct(there).as_py()) == len(there)
