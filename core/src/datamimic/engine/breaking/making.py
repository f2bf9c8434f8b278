"""What breaks are made of rows that were chosen: of whole rows, of items of their lists, of the texts of messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from datamimic.base.arrays import Ints
from datamimic.engine.breaking.candidates import Candidates, reached
from datamimic.engine.breaking.columns import column_of, parts_of
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
        path = parts_of(self.column, self.candidates.names)
        own = reached(self.candidates.gathered(rows, path[:1]).column(0), path[1:]).to_pylist()
        others = self.candidates.others(rows, numbers, self.column, own) if self.kind == "wrong_account" else own
        for row, number, value, other in zip(rows.tolist(), numbers, own, others, strict=True):
            made = broken_value(self.kind, value, number, other, self.candidates.breaks.rejected)
            if made is not None:
                yield Break(self.kind, row, field=self.column, original=value, broken=made)


class _Items:
    """Breaks of the items of a list, one in a row."""

    def __init__(self, candidates: Candidates, unit: str, kind: str) -> None:
        self.candidates = candidates
        self.unit = unit
        self.kind = kind
        self.column = column_of(candidates.breaks, unit, kind, candidates.owner)

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        lists = self.candidates.gathered(rows, [self.unit]).column(0).to_pylist()
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
            rejected = self.candidates.breaks.lists[self.unit].rejected
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

    def __init__(self, candidates: Candidates, message: Message, rule: Negative) -> None:
        self.candidates = candidates
        self.message = message
        self.rule = rule

    def __call__(self, rows: Ints, numbers: Sequence[int]) -> Iterator[Break]:
        batch = self.candidates.gathered(rows, self.message.columns())
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


def _member(item: Any, column: str) -> Any:
    for name in column.split("."):
        item = None if item is None else item.get(name)
    return item
