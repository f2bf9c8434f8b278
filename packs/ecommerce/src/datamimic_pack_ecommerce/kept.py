"""What was made last of something that many batches ask for, so that neighbours share it and memory stays flat."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """The `most` values that were asked for last, by number. Threads that ask for the same new one may each make it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = Lock()
        self._known: OrderedDict[int, V] = OrderedDict()

    def all_of(self, numbers: list[int], make: Callable[[list[int]], Iterable[V]]) -> list[V]:
        """The values of these numbers; `make` gets those that are not kept."""
        with self._lock:
            found = {number: self._known[number] for number in numbers if number in self._known}
        missing = [number for number in numbers if number not in found]
        if missing:
            found.update(zip(missing, make(missing), strict=True))
        with self._lock:
            for number in numbers:
                self._known[number] = found[number]
                self._known.move_to_end(number)
            while len(self._known) > self.most:
                self._known.popitem(last=False)
        return [found[number] for number in numbers]
