"""Outputs read back block by block and column by column, each in the way that lets one block be read alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from datamimic.errors import DatamimicError

BLOCK_ROWS = 16_384
"""Rows of a block: what is digested, written at known bytes, and compared together."""
FAILURES: tuple[type[Exception], ...] = (
    pa.ArrowException,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    RecursionError,
    DatamimicError,
)
"""What reading damaged bytes raises."""


class Unreadable(Exception):
    """A block, or the whole output, cannot be read; the message says why."""

    @classmethod
    def because_of(cls, error: Exception) -> Unreadable:
        return cls(str(error).splitlines()[0] if str(error) else type(error).__name__)


class Blocks(ABC):
    """One table of an output, in blocks of 16,384 rows. `unit` is how many of them are best read together."""

    unit = 1

    def close(self) -> None:  # noqa: B027
        """Release what is open; nothing is read afterwards."""

    def column(self, name: str, block: int) -> pa.Array:
        """The column of a block. Raises `Unreadable`."""
        try:
            found = self._column(name, block)
            # A damaged file may hold offsets and codes that lead outside its buffers: looked at, they crash.
            found.validate(full=True)
            return found
        except FAILURES as error:
            raise Unreadable.because_of(error) from error

    @abstractmethod
    def _column(self, name: str, block: int) -> pa.Array:
        """May raise any of `FAILURES`."""


class TextBlocks(Blocks):
    """A text file by the byte offsets of its blocks. Cells are text, and compared with a written block instead of with
    values, since a text format does not say what it holds."""

    def __init__(self, path: Path, offsets: Sequence[int], parse: Callable[[bytes], pa.RecordBatch], lead: int) -> None:
        self.path = path
        self.offsets = offsets
        self.parse = parse
        self.lead = lead
        self._read: tuple[int, pa.RecordBatch] | None = None

    def _column(self, name: str, block: int) -> pa.Array:
        if self._read is None or self._read[0] != block:
            self._read = (block, self.parse(self.content(block)))
        return self._read[1].column(name)

    def content(self, block: int) -> bytes:
        """The bytes of a block."""
        with self.path.open("rb") as stream:
            stream.seek(self.offsets[block])
            return stream.read(self.offsets[block + 1] - self.offsets[block])
