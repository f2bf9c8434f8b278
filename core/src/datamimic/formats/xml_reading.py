"""Rows of XML documents, one after the other: what `Xml` wrote, and what others did.

Every child of the root is a row and every element within it a column. Names that come several times are a list, attributes of
other people's elements are `@name` and text beside them `#text`, as usual. Documents that declare anything of their own, such
as entities, are refused before they are parsed; what lies elsewhere is never opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

from datamimic.formats.xml_names import column_name
from datamimic.formats.xml_text import ENTRY, ITEM, KEY, TYPE

_DEPTH = 100
_ROW_BYTES = 16 << 20
_ROW_ELEMENTS = 1_000_000
_CHUNK = 1 << 18
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_NIL = f"{_INSTANCE}nil"
_TYPES = {"list", "map", "record"}
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_json = json.JSONEncoder(ensure_ascii=False).encode
Row = dict[str, str | None]


def read_rows(stream: BinaryIO, batch: int) -> Iterator[list[Row]]:
    """The rows in lists of `batch`, the last one shorter. Raises ValueError for what is no XML, for declarations and for
    documents that are no rows."""
    parser = RowParser()
    while chunk := stream.read(_CHUNK):
        parser.feed(chunk)
        while len(parser.rows) >= batch:
            yield parser.rows[:batch]
            del parser.rows[:batch]
    parser.end()
    if parser.rows:
        yield parser.rows


class RowParser:
    """Takes the bytes of a document as they come; the rows that are complete are in `rows`."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._beginning: _Beginning | None = _Beginning()
        self._parser = XMLParser(target=TreeBuilder(self._element))
        self._root: Element | None = None
        self._complete = 0
        self._bytes = 0
        self._elements = 0
        """What came since a row was complete."""

    def feed(self, content: bytes) -> None:
        if self._beginning is not None and self._beginning.over(content):
            self._beginning = None
        self._bytes += len(content)
        try:
            self._parser.feed(content)
        except (ParseError, LookupError) as error:  # the latter for an encoding that there is not
            raise ValueError(f"{error}") from None
        # The last one may lack something, and be it the text after it.
        self._take_rows(1)
        if self._bytes > _ROW_BYTES + _CHUNK:
            raise ValueError(f"row {self._complete} has more than {_ROW_BYTES} bytes")

    def end(self) -> None:
        try:
            self._parser.close()
        except ParseError as error:
            raise ValueError(f"{error}") from None
        self._take_rows(0)

    def _element(self, tag: str, attributes: dict[str, str]) -> Element:
        element = Element(tag, attributes)
        self._elements += 1
        if self._root is None:
            self._root = element
        elif self._elements > _ROW_ELEMENTS:
            raise ValueError(f"row {self._complete} has more than {_ROW_ELEMENTS} elements")
        return element

    def _take_rows(self, less: int) -> None:
        root = self._root
        if root is None:
            return
        complete = max(0, len(root) - less)
        if not self._complete and complete:
            self._check_between(root.text)
        for element in root[:complete]:
            try:
                self.rows.append(_row(element))
            except ValueError as error:
                raise ValueError(f"row {self._complete}: {error}") from None
            self._complete += 1
            self._check_between(element.tail)
        if complete:
            del root[:complete]
            self._bytes = self._elements = 0

    def _check_between(self, text: str | None) -> None:
        if text and not text.isspace():
            raise ValueError(f"there is text before row {self._complete}, beside the rows")


class _Beginning:
    """Looks at what stands before the root."""

    def __init__(self) -> None:
        self._over = False
        self._parser = parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartElementHandler = self._root

    def over(self, content: bytes) -> bool:
        """Is the root there? Raises ValueError for declarations."""
        try:
            self._parser.Parse(content, False)
        except (expat.ExpatError, LookupError) as error:
            # What follows the beginning is looked at by another parser.
            if not self._over:
                raise ValueError(f"{error}") from None
        return self._over

    def _doctype(self, name: str, system: str | None, public: str | None, internal: bool) -> None:
        if internal:
            raise ValueError("it declares a document type of its own, which is refused")

    def _entity(self, *declaration: Any) -> None:
        raise ValueError("it declares entities, which are refused")

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        self._over = True


def _row(element: Element) -> Row:
    made: Row = {}
    for child in element:
        name = column_name(child.tag)
        if len(child) == 0 and not child.attrib:
            value: Any = child.text or ""
        else:
            value = _value(child, name)
            if name == ENTRY and KEY in child.attrib:
                value = _marked(child, value)
        if name in made:
            return _marked_row(element)
        made[name] = value if value is None or isinstance(value, str) else _json(value)
    if element.attrib or (element.text and not element.text.isspace()):
        return _marked_row(element)
    return made


def _marked_row(element: Element) -> Row:
    """A row as other people write it: every attribute of its element is theirs."""
    record = _record(element, {name for name in element.attrib if not name.startswith(_INSTANCE)})
    return {name: value if value is None or isinstance(value, str) else _json(value) for name, value in record.items()}


def _marks(element: Element) -> set[str]:
    """The attributes that are none of ours."""
    attributes = element.attrib
    if not attributes:
        return set()
    return {
        name
        for name, value in attributes.items()
        if not name.startswith(_INSTANCE)
        and not (name == TYPE and value in _TYPES)
        and not (name == KEY and column_name(element.tag) == ENTRY)
    }


def _value(element: Element, name: str, depth: int = 0) -> Any:
    """The value of an element as JSON has it: text, null, a list, or an object."""
    if depth > _DEPTH:
        raise ValueError(f"elements lie within each other more than {_DEPTH} deep")
    if not element.attrib:
        marks: set[str] = set()
        word = None
    else:
        nil = element.get(_NIL, "false")
        if nil not in _TRUTHS:
            raise ValueError(f"nil of {name} is {nil!r}, not true or false")
        if _TRUTHS[nil]:
            return None
        marks = _marks(element)
        word = element.get(TYPE)
        word = word if word in _TYPES else None
    if not len(element) and not marks and word is None:
        return element.text or ""
    if not marks and word != "record":
        names = {child.tag for child in element}
        if word == "list" or (word is None and {column_name(each) for each in names} == {ITEM}):
            return [_value(child, ITEM, depth + 1) for child in element]
        if word == "map" or (
            {column_name(each) for each in names} == {ENTRY} and all(KEY in child.attrib for child in element)
        ):
            return {child.get(KEY, ""): _value(child, ENTRY, depth + 1) for child in element}
    return _record(element, marks, depth)


def _record(element: Element, marks: set[str], depth: int = 0) -> dict[str, Any]:
    made: dict[str, Any] = {"@" + column_name(name): value for name, value in element.attrib.items() if name in marks}
    several: set[str] = set()
    for child in element:
        name = column_name(child.tag)
        value = _value(child, name, depth + 1)
        if name == ENTRY and KEY in child.attrib:
            value = _marked(child, value)
        if name in several:
            made[name].append(value)
        elif name in made:
            made[name] = [made[name], value]
            several.add(name)
        else:
            made[name] = value
    text = element.text
    if text and (not text.isspace() if len(element) or not marks else True):
        made["#text"] = text
    return made


def _marked(entry: Element, value: Any) -> dict[str, Any]:
    """An entry that is not within a map."""
    return {f"@{KEY}": entry.attrib[KEY], **(value if isinstance(value, dict) else {"#text": value})}
