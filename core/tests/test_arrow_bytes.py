"""An Arrow file has the same bytes, however the rows came: in small or large batches, from one worker or several."""

from __future__ import annotations

import io

import pytest
from fleet import Trip, Vehicle

from datamimic import World
from datamimic.formats.arrow import Arrow
from datamimic.output.digest_tree import blocks_of

ROWS = 40_000


def written(world: World, entity: type, batch_rows: int | None) -> bytes:
    rows = world[entity][0:ROWS]
    stream = io.BytesIO()
    writer = Arrow().writer(stream, rows.schema())
    for block in blocks_of(rows.batches(batch_rows)):
        writer.write(block)
    writer.close()
    return stream.getvalue()


@pytest.mark.parametrize("entity", [Vehicle, Trip], ids=lambda cls: cls.__name__)
def test_the_cut_into_batches_does_not_show(world: World, entity: type) -> None:
    usual = written(world, entity, None)
    for batch_rows in (7_001, 16_384, 20_000, ROWS):
        assert written(world, entity, batch_rows) == usual
