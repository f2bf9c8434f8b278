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
from datamimic.engine.breaking.columns import column_of, completed, parts_of
from datamimic.engine.breaking.kinds import KINDS, NEGATIVE, Break
from datamimic.engine.breaking.order import Order
from datamimic.engine.breaking.values import altered, later
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, excerpt
from datamimic.formats.documents.message import Message, happened
from datamimic.formats.documents.negatives import Negative
from datamimic.model.arrow import decoded
from datamimic.model.breaks import Breaks

_STREAM: Final = "#breaks"
_AT_ONCE: Final = 2_048
_LOOKED_AT: Final = 64
_TRIED: Final = 64
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
    read = view if message is None else view.select(message.columns())
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
    return completed(both, read.schema(), None if key is None else key.column_name)


def plan(view: View, counts: Mapping[str, int], message: Message | None) -> Plan:
    """Of the rows of a view that has an end. Raises `InvalidOption` for breaks that there are not, and for more of them than
    rows that can be broken so."""
    planning = _Planning(view, declared(view, message), message)
    return planning.of(planning.spread(counts))


class _Planning:
    def __init__(self, view: View, breaks: Breaks, message: Message | None) -> None:
        self.view = view
        self.breaks = breaks
        self.message = message
        self.rows = view.require_end() - view.start
        self.owner = message.name if message is not None else view.world.path(view.spec)
        self.address = view.world.address(view.world.stream(view.spec), _STREAM)
        self.names = view.columns if message is None else message.columns()
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

    def spread(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The counts by kind and rule in the order in which rows are chosen; `negative` is shared out among all rules that can
        be broken in these messages."""
        found = {kind: count for kind, count in counts.items() if kind != NEGATIVE}
        if counts.get(NEGATIVE):
            rules = self._able()
            if not rules:
                raise InvalidOption(
                    "invalid_option", "there are no rules to break", hint="messages have them", path="$.breaks"
                )
            every, more = divmod(counts[NEGATIVE], len(rules))
            for place, rule in enumerate(rules):
                found[rule] = found.get(rule, 0) + every + (place < more)
        places = {kind: place for place, kind in enumerate(KINDS)}
        return dict(sorted(found.items(), key=lambda each: (places.get(each[0], len(places)), each[0])))

    def _able(self) -> list[str]:
        """The rules that can be broken in some of the messages that are tried."""
        if self.message is None:
            return []
        order = Permutation(max(self.rows, 1), self.address.labelled(NEGATIVE, "rows"))
        rows = self._there(order.forward(np.arange(min(_TRIED, self.rows), dtype=np.int64)))
        texts = self.message.texts(self.gathered(rows, self.message.columns())).to_pylist()
        rules = self.message.negatives()
        return [each.name for each in rules if any(each.broken(text, place) for place, text in enumerate(texts))]

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
            rows = self._there(order.forward(np.arange(start, stop, dtype=np.int64)))
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
        """Keep the row, and the next one where the order is broken, for this break alone."""
        own = {each.row, each.next} if each.kind == "out_of_order" and not each.unit else {each.row}
        if own & self.taken:
            return False
        self.taken |= own
        return True

    def _there(self, rows: Ints) -> Ints:
        """Those of the rows of which there is a message."""
        if self.message is None or self.message.happens is None or not len(rows):
            return rows
        return rows[happened(self.gathered(rows, [self.message.happens]).column(0))]

    def following(self, row: int) -> int | None:
        """The next row of which there is a message, looked for a little further."""
        if self.message is None or self.message.happens is None:
            return row + 1 if row + 1 < self.rows else None
        behind = self._there(np.arange(row + 1, min(row + 1 + _LOOKED_AT, self.rows), dtype=np.int64))
        return int(behind[0]) if len(behind) else None

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
        path = parts_of(column, self.names)
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
                elif (behind := self.planning.following(row)) is not None:
                    yield Break("out_of_order", row, to=min(behind + 1 + number % _FARTHEST, last), next=behind)
            return
        path = parts_of(self.column, self.planning.names)
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
