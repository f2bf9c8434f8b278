"""Sets with tables of several blocks, in everything that takes them: written whole, and recomputed to the last value."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from fleet import registry

from datamimic import World
from datamimic.errors import OutputError
from datamimic.output.digest_tree import DigestTree
from datamimic.related.closure import Closure
from datamimic.related.writing import prepare, write_set
from datamimic.reproducing.verification.verifying import verify

PACKS = registry()
TRIPS = 33_000
"""More than two blocks."""


@pytest.fixture(scope="module")
def closure() -> Closure:
    return prepare(World("large", packs=PACKS), {"fleet.trip": TRIPS})


@pytest.mark.parametrize("format", ["parquet", "csv", "json", "jsonl", "arrow", "xml"])
def test_a_table_of_many_blocks_is_written_and_verified_in_every_format(
    closure: Closure, tmp_path: Path, format: str
) -> None:
    written = write_set(closure, tmp_path / "set", format)
    assert {table.name: table.rows for table in written.tables}["fleet_trip"] == TRIPS
    report = verify(tmp_path / "set", packs=PACKS)
    assert report.holds, report.to_dict()


def test_leaves_are_taken_of_whole_blocks_only(closure: Closure) -> None:
    rows = closure.world["fleet.trip"][:40_000]
    whole = pa.Table.from_batches(rows.batches()).combine_chunks().to_batches()[0]
    tree = DigestTree(rows.schema())
    with pytest.raises(OutputError, match="no whole block"):
        tree.add(whole)
    tree.add(whole.slice(0, 100))
    with pytest.raises(OutputError, match="no whole block"):
        tree.add(whole.slice(100, 100))


OPTIMISED = """
import sys
sys.path.insert(0, sys.argv[1])
from test_large_sets import PACKS, World, prepare, verify, write_set
write_set(prepare(World("large", packs=PACKS), {"fleet.trip": 17_000}), sys.argv[2], "csv")
sys.exit(0 if __debug__ is False and verify(sys.argv[2], packs=PACKS).holds else 1)
"""


def test_an_optimised_interpreter_writes_the_same_set(tmp_path: Path) -> None:
    folder = tmp_path / "optimised"
    command = [sys.executable, "-O", "-c", OPTIMISED, str(Path(__file__).parent), str(folder)]
    subprocess.run(command, check=True)
    write_set(prepare(World("large", packs=PACKS), {"fleet.trip": 17_000}), tmp_path / "plain", "csv")
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in (tmp_path / "plain").iterdir())
    for name in names:
        assert (folder / name).read_bytes() == (tmp_path / "plain" / name).read_bytes(), name
