"""Batches through the writer of a format, which works in a thread beside the one that makes them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import Any, BinaryIO, cast

import pyarrow as pa

from datamimic.base.observation import Progress, stage
from datamimic.formats.format import Format, Writer
from datamimic.output.background import Background
from datamimic.output.digest_tree import DigestTree
from datamimic.output.digesting_file import DigestingFile

_BYTES_AHEAD = 48 << 20
"""What may wait to be written: about a row group of Parquet, so that rows are made while one is compressed."""


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

    def made(block: pa.RecordBatch) -> None:
        tree.add(block)
        if progress is not None:
            progress(block.num_rows)

    write_through(writer, blocks, made=made, written=lambda: offsets.append(stream.size))
    return {"content": tree.to_dict(), **({"offsets": offsets} if format.by_block else {})}


def write_through(
    writer: Writer,
    batches: Iterable[pa.RecordBatch],
    *,
    made: Callable[[pa.RecordBatch], None] | None = None,
    written: Callable[[], object] | None = None,
) -> None:
    """Send every batch through the writer, and close it. `made` is told of a batch when it is there, `written` when the writer
    has it."""

    def write(batch: pa.RecordBatch) -> None:
        with stage("exporting"):
            writer.write(batch)
        if written is not None:
            written()

    with Background("export", _BYTES_AHEAD) as background, closing(_made(batches)) as ahead:
        for batch in ahead:
            if made is not None:
                made(batch)
            background.submit(batch.nbytes, write, batch)
    with stage("exporting"):
        writer.close()


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
