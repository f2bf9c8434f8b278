"""References that values show, whatever columns are called: codes that are all keys of another table, and hardly by chance."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic_learning.learning.columns import all_different, one_array
from datamimic_learning.learning.reference import Reference
from datamimic_learning.learning.texts import forms_of

_HOLDS: Final = 0.95
_HOLDS_OF_NAME: Final = 0.8
"""Of so many rows the value has to be a key, where the column is called as the key is."""
_FEWEST: Final = 10
"""Different values of a column: how often each of fewer ones comes is told of itself, and not of a few parents."""
_SURE: Final = 12.0
"""Nats: how much rarer than so values would be among the keys by chance."""
_LONGEST: Final = 40


def held_references(
    tables: Mapping[str, pa.Table], keys: Mapping[str, str | None], taken: Collection[tuple[str, str]]
) -> tuple[list[Reference], dict[str, str]]:
    """References that are shown by values alone, of columns that are not `taken`; and the keys that are found by that, of
    tables that have none."""
    found: list[Reference] = []
    new: dict[str, str] = {}
    if len(tables) < 2:
        return found, new
    texts = {
        (table, name): text
        for table, rows in tables.items()
        for name in rows.column_names
        if (text := _texts(rows, name)) is not None
    }
    referring = {
        (table, name): _Referring.of(text)
        for (table, name), text in texts.items()
        if (table, name) not in taken and name != keys[table]
    }
    for (parent, name), column in texts.items():
        own = keys[parent]
        if own not in (None, name) or column.null_count or not all_different(column):
            continue
        rarity = _rarity(column)
        for (child, other), values in referring.items():
            if child == parent or new.get(parent, name) != name:
                continue
            if values.held(column, rarity, called=other.casefold() == name.casefold()):
                found.append(Reference(child, other, parent, name))
                if own is None:
                    new[parent] = name
    return _best(found, tables), new


@frozen(eq=False)
class _Referring:
    """The values of a column that are there, and the different ones among them."""

    there: pa.Array
    distinct: pa.Array

    @classmethod
    def of(cls, column: pa.Array) -> _Referring:
        there = column.drop_null()
        return cls(there, pc.unique(there))

    def held(self, keys: pa.Array, rarity: float, *, called: bool) -> bool:
        """Are nearly all of them among the keys, and not by chance? `called` says whether the columns are called alike."""
        inside = int(pc.sum(pc.is_in(self.distinct, value_set=keys)).as_py() or 0) if len(self.distinct) else 0
        if inside * rarity < _SURE or inside < _FEWEST:
            return False
        share = float(pc.mean(pc.is_in(self.there, value_set=keys)).as_py() or 0.0)
        return share >= (_HOLDS_OF_NAME if called else _HOLDS)


def _best(found: list[Reference], tables: Mapping[str, pa.Table]) -> list[Reference]:
    """Of several parents of a column the smallest: the one that its values fill most of."""
    made: dict[tuple[str, str], Reference] = {}
    for each in sorted(found, key=lambda each: tables[each.parent].num_rows):
        back = any(other.table == each.parent and other.parent == each.table for other in made.values())
        if not back:
            made.setdefault((each.table, each.column), each)
    return [*made.values()]


def _texts(rows: pa.Table, name: str) -> pa.Array | None:
    kind = rows.schema.field(name).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind)):
        return None
    column = one_array(rows.column(name))
    if not pa.types.is_string(column.type) or not len(column):
        return None
    return column if int(pc.max(pc.utf8_length(column)).as_py() or 0) <= _LONGEST else None


def _rarity(keys: pa.Array) -> float:
    """How many nats it takes for a text that looks as these keys do to be one of them: none where nearly all such texts are."""
    counted = pc.value_counts(forms_of(keys))
    form = str(counted[int(np.argmax(counted.field("counts").to_numpy(zero_copy_only=False)))]["values"].as_py())
    many = int(pc.max(counted.field("counts")).as_py())
    space = sum(math.log(10 if sign == "9" else 26) for sign in form if sign in "9aA")
    return max(0.0, space - math.log(max(many, 1)))
