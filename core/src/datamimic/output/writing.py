"""Rows to files and streams: batches through an exporter, whole or not at all, with a manifest beside the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from datamimic.base.observation import stage
from datamimic.engine.view import View
from datamimic.errors import OutputError
from datamimic.formats.exporter import Exporter
from datamimic.output.background import Lane
from datamimic.output.digest_tree import DigestTree, blocks_of
from datamimic.output.manifest import describe_origin, describe_rows, write_manifest
from datamimic.output.whole_files import DigestingFile, check_writable, whole_file
from datamimic.plugins.registry import Registry

_BYTES_AHEAD = 48 << 20
"""What may wait to be written: about a row group of Parquet, so that rows are made while one is compressed."""
Progress = Callable[[int], None]
"""Called with the number of rows of each finished batch."""


def exporter_for(packs: Registry, path: Path | None, format: str | None) -> type[Exporter]:
    """The format that is named, else that of the path's ending.

    Raises `UnknownName` (`unknown_format`) and `OutputError` (`format_needed`).
    """
    if format is not None:
        return packs.exporter(format)
    formats = packs.exporters()
    ending = path.suffix.lower() if path is not None else ""
    for name in formats:
        if ending in formats[name].suffixes:  # type: ignore[attr-defined]
            return formats[name]
    raise OutputError(
        "format_needed",
        f"the ending of {path} stands for no format",
        hint=f"add --format with one of {', '.join(formats)}",
        path="$.format",
    )


def write_rows(
    rows: View,
    path: str | Path,
    format: str | None = None,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    **settings: Any,
) -> Path:
    """Write the rows to a file and a manifest to `<path>.manifest.json`.

    With more than one of them, `workers` processes make the rows that this one writes.

    Everything that can be wrong with the request is refused before the file is begun; an error or interrupt while it is
    written leaves neither. `settings` are the format's own.
    """
    target = Path(path)
    rows.require_end()
    exporter = exporter_for(rows.world.packs, target, format)
    check_writable(target)
    with whole_file(target) as stream:
        content = write_blocks(rows.schema(), _blocks(rows, workers), exporter, stream, progress, settings)
        file = {"name": target.name, "bytes": stream.size, "sha256": stream.sha256.hexdigest(), **content}
    request = {**describe_rows(rows), "format": exporter.name, "settings": settings}
    write_manifest(target, {"request": request, **describe_origin(rows.world), "file": file})
    return target


def _blocks(rows: View, workers: int) -> Iterable[pa.RecordBatch]:
    if workers == 1:
        return blocks_of(rows.batches())
    from datamimic.distributed.workers import made_by

    return made_by(rows, workers)


def write_blocks(
    schema: pa.Schema,
    blocks: Iterable[pa.RecordBatch],
    exporter: type[Exporter],
    stream: DigestingFile,
    progress: Progress | None,
    settings: dict[str, Any],
) -> dict[str, Any]:
    """Write blocks of 16,384 rows, and return what a manifest says of them: the digest tree and, for a format that writes
    block by block, where each begins and the last one ends."""
    made = exporter(cast(BinaryIO, stream), schema, **settings)
    tree = DigestTree(schema)
    offsets = [stream.size]

    def write(block: pa.RecordBatch) -> None:
        with stage("exporting"):
            made.write(block)
        offsets.append(stream.size)

    with Lane("export", _BYTES_AHEAD) as lane:
        for block in _made(blocks):
            tree.add(block)
            lane.do(block.nbytes, write, block)
            if progress is not None:
                progress(block.num_rows)
    with stage("exporting"):
        made.close()
    return {"content": tree.to_dict(), **({"offsets": offsets} if exporter.by_block else {})}


def export(
    rows: View, exporter: type[Exporter], stream: BinaryIO | Any, progress: Progress | None, settings: dict[str, Any]
) -> None:
    """Send every batch of the rows through a new exporter to the stream, and close the exporter."""
    made = exporter(stream, rows.schema(), **settings)

    def write(batch: pa.RecordBatch) -> None:
        with stage("exporting"):
            made.write(batch)

    with Lane("export", _BYTES_AHEAD) as lane:
        # Whoever waits for the first rows gets them before a block is full.
        for batch in _made(rows.batches() if exporter.by_block else blocks_of(rows.batches())):
            lane.do(batch.nbytes, write, batch)
            if progress is not None:
                progress(batch.num_rows)
    with stage("exporting"):
        made.close()


def _made(blocks: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The blocks, each made within the stage of that name."""
    iterator = iter(blocks)
    while True:
        with stage("making rows"):
            block = next(iterator, None)
        if block is None:
            return
        yield block


def has_nested(schema: pa.Schema) -> bool:
    """Does a column hold lists, maps or records?"""
    return any(pa.types.is_nested(field.type) for field in schema)
