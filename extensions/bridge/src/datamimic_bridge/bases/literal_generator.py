"""Base of generators of one's own that make one value at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from random import Random
from typing import Any

from datamimic import LiteralGenerator


class BaseLiteralGenerator(ABC):
    """Makes values from the random numbers of `rng`; generators of packs are instances as well.

    For fields of entities: `datamimic.LiteralGenerator`, whose values are those of rows.
    """

    def __init__(self, *, rng: Random | None = None) -> None:
        self._rng = rng or Random()

    @property
    def rng(self) -> Random:
        return self._rng

    @abstractmethod
    def generate(self) -> Any:
        """The next value."""

    @classmethod
    def __subclasshook__(cls, other: type) -> bool:
        return True if cls is BaseLiteralGenerator and LiteralGenerator in other.__mro__ else NotImplemented
