"""The rows of an entity with breaks among them, as a view: any slice, batch or process gives the same."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Self

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Ints
from datamimic.base.frozen import FrozenMapping
from datamimic.base.row_numbers import row_number
from datamimic.engine.breaking.answers import answer_key
from datamimic.engine.breaking.columns import parts_of
from datamimic.engine.breaking.editing import edited
from datamimic.engine.breaking.kinds import Break
from datamimic.engine.breaking.planning import Plan, plan
from datamimic.engine.engine import Engine
from datamimic.engine.lifetimes import come_and_go
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, excerpt
from datamimic.formats.documents.message import NUMBER, RULE, Message, happened
from datamimic.model.spec import Spec


class BrokenView(View):
    """Positions [start, stop) of an output: the rows `whole` of an entity with so many breaks of every kind."""

    def __init__(
        self,
        world: Engine,
        spec: Spec,
        start: int,
        stop: int | None,
        selected: tuple[str, ...] | None,
        whole: tuple[int, int],
        counts: Mapping[str, int],
        message: Message | None = None,
    ) -> None:
        super().__init__(world, spec, start, stop, selected)
        self.whole = whole
        self.counts = FrozenMapping(counts)
        self.message = message
        if stop is None:
            self.stop = self.plan.order.length

    @classmethod
    def among(cls, rows: View, counts: Mapping[str, Any], message: Message | None = None) -> Self:
        """The rows with breaks among them: {kind: how many}. Raises `InvalidOption` for what cannot be broken so."""
        end = rows.require_end()
        if come_and_go(rows.world, rows.spec):
            raise InvalidOption("invalid_option", "breaks are of rows that are all there", hint="leave out --as-of")
        for kind, count in counts.items():
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                raise InvalidOption("invalid_count", f"{excerpt(count)} breaks {excerpt(kind)}", path="$.breaks")
        made = cls(rows.world, rows.spec, 0, None, rows.selected, (rows.start, end), counts, message)
        for each in made.plan.breaks:
            changed = each.unit or each.field
            column = changed and parts_of(changed, rows.columns)[0]
            if column and column not in rows.columns:
                raise InvalidOption(
                    "invalid_option",
                    f"{excerpt(each.name)} changes {column}, which is not among the columns",
                    path="$.breaks",
                )
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        parts = (self.world, self.spec, self.start, self.stop, self.selected, self.whole, dict(self.counts))
        return type(self), (*parts, self.message)

    def __hash__(self) -> int:
        return hash((self.world, self.spec.cls, self.start, self.stop, self.selected, self.whole, self.counts))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, BrokenView):
            return NotImplemented
        mine, theirs = self.__reduce__()[1][:-1], other.__reduce__()[1][:-1]
        return mine == theirs and _said(self.message) == _said(other.message)

    def ranged(self, start: int, stop: int, columns: Sequence[str] | None = None) -> Self:
        selected = self.selected if columns is None else tuple(columns)
        return type(self)(self.world, self.spec, start, stop, selected, self.whole, self.counts, self.message)

    def part(self, key: slice) -> Self:
        if key.step not in (None, 1):
            raise InvalidOption("invalid_range", f"rows go one by one, not in steps of {excerpt(key.step)}")
        length, end = self._length(), self.require_end()
        start = min(self.start + row_number(key.start, 0, length), end)
        stop = end if key.stop is None else min(self.start + row_number(key.stop, 0, length), end)
        return self.ranged(start, max(start, stop))

    def select(self, columns: Sequence[str]) -> Self:
        return self.ranged(self.start, self.require_end(), self.unbroken.select(columns).columns)

    @property
    def unbroken(self) -> View:
        """The rows without any break."""
        return View(self.world, self.spec, *self.whole, self.selected)

    @cached_property
    def plan(self) -> Plan:
        """Which rows are broken, and how; made once in a world."""
        key = ("breaks", self.spec.cls, self.whole, self.counts, _said(self.message))
        return self.world.memo(key, lambda: plan(self._readable, self.counts, self.message))

    @property
    def _readable(self) -> View:
        """All columns of the entity, and those of a message."""
        names = tuple(each.column_name for each in self.spec.columns)
        read = self.message.columns() if self.message is not None else (self.selected or names)
        return View(self.world, self.spec, *self.whole, tuple(dict.fromkeys((*names, *read))))

    def answers(self) -> pa.Table:
        """The answer key: a row for every break, of the whole output."""
        name = "" if self.message is None else self.message.name
        return answer_key(self._readable, self.plan, self._counted(), name)

    def _counted(self) -> Sequence[int | None]:
        """The positions of the breaks, in the number of messages where not every row has one."""
        positions = self.plan.positions
        if self.message is None or self.message.happens is None:
            return positions
        whole = self.ranged(0, self.plan.order.length).select([self.message.happens])
        asked = np.array(sorted({place for place in positions if place is not None}), dtype=np.int64)
        before: dict[int, int] = {}
        seen = start = 0
        for batch in whole.batches():
            there = np.concatenate([[0], np.cumsum(happened(batch.column(0)))])
            here = asked[(asked >= start) & (asked < start + batch.num_rows)]
            before |= dict(zip(here.tolist(), (seen + there[here - start]).tolist(), strict=True))
            seen, start = seen + int(there[-1]), start + batch.num_rows
        return [None if place is None else before[place] for place in positions]

    def __len__(self) -> int:
        return self.require_end() - self.start

    def numbers(self) -> Ints:
        """The numbers of the rows that stand in the output, in its order."""
        return self.whole[0] + self.plan.order.rows(self.start, self.require_end())

    def check_capacity(self, stop: int) -> None:
        self.unbroken.check_capacity(self.whole[1])

    def schema(self) -> pa.Schema:
        made = self.unbroken.schema()
        if not self.plan.rules:
            return made
        return made.append(pa.field(RULE, pa.string())).append(pa.field(NUMBER, pa.int64()))

    def record_batch(self, start: int, stop: int) -> pa.RecordBatch:
        """What stands at the positions [start, stop) of the whole output."""
        made = self.unbroken.gather(self.whole[0] + self.plan.order.rows(start, stop))
        here = self._between(start, stop)
        made = edited(made, here)
        if not self.plan.rules:
            return made
        rules: list[str | None] = [None] * made.num_rows
        numbers: list[int | None] = [None] * made.num_rows
        for place, each in here:
            if each.rule is not None:
                rules[place], numbers[place] = each.kind, each.number
        columns = [*made.columns, pa.array(rules, pa.string()), pa.array(numbers, pa.int64())]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema())

    def gather(self, numbers: Ints) -> pa.RecordBatch:
        """What stands at these positions, which follow each other."""
        if not len(numbers):
            return self.record_batch(0, 0)
        return self.record_batch(int(numbers[0]), int(numbers[-1]) + 1)

    def _between(self, start: int, stop: int) -> list[tuple[int, Break]]:
        """The breaks that change a value at a position of [start, stop), with their places from its start."""
        places, breaks = self._changing
        first = bisect_left(places, start)
        last = bisect_left(places, stop)
        return [(places[n] - start, breaks[n]) for n in range(first, last)]

    @cached_property
    def _changing(self) -> tuple[list[int], list[Break]]:
        found = [
            (place, each)
            for place, each in zip(self.plan.positions, self.plan.breaks, strict=True)
            if place is not None and (each.field is not None or each.unit or each.rule is not None)
        ]
        found.sort(key=lambda each: each[0])
        return [place for place, _ in found], [each for _, each in found]


def _said(message: Message | None) -> tuple[Any, ...]:
    return () if message is None else (message.name, *message.chosen().items())
