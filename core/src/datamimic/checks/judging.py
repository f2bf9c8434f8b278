"""Rows of models, judged before anything is written: whoever describes a table may say what its rows must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import cast

import numpy as np

from datamimic.base.arrays import Ints
from datamimic.checks.checking import check_pieces
from datamimic.engine.view import BATCH_ROWS, View
from datamimic.plugins.described import DescribedClass
from datamimic.plugins.model_reader import ModelReader

FEW = 1_000
"""Rows that are judged first, and alone where rows have no end: what none can hold shows soon."""


def judge_rows(rows: View) -> None:
    """Check the rows of a model's table, and tell the reader of the model what they do not hold; rows of other entities are
    not looked at. Raises the `DatamimicError` of the reader."""
    end = rows.start + FEW if rows.stop is None else rows.stop
    first = np.arange(rows.start, min(rows.start + FEW, end), dtype=np.int64)
    starts = range(rows.start + FEW, end, BATCH_ROWS)
    others = (np.arange(start, min(start + BATCH_ROWS, end), dtype=np.int64) for start in starts)
    judge_pieces(rows, chain([first], others))


def judge_pieces(rows: View, pieces: Iterable[Ints]) -> None:
    """As `judge_rows`, of the rows of the entity whose numbers come in pieces."""
    cls = rows.spec.cls
    if not isinstance(cls, DescribedClass) or not rows.spec.checks:
        return
    described = cls.__described__
    reader = cast("type[ModelReader]", rows.world.packs.model_reader(described.reader))
    left = iter(pieces)
    for some in (islice(left, 1), left):
        for found in check_pieces(rows, _not_empty(some)):
            if not found.holds:
                reader.not_held(
                    described, rows.spec.name, found.sentence, found.violations, found.rows, tuple(found.samples)
                )


def _not_empty(pieces: Iterable[Ints]) -> Iterator[Ints]:
    return (piece for piece in pieces if len(piece))
