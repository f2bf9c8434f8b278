"""Rows to files and streams: batches through the writer of a format, whole or not at all, with a manifest beside the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from datamimic.base.observation import Progress
from datamimic.engine.view import View
from datamimic.formats.format import Format
from datamimic.output.descriptions import described
from datamimic.output.digest_tree import blocks_of
from datamimic.output.exporting import write_blocks, write_through
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import check_described_file, describe_origin, manifest_text
from datamimic.output.planned import PlannedOutput
from datamimic.output.whole_files import whole_file
from datamimic.output.workers import made_by


def write_rows(
    rows: View,
    path: str | Path,
    format: str | Format | None = None,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    **settings: Any,
) -> Path:
    """Write the rows to a file and a manifest to `<path>.manifest.json`, both or neither, and what else the format has to say
    of it, such as `<path>.xsd`.

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
    with (
        told_run(rows.world) as run,
        described(target, output.descriptions()) as descriptions,
        whole_file(target) as stream,
    ):
        content = write_blocks(rows.schema(), made_by(rows, workers), output.format, stream, progress)
        stream.flush()
        file = {"name": stream.name, "bytes": stream.size, "sha256": stream.sha256.hexdigest(), **content}
        body = {"request": output.request(), **describe_origin(rows.world), "file": file}
        beside = descriptions.put()
        stream.manifest = manifest_text({**body, "files": beside} if beside else body)
        run.wrote_file(target, output.counts())
    return target


def export(output: PlannedOutput, stream: BinaryIO | Any) -> None:
    """Send every batch of the rows through a new writer of the format to the stream, and close the writer."""
    rows, format = output.rows, output.format
    with told_run(rows.world) as run:
        # Whoever waits for the first rows gets them before a block is full.
        batches = rows.batches() if format.by_block else blocks_of(rows.batches())
        write_through(format.writer(stream, rows.schema()), batches)
        run.wrote_to_stream(output.counts())


def has_nested(schema: pa.Schema) -> bool:
    """Does a column hold lists, maps or records?"""
    return any(pa.types.is_nested(field.type) for field in schema)
