"""How many children a parent has: what `parent(..., counts=)` may be, judged and made into a layout."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.base.observation import unobserved
from datamimic.draws.block_children import BlockChildren
from datamimic.draws.child_counts import ChildCounts, ChildLayout
from datamimic.draws.counted_children import CountedChildren
from datamimic.draws.draw import Draw
from datamimic.draws.levelling import Levels, Room, average_of_first
from datamimic.engine.batch import Batch, BatchContext, batch_of
from datamimic.engine.engine import Engine
from datamimic.engine.evaluation import counting
from datamimic.engine.limits import rows_there_are
from datamimic.errors import DataError, DatamimicError, DefinitionError, excerpt
from datamimic.model.generator import WHATEVER_RULES_RAISE, parameter_names, raised
from datamimic.model.spec import FieldSpec, Spec
from datamimic.model.supplied import SUPPLIED, Asker, refused, supplied_to, unknown_parameter
from datamimic.tables.grouped import condition_for

HINT = (
    "counts are {number of children: weight}, such as {0: 1, 1: 3, 2: 1}, a table with the columns count and weight, or a rule "
    "over the parent's columns"
)
_OF_THE_WORLD = frozenset({"options", "data", "clock", "locale", "world"})
"""What a rule may ask for that gives one distribution for all parents."""
LARGEST = 1 << 31
"""More children than this nobody means."""
EachBlock = int | tuple[int, Callable[..., int]]
"""What `each_block` may be."""


@frozen
class Numbers:
    """`counts` as the author gives them; `by` are the parent's columns that a table depends on; `each_block` is of how many
    parents, and a rule that says how many children they have together, or how many parents alone: then `within` is a rule
    that says how far their numbers can be moved."""

    counts: Any
    by: tuple[str, ...]
    each_block: EachBlock | None = None
    within: Callable[..., Room] | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.counts,) if isinstance(self.counts, str) else ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the parent that are read."""
        if callable(self.counts):
            asked = (*parameter_names(self.counts), *(parameter_names(self.within) if self.within else ()))
            return tuple(name for name in dict.fromkeys(asked) if name not in SUPPLIED)
        return self.by

    def judge(self, where: str, parent: Spec | None) -> None:
        """Raises `DefinitionError` (`bad_field`, `bad_rule`, `unknown_parameter`); `parent` is None where not known yet."""
        wrong = None
        if callable(self.counts):
            not_given = refused(parameter_names(self.counts), Asker.COUNTS)
            if not_given:
                raise DefinitionError(
                    "bad_rule",
                    f"{where}: the rule of the counts asks for {', '.join(not_given)}",
                    hint=f"it reads columns of the parent, and {', '.join(supplied_to(Asker.COUNTS))}",
                )
        elif isinstance(self.counts, Mapping):
            wrong = wrong_counts(self.counts)
        elif not isinstance(self.counts, str):
            wrong = f"{excerpt(self.counts)} are no counts"
        if self.by and not isinstance(self.counts, str):
            wrong = "by= names columns that a table depends on, and counts= names no table"
        if self.each_block and not self._is_of_columns:
            wrong = "each_block= says what a rule over the parent's columns adds up to, and counts= is none"
        if isinstance(self.each_block, tuple) and not set(parameter_names(self.each_block[1])) <= _OF_THE_WORLD:
            wrong = f"the rule of each_block= asks for no more than {', '.join(sorted(_OF_THE_WORLD))}"
        if isinstance(self.each_block, int) != (self.within is not None):
            wrong = "each_block= of a number alone and within= go together"
        if wrong:
            raise DefinitionError("bad_field", f"{where}: {wrong}", hint=HINT)
        if parent is not None:
            for name in self.columns:
                if name not in parent.fields:
                    raise unknown_parameter(f"{where}: counts, of {parent.cls.__name__},", name, parent.fields)

    @property
    def _is_of_columns(self) -> bool:
        """Is it a rule over the parent's columns?"""
        return callable(self.counts) and not set(parameter_names(self.counts)) <= _OF_THE_WORLD

    def layout(self, world: Engine, child: Spec, field: FieldSpec, parent: Spec) -> ChildLayout:
        """Where the children lie. Raises `DataError` and `DefinitionError` for counts that are none."""
        where = f"{world.path(child)}.{field.name}"
        try:
            if callable(self.counts) and not self._is_of_columns:
                made = self._asked_of_world(where, self.counts, world, child, field)
                wrong = (
                    wrong_counts(made) if isinstance(made, Mapping) else f"returned {excerpt(made)}, no distribution"
                )
                if wrong:
                    raise DefinitionError("bad_count", f"the rule of the counts of {where}: {wrong}", hint=HINT)
                return self._blocks(world, child, field, made)
            if callable(self.counts) or self.by:

                def count(rows: Ints) -> Ints:
                    return self._of_all(world, child, field, parent, rows)

                if isinstance(self.each_block, int):
                    return self._levelled(world, child, field, parent, self.each_block, where)
                if self.each_block:
                    block, rule = self.each_block
                    return BlockChildren(
                        count, block, int(self._asked_of_world(where, rule, world, child, field)), where
                    )
                return CountedChildren(count, world.size(parent), where)
            if isinstance(self.counts, str):
                return self._blocks(world, child, field, _distribution(world.data(field.owner)[self.counts]))
            return self._blocks(world, child, field, self.counts)
        except DatamimicError as error:
            field.locate(error, where)
            raise

    def _blocks(self, world: Engine, child: Spec, field: FieldSpec, counts: Mapping[int, float]) -> ChildCounts:
        return ChildCounts(counts, world.address(world.stream(child), field.name))

    def _levelled(
        self, world: Engine, child: Spec, field: FieldSpec, parent: Spec, block: int, where: str
    ) -> BlockChildren:
        """As many in every block as in the first few on average."""
        most = rows_there_are(world, parent)
        address = world.address(world.stream(child), field.name).labelled("level")
        average = average_of_first(lambda rows: self._of_parents(world, child, field, parent, rows), block, most)
        levels = Levels(block, average, address, where)

        def level(rows: Ints) -> Ints:
            return levels.of(rows, *self._with_room(world, child, field, parent, rows))

        return BlockChildren(lambda rows: _of_those_there(level, rows, most), block, levels.per_block, where)

    def _of_all(self, world: Engine, child: Spec, field: FieldSpec, parent: Spec, rows: Ints) -> Ints:
        def count(there: Ints) -> Ints:
            return self._of_parents(world, child, field, parent, there)

        return _of_those_there(count, rows, rows_there_are(world, parent))

    def _of_parents(self, world: Engine, child: Spec, field: FieldSpec, parent: Spec, rows: Ints) -> Ints:
        with unobserved(), counting(len(rows)):
            return self._of_batch(world, child, field, batch_of(world, parent, rows))

    def _with_room(self, world: Engine, child: Spec, field: FieldSpec, parent: Spec, rows: Ints) -> tuple[Ints, Room]:
        """The numbers of children of parents as their rule gives them, and how far they can be moved."""
        where = f"{world.path(child)}.{field.name}"
        with unobserved(), counting(len(rows)):
            batch = batch_of(world, parent, rows)
            numbers = self._of_batch(world, child, field, batch)
            within = cast(Callable[..., Room], self.within)
            room = _asked(where, within, self._arguments(world, child, field, batch, within))
        return numbers, room

    def _of_batch(self, world: Engine, child: Spec, field: FieldSpec, batch: Batch) -> Ints:
        where, rows = f"{world.path(child)}.{field.name}", batch.rows
        if self.by:
            draw = Draw(world.address(world.stream(child), field.name).labelled("counts"), rows)
            table = world.data(field.owner)[self.counts]
            table.check_weights()
            grouped = table.by(*(condition_for(table, name) for name in self.by))
            made: Any = table.ints("count")[draw.pick(grouped, *(batch.column(name) for name in self.by))]
        else:
            made = _asked(where, self.counts, self._arguments(world, child, field, batch, self.counts))
        return _whole(made, rows, where, world.path(batch.spec))

    def _arguments(
        self, world: Engine, child: Spec, field: FieldSpec, batch: Batch, rule: Callable[..., Any]
    ) -> list[Any]:
        draw = Draw(world.address(world.stream(child), field.name).labelled("counts"), batch.rows)
        context = BatchContext(batch, field.name, draw, world.data(field.owner), world.options(child))
        return [_argument(context, batch, name) for name in parameter_names(rule)]

    def _asked_of_world(
        self, where: str, rule: Callable[..., Any], world: Engine, child: Spec, field: FieldSpec
    ) -> Any:
        """What a rule returns that reads nothing of the parents."""
        supplies = {"options": world.options(child), "data": world.data(field.owner)}
        supplies |= {"clock": world.clock, "locale": world.locale, "world": world}
        return _asked(where, rule, [supplies[name] for name in parameter_names(rule)])


