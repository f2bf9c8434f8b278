"""Comparing what is stored, and what is made now, with what a manifest says; block by block, column by column."""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from datamimic.base.observation import Progress
from datamimic.engine.given_tables.opening import Givens
from datamimic.errors import DatamimicError, InvalidOption
from datamimic.formats.blocks import Blocks, Unreadable
from datamimic.formats.format import Format
from datamimic.output.digest_tree import ColumnDigests
from datamimic.output.finding import find_manifest
from datamimic.output.manifest import read_manifest
from datamimic.plugins.registry import Registry
from datamimic.reproducing.described_world import described_world
from datamimic.reproducing.verification.causes import causes_of
from datamimic.reproducing.verification.differences import differences
from datamimic.reproducing.verification.files import can_hold, named_file
from datamimic.reproducing.verification.outputs import Output, outputs_of, split_outputs
from datamimic.reproducing.verification.report import Difference, OutputReport, Report
from datamimic.reproducing.verification.split import check_split

_MANY = 20


def verify(
    path: str | Path,
    sample: float | None = None,
    *,
    given: Givens | None = None,
    packs: Registry | None = None,
    progress: Progress | None = None,
) -> Report:
    """Verify what is at `path`, a file, the folder of a set, or a manifest: everything, or with `sample` that share of the
    blocks, chosen at random. `given` says where rows that exist are now, where that is elsewhere or was a data frame: see
    `World`. `packs` are the installed ones without it; `progress` is told of every block.

    Raises `DatamimicError`: `bad_manifest`, and what is raised for a world that cannot be made here, such as an entity
    whose pack is not installed.
    """
    if sample is not None and not 0 < sample <= 1:
        raise InvalidOption("invalid_option", f"the sample is {sample}", hint="a share above 0, up to 1")
    manifest = find_manifest(Path(path))
    body = read_manifest(manifest)
    try:
        world = described_world(body["world"], given, packs)
        outputs = list(outputs_of(body, manifest.parent, world))
        described = {str(entry["name"]): str(entry["sha256"]) for entry in body.get("files", ())}
        for name in (*described, *(output.file for output in outputs)):
            named_file(manifest.parent, name)
    except ValueError as error:
        raise DatamimicError("bad_manifest", f"{manifest} is not usable: {error}", file=str(manifest)) from None
    digests: dict[Path, str | None] = {}
    # Of few outputs each is looked into; of many parts, one at least.
    sure = set(range(len(outputs))) if len(outputs) <= _MANY else {secrets.randbelow(len(outputs))}
    reports = [_check(output, sample, digests, progress, sure=number in sure) for number, output in enumerate(outputs)]
    beside = described.keys() - {output.file for output in outputs}
    for split in split_outputs(body, manifest.parent, world):
        reports.append(check_split(split, partial(_digest, known=digests), progress, whole=sample is None))
        beside -= {entry["name"] for entry in split.files}
    others = sorted(name for name in beside if _digest(named_file(manifest.parent, name), digests) != described[name])
    causes = causes_of(body, world, deep=any(report.drifted for report in reports))
    return Report(str(manifest), sample, reports, causes, others)


def rows_described(path: str | Path, sample: float | None = None) -> int:
    """About how many rows `verify` will make; for progress."""
    body = read_manifest(find_manifest(Path(path)))
    entries = [body["file"]] if "file" in body else body.get("outputs", body.get("parts", ())) or [body["split"]]
    rows = sum(entry["content"]["rows"] for entry in entries)
    return rows if sample is None else round(rows * min(sample, 1.0))


def _check(
    output: Output, sample: float | None, digests: dict[Path, str | None], progress: Progress | None, *, sure: bool
) -> OutputReport:
    with ExitStack() as opened:
        return _compare(output, sample, digests, progress, opened, sure=sure)


def _compare(
    output: Output,
    sample: float | None,
    digests: dict[Path, str | None],
    progress: Progress | None,
    opened: ExitStack,
    *,
    sure: bool,
) -> OutputReport:
    leaves = output.leaves
    report = OutputReport(output.rows.world.path(output.rows.spec), output.file, leaves.rows, leaves.blocks)
    whole = (0, leaves.rows)
    stored: Blocks | None = None
    if not output.path.is_file():
        report.missing = True
        return report
    if sample is None:
        report.intact = _digest(output.path, digests) == output.sha256
    if not can_hold(output.path, leaves.rows, row_by_row=output.row_by_row):
        report.differences.append(Difference(True, None, whole, "the file is too small for so many rows"))
        return report
    if not report.intact:
        try:
            stored = _open(output, opened)
        except Unreadable as error:
            report.differences.append(Difference(True, None, whole, f"the file cannot be read: {error}"))
    again = _WrittenOnceMore(output, output.format) if sample is None and output.format is not None else None
    columns = ColumnDigests(output.schema)
    missing = [name for name in leaves.columns if name not in columns.names]
    report.differences += [Difference(False, name, whole, "the column is no longer made") for name in missing]
    blocks = range(leaves.blocks) if sample is None else _chosen(leaves.blocks, sample, stored, sure)
    for number in blocks:
        made = output.block(number)
        if again is not None:
            again.writer.write(made)
        drifted = [
            name
            for name, column in zip(made.schema.names, made.columns, strict=True)
            if name not in leaves.columns or columns.leaf(name, column) != leaves.leaf(name, number)
        ]
        if drifted and stored is None and report.intact:
            # Intact, and so of interest only for what it holds in place of what is made now.
            with suppress(Unreadable):
                stored = _open(output, opened)
        report.differences += differences(output, stored, columns, number, made, drifted)
        report.checked += 1
        if progress is not None:
            progress(made.num_rows)
    if again is not None:
        report.reproduced = again.digest() == output.sha256
    if report.intact is False and not any(difference.damage for difference in report.differences):
        report.differences.append(Difference(True, None, (0, 0), "bytes that hold no value differ"))
    return report


def _open(output: Output, opened: ExitStack) -> Blocks | None:
    stored = output.stored()
    return None if stored is None else opened.enter_context(closing(stored))


class _WrittenOnceMore(io.RawIOBase):
    """The output written once more, to nowhere: only its digest is kept."""

    def __init__(self, output: Output, format: Format) -> None:
        self._sha256 = hashlib.sha256()
        self._size = 0
        self.writer = format.writer(cast(BinaryIO, self), output.schema)

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        view = memoryview(content)
        self._sha256.update(view)
        self._size += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        return self._size

    def digest(self) -> str:
        self.writer.close()
        return self._sha256.hexdigest()


def _chosen(blocks: int, sample: float, stored: Blocks | None, sure: bool) -> Sequence[int]:
    """Block numbers in ascending order: units that are read together, at random, and the last block; `sure` for one unit
    at least."""
    unit = stored.unit if stored is not None else 1
    units = -(-blocks // unit)
    chance = secrets.SystemRandom()
    wanted = min(units, max(int(sure), int(sample * blocks / unit + chance.random())))
    drawn = chance.sample(range(units), wanted)
    members = {block for first in drawn for block in range(first * unit, min((first + 1) * unit, blocks))}
    return sorted(members | ({blocks - 1} if members else set()))


def _digest(path: Path, known: dict[Path, str | None]) -> str | None:
    """SHA-256 of a file; None where there is none. Each is read once."""
    if path not in known:
        if path.is_file():
            with path.open("rb") as stream:
                known[path] = hashlib.file_digest(stream, "sha256").hexdigest()
        else:
            known[path] = None
    return known[path]
