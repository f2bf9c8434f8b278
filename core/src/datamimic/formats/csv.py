"""CSV after RFC 4180: CRLF line ends, quotes only where they are needed, nested values as JSON."""

from __future__ import annotations

from typing import Any, BinaryIO, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_texts
from datamimic.formats.exporter import Exporter
from datamimic.formats.formula_cells import neutralised
from datamimic.formats.json_text import iso_text, json_text, rows_of_text

_NEEDS_QUOTES = r'[",\r\n]'
_TEXT = pa.string()
_EMPTY, _TRUE, _FALSE, _QUOTE = arrow_texts(["", "true", "false", '"'])


class CsvExporter(Exporter):
    """A null is an empty cell. Text that a spreadsheet would run as a formula (`=1+1`, `@SUM(A1)`) gets a leading apostrophe,
    which is taken away when the file is read here, unless `escape_formulas` is off. Telephone numbers such as `+49 30 …` are
    no formulas and stay as they are."""

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
        elif pa.types.is_primitive(kind) or pa.types.is_decimal(kind):
            return column.cast(_TEXT).fill_null(_EMPTY)
        elif pa.types.is_binary(kind):
            text = json_text(column, null="").cast(_TEXT)
        else:
            text = column.cast(_TEXT)
            text = neutralised(text) if self.chosen["escape_formulas"] else text
        return _quoted(text).fill_null(_EMPTY)


def _quoted(text: pa.StringArray) -> pa.StringArray:
    special = pc.match_substring_regex(text, _NEEDS_QUOTES)
    if not pc.any(special).as_py():
        return text
    wrapped = pc.binary_join_element_wise(_QUOTE, pc.replace_substring(text, '"', '""'), _QUOTE, _EMPTY)
    return pc.if_else(special, wrapped, text)