def _asked(where: str, rule: Callable[..., Any], arguments: Sequence[Any]) -> Any:
    try:
        return rule(*arguments)
    except (DatamimicError, Warning):
        raise
    except WHATEVER_RULES_RAISE as error:
        raise raised("rule_failed", f"the rule of the counts of {where}", rule, error) from error


def _argument(context: BatchContext, batch: Batch, name: str) -> Any:
    return getattr(context, name) if name in SUPPLIED else batch.column(name)


def _of_those_there(count: Callable[[Ints], Ints], rows: Ints, most: int | None) -> Ints:
    """The numbers of children of parents; of rows after the last parent that exists 0."""
    there = rows if most is None else rows[rows < most]
    counts = count(there) if len(there) else np.zeros(0, dtype=np.int64)
    return np.concatenate((counts, np.zeros(len(rows) - len(there), dtype=np.int64)))


def _whole(made: Any, rows: Ints, where: str, parent: str) -> Ints:
    """What a rule or a table gave as numbers of children. Raises `DefinitionError` (`bad_count`) for what is none."""
    if not isinstance(made, np.ndarray) or made.dtype.kind not in "iu" or made.shape != rows.shape:
        found = f"a {made.dtype} array of {len(made)}" if isinstance(made, np.ndarray) and made.ndim else excerpt(made)
        raise DefinitionError(
            "bad_count",
            f"the counts of {where} are {found} for {len(rows)} rows of {parent}",
            hint="return one whole number for each parent, int64 from 0 on",
        )
    missing = np.ma.getmaskarray(made)
    counts = np.ma.getdata(made).astype(np.int64)
    wrong = missing | (counts < 0) | (counts > LARGEST)
    if wrong.any():
        place = int(np.argmax(wrong))
        found = "null" if missing[place] else str(counts[place])
        raise DefinitionError(
            "bad_count",
            f"the counts of {where}: row {rows[place]} of {parent} has {found} children",
            hint=f"return whole numbers from 0 to {LARGEST}",
        )
    return counts


def _distribution(table: Any) -> dict[int, float]:
    table.check_weights()
    counts = dict(zip(table.ints("count").tolist(), table.weights, strict=True))
    if wrong := wrong_counts(counts):
        raise DataError("bad_table", f"{table.file}: {wrong}", hint=HINT, file=table.file)
    return counts


def wrong_counts(counts: Mapping[Any, Any]) -> str | None:
    """What is wrong with a distribution of child counts."""
    for count, weight in counts.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            return f"the number of children {excerpt(count)} is no whole number from 0 on"
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight < math.inf:
            return f"the weight {excerpt(weight)} of {count} children is no number from 0 on"
    if not any(count and weight for count, weight in counts.items()):
        return "no parent would have a child"
    return None


Counts = str | Mapping[int, float] | Callable[..., Any]
"""What `counts` may be."""
