"""Fields of records: keys and variables, records and lists in them, references."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import define

from datamimic.columns import Bools, Ints
from datamimic_models.xml.bindings import bind, bound_by
from datamimic_models.xml.converters import REMOVE, is_empty
from datamimic_models.xml.counting import lengths_of, positions_within
from datamimic_models.xml.finishing import converted, finished
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.generators import generator_of
from datamimic_models.xml.making import default_of, generator_call, make, once_each
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.scripts import evaluate, truths
from datamimic_models.xml.setting import Setting, failed
from datamimic_models.xml.sources import as_value, of_records
from datamimic_models.xml.values import Built, Listed, Plain, Same, Value, object_array, of_objects

_BEGINNINGS = ("source", "count", "minCount", "maxCount")
Statements = Callable[[tuple[Node, ...], Frame], None]


@define
class Fields:
    """Makes the fields of records. `statements` works out what stands in an element."""

    setting: Setting
    statements: Statements

    def conditional(self, node: Node, frame: Frame, shown: bool, value: Callable[[Frame], Value]) -> None:
        """The value of a field where its condition holds; else its default, else nothing."""
        name = node.get("name")
        if not node.has("condition"):
            self._put(node, frame, value(frame), shown)
            return
        holds = truths(node.get("condition"), frame, self.setting, node.at("condition"), f"{name} condition")
        branches = []
        if holds.any():
            branches.append(frame.branch(np.flatnonzero(holds)))
            self._put(node, branches[0], value(branches[0]), shown)
        if not holds.all() and node.has("defaultValue"):
            other = frame.branch(np.flatnonzero(~holds))
            default = default_of(node, other, self.setting, name)
            if default is not None:
                other.put(name, default, shown=shown)
                branches.append(other)
        frame.merge(branches)

    def _put(self, node: Node, frame: Frame, value: Value, shown: bool) -> None:
        present: Bools | None = None
        if shown and REMOVE in node.get("converter") and node.name == "key":
            present = np.array([not is_empty(each) for each in value.objects()], dtype=np.bool_)
        frame.put(node.get("name"), value, shown=shown, present=present)

    # -- plain values -------------------------------------------------------------------------------------------

    def field(self, node: Node, frame: Frame) -> None:
        self.conditional(node, frame, node.name == "key", lambda part: self.plain(node, part))

    def plain(self, node: Node, frame: Frame) -> Value:
        """The value of a key, variable or element."""
        label = node.get("name") if node.name != "variable" else f"variable {node.get('name')}"
        path = f"{frame.path}.{label}"
        made = make(node, frame, self.setting, label, lambda: self._read(node, frame, label))
        made = finished(node, made, frame, self.setting, label)
        elements = [child for child in node.children if child.name == "element"]
        if not elements:
            return made
        holder = Frame(node.get("name"), frame.numbers, frame.index, frame, None, path=path)
        holder.put("#text", made, shown=True)
        for child in elements:
            self.element(child, holder)
        return holder

    def element(self, node: Node, frame: Frame) -> None:
        """An attribute of the XML element that the record becomes."""
        holds = (
            truths(node.get("condition"), frame, self.setting, node.at("condition"), "condition")
            if node.has("condition")
            else None
        )
        if holds is not None and not holds.any():
            return
        part = frame if holds is None else frame.branch(np.flatnonzero(holds))
        part.put(f"@{node.get('name')}", self.plain(node, part), shown=True)
        if part is not frame:
            frame.merge([part])

    def _read(self, node: Node, frame: Frame, label: str) -> Value:
        source = bind(node, frame, self.setting)
        return bound_by(source, node, frame, self.setting, label)

    # -- records in records ---------------------------------------------------------------------------------------

    def nested(self, node: Node, frame: Frame) -> None:
        self.conditional(node, frame, True, lambda part: self._nested(node, part))

    def _nested(self, node: Node, frame: Frame) -> Value:
        kind = node.get("type")
        if node.has("script"):
            made = self._scripted(node, frame)
        elif not kind and node.get("name") in frame.fields and not any(map(node.has, _BEGINNINGS)):
            # What the record began with stays, and gets more: of a template, of a source.
            made = self._modified(node, frame, frame.fields[node.get("name")])
        elif kind == "list" or (kind != "dict" and (node.has("count") or node.has("source") or node.has("minCount"))):
            made = self._listed(node, frame)
        else:
            made = self._record(node, frame)
        return converted(node, made, self.setting)

    def child(self, node: Node, frame: Frame, lengths: Ints | None) -> Frame:
        """A frame of records below those of another; one each where there are no `lengths`."""
        path = f"{frame.path}.{node.get('name')}"
        if lengths is None:
            start = self.setting.number(path, len(frame))
            numbers = start + np.arange(len(frame), dtype=np.int64)
            return Frame(node.get("name"), numbers, np.zeros(len(frame), np.int64), frame, None, path=path)
        total = int(lengths.sum())
        start = self.setting.number(path, total)
        numbers = start + np.arange(total, dtype=np.int64)
        above = np.repeat(np.arange(len(frame), dtype=np.int64), lengths)
        return Frame(node.get("name"), numbers, positions_within(lengths), frame, above, path=path)

    def _record(self, node: Node, frame: Frame) -> Value:
        child = self.child(node, frame, None)
        if node.has("source"):
            bound = bind(node, frame, self.setting)
            self.begin(child, bound_by(bound, node, frame, self.setting, node.get("name")))
        self.statements(node.children, child)
        return child

    def _listed(self, node: Node, frame: Frame) -> Value:
        bound = bind(node, frame, self.setting) if node.has("source") else None
        lengths = lengths_of(node, frame, self.setting, bound)
        child = self.child(node, frame, lengths)
        if bound is not None:
            self.begin(child, bound_by(bound, node, child, self.setting, node.get("name"), below=True))
        self.statements(node.children, child)
        return Listed(lengths, child)

    def begin(self, child: Frame, records: Value) -> None:
        """A frame begins with the fields of records that were read."""
        child.base = records
        if isinstance(records, Frame):
            for name in records.fields:
                child.put(name, records.fields[name], shown=True, present=records.present.get(name))
            return
        read = records.objects()
        if all(each is None or isinstance(each, dict) for each in read):
            source = of_records([each or {} for each in read])
            for name in source.records.fields:
                child.put(name, source.records.fields[name], shown=True, present=source.records.present.get(name))

    def _scripted(self, node: Node, frame: Frame) -> Value:
        default = default_of(node, frame, self.setting, node.get("name"))
        place = node.at("script")
        value = evaluate(node.get("script"), frame, self.setting, place, node.get("name"), default=default)
        if default is not None:
            value = _or_else(value, default)
        return self._modified(node, frame, value)

    def _modified(self, node: Node, frame: Frame, value: Value) -> Value:
        """Records that begin with these, or the items of lists that do, with what stands in the element."""
        place = node.at("script")
        if isinstance(value, Frame) and not value.parent:
            child = self.child(node, frame, None)
            self.begin(child, value)
            self.statements(node.children, child)
            return child
        read = value.objects()
        if read and all(isinstance(each, dict) for each in read):
            child = self.child(node, frame, None)
            self.begin(child, of_objects(read))
            self.statements(node.children, child)
            return child
        if all(each is None or isinstance(each, list | tuple) for each in read) and any(
            each is not None for each in read
        ):
            lengths = np.array([0 if each is None else len(each) for each in read], dtype=np.int64)
            items = [item for each in read if each is not None for item in each]
            if not node.children or not all(isinstance(item, dict) for item in items):
                return Listed(lengths, of_objects(items))
            child = self.child(node, frame, lengths)
            self.begin(child, of_objects(items))
            self.statements(node.children, child)
            return Listed(lengths, child)
        if node.children and any(each is not None for each in read):
            message = f"{node.get('name')} begins with what is neither records nor lists of them"
            raise failed("models.bad_value", message, place)
        return value

    # -- lists ----------------------------------------------------------------------------------------------------

    def array(self, node: Node, frame: Frame) -> None:
        self.conditional(node, frame, True, lambda part: self._array(node, part))

    def _array(self, node: Node, frame: Frame) -> Value:
        name, setting = node.get("name"), self.setting
        if node.has("script"):
            value = evaluate(node.get("script"), frame, setting, node.at("script"), name)
            if isinstance(value, Listed):
                return value
            return of_objects(
                [list(each) if isinstance(each, tuple | set | frozenset) else each for each in value.objects()]
            )
        items = [child for child in node.children if child.name == "value"]
        if items:
            columns = [self._item_value(child, frame, f"{name}[{place}]") for place, child in enumerate(items)]
            rows = zip(*(column.objects() for column in columns), strict=True)
            return Plain(object_array([list(row) for row in rows]))
        if not node.has("type"):
            raise failed("models.no_way", f"<array name={name!r}> says no value", node.place, "type, script or <value>")
        lengths = lengths_of(node, frame, setting, None)
        child = self.child(node, frame, lengths)
        call = generator_call(node, node.get("type"))
        made = setting.once(("array", node), lambda: generator_of(call, node.at("type"), child.path, node, setting))
        return Listed(lengths, made.values(child))

    def _item_value(self, node: Node, frame: Frame, label: str) -> Value:
        if not any(node.has(way) for way in ("constant", "script", "generator", "type")):
            return Same(node.text, len(frame))
        made = make(node, frame, self.setting, label, lambda: Same(None, len(frame)))
        return finished(node, made, frame, self.setting, label)

    def listing(self, node: Node, frame: Frame) -> None:
        self.conditional(node, frame, True, lambda part: self._listing(node, part))

    def _listing(self, node: Node, frame: Frame) -> Value:
        parts = [
            self._item(node, item, place, frame)
            for place, item in enumerate(child for child in node.children if child.name == "item")
        ]

        def rows() -> list[Any]:
            columns = [each() for each in parts]
            return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in range(len(frame))]

        return converted(node, Built(len(frame), rows), self.setting)

    def _item(self, node: Node, item: Node, place: int, frame: Frame) -> Callable[[], list[Any]]:
        """What puts the items together, when somebody reads them; their values are made at once."""
        records: Value | None = None
        part, rows = frame, np.arange(len(frame), dtype=np.int64)
        if item.has("condition"):
            label = f"{node.get('name')}[{place}] condition"
            rows = np.flatnonzero(truths(item.get("condition"), frame, self.setting, item.at("condition"), label))
            part = frame.branch(rows)
        if len(part):
            path = f"{frame.path}.{node.get('name')}[{place}]"
            record = Frame(node.get("name"), part.numbers, part.index, part, None, path=path)
            self.statements(item.children, record)
            records = converted(item, record, self.setting)

        def items() -> list[Any]:
            made: list[Any] = [None] * len(frame)
            for row, value in zip(rows.tolist(), [] if records is None else records.objects(), strict=True):
                made[row] = value
            return made

        return items

    # -- references -----------------------------------------------------------------------------------------------

    def reference(self, node: Node, frame: Frame) -> None:
        fields = [(child.get("sourceKey"), child.get("target")) for child in node.children if child.name == "field"]
        pairs = fields or [(node.get("sourceKey"), node.get("name"))]
        bound = bind(node, frame, self.setting)
        picked: list[Ints] = []
        if node.flag("unique") and bound.source is not None:
            picked.append(self._once(node, frame, len(bound.source)))
            records: Value = as_value(bound.source).take(picked[0])
        else:
            records = bound_by(bound, node, frame, self.setting, node.get("name"), picked=picked.append)
        if self.setting.watch is not None and picked:
            to = f"{node.get('source')}.{node.get('sourceType')}"
            self.setting.watch.refers(f"{frame.path}.{node.get('name')}", to, picked[0])
        for column, name in pairs:
            value = records.member(column)
            if value is None:
                raise failed("models.unknown_column", f"{node.get('sourceType')} has no column {column}", node.place)
            frame.put(name, value, shown=True)

    def _once(self, node: Node, frame: Frame, size: int) -> Ints:
        """Positions of rows, none of which any record of the run has had before; in order, or in an order of chance."""
        place = node.at("unique")
        last = int(frame.numbers.max()) + 1 if len(frame) else 0
        if node.flag("cyclic"):
            raise failed(
                "models.bad_value", f"{node.get('name')} is unique, and cyclic", node.at("cyclic"), "one of them"
            )
        if last > size:
            said = f"{node.get('name')} refers to every row once, and {last} records to {size} rows"
            raise failed("models.not_enough", said, place, "fewer records, or more rows")
        if node.get("distribution") == "ordered":
            return frame.numbers
        return once_each(size, frame, self.setting.draw(frame, node.get("name")), place, False)


def _or_else(value: Value, default: Value) -> Value:
    """The default where a script gives nothing."""
    if isinstance(value, Frame):
        return value
    held = value.objects()
    if all(each is not None for each in held):
        return value
    others = default.objects()
    return of_objects([other if each is None else each for each, other in zip(held, others, strict=True)])
