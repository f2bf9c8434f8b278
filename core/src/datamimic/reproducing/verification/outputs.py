"""The tables that a manifest describes: how to make their rows again, and where they are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.engine.history import come_and_go
from datamimic.errors import DatamimicError, UnknownName
from datamimic.formats.blocks import FAILURES, Blocks, Unreadable
from datamimic.formats.format import Format
from datamimic.output.digest_tree import Leaves
from datamimic.related.closure import close
from datamimic.related.places import written_as
from datamimic.related.stored import TargetBlocks
from datamimic.related.target import Target
from datamimic.reproducing.verification.files import named_file
from datamimic.rows import Rows
from datamimic.world import World


@frozen(kw_only=True, eq=False)
class Output:
    """One table of an output. `format` is None where a file holds several tables, and cannot be written alone."""

    rows: Rows
    numbers: Callable[[int, int], Ints]
    """(start, stop) of the output -> row numbers of the entity."""
    leaves: Leaves
    folder: Path
    file: str
    sha256: str
    format: Format | None
    target: Target | None = None
    table: str = ""
    offsets: list[int] | None = None

    @property
    def row_by_row(self) -> bool:
        """Does the file hold every row apart, in a byte at least?"""
        if self.format is not None:
            return self.format.by_block
        return self.target is not None and self.target.by_row

    @property
    def path(self) -> Path:
        return named_file(self.folder, self.file)

    def block(self, number: int) -> pa.RecordBatch:
        """A block as this installation makes it."""
        return self.rows.gather(self.numbers(*self.leaves.span(number)))

    def stored(self) -> Blocks | None:
        """The output opened to be read block by block, None where it can only be compared whole. Raises `Unreadable`."""
        try:
            return self._stored()
        except FAILURES as error:
            raise Unreadable.because_of(error) from error

    def _stored(self) -> Blocks | None:
        if self.format is not None:
            return self.format.open_blocks(self.path, list(self.rows.columns), self.offsets)
        if self.target is None:
            return None
        try:
            stored = self.target.stored(self.path, self.table)
        except DatamimicError:
            raise
        except Exception as error:
            raise ValueError(str(error)) from error
        if stored is None:
            return None
        rows = self.rows
        batch = rows.batch(self.numbers(0, 1) if self.leaves.rows else np.zeros(1, dtype=np.int64))
        schema = rows.schema()
        kinds = {name: (rows.column(batch, name)[1], schema.field(name).type) for name in rows.columns}
        return TargetBlocks(stored, kinds)


def outputs_of(body: Mapping[str, Any], folder: Path, world: World) -> Iterator[Output]:
    """Of a manifest that `read_manifest` has checked. Raises ValueError for digests that are none, `DatamimicError` for what is
    not here."""
    request = body["request"]
    common: dict[str, Any] = {"folder": folder, **_written_as(world, request["format"], request.get("settings", {}))}
    if "file" in body:
        entry = body["file"]
        start = int(request["start"])
        yield Output(
            rows=world[request["entity"]].select(request["columns"]),
            numbers=_numbers(world[request["entity"]][start : int(request["stop"])]),
            leaves=Leaves.parse(entry["content"]),
            file=entry["name"],
            sha256=entry["sha256"],
            offsets=entry.get("offsets"),
            **common,
        )
        return
    if "parts" in body:
        for entry in body["parts"]:
            first = int(entry["start"])
            yield Output(
                rows=world[request["entity"]].select(request["columns"]),
                numbers=_numbers(world[request["entity"]][first : int(entry["stop"])]),
                leaves=Leaves.parse(entry["content"]),
                file=entry["file"],
                sha256=entry["sha256"],
                offsets=entry.get("offsets"),
                **common,
            )
        return
    closure = close(world, request["set"])
    digests = {entry["name"]: entry["sha256"] for entry in body["files"]}
    for entry in body["outputs"]:
        if entry["file"] is None:
            raise DatamimicError("bad_manifest", "the rows are in a database server", hint="verify files")
        spec = world.spec(entry["entity"])
        table = next((each for each in closure.tables if each.spec.cls is spec.cls), None)
        if table is None or len(table.rows) != entry["content"]["rows"]:
            made = 0 if table is None else len(table.rows)
            raise DatamimicError("bad_manifest", f"the set has {made} rows of {entry['entity']}, not those described")
        yield Output(
            rows=world[table.spec.cls],
            numbers=table.rows.piece,
            leaves=Leaves.parse(entry["content"]),
            file=entry["file"],
            sha256=digests[entry["file"]],
            table=entry["table"],
            offsets=entry.get("offsets"),
            **common,
        )


def _numbers(rows: Rows) -> Callable[[int, int], Ints]:
    """The row numbers of the rows that there are, by their places."""
    if not come_and_go(rows.world, rows.spec):
        return lambda first, end: np.arange(rows.start + first, rows.start + end, dtype=np.int64)
    there = cache(rows.numbers)
    return lambda first, end: there()[first:end]


def _written_as(world: World, name: str, settings: Mapping[str, Any]) -> dict[str, Format | Target | None]:
    """The format, or the target; neither where it is not here, so that what was written can only be compared whole."""
    try:
        made = written_as(world.packs, name, dict(settings))
    except UnknownName:
        return {"format": None}
    return {"format": made} if isinstance(made, Format) else {"format": None, "target": made}
