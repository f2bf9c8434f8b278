"""Memory does not grow with the number of rows."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from datamimic import World
from datamimic.engine.batch import Batch
from datamimic.plugins.registry import installed_packs

# Not ru_maxrss: that begins with what the process it was forked from had.
WRITE = """
import sys
from datamimic import World
if __name__ == "__main__":
    entity, path, workers, *columns = sys.argv[1:]
    rows = World("memory", "US")[entity][0:2_000_000]
    (rows.select(columns) if columns else rows).write(path, workers=int(workers))
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""
SOME = ("person_id", "gender", "birthdate", "given_name", "family_name", "email", "education", "income")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("entity", "columns", "ending", "workers", "megabytes"),
    [
        ("common.person", SOME, "parquet", 1, 500),
        ("common.person", SOME, "csv", 1, 500),
        ("healthcare.patient", (), "parquet", 2, 500),
        # Bookings read tables of holders, employers, shops and payees besides: 476 after 100,000 rows, 572 after more.
        ("finance.transaction", (), "parquet", 1, 620),
    ],
)
def test_two_million_rows_need_no_more_memory_than_a_few(
    entity: str, columns: tuple[str, ...], ending: str, workers: int, megabytes: int, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WRITE, entity, str(tmp_path / f"rows.{ending}"), str(workers), *columns]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) * 1024 < megabytes * 1024**2


@pytest.mark.parametrize("entity", sorted(installed_packs().entities()))
def test_a_batch_is_freed_as_soon_as_it_is_done_with(entity: str) -> None:
    """The garbage collector comes rarely where objects are few and arrays are large, so that circles would pile up."""
    rows = World("memory", "US")[entity]
    for batch in range(2):
        rows.record_batch(300 * batch, 300 * (batch + 1))
    gc.collect()
    gc.disable()
    try:
        rows.record_batch(600, 900)
        there = sum(isinstance(thing, Batch) for thing in gc.get_objects())
        gc.collect()
        # What a world keeps on purpose stays; what only the collector frees was in a circle.
        assert sum(isinstance(thing, Batch) for thing in gc.get_objects()) == there
    finally:
        gc.enable()
