"""What a source is: a class for a database, or another place, whose tables can be the rows of an entity, by URL.

    class PostgresqlSource(TableSource):
        name = "postgresql"
        schemes = ("postgresql", "postgres")

        def open(self, place: str, table: TableName) -> OpenTable: ...

A pack brings it with the hook `datamimic_sources`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

import pyarrow as pa
from attrs import frozen

_PLAIN = re.compile(r'[^"./@:?&=#%\s]+')


@frozen
class TableName:
    """What stands after the `#` of a URL: `customer`, `shop.customer`, `"a name".customer`."""

    schema: str | None
    name: str

    def __str__(self) -> str:
        return ".".join(_quoted(each) for each in (self.schema, self.name) if each is not None)


def _quoted(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else '"' + name.replace('"', '""') + '"'


class OpenTable(ABC):
    """A table as it stands at one moment, whatever others write meanwhile, until it is closed.

    `schema` has all its columns, of the Arrow types that are nearest to those that the place declares, text where none is;
    what may not be null is not nullable. `refusals` are what its library raises: they become a `DataError`
    (`no_given_rows`), without the password of the URL.
    """

    schema: pa.Schema
    refusals: tuple[type[Exception], ...] = ()

    @abstractmethod
    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """All rows of these columns, a part in memory at a time, in an order that follows from the rows alone: that of the
        primary key; of a table without one that of all its columns, text by its bytes. Values are of the Arrow type that they
        have by nature, or text that stands for them as in a CSV file; nested ones may be JSON."""

    @abstractmethod
    def close(self) -> None:
        """Release what is open. It may not raise."""


class TableSource(ABC):
    """A place whose tables can be read. A subclass has a `name`, the `schemes` of its URLs and `open`; with `suffixes` it
    lives in files, which can be named by path: `shop.duckdb#customer`."""

    name: ClassVar[str]
    schemes: ClassVar[tuple[str, ...]] = ()
    suffixes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def open(self, place: str, table: TableName) -> OpenTable:
        """A table at a URL or, where there are `suffixes`, in the file at an absolute path.

        Raises `DataError` (`no_given_rows`) where the place cannot be reached, `UnknownName` (`unknown_value`) for a table
        that is not there, `DatamimicError` (`missing_dependency`) without its library.
        """
