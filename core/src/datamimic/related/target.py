"""What a target is: a class for a database, or another place, that takes the tables of a set by URL.

    class Postgresql(Target):
        name = "postgresql"
        schemes = ("postgresql", "postgres")

        def open(self, place: str) -> Loading: ...

A pack brings it with the hook `datamimic_targets`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pyarrow as pa

from datamimic.base.settings import Configured
from datamimic.errors import DatamimicError
from datamimic.formats.json_text import json_text
from datamimic.related.schema import TableSchema


class Loading(ABC):
    """One set on its way into a place, table after table. Either `end` comes last, or `abandon`.

    `refusals` are what its library raises: they become an `OutputError` (`output_failed`), without the password of the URL.
    """

    refusals: tuple[type[Exception], ...] = ()

    @abstractmethod
    def begin(self, tables: Sequence[TableSchema]) -> None:
        """Called once, before the first row is made: each table after those that it refers to, but for references in a circle
        (`ForeignKey.is_back`). Raises `OutputError` (`output_unwritable`) for tables that are there already."""

    @abstractmethod
    def take(self, table: TableSchema, blocks: Iterator[pa.RecordBatch]) -> None:
        """Take all rows of one table: blocks of at most 16,384 rows with the columns of the table in their order."""

    @abstractmethod
    def end(self) -> None:
        """Called once, after the last table: only now may anybody else see the tables."""

    @abstractmethod
    def abandon(self) -> None:
        """Called where something failed, whatever was called before: release what is open, leave nothing behind. It may not
        raise."""


class StoredTable(ABC):
    """One table of a file, read back to be verified. What it raises is taken as damage: the file may be anybody's."""

    @abstractmethod
    def column(self, name: str, start: int, stop: int) -> pa.Array:
        """The values of a column in the rows [start, stop), in the order of loading; text may stand for others."""

    def close(self) -> None:  # noqa: B027
        """Release what is open."""


class Target(Configured, ABC):
    """A place that takes related tables, with its settings, a value: `Postgresql(schema="shop")`.

    A subclass has a `name`, the `schemes` of its URLs and `open`. With `suffixes` it lives in files, which can be named by
    path; a set can then be written to a folder in its format, and with `stored` be verified there.
    """

    word = "target"
    schemes: ClassVar[tuple[str, ...]] = ()
    suffixes: ClassVar[tuple[str, ...]] = ()
    """Endings of the files that are such a place, with a dot; new files get the first."""
    by_row: ClassVar[bool] = False
    """Does such a file hold every row apart, in a byte at least?"""

    @abstractmethod
    def open(self, place: str) -> Loading:
        """Begin to load into a URL or, where there are `suffixes`, into the file at a path.

        Raises `OutputError` (`output_unwritable`) where it cannot be reached, `DatamimicError` (`missing_dependency`) without
        its library.
        """

    def stored(self, file: Path, table: str) -> StoredTable | None:
        """A table of a file, to be read back; None for a target whose files can only be compared whole."""
        return None


def missing_driver(package: str, requirement: str) -> DatamimicError:
    """The error for a library that a target needs; `requirement` installs it: `datamimic-databases[duckdb]`."""
    return DatamimicError("missing_dependency", f"{package} is not installed", hint=f'pip install "{requirement}"')


def flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with lists, maps and records as JSON text: what a database column holds."""
    if not any(pa.types.is_nested(field.type) for field in batch.schema):
        return batch
    columns = [json_text(c) if pa.types.is_nested(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
