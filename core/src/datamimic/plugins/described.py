"""The registry of a world whose origin carries models: the packs of another registry, and those that models describe."""

from __future__ import annotations

import copyreg
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final, cast
from weakref import WeakValueDictionary

from datamimic.base.described_packs import DescribedPack
from datamimic.base.frozen import FrozenMapping
from datamimic.base.memo import Memo
from datamimic.errors import PackError, excerpt
from datamimic.plugins.loading import LoadedPack, load
from datamimic.plugins.model_reader import ModelReader
from datamimic.plugins.registry import Registry, installed_packs


class DescribedClass(type):
    """The type of entity classes that a reader makes. They stand in no module: where one is sent to another process, it is made
    again there from `described`, the pack that it belongs to. `name`, `bases` and `namespace` are those of any class."""

    __described__: DescribedPack

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], described: DescribedPack
    ) -> DescribedClass:
        return super().__new__(mcls, name, bases, {**namespace, "__described__": described})

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], described: DescribedPack) -> None:
        super().__init__(name, bases, namespace)


class DescribedRegistry(Registry):
    """A bare name that a described pack has means that one, whoever else has it: who brings a model asks for its tables."""

    def __init__(self, base: Registry, models: Mapping[str, DescribedPack]) -> None:
        """Raises `PackError` (`pack_collision`) for a name that an installed pack has, and what the readers raise."""
        self.base = base
        self.models = FrozenMapping(models)
        self._described = tuple(_loaded(base, pack) for pack in models.values())
        super().__init__((*base.listed, *self._described), base.remarks)

    @cached_property
    def identity(self) -> tuple[Any, ...]:
        # Models that say the same are the same, wherever they lie.
        return (*self.base.identity, self.models)

    def __reduce__(self) -> tuple[Callable[..., Registry], tuple[Any, ...]]:
        return with_models, (self.base, self.models)

    def pack_of(self, cls: type) -> str | None:
        # Their classes are made in whatever module makes them, which may lie in the package of another pack.
        described = cls.__described__ if isinstance(cls, DescribedClass) else None
        known = described is not None and self.models.get(described.name) == described
        return described.name if described is not None and known else super().pack_of(cls)

    def remembered_of(self, pack: str) -> Memo:
        # Tables are read once for all models of a process.
        adds = any(source.pack == pack for each in self._described for source in each.sources)
        return self.remembered if adds or pack in self.models else self.base.remembered_of(pack)

    def scopes_of(self, kind: str, bare: str) -> tuple[LoadedPack, ...]:
        own = [pack for pack in self._described if any(r.kind == kind and r.name == bare for r in pack.brought)]
        return tuple(own) or super().scopes_of(kind, bare)


_KEPT: Final = 16
"""Registries with models that are kept when nobody has them."""


_Key = tuple[FrozenMapping[str, DescribedPack], tuple[tuple[str, str | None], ...]]


class _Described:
    """The registries with models beside one base, by their models, and by where these lie that read what lies beside them: as
    long as somebody has them, and the last ones."""

    def __init__(self) -> None:
        self._held: WeakValueDictionary[_Key, DescribedRegistry] = WeakValueDictionary()
        self._last: deque[DescribedRegistry] = deque(maxlen=_KEPT)
        self._lock = Lock()

    def of(self, base: Registry, wanted: FrozenMapping[str, DescribedPack]) -> DescribedRegistry:
        key = (wanted, tuple((name, wanted[name].beside) for name in sorted(wanted)))
        found = self._held.get(key)
        if found is None:
            made = DescribedRegistry(base, wanted)
            with self._lock:
                found = self._held.setdefault(key, made)
        with self._lock:
            if found not in self._last:
                self._last.append(found)
        return found


def with_models(registry: Registry, models: Mapping[str, DescribedPack]) -> Registry:
    """The registry with the packs that models describe beside its own; made once for each registry and models.

    Raises `PackError` (`pack_collision`) for a name that two different models have, or a model and an installed pack.
    """
    base, known = (registry.base, registry.models) if isinstance(registry, DescribedRegistry) else (registry, {})
    for name in known.keys() & models.keys():
        if known[name] != models[name]:
            raise _two_named(name)
    wanted = FrozenMapping({**known, **models})
    if not wanted or wanted == known:
        return registry
    return base.remembered.get(_Described, _Described).of(base, wanted)


def read_model(registry: Registry, place: str, *, trusted: bool = False) -> DescribedPack:
    """The model at a `place`, a file, by the reader of its ending that the `registry` has. `trusted`: code that it names may
    be run.

    Raises `UnknownName` for an ending that none has, `DatamimicError` (`missing_dependency`) where the readers are not
    installed, and what the reader raises.
    """
    readers = [cast("type[ModelReader]", cls) for cls in registry.models_read().values()]
    found = [reader for reader in readers if place.lower().endswith(reader.suffixes)]
    if not found:
        if not readers:
            registry.refuse_missing("model", "models")
        endings = [suffix for reader in readers for suffix in reader.suffixes]
        raise PackError(
            "unknown_model",
            f"{excerpt(place)} is no model that can be read",
            hint=f"its ending is one of {', '.join(endings)}",
        )
    return found[0].read(place, trusted=trusted)


def _sent(cls: DescribedClass) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    return _arrived, (cls.__described__, vars(cls)["__entity__"].name)


def _arrived(described: DescribedPack, entity: str) -> type:
    return with_models(installed_packs(), {described.name: described}).entity(f"{described.name}.{entity}")


copyreg.pickle(DescribedClass, _sent)


def read_models(
    registry: Registry, places: Iterable[str | Path | DescribedPack], *, trusted: bool = False
) -> dict[str, DescribedPack]:
    """Models by the name of the pack that each becomes: those in files, read, and those that were read before.

    Raises `PackError` (`pack_collision`) for a name that two different models have, and what `read_model` raises.
    """
    found: dict[str, DescribedPack] = {}
    for each in places:
        pack = each if isinstance(each, DescribedPack) else read_model(registry, str(each), trusted=trusted)
        if found.setdefault(pack.name, pack) != pack:
            raise _two_named(pack.name)
    return found


def _two_named(name: str) -> PackError:
    return PackError("pack_collision", f"two models are named {excerpt(name)}", hint="give one another name")


def _loaded(base: Registry, described: DescribedPack) -> LoadedPack:
    if any(pack.name == described.name and pack.status != "disabled" for pack in base.listed):
        raise PackError(
            "pack_collision",
            f"the model {excerpt(described.name)} has the name of an installed pack",
            hint="give it another name",
            file=described.place,
        )
    reader = cast("type[ModelReader]", base.model_reader(described.reader))
    pack = load(described.name, f"model:{described.name}", reader.plugin(described))
    if pack.error is not None:
        raise pack.error
    return pack
