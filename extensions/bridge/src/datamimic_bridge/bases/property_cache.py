"""Values of properties that are computed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class PropertyCache(dict[str, Any]):
    """The values of an object's properties by name; tells how often it had one (`hits`) and had to compute it (`misses`)."""

    def __init__(self) -> None:
        super().__init__()
        self.hits = 0
        self.misses = 0

    def value(self, name: str, compute: Callable[[], T]) -> T:
        """The value under the name, computed the first time."""
        if name in self:
            self.hits += 1
        else:
            self[name] = compute()
            self.misses += 1
        made: T = self[name]
        return made

    def reset(self) -> None:
        """Forget everything: properties are computed anew."""
        self.clear()


class Caching(Protocol):
    """What has a cache for its properties."""

    @property
    def field_cache(self) -> PropertyCache: ...


C = TypeVar("C", bound=Caching)


def property_cache(getter: Callable[[C], T]) -> Callable[[C], T]:
    """The getter of a property, called once per object: `@property` above, `@property_cache` below."""

    @wraps(getter)
    def cached(self: C) -> T:
        return self.field_cache.value(getter.__name__, lambda: getter(self))

    return cached
