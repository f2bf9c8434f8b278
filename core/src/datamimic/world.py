"""A world: every value of every entity, fixed by seed, clock and locale before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.base.clock import Clock
from datamimic.base.locale import Locale
from datamimic.engine.batch import Batch
from datamimic.engine.relations import Children, Parent, Ref
from datamimic.errors import DefinitionError, InvalidOption, UnknownName
from datamimic.model.entity import Spec, spec_of
from datamimic.model.options import make_options
from datamimic.plugins.registry import Registry, installed_packs
from datamimic.tables.library import Data, Library, Shelf

if TYPE_CHECKING:
    from datetime import date, datetime

    from datamimic.rows import Rows

_SHELVES: WeakKeyDictionary[Registry, dict[str, Shelf]] = WeakKeyDictionary()
_COUNTRIES: WeakKeyDictionary[Registry, frozenset[str]] = WeakKeyDictionary()
LARGEST_ROW = 1 << 50


class World:
    """`World(seed="demo", locale="de_DE")["healthcare.patient"][0:1000]`: nothing is made until rows are asked for.

    seed     text or an integer; 42 and "42" are the same seed
    locale   `language_COUNTRY` or a country; decides which tables are read
    clock    the instant that ages and dates are computed from (ISO 8601); a documented fixed one without it
    sizes    {entity: rows}, how many rows of an entity references may point to, where not the entity's own default
    options  {entity: {option: value}}
    strict   a missing table is an error instead of a fallback to the United States; default DATAMIMIC_STRICT_DATASET
    packs    the registry to look in; the installed packs without it

    Raises `InvalidOption` and `UnknownName` for arguments that cannot be.
    """

    def __init__(
        self,
        seed: str | int,
        locale: str | Locale | None = None,
        clock: str | datetime | date | Clock | None = None,
        *,
        sizes: Mapping[str, int] | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        strict: bool | None = None,
        packs: Registry | None = None,
    ) -> None:
        if isinstance(seed, bool) or not isinstance(seed, str | int) or seed == "":
            raise InvalidOption(
                "invalid_seed", f"{seed!r} is not a seed", hint="give text or an integer", path="$.seed"
            )
        self.seed = str(seed)
        self.locale = Locale.parse(locale)
        self.clock = Clock.parse(clock)
        self.packs = installed_packs() if packs is None else packs
        self._refuse_unknown_country()
        self.strict = strict
        self.library = Library(self._shelf, self.locale.country, strict=strict)
        self.waiting: list[str] = []
        self._memo: dict[Any, Any] = {}
        self._passing: list[Batch] | None = None
        self._sizes = {self.spec(name).cls: _whole(size, name) for name, size in (sizes or {}).items()}
        self._given = {self.spec(name).cls: dict(values) for name, values in (options or {}).items()}
        for cls in self._given:
            self.options(spec_of(cls))

    def __repr__(self) -> str:
        return f"World(seed={self.seed!r}, locale='{self.locale}', clock='{self.clock}')"

    def __getitem__(self, entity: str | type) -> Rows:
        """All rows of an entity, named `pack.entity` (or bare, where one pack has it) or by class."""
        from datamimic.rows import Rows

        return Rows(self, self.spec(entity))

    def with_options(self, entity: str | type, **options: Any) -> World:
        """This world with other options of one entity: everybody who refers to it sees the same rows."""
        cls = self.spec(entity).cls
        given = {**self._given, cls: {**self._given.get(cls, {}), **options}}
        made = World(self.seed, self.locale, self.clock, strict=self.strict, packs=self.packs)
        made._sizes = dict(self._sizes)
        made._given = given
        made.options(spec_of(cls))
        return made

    def given_options(self) -> dict[str, dict[str, Any]]:
        """The options that differ from the defaults, by `pack.entity`; with them and the seed the world can be made again."""
        return {self.path(spec_of(cls)): dict(values) for cls, values in self._given.items() if values}

    def given_sizes(self) -> dict[str, int]:
        return {self.path(spec_of(cls)): size for cls, size in self._sizes.items()}

    # -- what the engine asks ----------------------------------------------------------------------------------

    def spec(self, entity: str | type) -> Spec:
        return spec_of(self.packs.entity(entity) if isinstance(entity, str) else entity)

    def path(self, spec: Spec) -> str:
        """`pack.entity`; the bare name for a class that belongs to no pack."""
        return self.memo(("path", spec.cls), lambda: _path(self.packs, spec))

    def size(self, spec: Spec) -> int:
        """How many of its rows references may point to."""
        return self._sizes.get(spec.cls, spec.size)

    def options(self, spec: Spec) -> Any:
        return self.memo(
            ("options", spec.cls), lambda: make_options(spec.options, self._given.get(spec.cls, {}), self.path(spec))
        )

    def data(self, owner: type) -> Data:
        """The tables as the pack of `owner` sees them."""
        return self.memo(("data", owner), lambda: Data(self.library, self.packs.pack_of(owner) or ""))

    def memo(self, key: Any, make: Callable[[], Any]) -> Any:
        """What is the same for every batch of this world, made once."""
        if key not in self._memo:
            passing, self._passing = self._passing, None
            try:
                self._memo[key] = make()
            finally:
                self._passing = passing
        return self._memo[key]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Batches that are made meanwhile, except those in the memo, forget their columns at the end.

        They and their embedded entities, families and references point to each other; such circles wait for the garbage
        collector, which comes rarely where objects are few and arrays are large.
        """
        before, self._passing = self._passing, []
        try:
            yield
        finally:
            made, self._passing = self._passing, before
            for batch in made or ():
                batch.forget()

    def batch(
        self, spec: Spec, rows: Ints, *, path: str | None = None, given: Mapping[str, Any] | None = None
    ) -> Batch:
        made = Batch(self, spec, rows, path or self.path(spec), given or {})
        if self._passing is not None:
            self._passing.append(made)
        return made

    def find(self, spec: Spec, rows: Ints) -> tuple[Batch, Ints | None]:
        """A batch that holds the rows, and where in it each of them is (None: in the same order)."""
        size = self.size(spec)
        if len(rows) <= 1:
            return self.batch(spec, rows), None
        if len(rows) * 4 >= size and int(rows.max()) < size:
            # Many references into few rows: their columns are made once and kept for the next batch.
            whole = self.memo(("whole", spec.cls), lambda: self.batch(spec, np.arange(size, dtype=np.int64)))
            return whole, rows
        if not np.any(rows[1:] < rows[:-1]):
            fresh = np.concatenate(([True], rows[1:] != rows[:-1]))
            if fresh.all():
                return self.batch(spec, rows), None
            return self.batch(spec, rows[fresh]), np.cumsum(fresh) - 1
        distinct, inverse = np.unique(rows, return_inverse=True)
        if len(distinct) * 4 > len(rows) * 3:
            return self.batch(spec, rows), None
        return self.batch(spec, distinct), inverse

    def refer(self, entity: str | type, rows: Ints) -> Ref:
        """A column of references to these rows of an entity, for rules that compute row numbers themselves."""
        return Ref(self, self.spec(entity), rows)

    def children(self, parents: Ref, child: type | str, field: str | None = None) -> Children:
        """The child rows of parents. Raises `UnknownName` or `DefinitionError` where they are not related."""
        spec, parent = self.spec(child), parents.target
        name = field or self.memo(("parent", spec.cls, parent.cls), lambda: self._parent_field(parent, spec))
        generator = spec.fields[name].generator if name in spec.fields else None
        if not isinstance(generator, Parent):
            raise UnknownName(
                "parent field", name, [n for n, f in spec.fields.items() if isinstance(f.generator, Parent)]
            )
        first, counts = generator.layout(self, spec, name).of(parents.rows)
        return Children(self, spec, name, parents, first, counts)

    def _parent_field(self, parent: Spec, child: Spec) -> str:
        found = [
            name
            for name, each in child.fields.items()
            if isinstance(each.generator, Parent) and self.spec(each.generator.target).cls is parent.cls
        ]
        if len(found) != 1:
            raise DefinitionError(
                "bad_field",
                f"{child.name} has {len(found)} parent fields of {parent.name}",
                hint="name the field: children(..., field=...)" if found else "declare one with parent(...)",
            )
        return found[0]

    def _refuse_unknown_country(self) -> None:
        countries = known_countries(self.packs)
        if countries and self.locale.country not in countries:
            raise InvalidOption(
                "unsupported_locale",
                f"no installed pack has tables for {self.locale.country}",
                hint=f"countries: {', '.join(sorted(countries))}",
                path="$.locale",
            )

    def _shelf(self, pack: str) -> Shelf:
        shelves = _SHELVES.setdefault(self.packs, {})
        if pack not in shelves:
            if not pack:
                raise UnknownName(
                    "pack", pack, [record.name for record in self.packs.packs()], hint="the class belongs to no pack"
                )
            shelves[pack] = Shelf(pack, self.packs.dataset_sources(pack))
        return shelves[pack]


