"""The engine: what an origin and the installed packs make, and what is remembered of it. `World` is an engine with the
sugar that people write."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Self, TypeVar, cast

from datamimic.base.clock import Clock
from datamimic.base.frozen import FrozenMapping
from datamimic.base.given_rows import GivenRows
from datamimic.base.locale import Locale
from datamimic.base.origin import Origin
from datamimic.draws.address import Address
from datamimic.engine.evaluation import keeping_batches
from datamimic.engine.given_tables.opening import Givens, given_rows, opened, settled
from datamimic.engine.given_tables.table import GivenTable
from datamimic.errors import InvalidOption, UnknownName
from datamimic.model.context import Context
from datamimic.model.options import make_options
from datamimic.model.spec import Spec, spec_of
from datamimic.plugins.described import with_models
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.tables.library import Data, Library, Shelf

T = TypeVar("T")


class Engine:
    """A value: equal where origin and packs are equal, shared by threads, pickled and copied as origin and packs.

    What it remembers follows from the two, and belongs to nobody's evaluation.
    """

    origin: Origin
    packs: Registry
    library: Library
    seed: str
    locale: Locale
    clock: Clock

    def __init__(self, origin: Origin, packs: Registry | None = None) -> None:
        """Raises `UnknownName` and `InvalidOption` for what the packs do not have."""
        packs = with_models(installed_packs() if packs is None else packs, origin.models)
        if packs.models:
            origin = origin.evolve(models=packs.models)
        countries = known_countries(packs)
        if countries and origin.locale.country not in countries:
            raise InvalidOption(
                "unsupported_locale",
                f"no installed pack has tables for {origin.locale.country}",
                hint=f"countries: {', '.join(sorted(countries))}",
                path="$.locale",
            )
        origin = _resolved(origin, packs)
        if origin.given:
            specs = {path: spec_of(packs.entity(path)) for path in origin.given}
            origin = origin.evolve(
                given={path: settled(given, specs[path], path, packs) for path, given in origin.given.items()}
            )
        self.begin(origin, packs)

    def begin(
        self,
        origin: Origin,
        packs: Registry,
        found: Mapping[str, GivenRows] | None = None,
        lasting: dict[Any, Any] | None = None,
    ) -> Self:
        """Take an origin that is judged, and remember nothing; `found` are the rows that entities name themselves, as they
        were found by a world that this one goes on for, `lasting` what that one knows for whenever one looks."""
        self.origin = origin
        self.packs = packs
        self.seed, self.locale, self.clock = origin.seed, origin.locale, origin.clock
        self.library = Library(self.shelf, origin.locale.country, strict=origin.strict)
        self._memo: dict[Any, Any] = {}
        self._lasting: dict[Any, Any] = {} if lasting is None else lasting
        self._found = dict(found or {})
        return self

    @property
    def now(self) -> Clock:
        """The moment at which the world is seen: its clock, unless it is seen as of an earlier one."""
        return self.origin.seen or self.clock

    @classmethod
    def made_of(
        cls,
        origin: Origin,
        packs: Registry,
        found: Mapping[str, GivenRows] | None = None,
        lasting: dict[Any, Any] | None = None,
    ) -> Self:
        """The engine of an origin that another engine has judged."""
        return cls.__new__(cls).begin(origin, packs, found, lasting)

    def anew(self) -> Self:
        """The same world, with nothing remembered."""
        return self.made_of(self.origin, self.packs, self._found)

    def evolve(self, **changes: Any) -> Self:
        """The world whose origin differs in these parts; `given` takes what `World` does."""
        if "models" in changes:
            raise InvalidOption("invalid_option", "a world keeps its models", hint="World(origin.evolve(models=...))")
        if "given" in changes:
            changes["given"] = rows_given(changes["given"], self.packs)
        lasting = self._lasting if changes.keys() == {"seen"} else None
        return self.made_of(_resolved(self.origin.evolve(**changes), self.packs), self.packs, self._found, lasting)

    def with_options(self, entity: str | type, **options: Any) -> Self:
        """This world with other options of one entity: everybody who refers to it sees the same rows."""
        spec = self.spec(entity)
        path = self.path(spec)
        origin = self.origin.with_options(path, options)
        # The class may belong to no pack, and then has no name that could be looked up.
        checked = _checked_options(spec, origin.options.get(path, {}), path)
        return self.made_of(origin.with_options(path, checked), self.packs, self._found)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Engine):
            return NotImplemented
        return self.origin == other.origin and self.packs == other.packs

    def __hash__(self) -> int:
        return hash(self.origin)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.origin, self.packs, FrozenMapping(self._found))

    def spec(self, entity: str | type) -> Spec:
        return spec_of(self.packs.entity(entity) if isinstance(entity, str) else entity)

    def path(self, spec: Spec) -> str:
        """`pack.entity`; the bare name for a class that belongs to no pack."""
        return self.memo(("path", spec.cls), lambda: _path(self.packs, spec))

    def stream(self, spec: Spec) -> str:
        """`pack.entity` as the addresses of its draws have it: the path, unless the entity was renamed."""
        return self.memo(("stream", spec.cls), lambda: _stream(self.packs, spec))

    def size(self, spec: Spec) -> int:
        """How many of its rows references may point to; all of those that exist."""
        return self.given(spec).rows if spec.rows is not None else self.origin.sizes.get(self.path(spec), spec.size)

    def given(self, spec: Spec) -> GivenTable:
        """The rows of an entity whose rows exist. Raises `DataError` where they cannot be had, or are others than before."""
        return self.memo(("given", spec.cls), lambda: self._given(spec))

    def _given(self, spec: Spec) -> GivenTable:
        path = self.path(spec)
        named = self.origin.given.get(path) or self._found.get(path)
        if named is None:
            # An entity that names its rows itself: they are a part of the origin as soon as anybody looks.
            named = self._found.setdefault(path, given_rows(spec.rows, spec, path, self.packs))
        return opened(named, spec, path, self.packs)

    @property
    def settled(self) -> Origin:
        """The origin with all rows that exist and that were looked at so far, those that entities name themselves as well: what
        another process or a manifest needs to make the same."""
        return self.origin.evolve(given={**self._found, **self.origin.given}) if self._found else self.origin

    def options(self, spec: Spec) -> Any:
        return self.memo(("options", spec.cls), lambda: self._options(spec))

    def _options(self, spec: Spec) -> Any:
        path = self.path(spec)
        return make_options(spec.options, self.origin.options.get(path, {}), path)

    def address(self, entity: str, field: str) -> Address:
        """Where the randomness of a field comes from; `entity` is `pack.entity`, of one that was renamed its `stream`."""
        return Address.of(self.seed, self.locale.country, entity, field)

    def tables(self, pack: str) -> Data:
        """The tables as a pack sees them."""
        return self.memo(("tables", pack), lambda: Data(self.library, pack))

    def data(self, owner: type) -> Data:
        """The tables as the pack of `owner` sees them."""
        return self.memo(("data", owner), lambda: self.tables(self.packs.pack_of(owner) or ""))

    def shelf(self, pack: str) -> Shelf:
        """The tables of a pack for all countries; shared by all worlds of the same registry, with models or without."""
        if not pack:
            raise UnknownName(
                "pack", pack, [record.name for record in self.packs.packs()], hint="the class belongs to no pack"
            )
        remembered = self.packs.remembered_of(pack)
        return remembered.get(("shelf", pack), lambda: Shelf(pack, self.packs.dataset_sources(pack)))

    def memo(self, key: Any, make: Callable[[], T], *, lasting: bool = False) -> T:
        """What is the same for every batch of this world, made once; `lasting` where it is the same at whatever moment the
        world is seen. Threads that ask at the same time may each make it, and get the same one."""
        known = self._lasting if lasting else self._memo
        if key in known:
            return known[key]
        with keeping_batches():
            made = make()
        return known.setdefault(key, made)


def countries_by_pack(packs: Registry) -> Mapping[str, tuple[str, ...]]:
    """ISO codes of the countries that each usable pack has tables for; their folders are looked at once."""
    return packs.remembered.get(
        "countries by pack",
        lambda: {record.name: record.locales for record in packs.packs() if record.status == "ok"},
    )


def known_countries(packs: Registry) -> frozenset[str]:
    """ISO codes of the countries that any usable pack has tables for."""
    return frozenset(itertools.chain.from_iterable(countries_by_pack(packs).values()))


@lru_cache(maxsize=4)
def _restored(cls: type[Engine], origin: Origin, packs: Registry, found: FrozenMapping[str, GivenRows]) -> Engine:
    """What was pickled. Rows that arrive one by one find the world that the first of them brought."""
    return cls.made_of(origin, packs, found)


def _resolved(origin: Origin, packs: Registry) -> Origin:
    """The origin with entities named `pack.entity` and options of the types that they are declared with, all checked."""
    if not origin.sizes and not origin.options:
        return origin
    for names in (origin.sizes, origin.options):
        refuse_twice_named(packs, names)
    specs = {name: spec_of(packs.entity(name)) for name in (*origin.sizes, *origin.options)}
    paths = {name: _path(packs, spec) for name, spec in specs.items()}
    for name in origin.sizes:
        if specs[name].rows is not None:
            raise InvalidOption(
                "invalid_count",
                f"the size of {paths[name]} is the number of its rows that exist",
                hint="leave its size out",
                path=f"$.sizes.{name}",
            )
    return origin.evolve(
        sizes={paths[name]: size for name, size in origin.sizes.items()},
        options={
            paths[name]: _checked_options(specs[name], values, paths[name]) for name, values in origin.options.items()
        },
    )


def rows_given(given: Givens, packs: Registry) -> dict[str, GivenRows]:
    """What somebody gives by entity, as an origin has it; see `given_rows`."""
    classes = {name: packs.entity(name) if isinstance(name, str) else name for name in given}
    refuse_twice_named(packs, [name for name in given if isinstance(name, str)])
    specs = {name: spec_of(cls) for name, cls in classes.items()}
    paths = {name: _path(packs, spec) for name, spec in specs.items()}
    return {paths[name]: given_rows(what, specs[name], paths[name], packs) for name, what in given.items()}


def refuse_twice_named(packs: Registry, names: Iterable[str]) -> None:
    """Raises `InvalidOption` (`invalid_option`) where two names, one of them an alias or without its pack, are one entity."""
    named: dict[type, str] = {}
    for name in names:
        other = named.setdefault(packs.entity(name), name)
        if other != name:
            raise InvalidOption(
                "invalid_option",
                f"{other} and {name} are two names of one entity, {_path(packs, spec_of(packs.entity(name)))}",
                hint="use one of them",
                path=f"$.{name}",
            )


def _checked_options(spec: Spec, values: Any, path: str) -> dict[str, Any]:
    made = make_options(spec.options, values, path)
    return {name: getattr(made, name) for name in values}


def _path(packs: Registry, spec: Spec) -> str:
    pack = packs.pack_of(spec.cls)
    return f"{pack}.{spec.name}" if pack else spec.name


def _stream(packs: Registry, spec: Spec) -> str:
    pack = packs.pack_of(spec.cls)
    return f"{pack}.{spec.stream}" if pack and "." not in spec.stream else spec.stream


def engine_of(context: Context) -> Engine:
    """The world of a context is an engine: the generators of this layer belong to it."""
    return cast(Engine, context.world)
