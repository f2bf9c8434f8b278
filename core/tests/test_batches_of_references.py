"""Which rows are made for references: all only where much is referred to, and in an evaluation none twice."""

from __future__ import annotations

import numpy as np
import pytest
from fleet import Vehicle, registry

from datamimic import World, entity, field, parent, serial
from datamimic.columns import Ints
from datamimic.engine.batch import batch_of
from datamimic.engine.evaluation import COUNTED, counting, forgetting_batches
from datamimic.engine.holding import batch_holding

RNG = np.random.default_rng(1)
FEW, MANY = np.arange(40), np.arange(4_000)


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        (np.repeat(FEW, 100), 40),
        (RNG.permutation(np.repeat(FEW, 100)), 40),
        (RNG.permutation(np.repeat(MANY, 2)), 4096),
        (np.repeat(MANY, 2), 4096),
        (MANY[::40], 100),
        (np.array([7]), 1),
    ],
    ids=["few in order", "few", "many", "many in order", "few of many", "one"],
)
def test_rows_made(rows: Ints, made: int) -> None:
    world = World("references", packs=registry())
    batch, places = batch_holding(world, world.spec(Vehicle), rows)
    assert len(batch) == made
    assert (batch.rows if places is None else batch.rows[places]).tolist() == rows.tolist()


LOOKED_AT: list[int] = []


def looked_at(rows: Ints) -> Ints:
    LOOKED_AT.append(len(rows))
    return rows * 2


@entity("tree")
class Tree:
    """A tree."""

    tree_id: str = field(serial("T-######"), key=True, doc="key")
    height: int = field(looked_at, doc="a value")
    branches: int = field(lambda height: height % 3, internal=True, doc="how many")


@entity("branch")
class Branch:
    """A branch of a tree."""

    tree: Tree = field(parent(Tree, counts=lambda branches: branches), doc="of which")
    height: int = field(lambda tree: tree.height, doc="of the tree")


@pytest.mark.parametrize(
    ("some", "more"),
    [
        (np.arange(20, 60), 0),
        (np.array([99, 3, 3, 98]), 0),
        (np.arange(0, 100, 7), 0),
        (np.array([], dtype=np.int64), 0),
        (np.arange(60, 140), 80),
    ],
)
@pytest.mark.parametrize("step", [1, 7])
def test_some_of_rows_that_were_made_are_not_made_again(some: Ints, more: int, step: int) -> None:
    world = World("trees", packs=registry())
    spec = world.spec(Tree)
    with forgetting_batches():
        batch_of(world, spec, np.arange(0, 100, step)).column("height")
        LOOKED_AT.clear()
        some = some if step == 1 else some[some % 7 == 0]
        assert batch_of(world, spec, some).column("height").tolist() == (some * 2).tolist()
        assert sum(LOOKED_AT) == (more if step == 1 else np.count_nonzero(some >= 100) and len(some))


def test_parents_are_looked_at_once_to_count_and_to_show() -> None:
    rows = World("trees", packs=registry())[Branch]
    rows.schema()
    LOOKED_AT.clear()
    assert all(height % 3 for height in rows[2_600:3_000].to_arrow()["height"].to_pylist())
    assert LOOKED_AT == [1_024, 2_048], "the pieces of parents that are counted, after those of the schema"


def test_what_is_counted_stays_within_bounds() -> None:
    with forgetting_batches():
        world, spec = World("trees", packs=registry()), World("trees", packs=registry()).spec(Tree)
        for parents, kept in ((COUNTED // 2, True), (COUNTED, False), (COUNTED // 2, True), (1, False)):
            rows = np.arange(parents, parents + 50)
            with counting(parents):
                batch_of(world, spec, rows).column("height")
            LOOKED_AT.clear()
            batch_of(world, spec, rows[10:20]).column("height")
            assert (LOOKED_AT == []) is kept