def known_countries(packs: Registry) -> frozenset[str]:
    """ISO codes of the countries that any usable pack has tables for."""
    if packs not in _COUNTRIES:
        _COUNTRIES[packs] = frozenset(c for record in packs.packs() if record.status == "ok" for c in record.locales)
    return _COUNTRIES[packs]


def _path(packs: Registry, spec: Spec) -> str:
    pack = packs.pack_of(spec.cls)
    return f"{pack}.{spec.name}" if pack else spec.name


def _whole(size: Any, name: str) -> int:
    if isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= LARGEST_ROW:
        raise InvalidOption(
            "invalid_count", f"the size of {name} is {size!r}", hint="a whole number above 0", path=f"$.sizes.{name}"
        )
    return size


def supported_countries(packs: Registry, cls: type) -> tuple[str, ...]:
    """ISO codes of the countries that have every table the entity reads; an entity without country tables supports those
    that any pack has tables for."""
    world = World(0, packs=packs)
    spec = spec_of(cls)
    common: set[str] | None = None
    for owner, names in _all_tables(world, spec, set()).items():
        pack = packs.pack_of(owner) or ""
        for name in names:
            source, _, bare = name.rpartition(".")
            countries = world._shelf(source or pack).countries(bare)
            if countries is not None:
                common = set(countries) if common is None else common & countries
    if common is None:
        common = set(known_countries(packs))
    return tuple(sorted(common))


def _all_tables(world: World, spec: Spec, seen: set[type]) -> dict[type, set[str]]:
    """The tables of an entity, of every entity that it refers to, and of the children that its rules read."""
    seen.add(spec.cls)
    found = spec.tables()
    read = {need for each in spec.fields.values() for need in each.generator.needs}
    for each in spec.fields.values():
        target = getattr(each.generator, "target", None)
        # Of children, only those that a rule looks at are made with the entity.
        if target is not None and each.is_relation and (each.kind.shape == "entity" or each.name in read):
            other = world.spec(target)
            if other.cls not in seen:
                for owner, names in _all_tables(world, other, seen).items():
                    found.setdefault(owner, set()).update(names)
    return found
