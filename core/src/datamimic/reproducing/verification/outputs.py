"""The tables that a manifest describes: how to make their rows again, and where they are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from datamimic.base.arrays import Ints
from datamimic.engine.changes import Told, told
from datamimic.engine.engine import Engine
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import DatamimicError, UnknownName
from datamimic.formats.blocks import FAILURES, Blocks, Unreadable
from datamimic.formats.documents.message import Message
from datamimic.formats.format import Format
from datamimic.output.digest_tree import Leaves
from datamimic.output.planned import ANSWERS
from datamimic.output.split import key_of_files
from datamimic.related.closure import Closure, TableOfSet, close
from datamimic.related.places import written_as
from datamimic.related.stored import TargetBlocks
from datamimic.related.target import Target
from datamimic.reproducing.described_world import described_rows
from datamimic.reproducing.verification.files import named_file
from datamimic.reproducing.verification.split import SplitOutput
from datamimic.world import World


@frozen(kw_only=True, eq=False)
class Output:
    """One table of an output. `format` is None where a file holds several tables, and cannot be written alone."""

    rows: View
    schema: pa.Schema
    made: Callable[[int, int], pa.RecordBatch]
    """(start, stop) of the output -> what stands there, as this installation makes it."""
    first: Callable[[], Ints] | None = None
    """The number of a first row, of a table in a file of several."""
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
        return self.made(*self.leaves.span(number))

    def stored(self) -> Blocks | None:
        """The output opened to be read block by block, None where it can only be compared whole. Raises `Unreadable`."""
        try:
            return self._stored()
        except FAILURES as error:
            raise Unreadable.because_of(error) from error

    def _stored(self) -> Blocks | None:
        if self.format is not None:
            return self.format.open_blocks(self.path, self.schema.names, self.offsets)
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
        rows, schema = self.rows, self.schema
        batch = rows.batch(self.first() if self.first and self.leaves.rows else np.zeros(1, dtype=np.int64))
        kinds = {name: (rows.column(batch, name)[1], schema.field(name).type) for name in rows.columns}
        return TargetBlocks(stored, kinds)


def outputs_of(body: Mapping[str, Any], folder: Path, world: World) -> Iterator[Output]:
    """Of a manifest that `read_manifest` has checked. Raises ValueError for digests that are none, `DatamimicError` for what is
    not here."""
    request = body["request"]
    common: dict[str, Any] = {"folder": folder, **written_with(world, request)}
    if "split" in body:
        return
    if "outputs" not in body:
        yield from _of_one_entity(body, world, common)
        return
    closure = close(world, request["set"])
    digests = {entry["name"]: entry["sha256"] for entry in body["files"]}
    for entry in body["outputs"]:
        if "names" in entry:
            continue
        if entry["file"] is None:
            raise DatamimicError("bad_manifest", "the rows are in a database server", hint="verify files")
        table = _table(closure, entry)
        rows = world[table.spec.cls]
        written = common
        if "message" in entry:
            rows = rows.select(entry["columns"])
            written = {"folder": folder, **written_with(world, {"format": entry["message"]})}
        yield Output(
            rows=rows,
            schema=rows.schema(),
            made=_gathered(rows, table.rows.piece),
            first=partial(table.rows.piece, 0, 1),
            leaves=Leaves.parse(entry["content"]),
            file=entry["file"],
            sha256=digests[entry["file"]],
            table=entry["table"],
            offsets=entry.get("offsets"),
            **written,
        )


def split_outputs(body: Mapping[str, Any], folder: Path, world: World) -> Iterator[SplitOutput]:
    """Of a manifest as `outputs_of`: the messages in files of their own."""
    request = body["request"]
    if "split" in body:
        rows = described_rows(world, request)
        numbers = _from(rows, rows.start) if "breaks" in request else _gathered(rows, _numbers(rows))
        files = [entry for entry in body["files"] if not entry["name"].endswith(ANSWERS)]
        yield _split(rows, numbers, body["split"]["content"], request, int(request["per_file"]), "", folder, files)
    digests = {entry["name"]: entry["sha256"] for entry in body.get("files", ())}
    for entry in body.get("outputs", ()):
        if "names" in entry:
            table = _table(close(world, request["set"]), entry)
            rows = world[table.spec.cls].select(entry["columns"])
            made = _gathered(rows, table.rows.piece)
            files = [{"name": name, "sha256": digests[name]} for name in entry["names"]]
            written = {"format": entry["message"]}
            yield _split(rows, made, entry["content"], written, 1, f"{entry['message']}.", folder, files)


def _split(
    rows: View,
    made: Callable[[int, int], pa.RecordBatch],
    content: Mapping[str, Any],
    request: Mapping[str, Any],
    per_file: int,
    prefix: str,
    folder: Path,
    files: Sequence[Mapping[str, Any]],
) -> SplitOutput:
    format = written_with(rows.world, request).get("format")
    message = format if isinstance(format, Message) else None
    return SplitOutput(
        entity=rows.world.path(rows.spec),
        schema=rows.schema(),
        made=made,
        leaves=Leaves.parse(content),
        format=message,
        per_file=per_file,
        key="" if message is None else key_of_files(type(message), rows),
        prefix=prefix,
        folder=folder,
        files=files,
    )


def _table(closure: Closure, entry: Mapping[str, Any]) -> TableOfSet:
    spec = closure.world.spec(entry["entity"])
    table = next((each for each in closure.tables if each.spec.cls is spec.cls), None)
    if table is None or len(table.rows) != entry["content"]["rows"]:
        made = 0 if table is None else len(table.rows)
        raise DatamimicError("bad_manifest", f"the set has {made} rows of {entry['entity']}, not those described")
    return table


def _of_one_entity(body: Mapping[str, Any], world: World, common: dict[str, Any]) -> Iterator[Output]:
    """A file or parts with rows of an entity, or with what happened to them."""
    request = body["request"]
    rows = HappeningView.among(world[request["entity"]].select(request["columns"]), request.get("happens", ()))
    broken = described_rows(world, request) if "breaks" in request else None
    entries = body["parts"] if "parts" in body else [{**body["file"], "file": body["file"]["name"]}]
    happened = None
    if "told" in request:
        happened = told(rows.part(slice(request["start"], request["stop"])), request["told"], request["since"])
        described = sum(entry["content"]["rows"] for entry in entries)
        if len(happened) != described:
            raise DatamimicError("bad_manifest", f"{len(happened)} {happened.kind} are told, not {described}")
    for entry in entries:
        if broken is not None:
            first = entry["start"] if "parts" in body else broken.start
            made = _from(broken, first)
        elif happened is None:
            span = entry if "parts" in body else request
            made = _gathered(rows, _numbers(rows.part(slice(span["start"], span["stop"]))))
        else:
            made = _placed(happened, entry.get("start", 0))
        yield Output(
            rows=rows,
            schema=happened.schema if happened is not None else (rows if broken is None else broken).schema(),
            made=made,
            leaves=Leaves.parse(entry["content"]),
            file=entry["file"],
            sha256=entry["sha256"],
            offsets=entry.get("offsets"),
            **common,
        )


def _from(rows: View, start: int) -> Callable[[int, int], pa.RecordBatch]:
    return lambda first, end: rows.record_batch(start + first, start + end)


def _placed(happened: Told, start: int) -> Callable[[int, int], pa.RecordBatch]:
    return lambda first, end: happened.piece(start + first, start + end)


def _gathered(rows: View, numbers: Callable[[int, int], Ints]) -> Callable[[int, int], pa.RecordBatch]:
    return lambda first, end: rows.gather(numbers(first, end))


def _numbers(rows: View) -> Callable[[int, int], Ints]:
    """The row numbers of the rows that there are, by their places."""
    if rows.complete:
        return lambda first, end: np.arange(rows.start + first, rows.start + end, dtype=np.int64)
    there = cache(rows.numbers)
    return lambda first, end: there()[first:end]


def written_with(world: Engine, request: Mapping[str, Any]) -> dict[str, Format | Target | None]:
    """The format, or the target; neither where it is not here, so that what was written can only be compared whole."""
    try:
        made = written_as(world.packs, request["format"], dict(request.get("settings", {})))
    except UnknownName:
        return {"format": None}
    return {"format": made} if isinstance(made, Format) else {"format": None, "target": made}
