"""A page of records while they are made: columns by name, and where each record stands below its parent's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field

from datamimic.columns import Bools, Ints
from datamimic_models.xml.values import Listed, Plain, Same, Value, joined, object_array


@define(eq=False)
class Frame:
    """Records of one statement.

    `numbers` are the addresses of the records: how many of the statement came before, in the whole run. `index` is the position
    below the parent's record, `above` which record of the `parent` that is (None: the one at the same position). `fields` are
    what is written, in order; `present` tells where a field is there at all. `variables` are only read, before fields of the
    same name. A branch (`of`, `rows`) is some of
    another frame's records, whose values it sees.
    """

    name: str
    numbers: Ints
    index: Ints
    parent: Frame | None = None
    above: Ints | None = None
    variables: dict[str, Value] = field(factory=dict)
    fields: dict[str, Value] = field(factory=dict)
    present: dict[str, Bools] = field(factory=dict)
    of: Frame | None = None
    rows: Ints | None = None
    made: dict[str, Listed] = field(factory=dict)
    """Records of the generates below, by name, for their siblings to read."""
    seen: dict[str, Value] = field(factory=dict)
    path: str = ""
    base: Value | None = None
    """The records that it began with, as they were read."""

    def __len__(self) -> int:
        return len(self.numbers)

    # -- reading ------------------------------------------------------------------------------------------------

    def get(self, name: str) -> Value | None:
        """The value of a name that this record has: of its variable, else of its field, null where that is not there."""
        found = self.variable(name)
        return self.field(name) if found is None else found

    def variable(self, name: str) -> Value | None:
        if name in self.variables:
            return self.variables[name]
        return self._of_whole(f"variable {name}", lambda frame: frame.variable(name))

    def field(self, name: str) -> Value | None:
        """A field as scripts see it."""
        if name in self.fields:
            there = self.present.get(name)
            return (
                self.fields[name] if there is None else self._once(name, lambda: _null_where(self.fields[name], ~there))
            )
        return self._of_whole(f"field {name}", lambda frame: frame.field(name))

    def _of_whole(self, key: str, read: Callable[[Frame], Value | None]) -> Value | None:
        whole, rows = self.of, self.rows
        if whole is None or rows is None:
            return None
        if key in self.seen:
            return self.seen[key]
        found = read(whole)
        return None if found is None else self._once(key, lambda: found.take(rows))

    def _once(self, key: str, make: Callable[[], Value]) -> Value:
        if key not in self.seen:
            self.seen[key] = make()
        return self.seen[key]

    def produced(self, name: str) -> tuple[Listed, Ints | None] | None:
        """The records of the generate `name` below the nearest records that have some, and which of those each record of
        this frame belongs to (None: the one at the same position)."""
        frame: Frame | None = self
        rows: Ints | None = None
        while frame is not None:
            if name in frame.made:
                return frame.made[name], rows
            step = frame.rows if frame.of is not None else frame.above
            if step is not None:
                rows = step if rows is None else step[rows]
            frame = frame.of if frame.of is not None else frame.parent
        return None

    def chain(self) -> Iterator[tuple[Frame, Ints | None]]:
        """This frame and those above, each with the rows of it that records of this frame belong to (None: the same)."""
        frame: Frame | None = self
        rows: Ints | None = None
        while frame is not None:
            yield frame, rows
            base = frame.whole()
            if base is not frame and frame.rows is not None:
                within = frame.origin()
                rows = within if rows is None else within[rows]
            if base.above is not None:
                rows = base.above if rows is None else base.above[rows]
            frame = base.parent

    def whole(self) -> Frame:
        """The frame that a branch is a branch of."""
        return self if self.of is None else self.of.whole()

    def origin(self) -> Ints:
        """Which records of the whole frame a branch has."""
        assert self.of is not None and self.rows is not None
        return self.rows if self.of.of is None else self.of.origin()[self.rows]

    def resolve(self, path: Sequence[str]) -> Value | None:
        """The column of a dotted name, as scripts write it; None where there is none."""
        chain = list(self.chain())
        if path[0] in ("this", "parent", "root"):
            place = {"this": 0, "parent": min(1, len(chain) - 1), "root": max(0, len(chain) - 2)}[path[0]]
            return _inside(chain, place, path[1:])
        for place, (frame, rows) in enumerate(chain):
            found = frame.get(path[0])
            if found is not None:
                value = _member(found if rows is None else found.take(rows), path[1:])
                if value is not None or frame.name != path[0]:
                    return value
            if frame.name == path[0]:
                return _inside(chain, place, path[1:])
        return None

    # -- writing ------------------------------------------------------------------------------------------------

    def put(self, name: str, value: Value, *, shown: bool, present: Bools | None = None) -> None:
        self.seen.pop(name, None)
        if not shown:
            self.variables[name] = value
            return
        self.fields[name] = value
        if present is None or bool(present.all()):
            self.present.pop(name, None)
        else:
            self.present[name] = present

    def branch(self, rows: Ints) -> Frame:
        """Some of the records, in this order."""
        return Frame(
            self.name, self.numbers[rows], self.index[rows], self.parent,
            None if self.above is None else self.above[rows], of=self, rows=rows, path=self.path,
            base=None if self.base is None else self.base.take(rows),
        )  # fmt: skip

    def merge(self, branches: Sequence[Frame]) -> None:
        """What branches have made comes to their records here."""
        for name in dict.fromkeys(name for branch in branches for name in branch.variables):
            self._spread_variable(name, [branch for branch in branches if name in branch.variables])
        for name in dict.fromkeys(name for branch in branches for name in branch.fields):
            self._spread_field(name, [branch for branch in branches if name in branch.fields])
        for branch in branches:
            for name, made in branch.made.items():
                lengths = np.zeros(len(self), np.int64)
                assert branch.rows is not None
                lengths[branch.rows] = made.lengths
                # Rows of a branch are in the order of the records.
                self.made[name] = Listed(lengths, made.items)

    def _spread_variable(self, name: str, parts: Sequence[Frame]) -> None:
        old = self.variable(name)
        columns = [branch.variables[name] for branch in parts]
        value, there = _scattered(len(self), old, True, [branch.rows for branch in parts], columns, [True] * len(parts))
        self.put(name, _null_where(value, ~there), shown=False)

    def _spread_field(self, name: str, parts: Sequence[Frame]) -> None:
        whole = self.fields.get(name)
        old, old_there = (whole, self.present.get(name, True)) if whole is not None else (self.field(name), True)
        columns = [branch.fields[name] for branch in parts]
        present = [branch.present.get(name, True) for branch in parts]
        value, there = _scattered(len(self), old, old_there, [branch.rows for branch in parts], columns, present)
        self.put(name, value, shown=True, present=there)

    # -- as a value ---------------------------------------------------------------------------------------------

    def take(self, rows: Ints) -> Value:
        made = Frame(self.name, self.numbers[rows], self.index[rows], path=self.path)
        made.fields = {name: value.take(rows) for name, value in self.fields.items()}
        made.present = {name: there[rows] for name, there in self.present.items()}
        return made

    def member(self, name: str) -> Value | None:
        return self.get(name)

    def objects(self) -> list[Any]:
        """A dict per record, without what is not there."""
        records: list[dict[str, Any]] = [{} for _ in range(len(self))]
        for name, column in self.fields.items():
            values = column.objects()
            there = self.present.get(name)
            if there is None:
                for record, value in zip(records, values, strict=True):
                    record[name] = value
            else:
                for record, value, has in zip(records, values, there.tolist(), strict=True):
                    if has:
                        record[name] = value
        return records

    def column(self) -> Any:
        return None

    def arrow(self) -> pa.Array:
        if not self.fields:
            return pa.array([{}] * len(self), pa.struct([]))
        arrays = [self.shown(name) for name in self.fields]
        arrays = [each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in arrays]
        return pa.StructArray.from_arrays(arrays, list(self.fields))

    def shown(self, name: str) -> pa.Array:
        """The field as Arrow, null where it is not there."""
        array = self.fields[name].arrow()
        there = self.present.get(name)
        if there is None:
            return array
        return array.take(pa.array(np.arange(len(self)), mask=~there))


def record_frame(name: str, columns: Mapping[str, Value], length: int) -> Frame:
    """A frame of columns that are there."""
    numbers = np.arange(length, dtype=np.int64)
    return Frame(name, numbers, numbers, fields=dict(columns))


def root_frame(values: Mapping[str, Any]) -> Frame:
    """The one record that is above all: properties and variables of the setup."""
    zero = np.zeros(1, np.int64)
    return Frame("setup", zero, zero, variables={name: Same(value, 1) for name, value in values.items()})


def _scattered(
    length: int,
    old: Value | None,
    old_there: Bools | bool,
    rows: Sequence[Ints | None],
    columns: Sequence[Value],
    present: Sequence[Bools | bool],
) -> tuple[Value, Bools]:
    """The `columns` at their `rows`, `old` at the others; and where there is a value."""
    there = np.zeros(length, np.bool_)
    place = np.zeros(length, np.int64)
    parts: list[Value] = []
    start = 0
    if old is not None:
        there[:] = old_there
        place, start, parts = np.arange(length, dtype=np.int64), length, [old]
    for where, column, has in zip(rows, columns, present, strict=True):
        assert where is not None
        place[where] = start + np.arange(len(column), dtype=np.int64)
        there[where] = has
        start += len(column)
        parts.append(column)
    return joined(parts).take(place), there


def _null_where(value: Value, null: Bools) -> Value:
    if not null.any():
        return value
    held = object_array(value.objects())
    held[null] = None
    return Plain(held)


def _member(value: Value | None, path: Sequence[str]) -> Value | None:
    for name in path:
        if value is None:
            return None
        value = value.member(name)
    return value


def _inside(chain: Sequence[tuple[Frame, Ints | None]], place: int, path: Sequence[str]) -> Value | None:
    """What `path` leads to from a frame of the chain: a value of it, or on to the frame below it on the way to us."""
    frame, rows = chain[place]
    if not path:
        whole: Value = _Record(_so_far(frame))
        return whole if rows is None else whole.take(rows)
    if place and chain[place - 1][0].name == path[0]:
        return _inside(chain, place - 1, path[1:])
    found = frame.get(path[0])
    return _member(found if found is None or rows is None else found.take(rows), path[1:])


def _so_far(frame: Frame) -> Frame:
    """The frame as it is now: a record that holds itself would have no end."""
    made = copy(frame)
    made.fields, made.variables, made.present = dict(frame.fields), dict(frame.variables), dict(frame.present)
    made.of = None if frame.of is None else _so_far(frame.of)
    return made


def is_record(value: Value | None) -> bool:
    """Whether the values are records of the model, whose members are known, and none of them null."""
    return isinstance(value, Frame | _Record)


@define(eq=False)
class _Record:
    """A frame as the value of its own name: what its records have so far, variables too."""

    frame: Frame
    rows: Ints | None = None

    def __len__(self) -> int:
        return len(self.frame) if self.rows is None else len(self.rows)

    def take(self, rows: Ints) -> Value:
        return _Record(self.frame, rows if self.rows is None else self.rows[rows])

    def member(self, name: str) -> Value | None:
        found = self.frame.get(name)
        return found if found is None or self.rows is None else found.take(self.rows)

    def objects(self) -> list[Any]:
        names: dict[str, None] = {}
        frame: Frame | None = self.frame
        while frame is not None:
            names.update(dict.fromkeys((*frame.fields, *frame.variables)))
            frame = frame.of
        columns = {name: value.objects() for name in names if (value := self.member(name)) is not None}
        return [{name: column[place] for name, column in columns.items()} for place in range(len(self))]

    def column(self) -> Any:
        return None

    def arrow(self) -> pa.Array:
        return pa.array(self.objects())
