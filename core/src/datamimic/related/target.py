"""What a target is: a class for a database, or another place, that takes the tables of a set by URL.

    class Postgresql(Target):
        name = "postgresql"
        schemes = ("postgresql", "postgres")

        def open(self, place: str) -> Loading: ...

A pack brings it with the hook `datamimic_targets`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from datamimic.base.settings import Configured
from datamimic.errors import DatamimicError
from datamimic.errors.messages import HIDDEN, without_secrets
from datamimic.formats.json_text import json_text
from datamimic.related.schema import TableSchema

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9.-]*)(?:\+[A-Za-z0-9.-]+)?://")
_SECRET = re.compile(r"(?i)[?&;]\w*(?:password|passwd|pwd|passfile|token|secret)\w*=([^&;#]*)")
_BETWEEN = re.compile(r"[\s/?#&=]+")


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


def scheme_of(place: str) -> str | None:
    """`postgresql` of `postgresql+psycopg://…`; None for a path."""
    found = _SCHEME.match(place)
    return found[1].lower() if found else None


def path_of(place: str) -> Path:
    """The file of `duckdb:///file`, which is relative, of `duckdb:////data/file`, and of a path as it is."""
    if scheme_of(place) is None:
        return Path(place)
    rest = place.partition("://")[2].partition("?")[0]
    host, _, path = rest.partition("/")
    if not path or host not in ("", "localhost"):
        raise DatamimicError(
            "output_unwritable",
            f"the URL of {scheme_of(place)} names no file",
            hint=f"{scheme_of(place)}:///file, three slashes",
        )
    return Path(unquote(path))


def without_password(text: str, place: str) -> str:
    """A message about a URL without the passwords that are in it, in whatever spelling they are told, beside what is left out
    of every message."""
    if scheme_of(place) is None:
        return text
    text = text.replace(place, without_secrets(place))
    for secret in sorted(_secrets(place), key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text


def _secrets(place: str) -> set[str]:
    """What of a URL may be a password: as it stands and decoded; and its pieces, which a library that reads a wrong URL in its
    own way takes for a port or a host, and tells."""
    rest = place.partition("://")[2]
    if "@" in rest:
        whole = rest.rpartition("@")[0].partition(":")[2]
    else:
        port = re.split("[/?#]", rest, maxsplit=1)[0].partition(":")[2]
        whole = "" if port.isdigit() else rest.partition(":")[2]
    found = {whole, *_SECRET.findall(place)}
    with suppress(ValueError):
        found.add(urlsplit(place).password or "")
    found |= {unquote(each) for each in found}
    return {piece for each in found for piece in (each, *_BETWEEN.split(each)) if piece == each != "" or len(piece) > 2}


def missing_driver(package: str, requirement: str) -> DatamimicError:
    """The error for a library that a target needs; `requirement` installs it: `datamimic-databases[duckdb]`."""
    return DatamimicError("missing_dependency", f"{package} is not installed", hint=f'pip install "{requirement}"')


def flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with lists, maps and records as JSON text: what a database column holds."""
    if not any(pa.types.is_nested(field.type) for field in batch.schema):
        return batch
    columns = [json_text(c) if pa.types.is_nested(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
