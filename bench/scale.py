"""What large outputs cost: processor time and bytes per row, memory, and how much faster more processes are.

Two outputs of different size are made each time, and the difference counts, so that start-up is left out.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

SMALL = 16 * 16_384
PARTS = "16"


class Cost(NamedTuple):
    seconds: float
    processor: float
    memory: int
    """Bytes at most, of the process that was started; those that it starts have their own."""
    size: int
    """Bytes of what was written."""


def measure(count: int, entities: list[str]) -> int:
    """Print a line per entity; files and parts are Parquet, in the folder for temporary files."""
    processors = os.sched_getaffinity(0)
    several = len(processors)
    print(f"{count:,} rows to Parquet; {several} processors\n")
    print(
        f"{'':24}{'CPU s per':>10}{'bytes':>7}{'memory':>8}   thousand rows a second\n"
        f"{'':24}{'million':>10}{'a row':>7}{'MB':>8}{'file':>8}{'parts on 1':>12}{f'on {several}':>8}{'ratio':>7}"
    )
    with TemporaryDirectory() as folder:
        output = Path(folder) / "scale" / "rows"
        for entity in entities:
            file = _difference(entity, count, output, processors)
            by_one = _difference(entity, count, output, {min(processors)}, "--parts", PARTS, "--workers", "1")
            by_all = _difference(entity, count, output, processors, "--parts", PARTS, "--workers", str(several))
            rows = count - SMALL
            print(
                f"{entity:24}{file.processor / rows * 1e6:10.2f}{file.size / rows:7.0f}{file.memory / 1e6:8.0f}"
                f"{rows / file.seconds / 1e3:8.0f}{rows / by_one.seconds / 1e3:12.0f}{rows / by_all.seconds / 1e3:8.0f}"
                f"{by_one.seconds / by_all.seconds:7.2f}",
                flush=True,
            )
    return 0


def _difference(entity: str, count: int, output: Path, processors: set[int], *options: str) -> Cost:
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, processors)
    try:
        small, large = (_cost(entity, each, output, *options) for each in (SMALL, count))
    finally:
        os.sched_setaffinity(0, everywhere)
    return Cost(large.seconds - small.seconds, large.processor - small.processor, large.memory, large.size - small.size)


def _cost(entity: str, count: int, output: Path, *options: str) -> Cost:
    output.parent.mkdir()
    command = [sys.executable, "-m", "datamimic", "generate", entity, "--count", str(count), "--seed", "bench"]
    began = time.perf_counter()
    process = os.posix_spawn(
        sys.executable, [*command, "--output", str(output), "--quiet", "--format", "parquet", *options], os.environ
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"{entity}: status {os.waitstatus_to_exitcode(status)}")
    files = [output] if output.is_file() else list(output.glob("part-*"))
    size = sum(path.stat().st_size for path in files)
    shutil.rmtree(output.parent)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, size)
