"""Which rows are broken, and how: a function of the world, the rows and the counts, whoever asks for which part of it.

Rows are chosen for each kind by a permutation of their own, in its order; one that cannot be broken so, or that another kind
has already, is passed over. So the counts are exact, and more of one kind leaves nearly all of the others where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import evolve, frozen

from datamimic.base.arrays import Ints
from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.engine.breaking.columns import column_of, completed
from datamimic.engine.breaking.kinds import KINDS, NEGATIVE, Break
from datamimic.engine.breaking.order import Order
from datamimic.engine.breaking.values import altered, later
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, excerpt
from datamimic.formats.documents.message import Message
from datamimic.formats.documents.negatives import Negative
from datamimic.model.arrow import decoded
from datamimic.model.breaks import Breaks

_STREAM: Final = "#breaks"
_AT_ONCE: Final = 2_048
_FARTHEST: Final = 5
"""Rows that what is out of order, or comes twice, is behind its place at most."""


@frozen(eq=False)
class Plan:
    """The breaks of an output, and the order of its rows; `positions` says where each break stands, None where it is
    missing."""

    breaks: tuple[Break, ...]
    order: Order
    positions: tuple[int | None, ...]

    @property
    def rules(self) -> bool:
        """Is a rule of a message broken?"""
        return any(each.rule is not None for each in self.breaks)


def declared(view: View, message: Message | None) -> Breaks:
    """Which columns breaks change: what the message says, then the entity, then their names."""
    own, entity = message.breaks if message is not None else Breaks(), view.spec.breaks
    key = view.spec.key
    both = evolve(
        own,
        date=own.date or entity.date,
        amount=own.amount or entity.amount,
        account=own.account or entity.account,
        status=own.status or entity.status,
        rejected=own.rejected or entity.rejected,
        without=own.without or entity.without,
        lists={**entity.lists, **own.lists},
    )
    return completed(both, view.schema(), None if key is None else key.column_name)


def plan(view: View, counts: Mapping[str, int], message: Message | None) -> Plan:
    """Of the rows of a view that has an end. Raises `InvalidOption` for breaks that there are not, and for more of them than
    rows that can be broken so."""
    return _Planning(view, declared(view, message), message).of(_spread(counts, message))


def _spread(counts: Mapping[str, int], message: Message | None) -> dict[str, int]:
    """The counts by kind and rule in the order in which rows are chosen; `negative` is shared out among all rules."""
    found = {kind: count for kind, count in counts.items() if kind != NEGATIVE}
    if NEGATIVE in counts:
        rules = [] if message is None else [each.name for each in message.negatives()]
        if not rules:
            raise InvalidOption(
                "invalid_option", "there are no rules to break", hint="a message has them", path="$.breaks"
            )
        every, more = divmod(counts[NEGATIVE], len(rules))
        for place, rule in enumerate(rules):
            found[rule] = found.get(rule, 0) + every + (place < more)
    order = list(KINDS)
    return dict(
        sorted(found.items(), key=lambda each: (order.index(each[0]) if each[0] in order else len(order), each[0]))
    )


class _Planning:
    def __init__(self, view: View, breaks: Breaks, message: Message | None) -> None:
        self.view = view
        self.breaks = breaks
        self.message = message
        self.rows = view.require_end() - view.start
        self.owner = message.name if message is not None else view.world.path(view.spec)
        self.address = view.world.address(view.world.stream(view.spec), _STREAM)
        self.taken: set[int] = set()

    def of(self, counts: Mapping[str, int]) -> Plan:
        breaks = [each for kind, count in counts.items() if count for each in self._chosen(kind, count)]
        gone = [each.row for each in breaks if not each.unit and each.kind in ("missing", "out_of_order")]
        put = [each for each in breaks if not each.unit and each.kind in ("duplicate", "out_of_order")]
        order = Order.of(self.rows, gone, [(each.to, each.row) for each in put])
        places = dict(zip(map(id, put), order.positions_of_put().tolist(), strict=True))
        stay = [each for each in breaks if each.unit or each.kind not in ("missing", "out_of_order", "duplicate")]
        own = order.positions(np.array([each.row for each in stay], dtype=np.int64)).tolist() if stay else []
        places |= dict(zip(map(id, stay), own, strict=True))
        return Plan(tuple(breaks), order, tuple(places.get(id(each)) for each in breaks))

    def _chosen(self, name: str, count: int) -> list[Break]:
        """So many breaks of a kind, in the order of their rows."""
        makes = self._maker(name)
        address = self.address.labelled(name)
        order = Permutation(max(self.rows, 1), address.labelled("rows"))
        key = stream_key(*address.labelled("values"))
        made: list[Break] = []
        size = max(count + 8, 16)
        start = 0
        while len(made) < count and start < self.rows:
            stop = min(start + min(size, _AT_ONCE), self.rows)
            rows = order.forward(np.arange(start, stop, dtype=np.int64))
            free = np.array([row for row in rows.tolist() if row not in self.taken], dtype=np.int64)
            if len(free):
                numbers = hash_rows(key, free)
                for each in makes(free, [int(number >> np.uint64(1)) for number in numbers]):
                    if len(made) < count and self._take(each):
                        made.append(each)
            start = stop
        if len(made) < count:
            raise InvalidOption(
                "invalid_count",
                f"{count} breaks {excerpt(name)} of {self.owner}: there are {len(made)} rows that can be broken so",
                hint="ask for fewer breaks, or for more rows",
                path="$.breaks",
            )
        return sorted(made, key=lambda each: each.row)

    def _take(self, each: Break) -> bool:
        """Keep the row, and the one behind it where the order is broken, for this break alone."""
        own = {each.row, each.row + 1} if each.kind == "out_of_order" and not each.unit else {each.row}
        if own & self.taken:
            return False
        self.taken |= own
        return True

    def _maker(self, name: str) -> Any:
        unit, _, kind = name.rpartition(".")
        if not unit and kind not in KINDS:
            rule = None if self.message is None else self.message.negative(name)
            if rule is not None and self.message is not None:
                return _Rules(self, self.message, rule)
        return _Items(self, unit, kind) if unit else _Rows(self, kind)

    def gathered(self, rows: Ints, columns: Sequence[str]) -> pa.RecordBatch:
        return self.view.select(columns).gather(self.view.start + rows)

    def others(self, rows: Ints, numbers: Sequence[int], column: str, own: Sequence[Any]) -> list[Any]:
        """Of every row the value that another row has, None where none of some that are tried has another one."""
        path = column.split(".")
        found: list[Any] = [None] * len(rows)
        left = [place for place, value in enumerate(own) if value is not None] if self.rows > 1 else []
        for turn in range(8):
            if not left:
                break
            away = [1 + (numbers[place] + turn * 7919) % (self.rows - 1) for place in left]
            wanted = (rows[left] + np.array(away, dtype=np.int64)) % self.rows
            values = reached(self.gathered(wanted, path[:1]).column(0), path[1:]).to_pylist()
            for place, value in zip(left, values, strict=True):
                if value is not None and value != own[place]:
                    found[place] = value
            left = [place for place in left if found[place] is None]
        return found


class _Rows:
    """Breaks of whole rows."""

    def __init__(self, planning: _Planning, kind: str) -> None:
        self.planning = planning
        self.kind = kind
        self.column = column_of(planning.breaks, "", kind, planning.owner)

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        if self.column is None:
            last = self.planning.rows
            for row, number in zip(rows.tolist(), numbers, strict=True):
                if self.kind == "missing":
                    yield Break("missing", row)
                elif self.kind == "duplicate":
                    yield Break("duplicate", row, to=min(row + 1 + number % _FARTHEST, last))
                elif row + 1 < last:
                    yield Break("out_of_order", row, to=min(row + 2 + number % _FARTHEST, last))
            return
        path = self.column.split(".")
        own = reached(self.planning.gathered(rows, path[:1]).column(0), path[1:]).to_pylist()
        others = self.planning.others(rows, numbers, self.column, own) if self.kind == "wrong_account" else own
        for row, number, value, other in zip(rows.tolist(), numbers, own, others, strict=True):
            made = broken_value(self.kind, value, number, other, self.planning.breaks.rejected)
            if made is not None:
                yield Break(self.kind, row, field=self.column, original=value, broken=made)


class _Items:
    """Breaks of the items of a list, one in a row."""

    def __init__(self, planning: _Planning, unit: str, kind: str) -> None:
        self.planning = planning
        self.unit = unit
        self.kind = kind
        self.column = column_of(planning.breaks, unit, kind, planning.owner)

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        lists = self.planning.gathered(rows, [self.unit]).column(0).to_pylist()
        for row, number, items in zip(rows.tolist(), numbers, lists, strict=True):
            able = len(items or ()) - (self.kind == "out_of_order")
            if able < 1:
                continue
            item = number % able
            if self.column is None:
                if self.kind == "out_of_order" and items[item] == items[item + 1]:
                    continue
                yield Break(self.kind, row, self.unit, item, to=item + (self.kind != "missing"))
                continue
            value = _member(items[item], self.column)
            other = self._other(lists, value, number) if self.kind == "wrong_account" else value
            rejected = self.planning.breaks.lists[self.unit].rejected
            made = broken_value(self.kind, value, number >> 8, other, rejected)
            if made is not None:
                yield Break(self.kind, row, self.unit, item, f"{self.unit}.{self.column}", value, made)

    def _other(self, lists: Sequence[Any], value: Any, number: int) -> Any:
        """Another value of the items of some other rows."""
        column = self.column or ""
        known = sorted({found for items in lists for each in items or () if (found := _member(each, column))} - {value})
        return known[number % len(known)] if known else None


class _Rules:
    """Messages in whose text a rule is broken."""

    def __init__(self, planning: _Planning, message: Message, rule: Negative) -> None:
        self.planning = planning
        self.message = message
        self.rule = rule

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        batch = self.planning.gathered(rows, self.message.columns())
        for row, number, text in zip(rows.tolist(), numbers, self.message.texts(batch).to_pylist(), strict=True):
            if self.rule.broken(text, number) is not None:
                yield Break(self.rule.name, row, number=number, rule=self.rule.sentence)


def broken_value(kind: str, value: Any, number: int, other: Any, rejected: str) -> Any:
    """What stands in place of a value; None where it cannot be broken so."""
    if value is None:
        return None
    if kind == "late":
        return later(value, number)
    if kind == "altered":
        return altered(value, number)
    if kind == "rejected":
        return rejected if value != rejected else None
    return other if other != value else None


def reached(column: pa.Array, members: Sequence[str]) -> pa.Array:
    """A member of the records of a column, or the column itself, decoded."""
    for member in members:
        column = pc.struct_field(column, member)
    return decoded(column)


def _member(item: Any, column: str) -> Any:
    for name in column.split("."):
        item = None if item is None else item.get(name)
    return item
