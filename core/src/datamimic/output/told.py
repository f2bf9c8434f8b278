"""What happened to rows, or their versions, to a file, or to a folder with a file for every day; with a manifest, so that they
can be verified and made again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from datamimic.base.observation import Progress
from datamimic.engine.changes import VERSIONS, Told
from datamimic.errors import InvalidOption
from datamimic.formats.format import Format
from datamimic.output.digest_tree import blocks_of
from datamimic.output.exporting import write_blocks
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import (
    check_described_file,
    describe_origin,
    describe_rows,
    manifest_text,
    write_folder_manifest,
)
from datamimic.output.whole_files import whole_file
from datamimic.output.whole_folders import whole_folder


def write_told(told: Told, path: Path, format: Format, *, progress: Progress | None = None) -> Path:
    """Write them to a file, and a manifest beside it, both or neither."""
    check_described_file(path)
    with told_run(told.view.world) as run, whole_file(path) as stream:
        content = write_blocks(told.schema, blocks_of(told.batches()), format, stream, progress)
        stream.flush()
        file = {"name": stream.name, "bytes": stream.size, "sha256": stream.sha256.hexdigest(), **content}
        stream.manifest = manifest_text({**_described(told, format), "file": file})
        run.wrote_file(path, _counts(told))
    return path


def write_days(told: Told, path: Path, format: Format, *, progress: Progress | None = None) -> Path:
    """Write a folder with one file for every day (UTC) on which something happened, `2025-12-31.parquet`, and its manifest; it
    takes its place when all of it is there. Raises `InvalidOption` (`invalid_option`) for versions, which last for days."""
    if told.kind == VERSIONS:
        raise InvalidOption("invalid_option", "versions last for days: they are not written by day", path="$.by_day")
    with told_run(told.view.world) as run, whole_folder(path) as partial:
        parts: list[dict[str, Any]] = []
        for day, first, end in told.days():
            with whole_file(partial / f"{day}{format.suffix}") as stream:
                content = write_blocks(told.schema, blocks_of(told.batches(first, end)), format, stream, progress)
                stream.flush()
                place = {"file": stream.name, "start": first, "stop": end}
                parts.append({**place, "bytes": stream.size, "sha256": stream.sha256.hexdigest(), **content})
        write_folder_manifest(partial, {**_described(told, format, parts=len(parts)), "parts": parts})
        run.wrote_folder(path, _counts(told))
    return path


def _described(told: Told, format: Format, **further: Any) -> dict[str, Any]:
    view = told.view
    asked = {"told": told.kind, "since": None if told.since is None else str(told.since)}
    written = {"format": format.name, "settings": format.chosen()}
    request = {**describe_rows(view), **asked, **further, **written}
    return {"request": request, **describe_origin(view.world)}


def _counts(told: Told) -> dict[str, int]:
    return {told.view.world.path(told.view.spec): len(told)}
