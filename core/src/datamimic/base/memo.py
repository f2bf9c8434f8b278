"""Remembering what is made once and asked for often, by any number of threads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """Values by key. Threads that ask for a new key at the same time may each make its value, and all get the same one:
    making takes no lock, so that what needs other values to be made cannot wait for itself."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        try:
            return self._values[key]
        except KeyError:
            return self._values.setdefault(key, make())

    def known(self, key: Hashable) -> bool:
        return key in self._values
