"""What differs between the installation that wrote an output and this one: seed, tables, packs, engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from datamimic.output.manifest import describe_origin, identity
from datamimic.world import World

Change = tuple[Any, Any]


@define
class Causes:
    """(then, now) of everything that decides values and is not what it was.

    `world` names the parts of the manifest's world (seed, clock, …) that were edited after it was written; `files` are
    tables whose content is not what their own data.toml says.
    """

    world: list[str] = field(factory=list)
    tables: dict[str, Change] = field(factory=dict)
    fallbacks: Change | None = None
    data: dict[str, Change] = field(factory=dict)
    packs: dict[str, Change] = field(factory=dict)
    engine: Change | None = None
    pyarrow: Change | None = None
    renamed: dict[str, Change] = field(factory=dict)
    """Entities that are called otherwise now, and whether their values went with the name."""
    files: list[str] = field(factory=list)

    def explanation(self) -> str:
        """The most likely reason why values differ, in words."""
        if self.world:
            return f"the {', '.join(self.world)} in the manifest: edited after the output was written"
        moved = [then for then, (_, kept) in self.renamed.items() if not kept]
        found = [f"the new name of {then}, by which its values are drawn" for then in moved]
        if self.tables or self.fallbacks or self.files or self.data:
            found.append("the data")
        if self.packs:
            found.append(f"the {'packs' if len(self.packs) > 1 else 'pack'} {', '.join(self.packs)}")
        if self.engine:
            found.append("the engine")
        if found:
            return " and ".join(found)
        return "nothing that is recorded: code changed without a new version, or a rule is not deterministic"

    def changes(self) -> Iterator[str]:
        for name in self.world:
            yield f"{name} was edited in the manifest"
        for name, (then, now) in self.tables.items():
            how = "is no longer read" if now is None else "was not read" if then is None else "has another content"
            yield f"table {name} {how}"
        for then, (now, kept) in self.renamed.items():
            hint = "" if kept else f'; @entity(…, stream="{then.rpartition(".")[2]}") gives it the values that it had'
            yield f"entity {then} is called {now}{hint}"
        for name in self.files:
            yield f"table {name} is not what its data.toml says"
        if self.fallbacks:
            then, now = (", ".join(names) or "none" for names in self.fallbacks)
            yield f"tables of another country stand in: {then} -> {now}"
        for name, (then, now) in self.data.items():
            yield f"data of pack {name} {then} -> {now}"
        for name, (then, now) in self.packs.items():
            yield f"pack {name} {then} -> {now or 'not installed'}"
        for name, change in (("engine", self.engine), ("pyarrow", self.pyarrow)):
            if change:
                yield f"{name} {change[0]} -> {change[1]}"


def causes_of(body: Mapping[str, Any], world: World, *, deep: bool) -> Causes:
    """`world` has been computed with, so that its tables are known; `deep` reads them once more to compare their digests."""
    now = describe_origin(world)
    then_identity = body.get("identity", {})
    made = identity(body["world"])
    found = Causes(world=[name for name, digest in made.items() if then_identity.get(name, digest) != digest])
    found.tables = _changes(body.get("tables", {}), now["tables"])
    if sorted(body.get("fallbacks", [])) != now["fallbacks"]:
        found.fallbacks = (sorted(body.get("fallbacks", [])), now["fallbacks"])
    versions, installed = body.get("versions", {}), now["versions"]
    used = {name.partition("/")[0] for name in (*body.get("tables", {}), *now["tables"])} | _packs(body["request"])
    for pack in sorted(used):
        then, here = versions.get("packs", {}).get(pack, {}), installed["packs"].get(pack, {})
        for key, changes in (("version", found.packs), ("data_version", found.data)):
            if then.get(key) != here.get(key):
                changes[pack] = (then.get(key), here.get(key))
    for then in _entities(body["request"]):
        spec = world.spec(then)
        if world.path(spec) != then:
            found.renamed[then] = (world.path(spec), world.stream(spec) == then)
    for part in ("engine", "pyarrow"):
        if versions.get(part) != installed[part]:
            setattr(found, part, (versions.get(part), installed[part]))
    if deep:
        found.files = sorted(_edited(world))
    return found


def _entities(request: Mapping[str, Any]) -> list[str]:
    return [request["entity"]] if "entity" in request else [*request.get("set", {})]


def _packs(request: Mapping[str, Any]) -> set[str]:
    return {name.partition(".")[0] for name in _entities(request)}


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Change]:
    names = sorted({*then, *now})
    return {name: (then.get(name), now.get(name)) for name in names if then.get(name) != now.get(name)}


def _edited(world: World) -> Iterator[str]:
    for place in world.library.files():
        pack, _, file = place.partition("/")
        shelf = world.shelf(pack)
        stem = file.removesuffix(".csv")
        info = shelf.catalog.get(stem)
        if info and hashlib.sha256(shelf.files[stem].read_bytes()).hexdigest() != info.sha256:
            yield place
