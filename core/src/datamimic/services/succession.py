"""A succession: the rows of a world handed out one after the other, each once, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar

from datamimic.errors import InvalidOption, excerpt

T = TypeVar("T")
_LONGEST_AHEAD = 4_096


class Succession(Generic[T]):
    """Values 0, 1, 2 … of `make(start, count)`; threads may share it, and each value goes to one of them.

    Whoever changes what is made holds `lock` meanwhile, and starts with `skip(0)`, which forgets what was made ahead.
    """

    def __init__(self, make: Callable[[int, int], list[T]]) -> None:
        self.lock = RLock()
        self._make = make
        self._next = 0
        self._ahead: list[T] = []

    def one(self) -> T:
        """The next value; reads ahead in growing steps, so that a long loop costs little more than a batch."""
        with self.lock:
            if not self._ahead:
                self._ahead = self._make(self._next, min(_LONGEST_AHEAD, max(1, self._next)))[::-1]
            self._next += 1
            return self._ahead.pop()

    def several(self, count: int) -> list[T]:
        """The next `count` values. Raises `InvalidOption` (`invalid_count`) for a negative number, or none."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise InvalidOption(
                "invalid_count", f"count is {excerpt(count)}", hint="a whole number of 0 or more", path="$.count"
            )
        with self.lock:
            return self._make(self.skip(count), count)

    def skip(self, count: int) -> int:
        """Pass over `count` values; the number of the first of them."""
        with self.lock:
            start, self._next, self._ahead = self._next, self._next + count, []
            return start

    def __getstate__(self) -> dict[str, Any]:
        # Copied and pickled at any moment, it goes on where it stood; locks do not travel.
        with self.lock:
            return {"_make": self._make, "_next": self._next, "_ahead": [*self._ahead]}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, lock=RLock())
