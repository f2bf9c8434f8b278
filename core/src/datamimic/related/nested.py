"""Keys inside records: where an entity's column holds lists of records that name rows of another table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.columns import Text
from datamimic.engine.batch import Batch
from datamimic.engine.history import shown
from datamimic.engine.references import Ref
from datamimic.errors import DatamimicError
from datamimic.model.arrow import decoded
from datamimic.model.generator import ParentGenerator
from datamimic.model.spec import Spec
from datamimic.world import World


@frozen(eq=False)
class Nested:
    """The rows of `child` whose parent, its field `field`, is the row itself, or what its reference `through` refers to."""

    child: Spec
    field: str
    through: str | None

    def rows(self, world: World, batch: Batch) -> Ints:
        parents = Ref(world, batch.spec, batch.rows) if self.through is None else batch.column(self.through)
        return world.children(parents, self.child.cls, self.field).rows


@frozen(eq=False)
class Named:
    """The rows of `child` whose keys stand in the records of a column, the field `field`, at `path` within it."""

    child: Spec
    field: str
    path: tuple[str, ...]

    def rows(self, world: World, batch: Batch) -> Ints:
        kind, key = batch.spec.fields[self.field].kind, self.child.key
        assert key is not None
        keys = reach(kind.to_arrow(shown(batch, self.field), kind.arrow), self.path)
        if key.generator.exists:
            rows = world.given(self.child).rows_of(decoded(keys).drop_null().cast(key.kind.arrow))
        else:
            rows = key.generator.rows_of(Text.plain(keys), world.address(world.stream(self.child), key.name))
        return rows[rows >= 0]


def nested_in(world: World, spec: Spec) -> list[Nested | Named]:
    """The tables whose keys stand inside the records of an entity, by their names: those that end in `_id`. They are rows of
    child tables, or what these refer to; where no child table has them all, rows are found by their keys. And those that
    a field says it `names`."""
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


def reach(array: pa.Array, path: tuple[str, ...]) -> pa.Array:
    """The values at a path of an array, through records and lists of records."""
    for name in (*path, None):
        while pa.types.is_list(array.type):
            array = array.flatten()
        if name is not None:
            array = pc.struct_field(array, name)
    return array


def _find(world: World, spec: Spec) -> Iterator[Nested | Named]:
    for column in spec.columns:
        if column.names is not None and _tells_its_row(named_by_it := world.spec(column.names)):
            yield Named(named_by_it, column.name, ())
    paths = [path for path in text_paths(world[spec.cls].schema()) if len(path) > 1 and path[-1].endswith("_id")]
    if not paths:
        # Nearly always: and so the entities of all packs need not be imported.
        return
    keyed: dict[str, list[Spec]] = {}
    for known in _entities(world):
        if known.key is not None:
            keyed.setdefault(known.key.column_name, []).append(known)
    names = {path[-1] for path in paths} & keyed.keys()
    missing = {name: keyed[name][-1] for name in names if keyed[name][-1].cls is not spec.cls}
    # Records of a row that refers to nobody name others.
    own = {each.name: world.spec(each.generator.target) for each in _references(spec) if not each.kind.nullable}
    # A child that is meant itself comes before one that only refers to it.
    for direct in (True, False):
        for child in _entities(world):
            for field in child.fields.values():
                if not missing or not isinstance(field.generator, ParentGenerator):
                    continue
                parent = world.spec(field.generator.target).cls
                through = None if parent is spec.cls else next((n for n, t in own.items() if t.cls is parent), "")
                # A child that may refer to nobody does not have them all.
                sure = [each for each in _references(child) if not each.kind.nullable]
                named = {child.cls} if direct else {world.spec(each.generator.target).cls for each in sure}
                served = [name for name, target in missing.items() if target.cls in named]
                if through != "" and served and child.cls is not spec.cls:
                    yield Nested(child, field.name, through)
                    reached = {child.cls} | {world.spec(each.generator.target).cls for each in sure}
                    missing = {name: target for name, target in missing.items() if target.cls not in reached}
    fields = {each.column_name: each.name for each in spec.columns}
    for path in paths:
        target = missing.get(path[-1])
        if target is not None and len(keyed[path[-1]]) == 1 and _tells_its_row(target):
            yield Named(target, fields[path[0]], path[1:])


def _tells_its_row(spec: Spec) -> bool:
    return spec.key is not None and (spec.key.generator.invertible or spec.key.generator.exists)


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
