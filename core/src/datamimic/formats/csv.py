"""CSV after RFC 4180: CRLF line ends, quotes only where they are needed, nested values as JSON."""

from __future__ import annotations

from typing import Any, BinaryIO, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_texts
from datamimic.formats.exporter import Exporter
from datamimic.formats.json_text import iso_text, json_text, rows_of_text

_FORMULA = r"^[=+\-@\t\r]"
_NEEDS_QUOTES = r'[",\r\n]'
_TEXT = pa.string()
_EMPTY, _TRUE, _FALSE, _APOSTROPHE, _QUOTE = arrow_texts(["", "true", "false", "'", '"'])


class CsvExporter(Exporter):
    """A null is an empty cell. Text that a spreadsheet would run as a formula gets a leading apostrophe, unless
    `escape_formulas` is off: then `+49 30 …` stays as it is, and so does `=1+1`."""

    name = "csv"
    suffixes = (".csv",)
    by_block = True
    settings: ClassVar = {"escape_formulas": True, "header": True}

    def __init__(self, stream: BinaryIO, schema: pa.Schema, **settings: Any) -> None:
        super().__init__(stream, schema, **settings)
        if self.chosen["header"]:
            header = [arrow_texts([name]) for name in schema.names]
            self.stream.write(rows_of_text([self._cells(name) for name in header], ",", "\r\n"))

    def write(self, batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            self.stream.write(rows_of_text([self._cells(column) for column in batch.columns], ",", "\r\n"))

    def _cells(self, column: pa.Array) -> pa.StringArray:
        kind = column.type
        if pa.types.is_dictionary(kind):
            return self._cells(column.dictionary).take(column.indices).fill_null(_EMPTY)
        if pa.types.is_nested(kind):
            text = json_text(column, null="")
        elif pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            text = iso_text(column)
        elif pa.types.is_boolean(kind):
            text = pc.if_else(column, _TRUE, _FALSE)
        elif pa.types.is_string(kind):
            text = self._safe(column)
        elif pa.types.is_binary(kind):
            text = json_text(column, null="").cast(_TEXT)
        else:
            return column.cast(_TEXT).fill_null(_EMPTY)
        return _quoted(text).fill_null(_EMPTY)

    def _safe(self, text: pa.StringArray) -> pa.StringArray:
        if not self.chosen["escape_formulas"]:
            return text
        risky = pc.match_substring_regex(text, _FORMULA)
        if not pc.any(risky).as_py():
            return text
        return pc.if_else(risky, pc.binary_join_element_wise(_APOSTROPHE, text, _EMPTY), text)


def _quoted(text: pa.StringArray) -> pa.StringArray:
    special = pc.match_substring_regex(text, _NEEDS_QUOTES)
    if not pc.any(special).as_py():
        return text
    wrapped = pc.binary_join_element_wise(_QUOTE, pc.replace_substring(text, '"', '""'), _QUOTE, _EMPTY)
    return pc.if_else(special, wrapped, text)
