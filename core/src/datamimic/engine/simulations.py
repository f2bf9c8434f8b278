"""Rows that depend on each other: all rows of a block of parents made at once, by a plain function.

Queues, shared stock, contagion, rings: what a row is follows from what happened to others. A block is so many parents with all
their children, or so many rows where there is no parent; its rows are a function of its number, whatever is asked for. So any
slice has the same bytes, and one row costs as much as its block.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Lock
from typing import Any

import numpy as np
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.columns import Column, concat, take
from datamimic.draws.draw import Draw
from datamimic.engine.batch import Batch, BatchContext, plain_batch
from datamimic.engine.evaluation import forgetting_batches
from datamimic.engine.references import ParentRef
from datamimic.errors import DefinitionError, UnknownName, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator, Rule

_KEPT = 16
"""Blocks that a world remembers of a simulation without saying otherwise: neighbours in a slice share them."""

Made = Mapping[str, Column]


class Simulation:
    """See `simulated`."""

    def __init__(self, function: Callable[..., Made], block: int, kept: int = _KEPT, at_once: int = 1) -> None:
        for number, what in (
            (block, f"a block of {excerpt(block)} parents"),
            (kept, f"{excerpt(kept)} blocks"),
            (at_once, f"{excerpt(at_once)} blocks at once"),
        ):
            if not isinstance(number, int) or number < 1:
                raise DefinitionError("bad_field", what, hint="a whole number from 1")
        self.function = function
        self.block = block
        self.kept = kept
        self.at_once = at_once
        self.rule = Rule(function)
        if function.__name__ == "<lambda>" and "draw" in self.rule.parameters:
            raise DefinitionError(
                "bad_rule", "a simulation that draws is a lambda", hint="its name is the address of its draws: use def"
            )

    def __getitem__(self, name: str) -> Generator[Any]:
        """The generator of a field: the column that the function returns under this name."""
        return Simulated(self, name)

    def columns(self, batch: Batch) -> Made:
        """What the function returns, for the rows of a batch."""
        return batch.remembered(self, lambda: self._columns(batch))

    def _columns(self, batch: Batch) -> Made:
        if not len(batch):
            return self._run(batch, np.zeros(0, dtype=np.int64), {})
        number, first, counts = self._blocks_of(batch)
        blocks, at = np.unique(number, return_index=True)
        bounds = np.append(at, len(number)).tolist()
        asked = [
            _Block(block, start + np.arange(count, dtype=np.int64), slice(begin, end))
            for block, start, count, begin, end in zip(
                blocks.tolist(), first[at].tolist(), counts[at].tolist(), bounds[:-1], bounds[1:], strict=True
            )
        ]
        recent: _Recent = batch.world.memo(("simulated", batch.spec.cls, self), lambda: _Recent(self.kept))
        known = recent.known(blocks.tolist())
        for some, given in self._together(batch, [block for block in asked if block.number not in known]):
            known |= recent.keep(self._made(batch, some, given))
        lengths = counts[at]
        offsets = np.cumsum(lengths) - lengths
        place = offsets[np.searchsorted(blocks, number)] + batch.rows - first
        made = [known[block] for block in blocks.tolist()]
        return {name: take(concat([each[name] for each in made]), place) for name in made[0]}

    def _together(self, batch: Batch, blocks: list[_Block]) -> Iterator[tuple[list[_Block], Mapping[str, Any]]]:
        """The blocks that are made in one go, with their parents as far as those are known: blocks that the batch holds whole,
        some at a time, and any other alone."""
        whole: list[_Block] = []
        for block in blocks:
            if block.is_held_by(batch):
                whole.append(block)
            else:
                yield [block], {}
        for start in range(0, len(whole), self.at_once):
            some = whole[start : start + self.at_once]
            yield some, _parents(batch, some)

    def _made(self, batch: Batch, blocks: list[_Block], given: Mapping[str, Any]) -> dict[int, Made]:
        every = self._run(batch, np.concatenate([block.rows for block in blocks]), given)
        if len(blocks) == 1:
            return {blocks[0].number: every}
        ends = np.cumsum([len(block.rows) for block in blocks])
        return {
            block.number: {name: take(column, np.arange(end - len(block.rows), end)) for name, column in every.items()}
            for block, end in zip(blocks, ends.tolist(), strict=True)
        }

    def _blocks_of(self, batch: Batch) -> tuple[Ints, Ints, Ints]:
        """Per row its block, the first row of that, and how many rows it has."""
        spec, world = batch.spec, batch.world
        if spec.parent is not None:
            name, generator = spec.parent
            number = batch.column(name).rows // self.block
            layout = generator.layout(world, spec, name)
            first = layout.of(number * self.block)[0]
            return number, first, layout.of((number + 1) * self.block)[0] - first
        number = batch.rows // self.block
        return number, number * self.block, np.full(len(batch), self.block, dtype=np.int64)

    def _run(self, batch: Batch, rows: Ints, given: Mapping[str, Any]) -> Made:
        with forgetting_batches():
            whole = plain_batch(batch.world, batch.spec, rows, given)
            draw = Draw(batch.world.address(whole.path, f"simulated:{self.function.__name__}"), rows)
            context = BatchContext(whole, self.function.__name__, draw, whole.world.data(whole.spec.cls), whole.options)
            return self._called(context)

    def _called(self, context: BatchContext) -> Made:
        made: Any = self.rule.column(context)
        if not isinstance(made, Mapping) or any(len(column) != len(context) for column in made.values()):
            place = self.function.__code__
            raise DefinitionError(
                "wrong_length",
                f"the simulation {context.batch.where(context.name)} does not return columns of {len(context)} rows",
                hint="return {name: column}, each with one value for every row of the block",
                file=place.co_filename,
                line=place.co_firstlineno,
            )
        return made


@frozen(eq=False)
class _Block:
    """The `rows` of the block of this `number`; those of a batch that are among them stand `there`."""

    number: int
    rows: Ints
    there: slice

    def is_held_by(self, batch: Batch) -> bool:
        """Are all of its rows there, in order?"""
        return np.array_equal(batch.rows[self.there], self.rows)


def _parents(batch: Batch, blocks: list[_Block]) -> Mapping[str, Any]:
    """The parents of blocks that a batch holds whole: their columns are made for all of the batch's blocks at once."""
    if batch.spec.parent is None or batch.own_now is not None:
        return {}
    name, _ = batch.spec.parent
    every = batch.column(name)
    there = np.concatenate([np.arange(block.there.start, block.there.stop, dtype=np.int64) for block in blocks])
    located = every.located(there)
    return {
        name: ParentRef(
            every.world, every.target, every.rows[there], every.index[there], every.count[there], located=located
        )
    }


