"""A dataset of part files with one manifest, written by an engine; or one part of it, by an array job."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from datamimic.base.observation import Progress
from datamimic.distributed.notes import digest_of
from datamimic.distributed.runners import PartRunner
from datamimic.distributed.tasks import MadePart, PartTask, plan
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, OutputError
from datamimic.output.descriptions import put_description
from datamimic.output.destination import unwritable
from datamimic.output.finished_runs import told_run
from datamimic.output.manifest import (
    check_described_file,
    describe_origin,
    manifest_text,
    write_folder_manifest,
)
from datamimic.output.planned import PlannedOutput
from datamimic.output.whole_folders import whole_folder


def write_dataset(
    output: PlannedOutput,
    runner: PartRunner,
    parts: int,
    *,
    progress: Progress | None = None,
    resume: bool = False,
) -> Path:
    """Write `part-00000.parquet` … and `manifest.json` to a folder that takes its place when all parts are in it.

    The files do not depend on what runs the parts. Other machines need to reach the folder under the same path.

    With `resume` a run that ends early leaves the parts that are finished beside the place of the folder, and one that asks
    for the same makes those that are missing.
    """
    rows, target, format = output.rows, output.target, output.format
    rows.require_end()
    runner.check()
    with told_run(rows.world) as run, whole_folder(target, resume=resume) as partial:
        asked = _asked(output, parts) if resume else ""
        tasks = plan(rows, partial, format, parts, travels=runner.travels, asked=asked)
        format.writer(io.BytesIO(), rows.schema())  # refuses what cannot be written before work is sent out
        made: dict[int, MadePart] = {}
        for result in runner.run(tasks):
            # A task that was run twice is reported twice; its file is the same.
            if result.number not in made and progress is not None:
                progress(result.stop - result.start)
            made[result.number] = result
        lost = [task.number for task in tasks if task.number not in made]
        if lost:
            raise OutputError("output_failed", f"the engine {runner.name} did not report the parts {lost}")
        ordered = [made[number] for number in sorted(made)]
        request = output.request(parts=len(ordered))
        body = {"request": request, **_origin(rows, ordered), "parts": [each.to_dict() for each in ordered]}
        if resume:
            _keep_only(partial, tasks)
        described = [put_description(partial / name, text) for name, text in _descriptions(output).items()]
        if described:
            body["files"] = described
        write_folder_manifest(partial, body)
        run.wrote_folder(target, output.counts())
    return target


def _asked(output: PlannedOutput, parts: int) -> str:
    origin = describe_origin(output.rows.world)
    return digest_of(output.request(parts=parts) | {name: origin[name] for name in ("world", "versions")})


def _keep_only(folder: Path, tasks: Sequence[PartTask]) -> None:
    """Take away the notes, and what a run left that asked for something else."""
    ours = {task.file for task in tasks}
    for path in folder.iterdir():
        if path.name not in ours:
            path.unlink()


def write_part(output: PlannedOutput, parts: int, part: int) -> Path:
    """Write part number `part` (from 0) of `parts`, and its own manifest, into a folder that others write to as well.

    Raises `InvalidOption` (`invalid_range`) for a part that there is not. A part that is empty, since there are fewer
    blocks of rows than parts, is not written; its path is returned all the same.
    """
    if not 0 <= part < parts:
        raise InvalidOption("invalid_range", f"part {part} of {parts}", hint=f"0 to {parts - 1}", path="$.part")
    rows, target = output.rows, output.target
    try:
        target.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise unwritable(target, error) from error
    tasks = plan(rows, target, output.format, parts, travels=False)
    if part >= len(tasks):
        return target
    path = target / tasks[part].file
    check_described_file(path)

    def describe(made: MadePart) -> bytes:
        own = evolve(output, rows=rows.ranged(made.start, made.stop))
        file = {**made.to_dict(), "name": made.file}
        return manifest_text({"request": own.request(), **_origin(rows, [made]), "file": file})

    with told_run(rows.world) as run:
        made = tasks[part].make(describe)
        for name, text in _descriptions(output).items():
            put_description(target / name, text)
        run.wrote_file(path, {rows.world.path(rows.spec): made.content["rows"]})
    return path


def _descriptions(output: PlannedOutput) -> dict[str, str]:
    """{name: text} of what describes all parts, `part.xml.xsd`."""
    return {f"part{output.format.suffix}{ending}": text for ending, text in output.descriptions().items()}


def _origin(rows: View, made: Sequence[MadePart]) -> dict[str, Any]:
    """The world, with the tables that the parts have read: this process may have looked at fewer of them."""
    tables = {place: digest for each in made for place, digest in each.tables.items()}
    fallbacks = {name for each in made for name in each.fallbacks}
    origin = describe_origin(rows.world)
    return origin | {"tables": dict(sorted(tables.items())), "fallbacks": sorted(fallbacks)}
