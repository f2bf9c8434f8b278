"""Blocks of rows made by other processes, in order, for one file that this process writes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from datamimic.engine.row_range import RowRange
from datamimic.engine.view import View
from datamimic.errors import InvalidOption
from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.output.digest_tree import blocks_of

BLOCKS_PER_TASK = 8
AHEAD = 2
"""Tasks per worker that may be waiting to be written: enough to keep workers busy, few enough to keep memory flat."""


def made_by(rows: View, workers: int) -> Iterator[pa.RecordBatch]:
    """The blocks of the rows, made by `workers` processes. Raises `InvalidOption` for a number below 1."""
    if workers < 1:
        raise InvalidOption("invalid_count", f"{workers} workers", hint="at least 1", path="$.workers")
    whole = RowRange.of(rows)
    step = BLOCK_ROWS * BLOCKS_PER_TASK
    starts = iter(range(whole.start, whole.stop, step))
    waiting: deque[Future[str]] = deque()
    with TemporaryDirectory(prefix="datamimic-", ignore_cleanup_errors=True) as folder:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            while True:
                while len(waiting) < workers * AHEAD and (start := next(starts, None)) is not None:
                    stop = min(start + step, whole.stop)
                    path = str(Path(folder) / f"{start}.arrow")
                    waiting.append(pool.submit(_write_blocks, whole.part(start, stop), path))
                if not waiting:
                    break
                yield from _read_blocks(waiting.popleft().result())
        except BaseException:
            # What is being made goes into the folder, which is emptied only afterwards.
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        pool.shutdown()


def _write_blocks(part: RowRange, path: str) -> str:
    rows = part.view()
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_stream(sink, rows.schema()) as writer:
        for batch in blocks_of(rows.batches()):
            writer.write_batch(batch)
    return path


def _read_blocks(path: str) -> Iterator[pa.RecordBatch]:
    with pa.memory_map(path) as source:
        yield from pa.ipc.open_stream(source)
    # Blocks that still wait to be written stay readable; where a system does not let go of them, the folder goes at the end.
    with suppress(OSError):
        Path(path).unlink()
