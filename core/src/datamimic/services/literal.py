"""Literal generators: one value at a time for scripts, a column at a time for fields, the same values either way."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from random import Random
from typing import Any, ClassVar, TypeVar

import numpy as np

from datamimic.columns import Text
from datamimic.columns.value_types import kind_of
from datamimic.errors import InvalidOption, excerpt
from datamimic.model.generator import Generator
from datamimic.model.options import NoOptions
from datamimic.model.spec import FieldSpec, Spec
from datamimic.model.values import values_of
from datamimic.plugins.registry import Registry
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
        return str(seed)
    return f"{rng.getrandbits(64):016x}" if rng is not None else secrets.token_hex(8)


class LiteralGenerator(Generator[T]):
    """Base of generators that are usable by themselves: `GivenNameGenerator(dataset="DE").generate()`.

    A subclass sets `python_type`, takes its own parameters, and makes a column; in an entity it is a field's generator
    like any other.
    """

    python_type: ClassVar[Any] = str

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
        self._next = 0
        self._ahead: list[T] = []

    @property
    def world(self) -> World:
        """The world of a generator that stands alone."""
        if self._world is None:
            self._world = World(self._seed, self._dataset, self._clock, packs=self._packs)
        return self._world

    def generate(self) -> T:
        """The next value; reads ahead in growing steps, so that a long loop costs little more than a batch."""
        if not self._ahead:
            self._ahead = self._values(self._next, min(2048, max(1, self._next)))[::-1]
        self._next += 1
        return self._ahead.pop()

    def generate_batch(self, count: int) -> list[T]:
        """The next `count` values: the same as `count` calls of `generate()`."""
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise InvalidOption("invalid_count", f"{excerpt(count)} values", hint="a whole number of 0 or more")
        start, self._next, self._ahead = self._next, self._next + count, []
        return self._values(start, count)

    def _values(self, start: int, count: int, **given: Any) -> list[T]:
        """Values of rows [start, start + count); `given` columns stand for the fields that the generator needs."""
        where = type(self).__name__
        kind = kind_of(self.python_type, where)
        field = FieldSpec(name=_VALUE, kind=kind, generator=self, owner=type(self))
        spec = Spec(where, "v1", type(self), {_VALUE: field}, NoOptions, 1, (), [])
        rows = np.arange(start, start + count, dtype=np.int64)
        return values_of(self.world.batch(spec, rows, given=given).column(_VALUE), kind)

    def _next_with(self, **given: str | None) -> T:
        """One value with the given texts in place of the fields that the generator needs."""
        columns = {name: text_column([value]) for name, value in given.items()}
        value = self._values(self._next, 1, **columns)[0]
        self._next += 1
        self._ahead = []
        return value


def text_column(values: Iterable[str | None]) -> Text:
    """Coded text, as a table would give it."""
    listed = list(values)
    index: dict[str, int] = {}
    codes = [-1 if value is None else index.setdefault(value, len(index)) for value in listed]
    return Text.coded(np.array(codes, dtype=np.int32), [*index])
