"""Which rows a set of related tables needs: what was asked for, and everything that it refers to.

The closure is computed before anything is written, from the reference columns alone:

- an entity that is asked for has exactly the rows [0, count);
- a parent that is not asked for has the rows [0, last parent + 1), those without children among them, so that the declared
  distribution of child counts holds (unless none is without, as groups of members are: then those that are referred to);
- an entity whose keys stand inside the records of another one has the rows that are children of what the record is about (the
  encounters in a medical record), or those that have the keys (the articles in a cart);
- any other entity has exactly the rows that are referred to, each once, in ascending order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import define, field, frozen

from datamimic.base.arrays import Ints
from datamimic.base.observation import Progress
from datamimic.engine.dues import kinds_of_dues
from datamimic.engine.engine import refuse_twice_named
from datamimic.engine.history import shown, there
from datamimic.engine.lifetimes import come_and_go
from datamimic.engine.references import Ref
from datamimic.errors import DefinitionError, InvalidOption
from datamimic.model.generator import ParentGenerator, RoleGenerator
from datamimic.model.spec import FieldSpec, Spec
from datamimic.related.nested import Named, Nested, nested_in
from datamimic.related.row_set import RowSet
from datamimic.world import World

ALL = "all"
Count = int | Literal["all"]


@frozen(eq=False)
class Link:
    """A reference of one table of the set to another table of it: its `columns` show `targets`, columns of the other."""

    field: FieldSpec
    target: Spec
    columns: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def is_parent(self) -> bool:
        return isinstance(self.field.generator, ParentGenerator)

    @property
    def needs_all_before(self) -> bool:
        """Do parents before the last one belong to the set, with children or not?"""
        generator = self.field.generator
        return isinstance(generator, ParentGenerator) and generator.childless

    @property
    def is_role(self) -> bool:
        """Is the target who each row is, so that its key stands among what the entity inherits from it?"""
        return isinstance(self.field.generator, RoleGenerator)


@define(eq=False)
class TableOfSet:
    """One table of the set: an entity and its rows. `asked` is None for one that came in by reference."""

    spec: Spec
    asked: Count | None
    rows: RowSet = field(factory=RowSet)
    links: list[Link] = field(factory=list)
    nested: list[Nested | Named] = field(factory=list)


@frozen(eq=False)
class Closure:
    """The tables of a set, each after those that it refers to; `back` holds the links that cannot be in that order."""

    world: World
    counts: Mapping[str, Count]
    tables: tuple[TableOfSet, ...]
    back: tuple[tuple[Spec, Link], ...]

    @property
    def total(self) -> int:
        return sum(len(table.rows) for table in self.tables)

    def table(self, spec: Spec) -> TableOfSet:
        return next(table for table in self.tables if table.spec.cls is spec.cls)


def links_of(world: World, spec: Spec) -> list[Link]:
    """The references that stand in the entity's table: in columns of their own, or in others; of a role who each row is."""
    found = []
    for each in spec.columns:
        if each.is_relation:
            target = world.spec(each.generator.target)
            if target.key is None:
                raise DefinitionError(
                    "bad_entity", f"{world.path(target)} is referred to, but has no key", hint="mark one field key=True"
                )
            found.append(Link(each, target, (each.column_name,), (target.key.column_name,)))
    for shown_key in spec.shown_keys:
        reference = spec.fields[shown_key.reference]
        target = world.spec(reference.generator.target)
        columns = tuple(spec.fields[name].column_name for name in shown_key.fields)
        targets = tuple(target.fields[name].column_name for name in shown_key.targets)
        found.append(Link(reference, target, columns, targets))
    for each in role_fields(world, spec):
        target = world.spec(each.generator.target)
        columns = tuple(key.column_name for key in target.primary_key)
        found.append(Link(each, target, columns, columns))
    return found


def role_fields(world: World, spec: Spec) -> list[FieldSpec]:
    """The hidden field that says who each row of a role is, where its rows are people of the population and the key of these
    stands in the table."""
    found = []
    for each in spec.fields.values():
        if each.is_column or not isinstance(each.generator, RoleGenerator) or each.generator.apart(world, spec):
            continue
        keys = world.spec(each.generator.target).primary_key
        if keys and all(key.name in spec.fields and spec.fields[key.name].is_column for key in keys):
            found.append(each)
    return found


def set_of(world: World, counts: Mapping[str, Count]) -> World:
    """The world of a set: an entity that is asked for, and referred to by another of the set or paid for by people of it, has
    as many rows as asked."""
    refuse_twice_named(world.packs, counts)
    asked = {world.spec(name).cls: count for name, count in counts.items()}
    reached, _ = _ordered(world, [world.spec(name) for name in counts])
    sizes = dict(world.origin.sizes)
    for spec in reached:
        for link in links_of(world, spec):
            count = asked.get(link.target.cls)
            if (
                isinstance(count, int)
                and count
                and link.target.rows is None
                and world.path(link.target) not in world.origin.sizes
            ):
                sizes[world.path(link.target)] = count
    packs = {world.packs.pack_of(cls) for cls in asked}
    for kind in kinds_of_dues(world.packs):
        paid_for = world.spec(kind.entity)
        count = asked.get(paid_for.cls)
        if isinstance(count, int) and count and packs - {world.packs.pack_of(paid_for.cls)}:
            sizes.setdefault(world.path(paid_for), count)
    return world.evolve(sizes=sizes)


