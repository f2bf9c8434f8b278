"""Base of services of one's own."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from datamimic import Service
from datamimic.errors import InvalidOption, excerpt

T = TypeVar("T")


class BaseDomainService(ABC, Generic[T]):
    """Makes entities of a class one after the other: `model_cls(data_generator)`."""

    def __init__(self, data_generator: Any, model_cls: Callable[[Any], T]) -> None:
        self._data_generator = data_generator
        self._model_cls = model_cls

    def generate(self) -> T:
        """The next entity."""
        return self._model_cls(self._data_generator)

    def generate_batch(self, count: int = 10) -> list[T]:
        """The next `count` entities: the same as `count` calls of `generate()`."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise InvalidOption("invalid_count", f"count is {excerpt(count)}", hint="a whole number of 0 or more")
        return [self.generate() for _ in range(count)]


BaseDomainService.register(Service)
