"""What a run tells of itself when it is asked: where its time went, and how records lie below others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from attrs import define, field

from datamimic.columns import Ints

_SLOWEST = 25


@define
class Below:
    """How many records of one statement lie below those of another."""

    parents: int = 0
    records: int = 0
    least: int | None = None
    most: int = 0
    without: int = 0

    def add(self, lengths: Ints) -> None:
        if not len(lengths):
            return
        self.parents += len(lengths)
        self.records += int(lengths.sum())
        least = int(lengths.min())
        self.least = least if self.least is None else min(self.least, least)
        self.most = max(self.most, int(lengths.max()))
        self.without += int(np.count_nonzero(lengths == 0))


@define(eq=False)
class Watch:
    """`times` are seconds of each statement, without those of what stands in it; `below` and `references` by name."""

    times: dict[str, float] = field(factory=dict)
    below: dict[tuple[str, str], Below] = field(factory=dict)
    references: dict[tuple[str, str], tuple[int, set[int]]] = field(factory=dict)
    _inner: list[float] = field(factory=list)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent, inner = time.perf_counter() - began, self._inner.pop()
            if self._inner:
                self._inner[-1] += spent
            self.times[name] = self.times.get(name, 0.0) + spent - inner

    def lies_below(self, parent: str, child: str, lengths: Ints) -> None:
        self.below.setdefault((parent, child), Below()).add(lengths)

    def refers(self, field_name: str, to: str, picked: Ints) -> None:
        """Records of a field refer to rows of a source, by their positions in it."""
        count, rows = self.references.get((field_name, to), (0, set()))
        rows.update(np.unique(picked).tolist())
        self.references[field_name, to] = (count + len(picked), rows)

    def profile(self, records: int) -> list[str]:
        """Lines: records a second, then the slowest statements."""
        total = sum(self.times.values()) or 1e-9
        lines = [f"{records:,} records in {total:.3f} s, {records / total:,.0f} records/s"]
        lines.append(f"{'ns/record':>10} {'share':>6}  statement")
        for name, seconds in sorted(self.times.items(), key=lambda item: -item[1])[:_SLOWEST]:
            lines.append(f"{seconds / max(records, 1) * 1e9:10.0f} {seconds / total:6.1%}  {name}")
        return lines

    def relationships(self) -> list[str]:
        """Lines: what lies below what, and which fields refer to rows elsewhere."""
        lines = [
            f"{child} below {parent}: {each.records:,} records below {each.parents:,}, {each.least} to {each.most} each, "
            f"{each.without:,} with none, 0 orphaned"
            for (parent, child), each in self.below.items()
        ]
        lines += [
            f"{name} -> {to}: {count:,} resolved, 0 orphaned, to {len(rows):,} different rows"
            for (name, to), (count, rows) in self.references.items()
        ]
        return lines or ["no records lie below others, and none refer to others"]
