"""Files whose records may differ: JSON, XML, DbUnit, text."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
from attrs import define, field

from datamimic_models.xml.arrow import plain, text_of
from datamimic_models.xml.frames import Frame
from datamimic_models.xml.targets.flat import batch_of
from datamimic_models.xml.targets.json_texts import json_texts
from datamimic_models.xml.targets.sinks import Asked
from datamimic_models.xml.values import Built, Listed, Plain, Value


def _alike(value: Value) -> bool:
    """Have all its records the same members?"""
    if isinstance(value, Frame):
        return not value.present and bool(value.fields) and all(map(_alike, value.fields.values()))
    if isinstance(value, Listed):
        return _alike(value.items)
    return not (isinstance(value, Built) or (isinstance(value, Plain) and value.column() is None))


@define(eq=False)
class JsonSink:
    """`JSON(use_ndjson)`: an array of objects, or an object per line."""

    asked: Asked
    stream: BinaryIO | None = field(default=None, init=False)
    records: int = field(default=0, init=False)

    def write(self, page: Frame) -> None:
        lines = bool(self.asked.setting("use_ndjson", False))
        if self.stream is None:
            self.stream = self.asked.file(".jsonl" if lines else ".json").open("wb")
            self.stream.write(b"" if lines else b"[\n")
        if not len(page):
            return
        if not lines and self.records:
            self.stream.write(b",\n")
        self.records += len(page)
        between = b"\n" if lines else b",\n"
        self.stream.write(self._text(page, between))
        if lines:
            self.stream.write(b"\n")

    def _text(self, page: Frame, between: bytes) -> bytes:
        if _alike(page):
            batch = batch_of(page, list(page.fields))
            if not any(pa.types.is_null(column.type) for column in batch.columns):
                made = bytes(self.asked.packs.format("jsonl")().lines(batch))[:-1]
                # No text holds an end of line that is not escaped.
                return made if between == b"\n" else made.replace(b"\n", between)
        return between.join(record.encode("utf-8", "backslashreplace") for record in json_texts(page))

    def close(self) -> None:
        if self.stream is not None:
            if not self.asked.setting("use_ndjson", False):
                self.stream.write(b"\n]\n" if self.records else b"]\n")
            self.stream.close()


@define(eq=False)
class XmlSink:
    """`XML(root_element, item_element)`: an element per record; `@name` are attributes, `#text` the text beside them, lists
    repeat their element."""

    asked: Asked
    stream: BinaryIO | None = field(default=None, init=False)

    def write(self, page: Frame) -> None:
        item = str(self.asked.setting("item_element", "item"))
        if self.stream is None:
            self.stream = self.asked.file(".xml").open("wb")
            self.stream.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<{self._root}>\n'.encode())
        for record in page.objects():
            self.stream.write((element(item, plain(record)) + "\n").encode("utf-8", "xmlcharrefreplace"))

    @property
    def _root(self) -> str:
        return str(self.asked.setting("root_element", "list"))

    def close(self) -> None:
        if self.stream is not None:
            self.stream.write(f"</{self._root}>\n".encode())
            self.stream.close()


def element(name: str, value: Any) -> str:
    """An element of a plain value; what XML has no name for has underscores."""
    tag = element_name(name)
    if isinstance(value, list):
        return "".join(element(name, each) for each in value)
    if isinstance(value, dict):
        attributes = "".join(
            f" {element_name(key[1:])}={quoteattr(xml_text(each))}"
            for key, each in value.items()
            if key.startswith("@")
        )
        inner = "".join(
            escape(xml_text(each)) if key == "#text" else element(key, each)
            for key, each in value.items()
            if not key.startswith("@")
        )
        return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"
    return f"<{tag}/>" if value is None else f"<{tag}>{escape(xml_text(value))}</{tag}>"


def element_name(name: str) -> str:
    made = "".join(mark if mark.isalnum() or mark in "_-." else "_" for mark in name)
    return made if made[:1].isalpha() or made[:1] == "_" else f"_{made}"


def xml_text(value: Any) -> str:
    """Text without what XML cannot hold."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date | datetime | time) else text_of(value)
    return "".join(mark for mark in text if mark in "\t\n\r" or " " <= mark <= "\ud7ff" or mark >= "\ue000")


@define(eq=False)
class DbUnitSink:
    """`DbUnit`: `<dataset>` with an element per record, called like the product; null is left out."""

    asked: Asked
    stream: BinaryIO | None = field(default=None, init=False)

    def write(self, page: Frame) -> None:
        if self.stream is None:
            self.stream = self.asked.file(".dbunit.xml").open("wb")
            self.stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<dataset>\n')
        tag = element_name(self.asked.product)
        for record in page.objects():
            cells = "".join(
                f" {element_name(name)}={quoteattr(xml_text(value))}"
                for name, value in plain(record).items()
                if value is not None
            )
            self.stream.write(f"    <{tag}{cells}/>\n".encode("utf-8", "xmlcharrefreplace"))

    def close(self) -> None:
        if self.stream is not None:
            self.stream.write(b"</dataset>\n")
            self.stream.close()


@define(eq=False)
class TextSink:
    """`TXT(separator, line_terminator)`: the product, the separator, and the record as JSON, a line each."""

    asked: Asked
    stream: BinaryIO | None = field(default=None, init=False)

    def write(self, page: Frame) -> None:
        self.stream = self.stream or self.asked.file(".txt").open("wb")
        separator, end = self.asked.setting("separator", ": "), self.asked.setting("line_terminator", "\n")
        for text in json_texts(page):
            self.stream.write(f"{self.asked.product}{separator}{text}{end}".encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()
