"""Replaying an explanation: every draw, table row and value of the document is made again and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from datamimic.base.documents import Unfit, structured
from datamimic.draws.address import Address
from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.engine.given_tables.opening import Givens
from datamimic.errors import DatamimicError, excerpt
from datamimic.plugins.registry import Registry
from datamimic.reproducing.described_world import described_world
from datamimic.reproducing.explanation.document import Explanation
from datamimic.reproducing.explanation.explaining import explain
from datamimic.world import World


def replay(
    document: Mapping[str, Any],
    packs: Registry | None = None,
    *,
    given: Givens | None = None,
) -> list[str]:
    """What does not come out again, in words; nothing when the explanation holds.

    Draws and permutations are computed from their addresses alone; table rows are read from the installed packs; then the
    value is made and watched once more, and every field on the way compared. `given` is as for `verify`.

    Raises `DatamimicError` (`bad_input`) for what is no explanation.
    """
    try:
        told = structured(document, Explanation, extra=True)
    except Unfit as error:
        raise DatamimicError(
            "bad_input", f"this is no explanation: {error}", hint="dm explain … --json", path=error.path
        ) from None
    world = described_world(told.world, given, packs)
    found = [*_arithmetic(told, (world.seed, world.locale.country)), *_tables(told, world)]
    again = explain(world, told.entity, told.row, told.field)
    return found + list(_compared(document, again))


def _arithmetic(document: Explanation, world: tuple[str, str]) -> Iterator[str]:
    for node in document.nodes:
        for draw in node.draws:
            rows = np.array(draw.rows, dtype=np.int64)
            if tuple(draw.address[:2]) != world:
                yield f"{node.field}: the draw {excerpt(draw.address)} is not of the seed and country {excerpt(world)}"
            if draw.kind == "draw":
                key = stream_key(*draw.address)
                made = [f"{word:016x}" for word in hash_rows(key, rows).tolist()]
                if made != draw.bits or [f"{part:016x}" for part in key] != draw.key:
                    yield f"{node.field}: the draw {excerpt(draw.label)} has other bits"
            elif draw.size is not None:
                permutation = Permutation(draw.size, Address.read(tuple(draw.address)))
                results = permutation.inverse(rows) if draw.inverse else permutation.forward(rows)
                if results.tolist() != draw.results:
                    yield f"{node.field}: the permutation {excerpt(draw.address)} has other results"


def _tables(document: Explanation, world: World) -> Iterator[str]:
    for node in document.nodes:
        for entry in node.tables:
            if not entry.pack:
                continue
            table = world.shelf(entry.pack).table(entry.file.removesuffix(".csv"))
            for row in entry.rows:
                cells = {
                    name: texts[row.line - 2] for name, texts in table.columns.items() if row.line - 2 < len(texts)
                }
                if cells != row.cells:
                    yield f"{node.field}: {entry.file}, line {row.line} is {excerpt(cells)}"


def _compared(document: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[str]:
    if document["value"] != again["value"]:
        yield f"{document['field']} is {excerpt(again['value'])}, not {excerpt(document['value'])}"
    if document["roots"] != again["roots"]:
        yield "the value is read from other fields"
    for then, now in zip(document["nodes"], again["nodes"], strict=False):
        parts = [name for name in ("field", "rows", "values", "draws", "inputs") if then[name] != now[name]]
        if parts:
            yield f"{then['field']}: {', '.join(parts)} are not the same"
    if len(document["nodes"]) != len(again["nodes"]):
        yield f"{len(again['nodes'])} fields are made on the way, not {len(document['nodes'])}"
