"""Texts put together: every row's parts are copied once, in one pass over all of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from datamimic.base.arrays import Bools
from datamimic.columns.buffers import arrow_numbers, arrow_text, arrow_texts, numpy_values
from datamimic.columns.text import Text

_EMPTY = arrow_texts([""])


def join(*parts: Text | str, separator: str = "") -> Text:
    """The parts of every row put together, `separator` between them; null where any part is null."""
    pieces = _Pieces(_length(parts))
    missing: Bools | None = None
    before, columns = _columns_of(parts, separator)
    pieces.constant(before)
    for column, after in columns:
        absent = pieces.text(column, after)
        if absent is not None:
            missing = absent if missing is None else missing | absent
    return pieces.text_of_rows(missing)


def join_present(*parts: Text | str, separator: str = " ") -> Text:
    """Like `join`, but null and empty parts are left out together with their separator."""
    pieces = _Pieces(_length(parts))
    begun: Bools | bool = False
    for part in parts:
        if isinstance(part, str):
            if part:
                pieces.constant(separator, begun)
                pieces.constant(part)
                begun = True
            continue
        if not separator:
            pieces.text(part)
            continue
        present = ~part.is_null() & (part != "")
        if begun is not False:
            pieces.constant(separator, present & begun)
        pieces.text(part)
        begun = present | begun
    return pieces.text_of_rows(None)


class _Pieces:
    """The pieces of every row as indices into one array of strings: taken in one go, they lie row after row, so that every
    so-many-th offset bounds a row."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._strings: list[pa.StringArray] = [_EMPTY]
        self._size = 1
        self._columns: list[NDArray[np.int32]] = []

    def constant(self, value: str, where: Bools | bool = True) -> None:
        if not value or where is False:
            return
        number = np.int32(self._add(arrow_texts([value])))
        column = np.full(self.rows, number) if where is True else np.where(where, number, np.int32(0))
        self._columns.append(column)

    def text(self, part: Text, after: str = "") -> Bools | None:
        """Add a column and what follows it; a null is an empty piece. Returns where it is null, None for nowhere."""
        if part.codes is not None and part.vocabulary is not None:
            # What follows is put behind every value of a small vocabulary, which costs nothing per row.
            glued = len(part.vocabulary.values) <= self.rows // 4
            start = np.int32(self._add(part.vocabulary.followed_by(after) if glued else part.vocabulary.arrow))
            if len(part.codes) and int(part.codes.min()) < 0:
                absent = part.codes < 0
                self._columns.append(np.where(absent, np.int32(0), part.codes + start))
            else:
                absent = None
                self._columns.append(part.codes + start)
            if not glued:
                self.constant(after)
            return absent
        strings = part.arrow()
        start = np.int32(self._add(strings.fill_null(arrow_text("")) if strings.null_count else strings))
        self._columns.append(np.arange(start, start + np.int32(self.rows), dtype=np.int32))
        self.constant(after)
        return numpy_values(strings.is_null()) if strings.null_count else None

    def _add(self, strings: pa.StringArray) -> int:
        start, self._size = self._size, self._size + len(strings)
        self._strings.append(strings)
        return start

    def text_of_rows(self, missing: Bools | None) -> Text:
        if not self._columns or not self.rows:
            return Text.constant("", self.rows)
        width = len(self._columns)
        indices = np.stack(self._columns, axis=1).ravel() if width > 1 else self._columns[0]
        taken = pa.concat_arrays(self._strings).take(arrow_numbers(indices))
        offsets = np.frombuffer(taken.buffers()[1], dtype=np.int32)[
            taken.offset : taken.offset + len(taken) + 1 : width
        ]
        bounds = pa.py_buffer(np.ascontiguousarray(offsets))
        validity, nulls = None, 0
        if missing is not None:
            validity = pa.py_buffer(np.packbits(~missing, bitorder="little"))
            nulls = int(missing.sum())
        body = taken.buffers()[2] or pa.py_buffer(b"")
        return Text(None, None, pa.StringArray.from_buffers(self.rows, bounds, body, validity, nulls))


def _length(parts: tuple[Text | str, ...]) -> int:
    return next((len(part) for part in parts if isinstance(part, Text)), 0)


def _columns_of(parts: tuple[Text | str, ...], separator: str) -> tuple[str, list[tuple[Text, str]]]:
    """What stands before the first column, and each column with the constant text between it and the next."""
    between = [""]
    columns = []
    for number, part in enumerate(parts):
        if number:
            between[-1] += separator
        if isinstance(part, str):
            between[-1] += part
        else:
            columns.append(part)
            between.append("")
    return between[0], list(zip(columns, between[1:], strict=True))
