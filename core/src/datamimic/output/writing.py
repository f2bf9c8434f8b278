"""Rows to files and streams: batches through the writer of a format, whole or not at all, with a manifest beside the file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from datamimic.base.observation import stage
from datamimic.engine.view import View
from datamimic.formats.format import Format
from datamimic.output.background import Background
from datamimic.output.digest_tree import DigestTree, blocks_of
from datamimic.output.digesting_file import DigestingFile
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import check_described_file, describe_origin, manifest_text
from datamimic.output.planned import PlannedOutput
from datamimic.output.whole_files import whole_file
from datamimic.output.workers import made_by

_BYTES_AHEAD = 48 << 20
"""What may wait to be written: about a row group of Parquet, so that rows are made while one is compressed."""
Progress = Callable[[int], None]
"""Called with the number of rows of each finished batch."""


def write_rows(
    rows: View,
    path: str | Path,
    format: str | Format | None = None,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    **settings: Any,
) -> Path:
    """Write the rows to a file and a manifest to `<path>.manifest.json`, both or neither.

    A link is followed: the manifest stands beside the file that it points to. A pipe or another device gets the rows alone.

    With more than one of them, `workers` processes make the rows that this one writes.

    Everything that can be wrong with the request is refused before the file is begun; an error or interrupt while it is
    written leaves neither. `settings` are those of the format, unless it is given with them.
    """
    return write_output(PlannedOutput.of(rows, path, format, **settings), progress=progress, workers=workers)


def write_output(output: PlannedOutput, *, progress: Progress | None = None, workers: int = 1) -> Path:
    """What `write_rows` does, for a plan."""
    rows, target = output.rows, output.target
    check_described_file(target)
    with told_run(rows.world) as run, whole_file(target) as stream:
        content = write_blocks(rows.schema(), made_by(rows, workers), output.format, stream, progress)
        stream.flush()
        file = {"name": stream.name, "bytes": stream.size, "sha256": stream.sha256.hexdigest(), **content}
        stream.manifest = manifest_text({"request": output.request(), **describe_origin(rows.world), "file": file})
        run.wrote_file(target, output.counts())
    return target


def write_blocks(
    schema: pa.Schema,
    blocks: Iterable[pa.RecordBatch],
    format: Format,
    stream: DigestingFile,
    progress: Progress | None,
) -> dict[str, Any]:
    """Write blocks of 16,384 rows, and return what a manifest says of them: the digest tree and, for a format that writes
    block by block, where each begins and the last one ends."""
    writer = format.writer(cast(BinaryIO, stream), schema)
    tree = DigestTree(schema)
    offsets = [stream.size]

    def write(block: pa.RecordBatch) -> None:
        with stage("exporting"):
            writer.write(block)
        offsets.append(stream.size)

    with Background("export", _BYTES_AHEAD) as background, closing(_made(blocks)) as made:
        for block in made:
            tree.add(block)
            background.submit(block.nbytes, write, block)
            if progress is not None:
                progress(block.num_rows)
    with stage("exporting"):
        writer.close()
    return {"content": tree.to_dict(), **({"offsets": offsets} if format.by_block else {})}


def export(output: PlannedOutput, stream: BinaryIO | Any) -> None:
    """Send every batch of the rows through a new writer of the format to the stream, and close the writer."""
    rows, format = output.rows, output.format
    with told_run(rows.world) as run:
        writer = format.writer(stream, rows.schema())

        def write(batch: pa.RecordBatch) -> None:
            with stage("exporting"):
                writer.write(batch)

        with Background("export", _BYTES_AHEAD) as background:
            # Whoever waits for the first rows gets them before a block is full.
            for batch in _made(rows.batches() if format.by_block else blocks_of(rows.batches())):
                background.submit(batch.nbytes, write, batch)
        with stage("exporting"):
            writer.close()
        run.wrote_to_stream(output.counts())


def _made(blocks: Iterable[pa.RecordBatch]) -> Generator[pa.RecordBatch, None, None]:
    """The blocks, each made within the stage of that name; whoever makes them is closed with this."""
    iterator = iter(blocks)
    try:
        while True:
            with stage("making rows"):
                block = next(iterator, None)
            if block is None:
                return
            yield block
    finally:
        if isinstance(iterator, Generator):
            iterator.close()


def has_nested(schema: pa.Schema) -> bool:
    """Does a column hold lists, maps or records?"""
    return any(pa.types.is_nested(field.type) for field in schema)
