"""What the `source` of an element means: a file, a memstore, a database, a sibling's records, or a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from datamimic.columns import Ints
from datamimic.errors import excerpt
from datamimic_models.model import Place
from datamimic_models.xml.cells import has_scripts, with_scripts
from datamimic_models.xml.checking import nearest
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import filled, pieces
from datamimic_models.xml.selecting import of_siblings, positions
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.sources import Source, as_value, is_file_name, of_records, source_of_file
from datamimic_models.xml.strings import marks_of, variables, with_variables
from datamimic_models.xml.values import Listed, Plain, Rows, Value, joined, object_array


@frozen(eq=False)
class Bound:
    """Either one `source` for all records, or records that are `made` for each, `at` that position (None: its own)."""

    source: Source | None = None
    made: Listed | None = None
    at: Ints | None = None
    offset: int = 0
    asked_anew: bool = False
    scripted: bool = False
    """Are there `{expressions}` in its cells?"""

    @property
    def weighted(self) -> bool:
        return self.source is not None and self.source.weights is not None

    def lengths(self, frame: Frame) -> Ints:
        """How many rows there are, per record."""
        if self.made is not None:
            return self.made.lengths if self.at is None else self.made.lengths[self.at]
        assert self.source is not None
        return np.full(len(frame), max(0, len(self.source) - self.offset), np.int64)


def bind(node: Node, frame: Frame, setting: Setting) -> Bound:
    """What a source means below records of `frame`. Raises `DatamimicError`."""
    text, place = node.get("source").strip(), node.at("source")
    offset = int(node.get("offset", "0")) if node.get("offset", "0").strip().isdigit() else 0
    parts = pieces(text)
    if any(isinstance(part, tuple) for part in parts):
        names = set(filled(text, frame, setting, place, f"{node.get('name')} source"))
        if len(names) != 1:
            raise failed("models.bad_source", f"the source {excerpt(text)} differs from record to record", place)
        [text] = names
    if node.has("iterationSelector"):
        return Bound(made=_asked_each(node, text, frame, setting), asked_anew=True)
    if text in setting.databases and asks_of_records(node, setting):
        asked = with_variables(node.get("selector"), node, frame, setting, node.at("selector"), "selector").objects()
        numbers = {query: number for number, query in enumerate(dict.fromkeys(asked))}
        made = _answers(list(numbers), text, node.at("selector"), setting)
        return Bound(made=made, at=np.array([numbers[query] for query in asked], dtype=np.int64))
    if text in setting.stores or text in setting.databases:
        source = _of_place(node, text, setting)
    elif is_file_name(text):
        weight = node.get("weightColumn") or None
        source = source_of_file(text, place, node.get("separator") or None, weight, setting)
    else:
        produced = frame.produced(text)
        if produced is not None:
            return Bound(made=produced[0], at=produced[1], offset=offset)
        known = [*setting.stores, *setting.databases]
        hint = nearest(text, known) or "a file beside the model, a memstore, a database, or a generate beside this one"
        raise failed("models.unknown_source", f"there is no source {excerpt(text)}", place, hint)
    is_scripted = node.flag("sourceScripted", setting.defaults.scripted) and (
        setting.once(("scripted", source.records), lambda: has_scripts(as_value(source)))
        if is_file_name(text)
        else has_scripts(as_value(source))
    )
    return Bound(source=source, offset=offset, scripted=is_scripted)


def asks_of_records(node: Node, setting: Setting) -> bool:
    """Are there variables of records in its query?"""
    prefix, suffix = marks_of(node, setting)
    return any(isinstance(part, tuple) for part in variables(node.get("selector"), prefix, suffix))


def _of_place(node: Node, text: str, setting: Setting) -> Source:
    product = node.get("sourceType") or node.get("sourceEntity") or node.get("type") or node.get("name")
    if text in setting.stores:
        made: Source = setting.stores[text].source(product)
        return made
    rows: Source = of_records(setting.databases[text].rows(product, node.get("selector"), node.at("source")))
    return rows


def _asked_each(node: Node, text: str, frame: Frame, setting: Setting) -> Listed:
    place = node.at("iterationSelector")
    if text not in setting.databases:
        raise failed("models.unknown_source", f"there is no database {excerpt(text)}", place)
    asked = with_variables(node.get("iterationSelector"), node, frame, setting, place, "iterationSelector").objects()
    return _answers(asked, text, place, setting)


def _answers(queries: list[str], database: str, place: Place, setting: Setting) -> Listed:
    """The rows of every query."""
    found: list[list[Any]] = [setting.databases[database].rows("", query, place) for query in queries]
    lengths = np.array([len(rows) for rows in found], dtype=np.int64)
    return Rows(lengths, as_value(of_records([row for rows in found for row in rows])))


def bound_by(
    bound: Bound,
    node: Node,
    frame: Frame,
    setting: Setting,
    label: str,
    *,
    below: bool = False,
    picked: Callable[[Ints], None] | None = None,
) -> Value:
    """The record of the source that each record of `frame` has; `below`: the source was bound for the records above. `picked`
    is told the positions in the source."""
    if bound.asked_anew and bound.made is not None:
        return bound.made
    if bound.made is not None:
        at = np.arange(len(bound.made), dtype=np.int64) if bound.at is None else bound.at
        return of_siblings(
            node, bound.made, at[frame.above] if below and frame.above is not None else at, frame, setting, label
        )
    assert bound.source is not None
    if not len(bound.source):
        return Plain(object_array([None] * len(frame)))
    places = positions(node, bound.source, frame, setting, label, bound.offset)
    if picked is not None:
        picked(places)
    taken = as_value(bound.source).take(places)
    return with_scripts(taken, frame, setting, node.at("source"), label) if bound.scripted else taken


def together(frames: list[Frame]) -> Frame:
    """One frame of several pages of a product."""
    if len(frames) == 1:
        return frames[0]
    names: dict[str, None] = {}
    for frame in frames:
        names.update(dict.fromkeys(frame.fields))
    length = sum(map(len, frames))
    numbers = np.arange(length, dtype=np.int64)
    made = Frame(frames[0].name, numbers, numbers, path=frames[0].path)
    for name in names:
        columns = [
            frame.fields[name] if name in frame.fields else Plain(object_array([None] * len(frame))) for frame in frames
        ]
        present = np.concatenate([
            np.broadcast_to(np.asarray(frame.present.get(name, name in frame.fields)), len(frame)) for frame in frames
        ])  # fmt: skip
        made.put(name, joined(columns), shown=True, present=present)
    return made
