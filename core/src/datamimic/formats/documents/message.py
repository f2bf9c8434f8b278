"""A message: a document per row of an entity that is its view, and how several of them are one file."""

from __future__ import annotations

from abc import abstractmethod
from typing import BinaryIO, ClassVar

import numpy as np
import pyarrow as pa

from datamimic.base.arrays import Bools
from datamimic.columns.buffers import numpy_values
from datamimic.errors import OutputError
from datamimic.formats.documents.pieces import Piece, Texts
from datamimic.formats.documents.scope import Scope
from datamimic.formats.format import Format, Writer
from datamimic.formats.joined_text import body_of


class Message(Format):
    """What systems send each other, in the syntax of a standard: rows of the entity `entity` (`pack.entity`), each as the
    `document` that is said of them. Registered by the hook `datamimic_messages`; `name` is that of the standard,
    `iso20022.camt.053.001.08`.

    A file of several messages begins with `opening` and ends with `closing`, where the standard has an interchange around
    them; where it has none (`several` is False) a file holds one message. A class is a format too, so that rows are written,
    split into parts and verified as in any other.
    """

    word = "message"
    entity: ClassVar[str]
    several: ClassVar[bool] = True
    happens: ClassVar[str | None] = None
    """The column that tells of which rows there is such a message: where it is null or False there is none."""
    by_block = True

    @abstractmethod
    def document(self) -> Piece:
        """What is written for a row."""

    def opening(self) -> Piece | None:
        """What stands before the first message; its values are those of the first row."""
        return None

    def closing(self) -> Piece | None:
        """What stands behind the last message; its values are those of the first, as in `opening`, whose references it repeats,
        and `#count`, how many there are."""
        return None

    def columns(self) -> list[str]:
        """The columns of the entity that are read, with parts of records and references (`address.city`), sorted."""
        pieces = [each for each in (self.document(), self.opening(), self.closing()) if each is not None]
        paths = {path for each in pieces for path in each.reads() if not path.startswith("#")}
        return sorted(paths | {self.happens} if self.happens is not None else paths)

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return _MessageWriter(self, stream, schema)


def happened(column: pa.Array) -> Bools:
    """Neither null nor False."""
    there = numpy_values(column.is_valid()).astype(np.bool_)
    return there & numpy_values(column.fill_null(False)).astype(np.bool_) if pa.types.is_boolean(column.type) else there


class _MessageWriter(Writer):
    def __init__(self, message: Message, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._message = message
        self._document = message.document()
        self._count = 0
        self._first: pa.RecordBatch | None = None

    def write(self, batch: pa.RecordBatch) -> None:
        if self._message.happens is not None:
            batch = batch.filter(pa.array(happened(batch.column(self._message.happens))))
        if not batch.num_rows:
            return
        if not self._message.several and self._count + batch.num_rows > 1:
            raise OutputError(
                "format_unsuited",
                f"a file holds one {self._message.name}",
                hint="ask for one row",
            )
        if self._first is None:
            self._first = batch.slice(0, 1)
            if (opening := self._message.opening()) is not None:
                self._say(opening.render(Scope.of(self._first)).texts, 1)
        self._count += batch.num_rows
        self._say(self._document.render(Scope.of(batch)).texts, batch.num_rows)

    def close(self) -> None:
        closing = self._message.closing()
        if closing is not None and self._first is not None:
            counted = Scope.of(self._first).having("#count", pa.array([self._count]))
            self._say(closing.render(counted).texts, 1)

    def _say(self, texts: Texts, rows: int) -> None:
        if isinstance(texts, str):
            self.stream.write((texts * rows).encode())
        else:
            self.stream.write(body_of(texts.fill_null("") if texts.null_count else texts))
