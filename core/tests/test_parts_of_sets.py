"""Parts of a set, made in any order by whoever, are joined to the bytes of one run, manifest and linkage report among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from fleet import registry

from datamimic import World
from datamimic.related import MadeOfSet, PartOfSet, PartSource, parts_of, prepare, read_part, write_part, write_set

COUNTS = {"fleet.trip": 40_000}


class Made(PartSource):
    """Parts as files, every third of which is left to whoever writes the set."""

    def __init__(self, rows: int, files: dict[int, tuple[Path, MadeOfSet]]) -> None:
        super().__init__(rows)
        self.files = files

    def blocks(self, part: PartOfSet) -> Iterator[pa.RecordBatch] | None:
        if part.number % 3 == 2:
            return None
        path, made = self.files[part.number]
        self.read(made)
        return read_part(path)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_joined_parts_are_the_files_of_one_run(tmp_path: Path, format: str) -> None:
    whole = prepare(World("demo", packs=registry()), COUNTS)
    write_set(whole, tmp_path / "whole", format)
    elsewhere, files = prepare(World("demo", packs=registry()), COUNTS), {}
    for part in reversed(parts_of(whole, 10_000)):
        path = tmp_path / f"{part.number}.arrow"
        files[part.number] = (path, write_part(elsewhere, part, path, batch_rows=5_000))
    assert len(files) == sum(-(-len(table.rows) // 16_384) for table in whole.tables) > 4
    joined = prepare(World("demo", packs=registry()), COUNTS)
    write_set(joined, tmp_path / "joined", format, parts=Made(10_000, files))
    assert {each.name: each.read_bytes() for each in (tmp_path / "joined").iterdir()} == {
        each.name: each.read_bytes() for each in (tmp_path / "whole").iterdir()
    }
