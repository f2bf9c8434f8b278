"""Literal generators: one value at a time for scripts, a column at a time for fields, the same values either way."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, ClassVar, TypeVar

import numpy as np

from datamimic.base.origin import seed_text
from datamimic.columns.value_types import kind_of
from datamimic.errors import InvalidOption
from datamimic.model.generator import Generator
from datamimic.model.options import NoOptions
from datamimic.model.spec import FieldSpec, Spec
from datamimic.plugins.registry import Registry
from datamimic.services.arguments import checked
from datamimic.services.succession import Succession
from datamimic.world import World

T = TypeVar("T")
_VALUE = "value"


def seed_from(rng: Random | None, seed: str | int | None) -> str:
    """The seed of a world: the one given, else one drawn from `rng`, else an unpredictable one.

    An `rng` only supplies this seed; it is never a stream that values share.
    """
    if seed is not None and rng is not None:
        raise InvalidOption("invalid_seed", "give rng or seed, not both")
    if seed is not None:
        return seed_text(seed)
    return f"{rng.getrandbits(64):016x}" if rng is not None else secrets.token_hex(8)


class LiteralGenerator(Generator[T]):
    """Base of generators that are usable by themselves: `GivenNameGenerator(dataset="DE").generate()`.

    A subclass sets `python_type`, takes its own parameters, and makes a column; in an entity it is a field's generator like
    any other. By itself it takes country or locale (`dataset`), `seed` or `rng`, `clock` and `packs` as a `Service` does.
    """

    python_type: ClassVar[Any] = str

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        if "__init__" in cls.__dict__:
            setattr(cls, "__init__", checked(cls.__dict__["__init__"]))  # noqa: B010 - a checker takes it for a method

    @checked
    def __init__(
        self,
        *,
        dataset: str | None = None,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: Any = None,
        packs: Registry | None = None,
    ) -> None:
        self._dataset = dataset
        self._seed = seed_from(rng, seed)
        self._clock = clock
        self._packs = packs
        self._world: World | None = None
        self._succession: Succession[T] = Succession(self._values)

    @property
    def world(self) -> World:
        """The world of a generator that stands alone."""
        if self._world is None:
            self._world = World(self._seed, self._dataset, self._clock, packs=self._packs)
        return self._world

    def generate(self) -> T:
        """The next value; reads ahead in growing steps, so that a long loop costs little more than a batch. Threads may
        share a generator: each value goes to one of them."""
        return self._succession.one()

    def generate_batch(self, count: int) -> list[T]:
        """The next `count` values: the same as `count` calls of `generate()`."""
        return self._succession.several(count)

    @contextmanager
    def _as(self, **settings: Any) -> Iterator[None]:
        """With other values of these attributes meanwhile, for this thread alone."""
        with self._succession.lock:
            usual = {name: getattr(self, name) for name in settings}
            self.__dict__.update(settings)
            try:
                yield
            finally:
                self.__dict__.update(usual)
                self._succession.skip(0)

    def _values(self, start: int, count: int, **given: Any) -> list[T]:
        """Values of rows [start, start + count); `given` columns stand for the fields that the generator needs."""
        where = type(self).__name__
        kind = kind_of(self.python_type, where)
        field = FieldSpec(name=_VALUE, kind=kind, generator=self, owner=type(self))
        spec = Spec(where, "v1", type(self), {_VALUE: field}, NoOptions, 1, (), [])
        rows = np.arange(start, start + count, dtype=np.int64)
        return kind.objects(self.world.batch(spec, rows, given=given).column(_VALUE))
