"""Work beside the thread that has it done: in order, and never far behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from types import TracebackType
from typing import Any


class Background:
    """One thread that does one thing after the other, in the order in which they were given.

    It pays where the work lets go of the interpreter, as hashing, compressing and writing do. `room` is how much may wait: a
    `submit` of more waits until there is room, so that memory stays flat. What a thing raised is raised by a later `submit`
    or by `finish`. Leaving a `with` block by an exception drops what waits.
    """

    def __init__(self, name: str, room: int) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._context = copy_context()
        self._room = room
        self._waiting: deque[tuple[int, Future[Any]]] = deque()

    def submit(self, size: int, work: Callable[..., object], *arguments: Any) -> None:
        """`size` is what the thing takes of the room; one that is larger than all of it waits until nothing else does."""
        while self._waiting and size > self._room:
            self._await_oldest()
        self._room -= size
        self._waiting.append((size, self._thread.submit(self._context.run, work, *arguments)))

    def _await_oldest(self) -> None:
        size, oldest = self._waiting.popleft()
        oldest.result()
        self._room += size

    def finish(self) -> None:
        """Wait until all is done; nothing can be given to it afterwards."""
        while self._waiting:
            self._await_oldest()
        self._thread.shutdown()

    def __enter__(self) -> Background:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
        else:
            # The thread may be within a write: what it writes to must not be taken away before it has come back.
            self._thread.shutdown(wait=True, cancel_futures=True)
