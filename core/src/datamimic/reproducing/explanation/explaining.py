"""Explaining one value: it is made once more, watched, and what was seen becomes a document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from datamimic.base.observation import WATCHING
from datamimic.columns import Lists, Struct
from datamimic.columns.conforming import conform
from datamimic.columns.value_types import ValueType, to_json
from datamimic.engine.given_tables.columns import Given
from datamimic.engine.references import Children, Ref
from datamimic.errors import DatamimicError, UnknownName
from datamimic.formats.json_text import json_text
from datamimic.output.manifest import describe_versions
from datamimic.reproducing.explanation.describing import how_made, table_entry
from datamimic.reproducing.explanation.recording import Node, Recorder
from datamimic.world import Rows, World

EXPLANATION_VERSION = 1
_MOST_VALUES = 64


def explain(world: World, entity: str | type, row: int, field: str) -> dict[str, Any]:
    """The derivation of one value, in a `world` the `field` of a `row` of an `entity`, as a document that JSON can hold.

    `field` is a column, a hidden field, a part (`address.city`, `primary_doctor.specialty`) or an item
    (`medications.0.name`). `nodes` lists every field that was made, inputs by number; `roots` are those that the value was
    read from.
    """
    fresh = world.anew()
    rows = fresh[entity]
    one = rows[row : row + 1]
    recorder = Recorder(fresh)
    token = WATCHING.set(recorder)
    try:
        value = _value(one, np.array([row], dtype=np.int64), field)
    finally:
        WATCHING.reset(token)
    return {
        "explanation_version": EXPLANATION_VERSION,
        "entity": fresh.path(rows.spec),
        "row": row,
        "field": field,
        "value": value,
        "world": fresh.settled.to_dict(),
        "versions": describe_versions(fresh),
        "roots": recorder.roots,
        "nodes": [_node(recorder, node) for node in recorder.nodes],
    }


def _value(rows: Rows, numbers: Any, field: str) -> Any:
    """The value itself, as JSON has it. Raises `UnknownName` for a field or part that is not there."""
    parts = field.split(".")
    batch = rows.batch(numbers)
    failure: DatamimicError | None = None
    own = rows.spec.fields.get(field)
    if own is not None and own.generator.relates == "many":
        return _shown_children(batch.column(field))
    for length in range(len(parts), 0, -1):
        try:
            column, kind = rows.column(batch, ".".join(parts[:length]))
        except UnknownName as error:
            failure = failure or error
            continue
        value = to_json(kind.objects(column)[0], kind)
        for place, part in enumerate(parts[length:], start=length):
            value = _item(value, part, ".".join(parts[: place + 1]))
        return value
    assert failure is not None
    raise failure


def _item(value: Any, part: str, whole: str) -> Any:
    if isinstance(value, list):
        if part.lstrip("-").isdigit() and -len(value) <= int(part) < len(value):
            return value[int(part)]
        if part and value and all(isinstance(item, dict) and part in item for item in value):
            return [item[part] for item in value]
        raise UnknownName("column", whole, [str(place) for place in range(len(value))])
    if isinstance(value, Mapping):
        if part in value:
            return value[part]
        raise UnknownName("column", whole, [str(name) for name in value])
    raise UnknownName("column", whole, [])


def _node(recorder: Recorder, node: Node) -> dict[str, Any]:
    world, batch, spec = recorder.world, node.batch, node.spec
    made: dict[str, Any] = {
        "node": node.number,
        "field": node.path,
        "entity": world.path(batch.spec),
        "rows": batch.rows[:_MOST_VALUES].tolist(),
        "count": len(batch.rows),
        "type": str(spec.kind),
    }
    if spec.doc:
        made["doc"] = spec.doc
    if spec.unit:
        made["unit"] = spec.unit
    made["made_by"] = {"kind": "given"} if node.is_given else how_made(spec.generator)
    if isinstance(spec.generator, Given) and not node.is_given:
        table = world.given(node.batch.spec)
        made["made_by"]["parameters"] = {"table": table.place.table, "column": table.wanted[node.name].column}
    made["values"] = _shown(node.column, spec.kind)
    if isinstance(node.column, Ref):
        made["refers_to"] = {"entity": world.path(node.column.target), "rows": made["values"]}
    made["draws"] = node.draws
    made["tables"] = [table_entry(recorder, node, entry) for entry in node.tables]
    made["inputs"] = node.inputs
    return made


def _shown(column: Any, kind: ValueType) -> Any:
    """The first values of a column as JSON has them; a reference shows row numbers, an embedded entity nothing of its own."""
    if isinstance(column, Ref):
        return [None if row < 0 else row for row in column.rows[:_MOST_VALUES].tolist()]
    if isinstance(column, Children):
        return _shown_children(column)
    if isinstance(column, Struct) and kind.shape == "entity":
        return None
    if isinstance(column, Lists) and kind.item is not None and kind.item.shape == "entity":
        return None
    if kind.shape == "entity":
        return None
    formed = conform(column, kind, np.arange(len(column), dtype=np.int64), "the column", allow_nan=True)
    array = kind.to_arrow(formed)[:_MOST_VALUES]
    return [None if text is None else json.loads(text) for text in json_text(array).to_pylist()]


def _shown_children(column: Children) -> Any:
    # A rule may have asked for the children of some rows only, and this time of none.
    first, count = (int(column.first[0]), int(column.counts[0])) if len(column.counts) else (0, 0)
    rows = [*range(first, first + min(count, _MOST_VALUES))]
    return {"entity": column.world.path(column.target), "rows": rows, "count": count}
