"""Columns of a batch with the broken values in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_numbers
from datamimic.engine.breaking.columns import parts_of
from datamimic.engine.breaking.kinds import Break


def edited(batch: pa.RecordBatch, breaks: Sequence[tuple[int, Break]]) -> pa.RecordBatch:
    """The batch with breaks at places of it; of those that change a column that it does not have, nothing."""
    by_column: dict[str, list[tuple[int, Break]]] = {}
    for place, each in breaks:
        name = each.unit or parts_of(each.field or "", batch.schema.names)[0]
        if name in batch.schema.names:
            by_column.setdefault(name, []).append((place, each))
    for name, own in by_column.items():
        number = batch.schema.get_field_index(name)
        column = batch.column(number)
        places = np.array([place for place, _ in own], dtype=np.int64)
        made = pa.concat_arrays(
            [
                _broken(column.slice(place, 1), each, parts_of(each.field or "", batch.schema.names)[1:])
                for place, each in own
            ]
        )
        batch = batch.set_column(number, batch.schema.field(number), _replaced(column, places, made))
    return batch


def _broken(one: pa.Array, each: Break, members: Sequence[str]) -> pa.Array:
    """A column of one row, broken in these members of its record, or in an item of its list."""
    if not each.unit:
        return _with_value(one, members, each.broken)
    items = one.flatten()
    item = each.item or 0
    order = list(range(len(items)))
    if each.kind == "missing":
        del order[item]
    elif each.kind == "duplicate":
        order.insert(each.to, item)
    elif each.kind == "out_of_order":
        order[item], order[item + 1] = order[item + 1], order[item]
    else:
        inside = (each.field or "").removeprefix(f"{each.unit}.").split(".")
        changed = _with_value(items.slice(item, 1), inside, each.broken)
        items = pa.concat_arrays([items.slice(0, item), changed, items.slice(item + 1)])
    taken = items.take(pa.array(order, pa.int64()))
    return pa.ListArray.from_arrays(pa.array([0, len(taken)], pa.int32()), taken, type=one.type)


def _with_value(one: pa.Array, members: Sequence[str], value: Any) -> pa.Array:
    """One value, or a record of which a member has it."""
    if not members:
        kind = one.type
        if not pa.types.is_dictionary(kind):
            return pa.array([value], kind)
        return pa.DictionaryArray.from_arrays(pa.array([0], kind.index_type), pa.array([value], kind.value_type))
    parts = [pc.struct_field(one, each.name) for each in one.type]
    place = one.type.get_field_index(members[0])
    parts[place] = _with_value(parts[place], members[1:], value)
    return pa.StructArray.from_arrays(parts, fields=list(one.type))


def _replaced(column: pa.Array, places: Any, made: pa.Array) -> pa.Array:
    index = np.arange(len(column), dtype=np.int64)
    index[places] = len(column) + np.arange(len(places))
    if pa.types.is_dictionary(column.type):
        whole = pa.concat_arrays([column.dictionary_decode(), made.dictionary_decode()])
        return whole.take(arrow_numbers(index)).dictionary_encode().cast(column.type)
    return pa.concat_arrays([column, made]).take(arrow_numbers(index))
