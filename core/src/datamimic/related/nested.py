"""Keys inside records: where an entity's column holds lists of records that name rows of a child table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from attrs import frozen

from datamimic.errors import DatamimicError
from datamimic.model.generator import ParentGenerator
from datamimic.model.spec import Spec
from datamimic.world import World


@frozen(eq=False)
class Nested:
    """The rows of `child` whose parent, its field `field`, is the row itself, or what its reference `through` refers to."""

    child: Spec
    field: str
    through: str | None


def nested_in(world: World, spec: Spec) -> list[Nested]:
    """The child tables whose keys, or keys that they refer to, stand inside the records of an entity, by their names: those
    that end in `_id`."""
    return world.memo(("nested", spec.cls), lambda: list(_find(world, spec)))


def text_paths(schema: pa.Schema) -> Iterator[tuple[str, ...]]:
    """Every text or integer value of a table, through records and lists of records."""

    def walk(name: tuple[str, ...], kind: pa.DataType) -> Iterator[tuple[str, ...]]:
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if pa.types.is_struct(kind):
            for member in kind:
                yield from walk((*name, member.name), member.type)
        elif pa.types.is_list(kind):
            yield from walk(name, kind.value_type)
        elif pa.types.is_string(kind) or pa.types.is_int64(kind):
            yield name

    for column in schema:
        yield from walk((column.name,), column.type)


def _find(world: World, spec: Spec) -> Iterator[Nested]:
    paths = text_paths(world[spec.cls].schema())
    names = {path[-1] for path in paths if len(path) > 1 and path[-1].endswith("_id")}
    if not names:
        # Nearly always: and so the entities of all packs need not be imported.
        return
    keyed = {known.key.column_name: known for known in _entities(world) if known.key}
    missing = {name: keyed[name] for name in names & keyed.keys() if keyed[name].cls is not spec.cls}
    own = {each.name: world.spec(each.generator.target) for each in _references(spec)}
    # A child that is meant itself comes before one that only refers to it.
    for direct in (True, False):
        for child in _entities(world):
            for field in child.fields.values():
                if not missing or not isinstance(field.generator, ParentGenerator):
                    continue
                parent = world.spec(field.generator.target).cls
                through = None if parent is spec.cls else next((n for n, t in own.items() if t.cls is parent), "")
                named = (
                    {child.cls} if direct else {world.spec(each.generator.target).cls for each in _references(child)}
                )
                served = [name for name, target in missing.items() if target.cls in named]
                if through != "" and served and child.cls is not spec.cls:
                    yield Nested(child, field.name, through)
                    reached = {child.cls} | {world.spec(each.generator.target).cls for each in _references(child)}
                    missing = {name: target for name, target in missing.items() if target.cls not in reached}


def _references(spec: Spec) -> Iterator[Any]:
    return (each for each in spec.columns if each.is_relation)


def _entities(world: World) -> list[Spec]:
    found = []
    for name in world.packs.entities():
        try:
            found.append(world.spec(name))
        except DatamimicError:
            continue
    return found
