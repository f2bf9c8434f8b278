"""Messages of a world: documents that are made when somebody asks for them, as rows are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self, overload

import pyarrow as pa

from datamimic.base.row_numbers import row_number
from datamimic.engine.breaking.view import BrokenView
from datamimic.engine.happening import HappeningView
from datamimic.engine.view import View
from datamimic.errors import InvalidOption, excerpt
from datamimic.formats.documents.message import Message
from datamimic.output.exporting import write_through
from datamimic.output.message_counts import rows_with
from datamimic.output.planned import PlannedOutput
from datamimic.output.split import with_file_key, write_split
from datamimic.output.writing import write_output


class Messages:
    """Documents of the rows of an entity, one each: `world.message("iso20022.camt.053.001.08")[0:100]`.

    `messages[17]` is one document as text, `messages[0:100]` fewer messages; iteration gives texts.
    """

    def __init__(self, rows: View, message: Message) -> None:
        self.rows = rows
        self.message = message

    def __repr__(self) -> str:
        return f"<messages {self.message.name} of {self.rows!r}>"

    def __len__(self) -> int:
        if self.message.happens is None or isinstance(self.rows, HappeningView):
            return len(self.rows)
        return sum(self.message.those(batch).num_rows for batch in self.rows.select([self.message.happens]).batches())

    @overload
    def __getitem__(self, key: int) -> str: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    def __getitem__(self, key: int | slice) -> Any:
        if isinstance(key, slice):
            return self._part(key)
        length = None if self.rows.stop is None else len(self)
        place = row_number(key, None, length)
        if length is not None and place >= length:
            raise IndexError(f"message {excerpt(key)} of {length}")
        found = self._part(slice(place, place + 1)).texts()
        if not found:
            raise InvalidOption("absent_row", f"row {place} is not there", hint="look at a later moment")
        return found[0]

    def _part(self, key: slice) -> Self:
        if self.message.happens is None or key.step not in (None, 1):
            return type(self)(self.rows.part(key), self.message)
        length = None if self.rows.stop is None else len(self)
        start = row_number(key.start, 0, length)
        stop = length if key.stop is None else row_number(key.stop, 0, length)
        if length is not None:
            start, stop = min(start, length), min(length, length if stop is None else stop)
        begin = rows_with(self.message, self.rows, start)
        rows = self.rows.part(slice(begin, None))
        if stop is not None:
            rows = rows.part(slice(0, rows_with(self.message, rows, max(stop - start, 0))))
        return type(self)(rows, self.message)

    def __iter__(self) -> Iterator[str]:
        for batch in self.rows.batches():
            yield from self.message.texts(self.message.those(batch)).to_pylist()

    def texts(self) -> list[str]:
        """Every document as text, without what stands around them in a file."""
        # A list of what has a length asks for it first, and all rows were counted once more.
        return list(iter(self))

    def to_bytes(self) -> bytes:
        """All of them as one file would hold them, with its opening and closing."""
        made = io.BytesIO()
        write_through(self.message.writer(made, self.rows.schema()), self.rows.batches())
        return made.getvalue()

    def write(self, path: str | Path, *, per_file: int | None = None, workers: int = 1) -> Path:
        """Write a file and its manifest; with `per_file` a folder of files with so many messages each, which are named by the
        key of the first."""
        if per_file is None:
            return write_output(PlannedOutput(self.rows, self.message, Path(path)), workers=workers)
        rows = with_file_key(self.message, self.rows)
        return write_split(PlannedOutput(rows, self.message, Path(path)), per_file, workers=workers)

    def broken(self, **counts: int) -> Self:
        """The same with so many breaks of each kind among them, and so many in which a rule is broken:
        `broken(missing=3, wrong_control_count=2)`; of the items of a list `broken(**{"entries.altered": 5})`. See
        `answers`. Raises `InvalidOption` for what cannot be broken so."""
        return type(self)(BrokenView.among(self.rows, counts, self.message), self.message)

    def answers(self) -> pa.Table:
        """The answer key: a row for every break. Empty for messages without."""
        return self.rows.answers() if isinstance(self.rows, BrokenView) else self.broken().answers()
