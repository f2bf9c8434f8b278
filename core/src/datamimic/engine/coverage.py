"""Which tables an entity reads, with all that it refers to, and so which countries it can be made for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datamimic.base.origin import Origin
from datamimic.engine.engine import Engine, known_countries
from datamimic.engine.roles import RoleOf
from datamimic.errors import UnknownName
from datamimic.model.generator import OfHolder
from datamimic.model.spec import Spec, spec_of
from datamimic.plugins.registry import Registry


def supported_countries(packs: Registry, cls: type) -> tuple[str, ...]:
    """ISO codes of the countries that have every table the entity reads; an entity without country tables supports those
    that any of the `packs` has tables for."""
    world = Engine(Origin("coverage"), packs)
    common: set[str] | None = None
    for owner, names in tables_of(world, spec_of(cls)).items():
        pack = packs.pack_of(owner) or ""
        for name in names:
            source, _, bare = name.rpartition(".")
            countries = world.shelf(source or pack).countries(bare)
            if countries is not None:
                common = set(countries) if common is None else common & countries
    return tuple(sorted(known_countries(packs) if common is None else common))


def tables_of(world: Engine, spec: Spec, *, roles: bool = False) -> Mapping[type, set[str]]:
    """The tables of an entity, of every entity that it refers to or looks at, and of the children that its rules read, by the
    class that declares them. What a row has a role in (`role_of`) is made for itself, often by another pack for fewer
    countries: it counts with `roles` only."""
    found: dict[type, set[str]] = {}
    _collect(world, spec, found, set(), roles)
    return found


def _collect(world: Engine, spec: Spec, found: dict[type, set[str]], seen: set[type], roles: bool) -> None:
    seen.add(spec.cls)
    for owner, names in spec.tables().items():
        found.setdefault(owner, set()).update(names)
    for name in spec.looks_at:
        other = world.spec(name)
        if other.cls not in seen:
            _collect(world, other, found, seen, roles)
    read = {need for each in spec.fields.values() for need in each.generator.needs}
    for each in spec.fields.values():
        target = each.generator.target
        made = each.generator.made if isinstance(each.generator, OfHolder) else each.generator
        if isinstance(made, RoleOf) and not (roles and _is_known(world, target)):
            continue
        # Of children, only those that a rule looks at are made with the entity.
        if target is not None and each.is_relation and (each.kind.shape == "entity" or each.name in read):
            other = world.spec(target)
            if other.cls not in seen:
                _collect(world, other, found, seen, roles)


def _is_known(world: Engine, target: Any) -> bool:
    """Is the pack of the target installed?"""
    try:
        return world.spec(target) is not None
    except UnknownName:
        return False
