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
        name = parts_of(each.unit or each.field or "", batch.schema.names)[0]
        if name in batch.schema.names:
            by_column.setdefault(name, []).append((place, each))
    for name, own in by_column.items():
        number = batch.schema.get_field_index(name)
        column = batch.column(number)
        places = np.array([place for place, _ in own], dtype=np.int64)
        made = pa.concat_arrays(
            [
                _broken(column.slice(place, 1), each, parts_of(each.unit or each.field or "", batch.schema.names)[1:])
                for place, each in own
            ]
        )
        batch = batch.set_column(number, batch.schema.field(number), _replaced(column, places, made))
    return batch


def _broken(one: pa.Array, each: Break, members: Sequence[str]) -> pa.Array:
    """A column of one row, broken in these members of its record, or in an item of the list that they lead to."""
    if not each.unit:
        return _with_value(one, members, each.broken)
    return _with_item(one, each, members, each.item or 0)


def _with_item(one: pa.Array, each: Break, path: Sequence[str], item: int) -> pa.Array:
    """One record, or list, with an item broken that is counted through all lists at the end of the path."""
    if pa.types.is_struct(one.type):
        return _with_member(one, path[0], _with_item(pc.struct_field(one, path[0]), each, path[1:], item))
    items = one.flatten()
    if not path:
        return _as_one(_with_broken(items, each, item), one.type)
    place = 0
    while (count := _count(items.slice(place, 1), path)) <= item:
        place, item = place + 1, item - count
    changed = _with_item(items.slice(place, 1), each, path, item)
    return _as_one(pa.concat_arrays([items.slice(0, place), changed, items.slice(place + 1)]), one.type)


def _count(one: pa.Array, path: Sequence[str]) -> int:
    """How many items the lists at the end of a path have."""
    for member in path:
        while not pa.types.is_struct(one.type):
            one = one.flatten()
        one = pc.struct_field(one, member)
    return len(one.flatten())


def _with_broken(items: pa.Array, each: Break, item: int) -> pa.Array:
    """The items of a list, one of them broken."""
    order = list(range(len(items)))
    if each.kind == "missing":
        del order[item]
    elif each.kind == "duplicate":
        order.insert(item + 1, item)
    elif each.kind == "out_of_order":
        order[item], order[item + 1] = order[item + 1], order[item]
    else:
        inside = (each.field or "").removeprefix(f"{each.unit}.").split(".")
        changed = _with_value(items.slice(item, 1), inside, each.broken)
        items = pa.concat_arrays([items.slice(0, item), changed, items.slice(item + 1)])
    return items.take(pa.array(order, pa.int64()))


def _as_one(items: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column of one row whose list has these items."""
    return pa.ListArray.from_arrays(pa.array([0, len(items)], pa.int32()), items, type=kind)


def _with_value(one: pa.Array, members: Sequence[str], value: Any) -> pa.Array:
    """One value, or a record of which a member has it."""
    if not members:
        kind = one.type
        if not pa.types.is_dictionary(kind):
            return pa.array([value], kind)
        return pa.DictionaryArray.from_arrays(pa.array([0], kind.index_type), pa.array([value], kind.value_type))
    return _with_member(one, members[0], _with_value(pc.struct_field(one, members[0]), members[1:], value))


def _with_member(one: pa.Array, name: str, made: pa.Array) -> pa.Array:
    """A record of which this member is another one."""
    parts = [made if each.name == name else pc.struct_field(one, each.name) for each in one.type]
    return pa.StructArray.from_arrays(parts, fields=list(one.type))


def _replaced(column: pa.Array, places: Any, made: pa.Array) -> pa.Array:
    index = np.arange(len(column), dtype=np.int64)
    index[places] = len(column) + np.arange(len(places))
    if pa.types.is_dictionary(column.type):
        whole = pa.concat_arrays([column.dictionary_decode(), made.dictionary_decode()])
        return whole.take(arrow_numbers(index)).dictionary_encode().cast(column.type)
    return pa.concat_arrays([column, made]).take(arrow_numbers(index))
