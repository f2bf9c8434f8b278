"""Services: an entity's rows one after the other, for those who want objects and no row numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

import numpy as np
from attrs import field, frozen

from datamimic.base.clock import Clock
from datamimic.engine.coverage import supported_countries
from datamimic.errors import DatamimicError
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.services.arguments import checked
from datamimic.services.literal import seed_from
from datamimic.services.succession import Succession
from datamimic.world import Rows, World

E = TypeVar("E")


@frozen
class Asked:
    """What the arguments of a service ask for: `options` by entity, those that are None left out, and the argument that an
    option came from where it has another name, `called` {option: argument}, for errors."""

    options: Mapping[type[Any] | str, Mapping[str, Any]]
    called: Mapping[str, str] = field(factory=dict)


class Service(Generic[E]):
    """Base of services such as `PersonService(dataset="US", min_age=18, rng=Random(42))`.

    A subclass names its entity: `class PersonService(Service[Person])`. `dataset` is a country or a locale; `seed` or `rng`
    fixes everything, and without them every service object is different (`service.world.seed` tells which seed it took);
    `clock` is the instant that ages and dates are computed from; `packs` are the installed ones without it. Every other
    argument is an option of the entity, as `dm describe` lists them.

    The k-th entity is row k of a world: `generate()`, `generate_batch()`, `World(seed)` and files of the same world agree,
    where seed, locale, clock and options are the same. Threads may share a service: each row goes to one of them.

    Raises `InvalidOption` for arguments that cannot be, named as the caller named them, and `UnknownName` for options that
    the entity does not have.
    """

    entity: ClassVar[type[Any]]

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        for base in vars(cls).get("__orig_bases__", ()):
            of = get_args(base)
            if isinstance(get_origin(base), type) and issubclass(get_origin(base), Service) and isinstance(of[0], type):
                cls.entity = of[0]

    @checked
    def __init__(
        self,
        dataset: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
        clock: str | datetime | date | Clock | None = None,
        packs: Registry | None = None,
        **options: Any,
    ) -> None:
        world = World(seed_from(rng, seed), dataset, clock, packs=packs)
        asked = self.asked(dataset, {name: value for name, value in options.items() if value is not None})
        try:
            for entity, given in asked.options.items():
                chosen = {name: _plain(value) for name, value in given.items() if value is not None}
                world = world.with_options(entity, **chosen) if chosen else world
        except DatamimicError as error:
            raise _in_words_of(error, asked.called) from None
        self.world = world
        self.rows: Rows[E] = self.world[self.entity]
        self._succession: Succession[E] = Succession(self._entities)

    @classmethod
    def asked(cls, dataset: str | None, arguments: Mapping[str, Any]) -> Asked:
        """What the arguments ask for; a subclass that takes others than options of its entity says what they stand for."""
        return Asked({cls.entity: arguments})

    def generate(self) -> E:
        """The next entity; reads ahead in growing steps, so that a long loop costs little more than a batch."""
        return self._succession.one()

    def generate_batch(self, count: int = 10) -> list[E]:
        """The next `count` entities: the same as `count` calls of `generate()`."""
        return self._succession.several(count)

    def __iter__(self) -> Iterator[E]:
        while True:
            yield self.generate()

    def _entities(self, start: int, count: int) -> list[E]:
        return self.rows[start : start + count].objects(np.arange(start, start + count, dtype=np.int64))

    @classmethod
    def supported_datasets(cls) -> tuple[str, ...]:
        """ISO codes of the countries for which every table of the entity (and of what it refers to) is there."""
        return supported_countries(installed_packs(), cls.entity)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _in_words_of(error: DatamimicError, called: Mapping[str, str]) -> DatamimicError:
    """The error with the caller's arguments in place of the options that they stand for."""
    if called:
        names = re.compile(rf"\b({'|'.join(map(re.escape, called))})\b")

        def renamed(text: str | None) -> str | None:
            return None if text is None else names.sub(lambda found: called[found[1]], text)

        error.message, error.hint, error.path = renamed(error.message) or "", renamed(error.hint), renamed(error.path)
        error.args = (error.message,)
    return error
