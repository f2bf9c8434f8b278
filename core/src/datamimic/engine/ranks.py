"""How many rows before this one, of the same block, have the same value: what tells apart rows that are alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.base.observation import unobserved
from datamimic.draws.ring import Holders
from datamimic.engine.batch import Batch, batch_of
from datamimic.engine.kin import KinRank
from datamimic.errors import DefinitionError, excerpt
from datamimic.model.context import Context
from datamimic.model.generator import Generator

_KEPT = 524_288
"""Rows whose ranks are remembered for one field."""
KIN_BLOCK = 16_384
"""Rows of kin within which is counted."""


class RankWithin(Generator[int]):
    """See `rank_within`."""

    python_type = int

    def __init__(self, name: str, block: int, kin: str) -> None:
        self.name = name
        self.block = block
        self.kin = kin
        self.needs = (name, kin) if kin else (name,)

    def column(self, context: Context) -> Ints:
        batch: Batch = context.batch
        values = np.asarray(context.column(self.name), dtype=np.int64)
        if bool((values < 0).all()):
            return np.full(len(batch.rows), -1, dtype=np.int64)
        result = np.empty(len(batch.rows), dtype=np.int64)
        places = np.asarray(context.column(self.kin)) if self.kin else np.full(len(batch.rows), -1)
        apart = places >= 0
        self._fill(batch, result, np.flatnonzero(~apart), batch.rows, values, self.block, None)
        if bool(apart.any()):
            generator = batch.spec.fields[self.kin].generator
            assert isinstance(generator, KinRank)
            holders = generator.holders(batch.world, batch.spec, self.kin)
            self._fill(batch, result, np.flatnonzero(apart), places, values, KIN_BLOCK, holders)
        return result

    def _fill(
        self, batch: Batch, result: Ints, own: Ints, places: Ints, values: Ints, size: int, holders: Holders | None
    ) -> None:
        """The ranks of these rows, counted by `places`: their rows, or those among the `holders`."""
        rows = places[own]
        if len(rows) == size == len(result) and rows[0] % size == 0 and bool((np.diff(rows) == 1).all()):
            result[:] = _ranks(values)
            return
        numbers, of_row = np.unique(rows // size, return_inverse=True)
        block = self._blocks(batch, size, holders)
        for place, number in enumerate(numbers.tolist()):
            some = own[of_row == place]
            at = places[some] - number * size
            whole, ranks = block(number)
            # A row whose value was given from outside is none of the block's.
            result[some] = np.where(whole[at] == values[some], ranks[at], -1)

    def _blocks(self, batch: Batch, size: int, holders: Holders | None) -> Callable[[int], tuple[Ints, Ints]]:
        world, spec, path, options = batch.world, batch.spec, batch.path, batch.options

        def made(number: int) -> tuple[Ints, Ints]:
            with unobserved():
                rows = np.arange(number * size, (number + 1) * size, dtype=np.int64)
                rows = rows if holders is None else holders.members(rows)
                whole = batch_of(world, spec, rows, path=path, options=options)
                values = np.asarray(whole.column(self.name), dtype=np.int64)
                whole.forget()
            return values, _ranks(values)

        return world.memo(
            ("ranks", path, self.name, size, holders is None, repr(options)),
            lambda: lru_cache(maxsize=max(1, _KEPT // size))(made),
        )


def _ranks(values: Ints) -> Ints:
    """The rank of each among its equals; -1 for what is negative."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.arange(len(values)) - np.repeat(starts, np.diff(np.append(starts, len(values))))
    ranks[values < 0] = -1
    return ranks


def rank_within(name: str, block: int = 16_384, *, kin: str = "") -> Generator[int]:
    """How many rows before this one, in its `block` of rows, have the same value of the field `name`, a whole number.

    Block and rank together tell apart all rows that are alike: numbers of which a part says something of their holder, a
    birthday or a district, become unique by what is left. `rank_within("birthday")` of the rows 0 to 3 with the birthdays 9, 4,
    9, 9 is 0, 0, 1, 2. It is -1 for a negative value, which counts nowhere, and for one that was given from outside. Reading
    one row makes the field for its block.

    `kin` names a field made by `kin_rank(...)`: those who have a rank there are counted by it, by themselves, in blocks of
    16,384. So few people who are far apart among all do not need the blocks of everybody between them.
    """
    if not isinstance(name, str) or not name or not 1 <= block <= 1 << 20 or not isinstance(kin, str):
        raise DefinitionError(
            "bad_field",
            f"rank_within({excerpt(name)}, {excerpt(block)})",
            hint="name a field of whole numbers, and at most 1,048,576 rows",
        )
    return RankWithin(name, block, kin)
