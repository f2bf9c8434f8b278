"""Which rows are made for references: all of an entity only where much of it is referred to."""

from __future__ import annotations

import numpy as np
import pytest
from fleet import Vehicle, registry

from datamimic import World
from datamimic.columns import Ints
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
