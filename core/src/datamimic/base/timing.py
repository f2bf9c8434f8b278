"""Where the time goes: processor time per column, and per stage of making, exporting and writing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from numpy.typing import NDArray

from datamimic.base.observation import WATCHING


class _Staged(threading.local):
    def __init__(self) -> None:
        self.times: list[float] = []


class Profile:
    """Collects while `running()`. Times are processor seconds, whichever thread spends them; a column's
    own, without those that it reads.

    It is an observer (see `datamimic.base.observation`), so that values are made exactly as without it.
    """

    def __init__(self) -> None:
        self.columns: dict[str, float] = {}
        self.stages: dict[str, float] = {}
        self.rows = 0
        self._inner: list[float] = []
        self._staged = _Staged()

    @contextmanager
    def running(self) -> Iterator[Profile]:
        token = WATCHING.set(self)
        try:
            yield self
        finally:
            WATCHING.reset(token)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage may lie in another: each is given its own time."""
        began = time.thread_time()
        inside = self._staged.times
        inside.append(0.0)
        try:
            yield
        finally:
            spent, inner = time.thread_time() - began, inside.pop()
            if inside:
                inside[-1] += spent
            self.stages[name] = self.stages.get(name, 0.0) + spent - inner

    def report(self) -> str:
        """Lines of nanoseconds per row and share, stages first, then the 25 slowest columns."""
        rows, total = max(self.rows, 1), sum(self.stages.values()) or 1.0
        lines = [f"{self.rows:,} rows in {total:.3f} s of processor time, {self.rows / total:,.0f} rows/s"]
        for title, times, limit in (("stage", self.stages, None), ("column", self.columns, 25)):
            lines.append(f"{'ns/row':>10} {'share':>6}  {title}")
            for name, seconds in sorted(times.items(), key=lambda item: -item[1])[:limit]:
                lines.append(f"{seconds / rows * 1e9:10.0f} {seconds / total:6.1%}  {name}")
        return "\n".join(lines)

    # -- what an observer is told --------------------------------------------------------------------------------

    def numbers(self, table: Any, column: NDArray[Any]) -> NDArray[Any]:
        return column

    def make(self, batch: Any, name: str, generate: Callable[[], Any]) -> Any:
        began = time.thread_time()
        self._inner.append(0.0)
        try:
            return generate()
        finally:
            spent, inner = time.thread_time() - began, self._inner.pop()
            if self._inner:
                self._inner[-1] += spent
            path = batch.where(name)
            self.columns[path] = self.columns.get(path, 0.0) + spent - inner

    def drawn(self, *_: Any) -> None:
        """Draws are part of the column that makes them, as is all that follows."""

    permuted = opened = read = taken = reused = drawn
