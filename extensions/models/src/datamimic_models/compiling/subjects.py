"""Subjects: the rows of other entities that columns of a table are fields of, one row for each subject of a row."""

from __future__ import annotations

from typing import Any, Final

from datamimic import Context, Generator, Permutation, composite
from datamimic.columns import Ints
from datamimic_models.rules.entity_options import by_entity
from datamimic_models.rules.rule import NO_OPTIONS
from datamimic_models.rules.words import Pairs

_BLOCK: Final = 1 << 16
_LARGEST: Final = 1 << 50


class Subject(Generator[Any]):
    """Another row of the entity for every row of the table: within every 65,536 rows in an order of the table's own, so that
    the people of two tables are some of them the same. Of an entity with fewer rows they come again."""

    relates = "one"

    def __init__(self, target: str, locale: str | None, options: Pairs = NO_OPTIONS) -> None:
        self.target = target
        self.locale = locale
        self.options = options

    def column(self, context: Context) -> Any:
        world: Any = context.world
        if self.locale is not None:
            here, locale = world, self.locale
            world = world.memo(("locale", locale), lambda: here.evolve(locale=locale))
        if self.options:
            # A population of its own: those of the entity that the options let in.
            everybody, target, options = world, self.target, self.options
            world = world.memo(("options", target, options), lambda: _narrowed(everybody, by_entity(target, options)))
        spec = world.spec(self.target)
        most = _rows_there_are(world, spec)
        return world.refer(self.target, self._rows(context, most, most >= _LARGEST or _counted(world, spec)))

    def _rows(self, context: Context, most: int, by_blocks: bool) -> Ints:
        rows = context.rows % most if most < _LARGEST else context.rows
        block = rows // _BLOCK
        within = rows - block * _BLOCK
        size = min(most, _BLOCK)
        if by_blocks and most > _BLOCK:
            moved = Permutation(size, context.draw.address).forward(within)
            return composite(block, moved, _BLOCK) % most
        # Of few rows the last block is a shorter one: all rows are one permutation.
        return Permutation(most, context.draw.address).forward(rows)


def _narrowed(world: Any, options: dict[str, dict[str, Any]]) -> Any:
    for entity, chosen in options.items():
        world = world.with_options(entity, **chosen)
    return world


def _counted(world: Any, spec: Any) -> bool:
    """Whether rows are children that are counted from their first parent on: the last of all would take for ever to find."""
    parents = [each for each in spec.columns if hasattr(each.generator, "is_counted")]
    return any(each.generator.is_counted(world, spec, each.name) for each in parents)


def _rows_there_are(world: Any, spec: Any) -> int:
    """How many rows an entity has, where that is not without end."""
    if spec.rows is not None:
        return max(1, int(world.size(spec)))
    most = _LARGEST
    for each in spec.columns:
        capacity = each.generator.usual_rows(world, spec, each.name)
        if capacity is not None:
            most = min(most, capacity)
    return max(1, most)
