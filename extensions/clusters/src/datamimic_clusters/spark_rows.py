"""Rows as an Apache Spark data source: `spark.read.format("datamimic").option("entity", "common.person").load()`.

Needs the extra `datamimic-clusters[spark]` (PySpark 4) on the driver and on the executors, with the same packs. Register it
once per session: `spark.dataSource.register(DatamimicDataSource)`. Options: entity, count, seed, locale, clock, offset,
columns (separated by commas), partitions. The rows are those of `dm generate` with the same options, whatever the partitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from datamimic import DatamimicError, Rows, World
from datamimic.errors import InvalidOption, excerpt
from datamimic_clusters.plain_types import plain_schema

try:
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
except ImportError:
    raise DatamimicError(
        "missing_dependency", "PySpark 4 is not installed", hint='pip install "datamimic-clusters[spark]"'
    ) from None

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

ROWS_PER_PARTITION = 1_000_000
KNOWN = ("entity", "count", "seed", "locale", "clock", "offset", "columns", "partitions")


class Range(InputPartition):  # type: ignore[misc]
    """Rows [start, stop)."""

    def __init__(self, start: int, stop: int) -> None:
        super().__init__(start)
        self.start = start
        self.stop = stop


class DatamimicDataSource(DataSource):  # type: ignore[misc]
    """See the module."""

    @classmethod
    def name(cls) -> str:
        return "datamimic"

    def schema(self) -> StructType:
        from pyspark.sql.pandas.types import from_arrow_schema

        return from_arrow_schema(plain_schema(_rows(self.options).schema()))

    def reader(self, schema: StructType) -> DatamimicReader:
        return DatamimicReader(dict(self.options))


class DatamimicReader(DataSourceReader):  # type: ignore[misc]
    """Makes the rows of each range where Spark wants them."""

    def __init__(self, options: dict[str, str]) -> None:
        self.given = options

    def partitions(self) -> Sequence[Range]:
        rows = _rows(self.given)
        wanted = _number(self.given, "partitions", -(-len(rows) // ROWS_PER_PARTITION) or 1)
        edges = [rows.start + len(rows) * part // max(1, wanted) for part in range(max(1, wanted) + 1)]
        return [Range(first, last) for first, last in pairwise(edges)]

    def read(self, partition: Range) -> Iterator[pa.RecordBatch]:
        whole = _rows(self.given)
        rows = whole[partition.start - whole.start : partition.stop - whole.start]
        schema = plain_schema(rows.schema())
        for batch in rows.batches():
            yield from pa.Table.from_batches([batch]).cast(schema).to_batches()


def _rows(options: Any) -> Rows:
    """Raises `InvalidOption` for options that are missing or wrong; Spark gives their names in lower case."""
    for name in options:
        if name not in KNOWN:
            raise InvalidOption(
                "invalid_option", f"there is no option {excerpt(name)}", hint=f"known: {', '.join(KNOWN)}"
            )
    if "entity" not in options or "seed" not in options:
        raise InvalidOption("invalid_option", "the options entity and seed are needed", path="$.options")
    start, count = _number(options, "offset", 0), _number(options, "count", 1000)
    rows = World(options["seed"], options.get("locale"), options.get("clock"))[options["entity"]][start : start + count]
    columns = [name.strip() for name in options.get("columns", "").split(",") if name.strip()]
    return rows.select(columns) if columns else rows


def _number(options: Any, name: str, default: int) -> int:
    text = options.get(name)
    if text is None:
        return default
    if not str(text).isdigit():
        raise InvalidOption(
            "invalid_count", f"{name} is {excerpt(text)}", hint="a whole number of 0 or more", path=f"$.{name}"
        )
    return int(text)