def close(world: World, counts: Mapping[str, Count], progress: Progress | None = None) -> Closure:
    """The rows that a set needs. `counts` gives rows per entity; `all` means every child of the parents in the set.

    Raises `InvalidOption` for a count that cannot be: negative, fewer rows than are referred to, `all` for an entity
    without a parent, or whose parents are not in the set.
    """
    asked: dict[type, Count] = {}
    for name, count in counts.items():
        if count != ALL and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
            raise InvalidOption("invalid_count", f"{name}={count}", hint="0 rows or more, or all", path=f"$.{name}")
        asked[world.spec(name).cls] = count
    order, back = _ordered(world, [world.spec(name) for name in counts])
    tables = {spec.cls: TableOfSet(spec, asked.get(spec.cls), links=links_of(world, spec)) for spec in order}
    for table in tables.values():
        table.nested = [each for each in nested_in(world, table.spec) if asked.get(each.child.cls) is None]
    for table in tables.values():
        if isinstance(table.asked, int):
            world[table.spec.cls].check_capacity(table.asked)
            table.rows.extend(table.asked)
    done = {spec.cls: RowSet() for spec in order}
    _follow(world, tables, order, done, progress)
    while _all_children(world, tables):
        _follow(world, tables, order, done, progress)
    _refuse_children_of_nobody(world, tables)
    for table in tables.values():
        if isinstance(table.asked, int) and len(table.rows) > table.asked:
            needed = int(table.rows.rest[-1]) + 1
            name = world.path(table.spec)
            raise InvalidOption(
                "invalid_count",
                f"{name}={table.asked}, but its row {needed - 1} is referred to",
                hint=f"ask for {name}={needed} or more, for fewer rows of what refers to it, or leave {name} out",
                path=f"$.{name}",
            )
    for table in tables.values():
        if come_and_go(world, table.spec):
            table.rows = RowSet.of(there(world, table.spec, piece) for piece in table.rows.pieces())
    return Closure(world, dict(counts), tuple(tables[spec.cls] for spec in order), tuple(back))


def _follow(
    world: World,
    tables: Mapping[type, TableOfSet],
    order: list[Spec],
    done: Mapping[type, RowSet],
    progress: Progress | None,
) -> None:
    """Mark what every row refers to, until nothing new is marked."""
    while True:
        waiting = [spec for spec in reversed(order) if len(tables[spec.cls].rows) > len(done[spec.cls])]
        if not waiting:
            return
        table, seen = tables[waiting[0].cls], done[waiting[0].cls]
        # A table that refers to itself grows while it is looked at: what is new waits for the next turn.
        present = table.rows.copy()
        for rows in present.pieces():
            fresh = rows[~seen.holds(rows)]
            if len(fresh):
                _mark(world, tables, table, fresh)
            if progress is not None:
                progress(len(fresh))
        seen.extend(present.prefix)
        seen.add(present.rest)


def _mark(world: World, tables: Mapping[type, TableOfSet], table: TableOfSet, rows: Ints) -> None:
    """Add what these rows of a table refer to, and what is inside their records."""
    rows = there(world, table.spec, rows)
    batch = world.batch(table.spec, rows)
    for link in table.links:
        referred = shown(batch, link.field.name).rows
        referred = referred[referred >= 0]
        target = tables[link.target.cls]
        if link.needs_all_before and target.asked is None and len(referred):
            target.rows.extend(int(referred.max()) + 1)
        else:
            target.rows.add(referred)
    for nested in table.nested:
        tables[nested.child.cls].rows.add(nested.rows(world, batch))


def _all_children(world: World, tables: Mapping[type, TableOfSet]) -> bool:
    """Add every child of the parents that are in the set, where `all` of them are asked for. Was any added?"""
    grown = False
    for table in tables.values():
        if table.asked != ALL:
            continue
        parents = [link for link in table.links if link.is_parent]
        if not parents:
            name = world.path(table.spec)
            raise InvalidOption(
                "invalid_count", f"{name}=all, but {name} has no parent", hint="give a number", path=f"$.{name}"
            )
        before = len(table.rows)
        for link in parents:
            rows = tables[link.target.cls].rows
            for piece in rows.pieces():
                children = world.children(Ref(world, link.target, piece), table.spec.cls, link.field.name)
                if int(piece[-1]) < rows.prefix and len(children):
                    table.rows.extend(int((children.first + children.counts).max()))
                else:
                    table.rows.add(children.rows)
        grown |= len(table.rows) > before
    return grown


def _refuse_children_of_nobody(world: World, tables: Mapping[type, TableOfSet]) -> None:
    """Raises `InvalidOption` where all rows are asked for of parents that nobody asked for and nothing refers to."""
    for table in tables.values():
        parents = [tables[link.target.cls] for link in table.links if link.is_parent]
        if table.asked == ALL and all(parent.asked is None and not len(parent.rows) for parent in parents):
            name, whose = world.path(table.spec), " or ".join(world.path(parent.spec) for parent in parents)
            raise InvalidOption(
                "invalid_count",
                f"{name}=all, but there is no row of {whose} in the set",
                hint=f"ask for {world.path(parents[0].spec)}=N too",
                path=f"$.{name}",
            )


def _ordered(world: World, roots: list[Spec]) -> tuple[list[Spec], list[tuple[Spec, Link]]]:
    """Every entity reached from the roots, each after those that it refers to, and the links that close a circle."""
    order: list[Spec] = []
    back: list[tuple[Spec, Link]] = []
    state: dict[type, int] = {}

    def visit(spec: Spec) -> None:
        state[spec.cls] = 1
        for link in links_of(world, spec):
            if state.get(link.target.cls) == 1:
                back.append((spec, link))
            elif link.target.cls not in state:
                visit(link.target)
        state[spec.cls] = 2
        order.append(spec)

    waiting = list(roots)
    while waiting:
        spec = waiting.pop(0)
        if spec.cls not in state:
            known = len(order)
            visit(spec)
            waiting += [nested.child for each in order[known:] for nested in nested_in(world, each)]
    return order, back
