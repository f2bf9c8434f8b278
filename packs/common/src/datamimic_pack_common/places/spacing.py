"""Which providers (doctors, schools) a world's people need: as many as the country has for so many of them, and one near.

A world of few people is spread over a whole country. Nearness comes first: it has a provider of each kind in every cell of
`SIDE` kilometres in which there is one, and more of them where its people are many enough for more.
"""

from __future__ import annotations

import numpy as np

from datamimic import Table
from datamimic.columns import Bools, Ints
from datamimic_pack_common.places.catchment import DEGREE, Positions, cosine

SIDE = 10.0
"""Kilometres: within a cell of this side a second provider brings nobody much nearer."""
_COLUMNS = 1 << 20


def needed(positions: Positions, places: Table, at: Ints, count: float) -> Bools:
    """Which of the providers at these places people need, where all of them together need `count`: of each cell the first, and
    as many more as its share of the people asks for."""
    homes = _cells(positions)
    cells, cell_of_place = np.unique(homes, return_inverse=True)
    people = np.bincount(cell_of_place.ravel(), weights=np.array(places.weights))
    wanted = np.maximum(np.ceil(people / people.sum() * count).astype(np.int64), 1)
    cell = np.searchsorted(cells, homes[at])
    order = np.argsort(cell, kind="stable")
    starts = np.searchsorted(cell[order], np.arange(len(cells)))
    rank = np.empty(len(cell), dtype=np.int64)
    rank[order] = np.arange(len(cell)) - starts[cell[order]]
    return rank < wanted[cell]


def _cells(positions: Positions) -> Ints:
    """Per place the cell of its region in which it lies, as a number."""
    north = np.floor(positions.latitude * DEGREE / SIDE)
    east = np.floor(positions.longitude * DEGREE * cosine(north * SIDE / DEGREE) / SIDE)
    cell: Ints = (positions.region * _COLUMNS + north.astype(np.int64)) * _COLUMNS + east.astype(np.int64)
    return cell[positions.of_place]
