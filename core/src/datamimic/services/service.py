"""Services: an entity's rows one after the other, for those who want objects and no row numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

from datamimic.engine.coverage import supported_countries
from datamimic.errors import InvalidOption, excerpt
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.rows import Rows
from datamimic.services.literal import seed_from
from datamimic.world import World

E = TypeVar("E")
_LONGEST_AHEAD = 4_096


class Service(Generic[E]):
    """Base of services such as `PersonService(dataset="US", min_age=18, rng=Random(42))`.

    A subclass names its `entity` and its options. `dataset` is a country or a locale; `seed` or `rng` fixes everything,
    and without them every service object is different (`service.world.seed` tells which seed it took).
    The k-th entity is row k of a world: `generate()`, `generate_batch()` and files of the same world agree.
    """

    entity: ClassVar[type[Any]]

    def __init__(
        self,
        dataset: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: Any = None,
        options: Mapping[str, Any] | None = None,
        packs: Registry | None = None,
    ) -> None:
        world = World(seed_from(rng, seed), dataset, clock, packs=packs)
        given = {name: value for name, value in (options or {}).items() if value is not None}
        self.world = world.with_options(self.entity, **given) if given else world
        self.rows: Rows = self.world[self.entity]
        self._next = 0
        self._ahead: list[E] = []

    def generate(self) -> E:
        """The next entity; reads ahead in growing steps, so that a long loop costs little more than a batch."""
        if not self._ahead:
            self._ahead = self._entities(self._next, min(_LONGEST_AHEAD, max(1, self._next)))[::-1]
        self._next += 1
        return self._ahead.pop()

    def generate_batch(self, count: int = 10) -> list[E]:
        """The next `count` entities: the same as `count` calls of `generate()`."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise InvalidOption(
                "invalid_count", f"{excerpt(count)} entities", hint="a whole number of 0 or more", path="$.count"
            )
        start, self._next, self._ahead = self._next, self._next + count, []
        return self._entities(start, self._next - start)

    def __iter__(self) -> Iterator[E]:
        while True:
            yield self.generate()

    def _entities(self, start: int, count: int) -> list[E]:
        return self.rows[start : start + count].objects(np.arange(start, start + count, dtype=np.int64))

    @classmethod
    def supported_datasets(cls) -> tuple[str, ...]:
        """ISO codes of the countries for which every table of the entity (and of what it refers to) is there."""
        return supported_countries(installed_packs(), cls.entity)
