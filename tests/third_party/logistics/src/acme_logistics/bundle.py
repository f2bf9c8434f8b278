"""Related tables as CSV files in one ZIP archive: a place that the core does not know."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence

import pyarrow as pa
from pyarrow import csv

from datamimic import setting
from datamimic.related import Loading, TableSchema, Target, flat, path_of


class BundleTarget(Target):
    """A ZIP archive with one CSV file per table."""

    name = "bundle"
    schemes = ("bundle",)
    suffixes = (".bundle",)

    header: bool = setting(True, "Is the first line of a file the names of the columns?")

    def open(self, place: str) -> Loading:
        return _Bundle(self, zipfile.ZipFile(path_of(place), "w"))


class _Bundle(Loading):
    refusals = (zipfile.BadZipFile,)

    def __init__(self, target: BundleTarget, archive: zipfile.ZipFile) -> None:
        self._options = csv.WriteOptions(include_header=target.header)
        self._archive = archive

    def begin(self, tables: Sequence[TableSchema]) -> None:
        self._archive.comment = " ".join(table.name for table in tables).encode()

    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        rows = pa.Table.from_batches([flat(block) for block in blocks])
        with self._archive.open(zipfile.ZipInfo(f"{table.name}.csv"), "w") as file:
            csv.write_csv(rows, file, self._options)

    def end(self) -> None:
        self._archive.close()

    def abandon(self) -> None:
        self._archive.close()
