"""Messages in files of their own, compared with what a manifest says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from datamimic.base.observation import Progress
from datamimic.formats.documents.message import Message
from datamimic.formats.format import Format
from datamimic.output.digest_tree import ColumnDigests, Leaves
from datamimic.output.planned import ANSWERS
from datamimic.output.split import files_of, grouped, key_of_files, named
from datamimic.reproducing.described_world import described_rows
from datamimic.reproducing.verification.files import named_file
from datamimic.reproducing.verification.report import Difference, OutputReport
from datamimic.world import World

_TOLD = 20


def check_split(
    body: Mapping[str, Any],
    folder: Path,
    world: World,
    format: Format | None,
    digest: Callable[[Path], str | None],
    progress: Progress | None,
    *,
    whole: bool,
) -> OutputReport:
    """Every file against its digest; with `whole` every row made again, and every file written again to nowhere."""
    request, leaves = body["request"], Leaves.parse(body["split"]["content"])
    files = [entry for entry in body["files"] if not entry["name"].endswith(ANSWERS)]
    rows = described_rows(world, request)
    told = f"{len(files):,} files"
    report = OutputReport(world.path(rows.spec), told, leaves.rows, leaves.blocks)
    found = [digest(named_file(folder, entry["name"])) for entry in files]
    report.missing = bool(files) and all(each is None for each in found)
    if report.missing:
        return report
    report.intact = all(each == entry["sha256"] for each, entry in zip(found, files, strict=True))
    per_file = int(request["per_file"])
    for number, (sha256, entry) in enumerate(zip(found, files, strict=True)):
        if sha256 != entry["sha256"] and len(report.differences) < _TOLD:
            why = "is missing" if sha256 is None else "is not what was written"
            span = (number * per_file, min((number + 1) * per_file, leaves.rows))
            report.differences.append(Difference(True, None, span, f"the file {entry['name']} {why}"))
    if not whole or not isinstance(format, Message):
        return report
    columns = ColumnDigests(rows.schema())

    def blocks() -> Iterator[pa.RecordBatch]:
        for number in range(leaves.blocks):
            start, stop = leaves.span(number)
            made = rows.record_batch(rows.start + start, rows.start + stop)
            for name, column in zip(made.schema.names, made.columns, strict=True):
                if name not in leaves.columns or columns.leaf(name, column) != leaves.leaf(name, number):
                    report.differences.append(Difference(False, name, (start, stop)))
            report.checked += 1
            yield made
            if progress is not None:
                progress(made.num_rows)

    pieces = files_of(format, blocks(), per_file, key_of_files(type(format), rows))
    again = [(name, _digest(contents)) for name, contents in grouped(named(pieces, "", format.suffix))]
    report.reproduced = again == [(entry["name"], entry["sha256"]) for entry in files]
    return report


def _digest(contents: Iterator[bytes]) -> str:
    made = hashlib.sha256()
    for content in contents:
        made.update(content)
    return made.hexdigest()
