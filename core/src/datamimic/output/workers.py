"""Blocks of rows made by other processes, in order, for one file that this process writes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

import pyarrow as pa

from datamimic.base.processes import Processes
from datamimic.engine.row_range import RowRange
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.output.digest_tree import blocks_of
from datamimic.output.unfinished import scratch_folder
from datamimic.output.whole_files import failed

BLOCKS_PER_TASK = 8
AHEAD = 2
"""Ranges per worker that may be waiting to be written: enough to keep workers busy, few enough to keep memory flat."""
FOLDER = "datamimic-blocks"
"""The folder for temporary files has one beside this name: files that are mapped cost less than a pipe."""


def made_by(rows: View, workers: int) -> Iterator[pa.RecordBatch]:
    """The blocks of the rows, made by `workers` processes; one worker is this process.

    Raises `InvalidOption` for a number below 1, `OutputError` where the folder for temporary files is full, and
    `DatamimicError` (`worker_died`).
    """
    if workers < 1:
        raise InvalidOption("invalid_count", f"{workers} workers", hint="at least 1", path="$.workers")
    batches = rows.batches() if workers == 1 else _made_elsewhere(rows, workers)
    # Ranges of rows that are not all there end in blocks that are not full.
    yield from blocks_of(batches)


def _made_elsewhere(rows: View, workers: int) -> Iterator[pa.RecordBatch]:
    ranges = _ranges(RowRange.of(rows))
    waiting: deque[Future[Path]] = deque()
    with scratch_folder(Path(gettempdir()) / FOLDER) as folder, Processes(workers) as processes:
        while True:
            while len(waiting) < workers * AHEAD and (each := next(ranges, None)) is not None:
                waiting.append(processes.submit(_write_blocks, each, folder))
            if not waiting:
                return
            yield from _read_blocks(processes.result(waiting.popleft()))


def _ranges(whole: RowRange) -> Iterator[RowRange]:
    step = BLOCK_ROWS * BLOCKS_PER_TASK
    for start in range(whole.start, whole.stop, step):
        yield whole.part(start, min(start + step, whole.stop))


def _write_blocks(part: RowRange, folder: Path) -> Path:
    path = folder / f"{part.start}.arrow"
    rows = part.view()
    try:
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, rows.schema()) as writer:
            for batch in blocks_of(rows.batches()):
                writer.write_batch(batch)
    except OSError as error:
        raise failed(folder.parent, error, "set TMPDIR to a folder with more room; nothing was left behind") from error
    return path


def _read_blocks(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.memory_map(str(path)) as source:
        yield from pa.ipc.open_stream(source)
    # Blocks that still wait to be written stay readable; where a system does not let go of them, the folder goes at the end.
    with suppress(OSError):
        path.unlink()
