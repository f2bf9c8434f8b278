"""XML: a document with one element per row, nested values as nested elements, and an XML Schema beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

import pyarrow as pa

from datamimic.base.settings import setting
from datamimic.columns.buffers import arrow_texts
from datamimic.errors import OutputError
from datamimic.formats.format import Format, Writer
from datamimic.formats.joined_text import body_of, join
from datamimic.formats.xml_names import wrong_name
from datamimic.formats.xml_reading import Row, RowParser, read_rows
from datamimic.formats.xml_schema import xml_schema
from datamimic.formats.xml_text import XmlText

_BATCH = 16_384
_INSTANCE = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def _wrong_address(value: str) -> str | None:
    return "a URI without spaces" if re.search(r"[\x00-\x20<>\"{}|\\^`\ufffe\uffff]", value) else None


class Xml(Format):
    """One element per row within a root element, UTF-8, and beside the file an XML Schema (XSD 1.0), `rows.xml.xsd`, that says
    what it holds. Nested values are nested elements: the items of a list are `<item>`, the entries of a map
    `<entry key="…">`, the members of a record elements of their names. A null is `xsi:nil="true"`, empty text an empty
    element; dates, times and durations are ISO 8601, bytes hexadecimal. A name that no element can have is written as SQL/XML
    does, `order_x0020_id`.

    XML 1.0 holds no control characters but tabs and ends of lines: a value with another one is refused, unless `unheld`
    says otherwise. Files that declare entities or a document type of their own are not read, and nothing that a file refers
    to is opened.
    """

    name = "xml"
    suffixes = (".xml",)
    by_block = True

    root_element: str = setting("list", "Name of the element that holds the rows.", check=wrong_name)
    item_element: str = setting("item", "Name of the element of a row.", check=wrong_name)
    namespace: str = setting("", "Namespace of the elements, a URI; none without it.", check=_wrong_address)
    schema_location: str = setting(
        "", "Where the document says that its schema lies, such as `rows.xml.xsd`.", check=_wrong_address
    )
    unheld: str = setting(
        "refuse",
        "What becomes of characters that XML 1.0 cannot hold: `replace` writes U+FFFD for them.",
        choices=("refuse", "replace"),
    )
    xsd: bool = setting(True, "Is the XML Schema written beside the file?")

    def writer(self, stream: BinaryIO, schema: pa.Schema) -> Writer:
        return _XmlWriter(self, stream, schema)

    def description(self, schema: pa.Schema) -> Mapping[str, str]:
        if not self.xsd:
            return {}
        return {".xsd": xml_schema(schema, self.root_element, self.item_element, self.namespace)}

    def read(self, path: Path) -> Iterator[pa.RecordBatch]:
        with path.open("rb") as stream:
            for rows in read_rows(stream, _BATCH):
                yield _cells(rows, list(dict.fromkeys(name for row in rows for name in row)))

    def parse_block(self, content: bytes, names: Sequence[str]) -> pa.RecordBatch:
        parser = RowParser()
        parser.feed(self.root_tag().encode())
        parser.feed(content)
        parser.feed(f"</{self.root_element}>".encode())
        parser.end()
        for row in parser.rows:
            if list(row) != list(names):
                raise ValueError(f"an element has other members: {', '.join(row)}")
        return _cells(parser.rows, list(names))

    def root_tag(self) -> str:
        """The tag that opens the document."""
        attributes = [_INSTANCE]
        if self.namespace:
            attributes.append(f"xmlns={quoteattr(self.namespace)}")
        if self.schema_location:
            if self.namespace:
                attributes.append(f"xsi:schemaLocation={quoteattr(f'{self.namespace} {self.schema_location}')}")
            else:
                attributes.append(f"xsi:noNamespaceSchemaLocation={quoteattr(self.schema_location)}")
        return f"<{self.root_element} {' '.join(attributes)}>"


class _XmlWriter(Writer):
    def __init__(self, format: Xml, stream: BinaryIO, schema: pa.Schema) -> None:
        super().__init__(stream, schema)
        self._format = format
        self._text = XmlText(replace=format.unheld == "replace")
        if "" in schema.names:
            raise OutputError("format_unsuited", "a column without a name cannot be an element", hint="name it")
        self.stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{format.root_tag()}\n'.encode())

    def write(self, batch: pa.RecordBatch) -> None:
        if not batch.num_rows:
            return
        item = self._format.item_element
        parts: list[Any] = [f"<{item}>"]
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            parts += self._text.parts(name, column)
        parts.append(f"</{item}>\n")
        self.stream.write(body_of(join(*_together(parts))))

    def close(self) -> None:
        self.stream.write(f"</{self._format.root_element}>\n".encode())


def _together(parts: list[Any]) -> Iterator[Any]:
    """The parts with constants that follow each other as one."""
    for is_text, group in groupby(parts, lambda part: isinstance(part, str)):
        if is_text:
            yield "".join(group)
        else:
            yield from group


def _cells(rows: list[Row], names: list[str]) -> pa.RecordBatch:
    """The cells as text columns; nested values are JSON text."""
    return pa.RecordBatch.from_arrays([arrow_texts(row.get(name) for row in rows) for name in names], names=names)