class _Recent:
    """Blocks that were made last. Threads that ask for the same new one may each make it."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._lock = Lock()
        self._made: OrderedDict[int, Made] = OrderedDict()

    def known(self, blocks: Iterable[int]) -> dict[int, Made]:
        """Those of the blocks that are remembered."""
        with self._lock:
            there = [block for block in blocks if block in self._made]
            for block in there:
                self._made.move_to_end(block)
            return {block: self._made[block] for block in there}

    def keep(self, made: dict[int, Made]) -> dict[int, Made]:
        """The same, the last of which are remembered from now on."""
        with self._lock:
            self._made.update(made)
            while len(self._made) > self._kept:
                self._made.popitem(last=False)
        return made


class Simulated(Generator[Any]):
    """One column of a simulation."""

    def __init__(self, simulation: Simulation, name: str) -> None:
        self.simulation = simulation
        self.name = name
        self.needs = simulation.rule.needs
        self.function = simulation.function
        self.owner = f"the simulation {simulation.function.__name__}"

    def column(self, context: Context) -> Any:
        columns = self.simulation.columns(context.batch)
        if self.name not in columns:
            raise UnknownName("column", self.name, [*columns], owner=self.owner)
        return columns[self.name]


def simulated(function: Callable[..., Made], *, block: int = 64, kept: int = _KEPT, at_once: int = 1) -> Simulation:
    """A function that makes all rows of a block at once: `queue = simulated(serve)`, `began: int = field(queue["began"])`.

    Its parameters are those of a rule: names of fields, which it gets for all rows of the block in the order of their numbers,
    and `draw`, `rows`, `family`, `data`, `options`, `clock`, `locale`, `world`. It returns `{name: column}`, columns with one
    value for each row. A block is `block` parents with their children, family after family, or `block` rows of an entity
    without a parent; what is in other blocks does not exist for it. Draws are addressed by the function's name.

    One row costs as much as its block; a slice makes each block that it touches once for all columns. `kept` is how many blocks
    a world remembers: few where blocks are large. A function whose families are each made by themselves may get `at_once` so
    many blocks, one after the other, where a slice holds them: what it makes must not depend on who else is there. Raises
    `DefinitionError` (`bad_field`, `bad_rule`, `rule_failed`, `wrong_length`).
    """
    return Simulation(function, block, kept, at_once)
