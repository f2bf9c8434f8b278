"""What one should know of a set before it is written: tables that are larger than who asked may have thought."""

from __future__ import annotations

from collections.abc import Iterator

from datamimic.model.spec import Spec
from datamimic.related.closure import ALL, Closure, TableOfSet
from datamimic.world import World

MANY = 1_000
"""Children of a parent, on average, from which on it is said where they come from."""


def remarks(closure: Closure) -> Iterator[str]:
    """Of tables of `all` children that have very many for each parent, as what they follow from is the whole world's: all
    demand falls on the few articles that were asked for."""
    world = closure.world
    for table in closure.tables:
        parents = _parents(closure, table)
        if table.asked != ALL or not parents or len(table.rows) < MANY * parents[1]:
            continue
        name, count = parents
        number = len(table.rows)
        said = f"{world.path(table.spec)}: {number:,} rows of {count:,} rows of {name}, {number // count:,} each"
        for looked_at in table.spec.looks_at:
            root = _root(world, world.spec(looked_at))
            if root is not None and root not in world.origin.sizes:
                said += (
                    f"; they follow from all rows of {looked_at} in the world, of which --size {root}=COUNT makes fewer"
                )
                break
        yield said


def _parents(closure: Closure, table: TableOfSet) -> tuple[str, int] | None:
    """The parent entity of a table's rows, and how many of its rows are in the set."""
    for link in table.links:
        if link.is_parent:
            count = len(closure.table(link.target).rows)
            return (closure.world.path(link.target), count) if count else None
    return None


def _root(world: World, spec: Spec) -> str | None:
    """The entity at the top of the parents of an entity; None for one that is nobody's child."""
    found, above = None, spec.parent
    while above is not None:
        spec = world.spec(above[1].target)
        found, above = world.path(spec), spec.parent
    return found
