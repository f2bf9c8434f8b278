"""Messages in files of their own, compared with what a manifest says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from attrs import frozen

from datamimic.base.observation import Progress
from datamimic.formats.documents.message import Message
from datamimic.formats.format import Format
from datamimic.output.digest_tree import ColumnDigests, Leaves
from datamimic.output.split import files_of, grouped, named
from datamimic.reproducing.verification.files import named_file
from datamimic.reproducing.verification.report import Difference, OutputReport

_TOLD = 20


@frozen(kw_only=True)
class SplitOutput:
    """Messages in files of their own: how to make their rows again, and where they are stored."""

    entity: str
    schema: pa.Schema
    made: Callable[[int, int], pa.RecordBatch]
    """(start, stop) of the rows -> the rows, as this installation makes them."""
    leaves: Leaves
    format: Format | None
    per_file: int
    key: str
    prefix: str
    folder: Path
    files: Sequence[Mapping[str, Any]]
    """Name and SHA-256 of each, in their order."""


def check_split(
    output: SplitOutput, digest: Callable[[Path], str | None], progress: Progress | None, *, whole: bool
) -> OutputReport:
    """Every file against its digest; with `whole` every row made again, and every file written again to nowhere."""
    leaves, files, per_file = output.leaves, output.files, output.per_file
    report = OutputReport(output.entity, f"{len(files):,} files", leaves.rows, leaves.blocks)
    found = [digest(named_file(output.folder, entry["name"])) for entry in files]
    report.missing = bool(files) and all(each is None for each in found)
    if report.missing:
        return report
    report.intact = all(each == entry["sha256"] for each, entry in zip(found, files, strict=True))
    for number, (sha256, entry) in enumerate(zip(found, files, strict=True)):
        if sha256 != entry["sha256"] and len(report.differences) < _TOLD:
            why = "is missing" if sha256 is None else "is not what was written"
            span = (number * per_file, min((number + 1) * per_file, leaves.rows))
            report.differences.append(Difference(True, None, span, f"the file {entry['name']} {why}"))
    if not whole or not isinstance(output.format, Message):
        return report
    pieces = files_of(output.format, _made_again(output, report, progress), per_file, output.key)
    again = [
        (name, _digest(contents)) for name, contents in grouped(named(pieces, output.prefix, output.format.suffix))
    ]
    report.reproduced = again == [(entry["name"], entry["sha256"]) for entry in files]
    return report


def _made_again(output: SplitOutput, report: OutputReport, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    columns, leaves = ColumnDigests(output.schema), output.leaves
    for number in range(leaves.blocks):
        start, stop = leaves.span(number)
        made = output.made(start, stop)
        for name, column in zip(made.schema.names, made.columns, strict=True):
            if name not in leaves.columns or columns.leaf(name, column) != leaves.leaf(name, number):
                report.differences.append(Difference(False, name, (start, stop)))
        report.checked += 1
        yield made
        if progress is not None:
            progress(made.num_rows)


def _digest(contents: Iterator[bytes]) -> str:
    made = hashlib.sha256()
    for content in contents:
        made.update(content)
    return made.hexdigest()
