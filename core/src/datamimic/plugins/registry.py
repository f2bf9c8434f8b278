"""What the installed packs bring, by name: a value, so that tests and embedders can have their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache, cached_property, partial
from itertools import chain
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

from datamimic.base.described_packs import DescribedPack
from datamimic.base.frozen import FrozenMapping
from datamimic.base.memo import Memo
from datamimic.errors import PackError, UnknownName, excerpt, suggest
from datamimic.plugin import DatasetSource
from datamimic.plugins.discovery import CORE, discover, refuse_twins
from datamimic.plugins.extensions import BROUGHT
from datamimic.plugins.loading import LoadedPack, load
from datamimic.plugins.meanings import Meanings, gathered
from datamimic.plugins.pack_record import PackRecord, collisions, record_of
from datamimic.plugins.registered import LazyClasses, RegisteredClass
from datamimic.plugins.travelling import PluginModule, module_name, travelling

References = Callable[[LoadedPack], tuple[RegisteredClass, ...]]

_entities: References = attrgetter("entities")
_generators: References = attrgetter("generators")
_formats: References = attrgetter("formats")
_targets: References = attrgetter("targets")
_sources: References = attrgetter("table_sources")
_streams: References = attrgetter("streams")
_engines: References = attrgetter("engines")
_learners: References = attrgetter("learners")
_dues: References = attrgetter("dues")
_models: References = attrgetter("models")
_messages: References = attrgetter("messages")


class Registry:
    """The packs, and the classes and tables that they bring.

    Names are `pack.name`, or bare where only one pack has them. What a broken, disabled or incompatible pack would
    bring is not there; asking for it raises that pack's error.
    """

    models: Mapping[str, DescribedPack] = FrozenMapping()
    """The packs among them that are described instead of installed; see `with_models`."""

    def __init__(
        self, packs: Iterable[LoadedPack], remarks: Iterable[str] = (), *, plugins: tuple[object, ...] | None = None
    ) -> None:
        """`plugins` are what the packs were loaded from, where that is not an installed distribution."""
        self.listed = refuse_twins(packs)
        # Of a disabled and an active pack with one name, the active one has it.
        self._packs = {pack.name: pack for pack in sorted(self.listed, key=lambda pack: pack.status != "disabled")}
        self._core = load(CORE, "datamimic.plugins.builtin")
        self._scopes = (self._core, *(pack for pack in self.listed if pack.status == "ok"))
        self.remarks = tuple(remarks)
        self._plugins = plugins
        self._owners: WeakKeyDictionary[type, str | None] = WeakKeyDictionary()
        self.remembered = Memo()
        """What others make of the packs, once per registry: their tables, for one."""

    def remembered_of(self, pack: str) -> Memo:
        """Where to remember what depends on the tables of a pack alone."""
        return self.remembered

    @classmethod
    def from_entry_points(cls) -> Registry:
        """The packs installed in this environment, without those that DATAMIMIC_DISABLE_PACKS names."""
        return cls(*discover())

    @classmethod
    def of(cls, *plugins: object) -> Registry:
        """A registry of exactly these plugin modules or objects, for tests."""
        return cls((load(None, module_name(plugin), plugin) for plugin in plugins), plugins=plugins)

    def __eq__(self, other: object) -> bool:
        return self.identity == other.identity if isinstance(other, Registry) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.identity)

    @cached_property
    def identity(self) -> tuple[Any, ...]:
        return tuple(pack.identity for pack in self.listed)

    def __deepcopy__(self, memo: object) -> Registry:
        return self

    def __reduce__(self) -> tuple[Callable[..., Registry], tuple[Any, ...]]:
        """Installed packs are found again where the copy is made; plugins travel, modules by name.

        Raises `PackError` (`cannot_travel`) for plugins that cannot be pickled.
        """
        if self._plugins is None:
            return installed_packs, ()
        return _registry_of, tuple(travelling(plugin) for plugin in self._plugins)

    def packs(self) -> tuple[PackRecord, ...]:
        """A record of every pack, usable or not, sorted by name."""
        notes = collisions(self._scopes)
        return tuple(
            record_of(pack, partial(self.dataset_sources, pack.name), tuple(notes.get(pack.name, ())))
            for pack in self.listed
        )

    def packs_of_values(self) -> tuple[PackRecord, ...]:
        """Of the usable packs, those that rows and files are made with: what manifests and locks name."""
        return tuple(r for r in self.packs() if r.status == "ok" and self._packs[r.name].makes_values)

    def pack(self, name: str) -> LoadedPack:
        """A usable pack. Raises UnknownName, or the error that makes the pack unusable."""
        if name not in self._packs:
            raise UnknownName("pack", name, self._packs)
        found = self._packs[name]
        if found.error is not None:
            raise found.error.with_traceback(None)
        return found

    def pack_of(self, cls: type) -> str | None:
        """The name of the pack whose package the class is defined in, or that registers it; None for neither."""
        if cls not in self._owners:
            self._owners[cls] = self._owner(cls)
        return self._owners[cls]

    def _owner(self, cls: type) -> str | None:
        near = [pack for pack in self._scopes if f"{cls.__module__}.".startswith(f"{pack.package}.")]
        registering = [pack for pack in self._scopes if pack.registers(cls)]
        owners = [pack for pack in near if pack in registering] or near or registering
        return max(owners, key=lambda pack: len(pack.package)).name if owners else None

    def entity(self, name: str) -> type[Any]:
        """The class of `pack.entity` or of a bare name, the one that it had before it was renamed (its `stream`) included.

        Raises UnknownName, or PackError for a name of two packs.
        """
        try:
            return self._find("entity", name, _entities)
        except UnknownName:
            renamed = self._renamed(name)
            if renamed is None:
                raise
            return renamed

    def _renamed(self, name: str) -> type | None:
        """The entity whose values are those of the name. Imports the entities of the packs that can be meant."""
        pack_name, _, bare = name.rpartition(".")
        for pack in self._scopes:
            for reference in pack.entities:
                with suppress(PackError):
                    stream = getattr(vars(reference.load()).get("__entity__"), "stream", "")
                    if stream in (f"{pack.name}.{bare}", bare) if pack_name in ("", pack.name) else stream == name:
                        return reference.load()
        return None

    def entities(self) -> Mapping[str, type]:
        """`pack.entity` -> class, by pack and in each pack's own order; a class is imported when it is read."""
        return LazyClasses(self._qualified(_entities))

    def generator(self, name: str) -> type:
        """The class of `pack.ClassName` or of a bare class name. Raises as `entity` does."""
        return self._find("generator", name, _generators)

    def generators(self) -> Mapping[str, type]:
        """`pack.ClassName` -> class."""
        return LazyClasses(self._qualified(_generators))

    def format(self, name: str) -> type:
        """The class of a format, or of a message, which is written as one. The core's own cannot be taken over by a pack."""
        messages = self.messages()
        return messages[name] if name in messages else self._find("format", name, _formats)

    def formats(self) -> Mapping[str, type]:
        """format -> class: the core's formats first; a format that is not a pack's alone is `pack.format`."""
        return self._core_first(_formats)

    def target(self, name: str) -> type:
        """The class of a target, a place that takes related tables."""
        return self._find("target", name, _targets)

    def targets(self) -> Mapping[str, type]:
        """target -> class; one that is not a pack's alone is `pack.target`."""
        return self._core_first(_targets)

    def table_sources(self) -> Mapping[str, type]:
        """source -> `TableSource`; one that is not a pack's alone is `pack.source`."""
        return self._core_first(_sources)

    def streams(self) -> Mapping[str, type]:
        """stream -> `StreamTarget`; one that is not a pack's alone is `pack.stream`."""
        return self._core_first(_streams)

    def engine(self, name: str) -> type:
        """The `PartRunner` of this name."""
        return self._find("engine", name, _engines)

    def engines(self) -> Mapping[str, type]:
        """engine -> class: the core's first; one that is not a pack's alone is `pack.engine`."""
        return self._core_first(_engines)

    def learners(self) -> Mapping[str, type]:
        """learner -> class; one that is not a pack's alone is `pack.learner`."""
        return self._core_first(_learners)

    def dues(self) -> Mapping[str, type]:
        """name -> `Dues`; one that is not a pack's alone is `pack.name`."""
        return self._core_first(_dues)

    def model_reader(self, name: str) -> type:
        """The `ModelReader` of this name."""
        return self._find("model", name, _models)

    def models_read(self) -> Mapping[str, type]:
        """name -> `ModelReader`; one that is not a pack's alone is `pack.name`."""
        return self._core_first(_models)

    def messages(self) -> Mapping[str, type]:
        """message -> class; one that is not a pack's alone is `pack.message`."""
        return self._core_first(_messages)

    def message(self, name: str) -> type:
        """The class of a message. Raises UnknownName (`unknown_message`)."""
        known = self.messages()
        if name not in known:
            raise UnknownName("message", name, known, hint=None if known else "no installed pack has messages")
        return known[name]

    def scopes_of(self, kind: str, bare: str) -> tuple[LoadedPack, ...]:
        """The core and the usable packs, in which a bare name is looked for."""
        return self._scopes

    def dataset_sources(self, pack: str) -> tuple[DatasetSource, ...]:
        """Where the tables of a pack lie: its own sources, then those that other packs add to it."""
        return tuple(chain.from_iterable(self.dataset_sources_by_distribution(pack).values()))

    def dataset_sources_by_distribution(self, pack: str) -> dict[str, tuple[DatasetSource, ...]]:
        """The same by the distribution that brings them; by the pack, where that is not installed from one."""
        own = self.pack(pack)
        found: dict[str, tuple[DatasetSource, ...]] = {}
        for one in (own, *(other for other in self._scopes if other is not own)):
            sources = tuple(source for source in one.sources if source.pack == pack)
            if sources:
                found[one.distribution or one.name] = found.get(one.distribution or one.name, ()) + sources
        return found

    def meanings(self) -> Meanings:
        """What columns and tables of somebody's own can mean, by name: `person.given_name`."""
        return self.remembered.get(
            Meanings,
            lambda: gathered({pack.name: hook for pack in self._scopes if (hook := pack.meanings) is not None}),
        )

    def commands(self) -> dict[str, Callable[..., Any]]:
        """pack -> its hook `datamimic_commands`."""
        return {pack.name: pack.commands for pack in self._scopes if pack.commands is not None}

    def listeners(self) -> dict[str, Callable[..., Any]]:
        """pack -> its hook `datamimic_run_finished`."""
        return {pack.name: pack.run_finished for pack in self._scopes if pack.run_finished is not None}

    def refuse_missing(self, kind: str, name: str) -> None:
        """Of a name that no usable pack has: raises `DatamimicError` (`missing_dependency`) where an extension of this project
        brings it, or what keeps that extension from being used."""
        extension = BROUGHT.get((kind, name))
        if extension is not None:
            if extension.pack in self._packs:
                self.pack(extension.pack)
            raise extension.missing(kind, name)

    def _core_first(self, references: References) -> Mapping[str, type]:
        own = {reference.name: reference for reference in references(self._core)}
        counts = Counter(reference.name for pack in self._scopes for reference in references(pack))
        added = {
            reference.name if counts[reference.name] == 1 else f"{pack.name}.{reference.name}": reference
            for pack in self._scopes[1:]
            for reference in references(pack)
        }
        return LazyClasses(own | added)

    def _find(self, kind: str, name: str, references: References) -> type:
        if not isinstance(name, str):
            raise UnknownName(kind, name, [], hint="a name is text")
        pack_name, _, bare = name.rpartition(".")
        if pack_name in self._packs:
            self.pack(pack_name)
        scopes = [pack for pack in self._scopes if pack_name == pack.name] if pack_name else self.scopes_of(kind, bare)
        found = [(pack, reference) for pack in scopes for reference in references(pack) if reference.name == bare]
        if not found:
            self.refuse_missing(kind, bare)
            known = list((self._core_first if references(self._core) else self._qualified)(references))
            raise UnknownName(kind, name, known, hint=None if suggest(name, known) else self._why_unknown(pack_name))
        if len(found) > 1 and found[0][0] is not self._core:
            both = " and ".join(f"{pack.name} ({pack.origin})" for pack, _ in found)
            hint = f"write {' or '.join(repr(f'{pack.name}.{bare}') for pack, _ in found)}"
            raise PackError("ambiguous_name", f"the {kind} {excerpt(bare)} is in {both}", hint=hint)
        return found[0][1].load()

    def _why_unknown(self, pack_name: str) -> str | None:
        if pack_name and pack_name not in self._packs:
            return f"no pack {excerpt(pack_name)} is installed; see `dm list-packs`"
        unusable = [pack.name for pack in self._packs.values() if pack.status != "ok"]
        return f"not usable: {', '.join(unusable)}; see `dm list-packs`" if unusable else None

    def _qualified(self, references: References) -> dict[str, RegisteredClass]:
        return {
            reference.name if pack is self._core else f"{pack.name}.{reference.name}": reference
            for pack in self._scopes
            for reference in references(pack)
        }


@cache
def installed_packs() -> Registry:
    """`Registry.from_entry_points()`, once per process."""
    return Registry.from_entry_points()


def _registry_of(*plugins: object) -> Registry:
    return Registry.of(*(each.plugin() if isinstance(each, PluginModule) else each for each in plugins))
