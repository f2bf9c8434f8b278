"""What draws from tables of weights: a line of the case that holds, then a value of what the line says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from datamimic import Alias, Context, Generator, Text
from datamimic.columns import Bools, Column, Ints, Vocabulary
from datamimic.columns.value_types import ValueType
from datamimic_models.rules.converting import at_path
from datamimic_models.rules.drawn.cases import Cases
from datamimic_models.rules.drawn.cells import Cell, Item
from datamimic_models.rules.drawn.conditional import parts_in
from datamimic_models.rules.drawn.lines import Lines
from datamimic_models.rules.drawn.scales import Scale


@frozen(eq=False)
class Drawers:
    """What the lines of a table draw from: `spreads` are lists of entries with weights, `of_line` which of them is a line's.

    An entry is a text or a number, or, of numbers, `counted` values from `low` on; `there` is false for null.
    """

    of_line: Ints
    spreads: Alias
    single: bool
    low: Any
    counted: Ints
    there: Bools


class Entries:
    """The entries of a rule, each once: texts, numbers or intervals of them."""

    def __init__(self, scale: Scale | None) -> None:
        self.scale = scale
        self.found: dict[Any, int] = {}

    def of(self, cell: Cell) -> int:
        """Raises `BadBound` for what the column does not hold."""
        return self.number(None if cell.null else self.span(cell.items[0]))

    def span(self, item: Item) -> Any:
        """A text; of numbers the low end, and how many values there are from there on."""
        scale = self.scale
        if scale is None:
            return item.value
        if not item.is_interval:
            return (scale.read(str(item.value)), 1)
        if item.low is None or item.high is None:
            raise ValueError("an interval of values has two ends")
        low, high = scale.read(item.low), scale.read(item.high)
        counted = scale.counted(low, high)
        if counted < 1:
            raise ValueError(f"no value is from {item.low} to below {item.high}")
        return (low, counted, high) if scale.step is None else (low, counted)

    def number(self, entry: Any) -> int:
        return self.found.setdefault(entry, len(self.found))

    def arrays(self) -> tuple[Any, Ints, Bools]:
        entries = [*self.found]
        there = np.array([each is not None for each in entries], dtype=np.bool_)
        if self.scale is None:
            texts = [*dict.fromkeys(each for each in entries if each is not None)]
            codes = {text: code for code, text in enumerate(texts)}
            low = np.array([codes.get(each, -1) for each in entries], dtype=np.int32)
            self.vocabulary = Vocabulary(texts)
            return low, np.ones(len(entries), dtype=np.int64), there
        lows = np.array([0 if each is None else each[0] for each in entries], dtype=self.scale.dtype)
        counted = np.array([1 if each is None else each[1] for each in entries], dtype=np.int64)
        self.widths = np.array(
            [each[2] - each[0] if each and len(each) > 2 else 0.0 for each in entries], dtype=np.float64
        )
        return lows, counted, there


def drawers_of(lines: Lines, values: Lines | None, entries: Entries) -> Drawers:
    """What the lines draw from; `values` say how intervals are spread, and what `*` stands for. Raises ValueError with a
    sentence and the line."""
    spread = None if values is None else _Spread(values, entries)
    listed: dict[int, set[int]] = {}
    known: dict[Any, int] = {}
    groups: list[tuple[list[int], list[float]]] = []
    of_line = []

    def group(key: Any, positions: list[int], weights: list[float]) -> int:
        if key not in known:
            known[key] = len(groups)
            groups.append((positions, weights))
        return known[key]

    rest: list[tuple[int, int]] = []
    for line, (case, cell) in enumerate(zip(lines.case_of, lines.values, strict=True)):
        if cell.anything:
            rest.append((line, case))
            of_line.append(-1)
            continue
        try:
            number = entries.of(cell)
        except ValueError as error:
            raise ValueError(f"line {line + 2}: {error}") from None
        within = None if spread is None or lines is values else spread.within(cell)
        if within is None:
            listed.setdefault(case, set()).add(number)
            of_line.append(group(("one", number), [number], [1.0]))
        else:
            numbers = tuple(within[0])
            listed.setdefault(case, set()).update(numbers)
            of_line.append(group(("within", numbers, tuple(within[1])), *within))
    for line, case in rest:
        if spread is None:
            raise ValueError(f"line {line + 2}: * is any of the values, and there are none")
        taken = listed.get(case, set())
        left = [(number, weight) for number, weight in zip(*spread.everything, strict=True) if number not in taken]
        left = [(number, weight) for number, weight in left if weight > 0] or [*zip(*spread.everything, strict=True)]
        positions, weights = [number for number, _ in left], [weight for _, weight in left]
        of_line[line] = group(("rest", tuple(positions)), positions, weights)
    low, counted, there = entries.arrays()
    single = all(len(positions) == 1 for positions, _ in groups)
    return Drawers(np.array(of_line, dtype=np.int64), Alias.build(groups), single, low, counted, there)


class _Spread:
    """How values lie: the entries of a table without conditions, in order, and their weights."""

    def __init__(self, values: Lines, entries: Entries) -> None:
        self.entries = entries
        numbers, weights = [], [*values.table.weights]
        for line, cell in enumerate(values.values):
            if cell.anything:
                raise ValueError(f"line {line + 2}: * among the values themselves")
            try:
                numbers.append(entries.of(cell))
            except ValueError as error:
                raise ValueError(f"line {line + 2}: {error}") from None
        self.everything = (numbers, weights)
        self.ordered: list[tuple[Any, Any, int, float]] = []
        if entries.scale is not None:
            there = [*entries.found]
            for number, weight in zip(numbers, weights, strict=True):
                entry = there[number]
                if entry is not None:
                    high = entry[2] if len(entry) > 2 else entry[0] + (entry[1] - 1) * (entries.scale.step or 0)
                    self.ordered.append((entry[0], high, number, weight))
            self.ordered.sort(key=lambda each: each[:2])

    def within(self, cell: Cell) -> tuple[list[int], list[float]] | None:
        """The entries that lie in an interval; None for what is no interval, or where none does."""
        scale = self.entries.scale
        if scale is None or cell.null or not cell.items[0].is_interval:
            return None
        item = cell.items[0]
        low, high = scale.read(str(item.low)), scale.read(str(item.high))
        found = [
            (number, weight)
            for start, end, number, weight in self.ordered
            if low <= start and (end < high or (scale.step is None and end <= high)) and weight > 0
        ]
        return ([number for number, _ in found], [weight for _, weight in found]) if found else None


@frozen
class Limit:
    """The field that a value is not below, or not above, and what it holds."""

    path: tuple[str, ...]
    kind: ValueType
    least: bool


class DrawnGenerator(Generator[Any]):
    """Values by the lines of a table, whose cases are conditions on the columns at `paths`."""

    def __init__(
        self,
        lines: Lines,
        drawers: Drawers,
        entries: Entries,
        cases: Cases | None,
        paths: Sequence[tuple[str, ...]],
        limits: Sequence[Limit],
        nullable: bool,
        said: str,
    ) -> None:
        self._lines = lines
        self._drawers = drawers
        self._entries = entries
        self._cases = cases
        self._paths = paths
        self._limits = limits
        self._nullable = nullable and not bool(drawers.there.all())
        self.source = said
        self.needs = tuple(dict.fromkeys([*(path[0] for path in paths), *(limit.path[0] for limit in limits)]))
        self.table = lines.table.file

    def column(self, context: Context) -> Column:
        draw, drawers = context.draw, self._drawers
        grouped = self._lines.table.by(self._lines.case)
        if self._cases is None:
            case: Any = np.zeros(len(context), dtype=np.int64)
        else:
            parts = parts_in(context, self._cases.parts, self._paths)
            case = self._cases.of(parts)
        line = draw.pick(grouped, case)
        spread = drawers.of_line.take(line)
        entry = (
            drawers.spreads.rows.take(spread * 2)
            if drawers.single
            else drawers.spreads.pick(draw.bits("within"), spread)
        )
        return self._shown(context, entry)

    def _shown(self, context: Context, entry: Ints) -> Column:
        drawers, entries = self._drawers, self._entries
        scale = entries.scale
        if scale is None:
            return Text.coded(drawers.low.take(entry), entries.vocabulary)
        values = drawers.low.take(entry)
        counted = drawers.counted.take(entry)
        if scale.step is None:
            values = values + context.draw.uniform("between") * entries.widths.take(entry)
        elif len(counted) and int(counted.max()) > 1:
            offset = ((context.draw.bits("between") >> np.uint64(32)) * counted.view(np.uint64)) >> np.uint64(32)
            values = values + offset.view(np.int64) * scale.step
        if self._limits:
            values = self._limited(context, values, scale)
        column: Any = scale.column(values)
        if self._nullable:
            missing = ~drawers.there.take(entry)
            column = np.ma.MaskedArray(column, missing)
        return column

    def _limited(self, context: Context, values: Any, scale: Scale) -> Any:
        for limit in self._limits:
            other, missing = scale.limits(at_path(context.column, limit.path), limit.kind, limit.least)
            outside = (values < other) if limit.least else (values > other)
            values = np.where(outside & ~missing, other, values)
        return values
