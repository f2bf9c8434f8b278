"""Base of entities of one's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from datamimic_bridge.bases.property_cache import PropertyCache


class BaseEntity(ABC):
    """An entity with properties that are computed once (`property_cache`) and a `to_dict` of its own.

    Entities of packs are instances as well, without being made here.
    """

    def __init__(self, generator: Any = None) -> None:
        self._generator = generator
        self._field_cache = PropertyCache()

    @property
    def field_cache(self) -> PropertyCache:
        return self._field_cache

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """The entity as a dictionary."""

    @classmethod
    def __subclasshook__(cls, other: type) -> bool:
        if cls is BaseEntity and hasattr(other, "__entity__") and hasattr(other, "to_dict"):
            return True
        return NotImplemented
