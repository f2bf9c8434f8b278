"""What a format is: a class that writes record batches to a binary stream, and that may read them again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, ClassVar, Self

import pyarrow as pa

from datamimic.base.settings import Configured
from datamimic.errors import DatamimicError
from datamimic.formats.blocks import Blocks, TextBlocks


class Writer(ABC):
    """Writes one stream of rows of a `schema`: gets every batch once and in order, and is closed once. It never closes the
    stream.

    The bytes must depend on the values only, not on how they are cut into batches; batches of a run always have the same size.
    """

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self.stream = stream
        self.schema = schema

    @abstractmethod
    def write(self, batch: pa.RecordBatch) -> None: ...

    def close(self) -> None:  # noqa: B027
        """Write the end of the format; called once, after the last batch, not after a failure."""


class Format(Configured, ABC):
    """A format with its settings (`--format-option name=value`), a value: `Csv(delimiter=";")`.

    A subclass has a `name`, the file endings that stand for it, and `writer`; a `LineFormat` needs less. With `read`, files
    of the format can be checked and scanned; with `by_block` and `parse_block`, or with `open_blocks`, `dm verify` looks
    into them and says which cell differs.
    """

    word = "format"
    suffixes: ClassVar[tuple[str, ...]] = ()
    by_block: ClassVar[bool] = False
    """Are the bytes of a batch written when it comes, apart from those of others? Then a block can be read alone."""
    open_ended: ClassVar[bool] = False
    """May whoever reads stop after any row, since nothing is missing then?"""
    lead: ClassVar[int] = 0
    """Bytes of a block before its first row: of a JSON array its bracket, or the comma after the block before."""

    @property
    def suffix(self) -> str:
        """The ending of files that are given none."""
        return self.suffixes[0] if self.suffixes else f".{self.name}"

    @abstractmethod
    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        """Begin one output. Raises `OutputError` (`format_unsuited`) for columns or settings that cannot be written."""

    def description(self, schema: pa.Schema) -> Mapping[str, str]:
        """What tells other programs what an output with these columns holds, and is written beside it: {ending: text}, such as
        `{".xsd": "<xs:schema …"}` for `rows.xml.xsd` beside `rows.xml`. Nothing for most formats."""
        return {}

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        """The rows of a file, one batch in memory at a time; cells may stay text.

        Raises what the libraries raise for a file that is not of this format (`ValueError`, `OSError`, Arrow's own), which
        `read_batches` makes `DatamimicError` (`bad_input`).
        """
        raise DatamimicError(
            "format_unsuited", f"the format {self.name} is written and not read", hint="its class has no `read`"
        )

    def read_columns(self, path: Path, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Only these columns of the rows, in this order; a format that can leaves the others unread. Raises what `read` raises,
        and `KeyError` for a column that there is not."""
        for batch in self.read(path):
            yield batch.select(list(names))

    def detected(self, path: Path, given: Collection[str]) -> Self:
        """This format with what a look at the file tells of its settings; those that were `given` stay."""
        return self

    def parse_block(self, content: bytes, names: Sequence[str]) -> pa.RecordBatch:
        """The rows in the bytes of one block, with these columns, each cell as text. For formats that write `by_block`."""
        raise NotImplementedError

    def open_blocks(self, path: Path, names: Sequence[str], offsets: Sequence[int] | None) -> Blocks | None:
        """An output opened to be read block by block; `offsets` tell where its blocks begin, for a format that writes
        `by_block`. None for a format that can only be compared whole."""
        if offsets and type(self).parse_block is not Format.parse_block:
            return TextBlocks(path, offsets, lambda content: self.parse_block(content, names), self.lead)
        return None


class LineFormat(Format):
    """A format whose bytes are those of one row after the other: `lines` is all that a subclass needs to write.

    With `parse_block`, which takes `lines` back, `dm verify` says which cell differs; with `read`, `dm check` reads files.
    """

    by_block = True
    open_ended = True

    @abstractmethod
    def lines(self, batch: pa.RecordBatch) -> bytes | memoryview:
        """The bytes of the rows of a batch."""

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return LineWriter(stream, schema, self.lines)


class LineWriter(Writer):
    """Writes what a function makes of every batch that has rows."""

    def __init__(
        self, stream: BinaryIO, schema: pa.Schema, lines: Callable[[pa.RecordBatch], bytes | memoryview]
    ) -> None:
        super().__init__(stream, schema)
        self._lines = lines

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self.stream.write(self._lines(batch))
