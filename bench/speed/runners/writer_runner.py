"""One table of people, ready in memory, to a file or a table of a database: by our writers, or by one that people know."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from turns import take_turns

sys.path.insert(0, str(Path(__file__).parents[3]))
from bench.speed.ours import SIXTEEN

from datamimic import World
from datamimic.formats.csv import Csv
from datamimic.formats.json import JsonLines
from datamimic.formats.parquet import Parquet
from datamimic.output.digest_tree import blocks_of
from datamimic.output.exporting import write_through

case, count = sys.argv[1], int(sys.argv[2])
tool, kind = case.split(" ")
table = pa.Table.from_batches(blocks_of(World("bench", "en_US")["common.person"].select(SIXTEEN)[0:count].batches()))
# What other writers take: they know no dictionaries, or write them another way.
plain = table.cast(
    pa.schema([pa.field(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in table.schema])
)
OURS = {"csv": Csv, "jsonl": JsonLines, "parquet": Parquet}


def ours(path: Path) -> None:
    with path.open("wb") as stream:
        write_through(OURS[kind].configured({}).writer(stream, table.schema), table.to_batches())


def pyarrow(path: Path) -> None:
    if kind == "csv":
        from pyarrow import csv

        csv.write_csv(plain, path)
        return
    from pyarrow import parquet

    settings = Parquet.configured({})
    parquet.write_table(table, path, compression=settings.compression, row_group_size=65_536)


def polars() -> Callable[[Path], Any]:
    from polars import from_arrow

    frame: Any = from_arrow(table)
    return frame.write_csv if kind == "csv" else frame.write_ndjson


def duckdb() -> Callable[[Path], Any]:
    import duckdb as engine

    connection = engine.connect()
    connection.execute("SET threads = 1")
    connection.register("people", plain)
    connection.execute("CREATE TABLE kept AS SELECT * FROM people")
    form = "(FORMAT csv, HEADER)" if kind == "csv" else "(FORMAT json)"
    return lambda path: connection.execute(f"COPY kept TO '{path}' {form}")


def orjson() -> Callable[[Path], Any]:
    import orjson as engine

    rows = plain.to_pylist()
    return lambda path: path.write_bytes(b"\n".join(map(engine.dumps, rows)))


MAKERS: dict[str, Callable[[], Callable[[Path], Any]]] = {
    "ours": lambda: ours,
    "pyarrow": lambda: pyarrow,
    "polars": polars,
    "duckdb": duckdb,
    "orjson": orjson,
}
with TemporaryDirectory() as folder:
    target = Path(folder) / f"people.{kind}"
    write = MAKERS[tool]()
    write(target)
    # A writer that lost rows would be fast.
    if kind != "parquet":
        lines = target.read_bytes().count(b"\n")
        assert lines in (count - 1, count, count + 1), lines
    told = version("datamimic-core" if tool == "ours" else tool)
    take_turns(told, lambda _: write(target), count, warm=1)
