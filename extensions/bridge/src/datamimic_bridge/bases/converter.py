"""Bases of converters of one's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class Converter(ABC):
    """Makes another value of a value: `convert` is called for each."""

    @abstractmethod
    def convert(self, value: Any) -> Any: ...


class CustomConverter(Converter):
    """One that gets the run it is made for, whose databases it may ask (`get_client_by_id`)."""

    def __init__(self, ctx: Any = None) -> None:
        self._ctx = ctx

    def convert(self, value: Any) -> Any:
        return value
