"""What breaks are made of rows that were chosen: of whole rows, of items of their lists, of the texts of messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from datamimic.base.arrays import Ints
from datamimic.engine.breaking.candidates import Candidates, reached
from datamimic.engine.breaking.columns import column_of, list_of, parts_of
from datamimic.engine.breaking.kinds import KINDS, Break
from datamimic.engine.breaking.values import altered, later
from datamimic.formats.documents.message import Message
from datamimic.formats.documents.negatives import Negative

Maker = Callable[[Ints, Sequence[int]], Iterator[Break]]
"""Of rows, and a random number for each, the breaks of those that can be broken so."""
_FARTHEST: Final = 5
"""Rows that what is out of order, or comes twice, is behind its place at most."""


def maker_of(name: str, candidates: Candidates) -> Maker:
    """What makes breaks of a kind, or of a rule of the message. Raises `InvalidOption` where there is no such kind."""
    unit, _, kind = name.rpartition(".")
    if unit:
        return _Items(candidates, unit, kind)
    message = candidates.message
    rule = message.negative(name) if message is not None and kind not in KINDS else None
    if rule is not None and message is not None:
        return _Rules(candidates, message, rule)
    return _Rows(candidates, kind)


class _Rows:
    """Breaks of whole rows."""

    def __init__(self, candidates: Candidates, kind: str) -> None:
        self.candidates = candidates
        self.kind = kind
        self.column = column_of(candidates.breaks, "", kind, candidates.owner)

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        if self.column is None:
            last = self.candidates.rows
            for row, number in zip(rows.tolist(), numbers, strict=True):
                if self.kind == "missing":
                    yield Break("missing", row)
                elif self.kind == "duplicate":
                    yield Break("duplicate", row, to=min(row + 1 + number % _FARTHEST, last))
                elif (behind := self.candidates.following(row)) is not None:
                    yield Break("out_of_order", row, to=min(behind + 1 + number % _FARTHEST, last), next=behind)
            return
        found: dict[int, Break] = {}
        for column in reversed(self.column.split("|")):
            found |= {each.row: each for each in self._changing(column, rows, numbers)}
        yield from (found[row] for row in rows.tolist() if row in found)

    def _changing(self, column: str, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        """The breaks that change this column, where it has a value."""
        path = parts_of(column, self.candidates.names)
        own = reached(self.candidates.gathered(rows, path[:1]).column(0), path[1:]).to_pylist()
        others = self.candidates.others(rows, numbers, column, own) if self.kind == "wrong_account" else own
        for row, number, value, other in zip(rows.tolist(), numbers, own, others, strict=True):
            made = broken_value(self.kind, value, number, other, self.candidates.breaks.rejected)
            if made is not None:
                yield Break(self.kind, row, field=column, original=value, broken=made)


class _Items:
    """Breaks of the items of a list, or of all lists within the items of one, one in a row."""

    def __init__(self, candidates: Candidates, unit: str, kind: str) -> None:
        self.candidates = candidates
        self.unit = unit
        self.kind = kind
        self.column = column_of(candidates.breaks, unit, kind, candidates.owner)
        self.path = parts_of(unit, candidates.names)
        self.rejected = list_of(candidates.breaks, unit).rejected

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        values = self.candidates.gathered(rows, self.path[:1]).column(0).to_pylist()
        groups = [list(_lists(value, self.path[1:])) for value in values]
        for row, number, own in zip(rows.tolist(), numbers, groups, strict=True):
            able = list(self._able(own))
            if not able:
                continue
            item = able[number % len(able)]
            if self.column is None:
                yield Break(self.kind, row, self.unit, item, to=item + (self.kind != "missing"))
                continue
            value = _member([each for group in own for each in group][item], self.column)
            other = self._other(groups, value, number) if self.kind == "wrong_account" else value
            made = broken_value(self.kind, value, number >> 8, other, self.rejected)
            if made is not None:
                yield Break(self.kind, row, self.unit, item, f"{self.unit}.{self.column}", value, made)

    def _able(self, groups: Sequence[Sequence[Any]]) -> Iterator[int]:
        """The items that may be broken so, counted through all lists; behind what is out of order stands another one."""
        first = 0
        for group in groups:
            last = len(group) - (self.kind == "out_of_order")
            yield from (first + place for place in range(last) if self._differs(group, place))
            first += len(group)

    def _differs(self, group: Sequence[Any], place: int) -> bool:
        return self.kind != "out_of_order" or group[place] != group[place + 1]

    def _other(self, groups: Sequence[Sequence[Sequence[Any]]], value: Any, number: int) -> Any:
        """Another value of the items of some other rows."""
        column = self.column or ""
        every = (_member(each, column) for own in groups for group in own for each in group)
        known = sorted({found for found in every if found} - {value})
        return known[number % len(known)] if known else None


class _Rules:
    """Messages in whose text a rule is broken."""

    def __init__(self, candidates: Candidates, message: Message, rule: Negative) -> None:
        self.candidates = candidates
        self.message = message
        self.rule = rule

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        batch = self.candidates.gathered(rows, self.message.columns())
        for row, number, text in zip(rows.tolist(), numbers, self.message.texts(batch).to_pylist(), strict=True):
            if self.rule.broken(text, number) is not None:
                yield Break(self.rule.name, row, number=number, rule=self.rule.sentence)


def broken_value(kind: str, value: Any, number: int, other: Any, rejected: str | bool) -> Any:
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


def _lists(value: Any, path: Sequence[str]) -> Iterator[Sequence[Any]]:
    """The lists at the end of a path through records and lists of them, in their order."""
    if value is None:
        return
    if not path:
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _lists(each, path)
    else:
        yield from _lists(value.get(path[0]), path[1:])


def _member(item: Any, column: str) -> Any:
    for name in column.split("."):
        item = None if item is None else item.get(name)
    return item
