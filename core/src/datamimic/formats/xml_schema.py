"""The XML Schema (XSD 1.0) of what `Xml` writes, from the columns of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa

from datamimic.formats.xml_names import element_name
from datamimic.formats.xml_text import ENTRY, ITEM, KEY, TYPE

_XSD = "http://www.w3.org/2001/XMLSchema"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SIMPLE = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_int8, "byte"),
    (pa.types.is_int16, "short"),
    (pa.types.is_int32, "int"),
    (pa.types.is_int64, "long"),
    (pa.types.is_uint8, "unsignedByte"),
    (pa.types.is_uint16, "unsignedShort"),
    (pa.types.is_uint32, "unsignedInt"),
    (pa.types.is_uint64, "unsignedLong"),
    (pa.types.is_floating, "double"),
    (pa.types.is_date, "date"),
    (pa.types.is_timestamp, "dateTime"),
    (pa.types.is_time, "time"),
    (pa.types.is_duration, "duration"),
    (pa.types.is_binary, "hexBinary"),
    (pa.types.is_large_binary, "hexBinary"),
)


def xml_schema(schema: pa.Schema, root: str, item: str, namespace: str = "") -> str:
    """The text of the schema of a document whose `root` holds one element `item` per row."""
    target = f" targetNamespace={quoteattr(namespace)} xmlns={quoteattr(namespace)}" if namespace else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xs:schema xmlns:xs="{_XSD}"{target} elementFormDefault="qualified">',
        f'  <xs:element name="{root}">',
        "    <xs:complexType>",
        "      <xs:sequence>",
        f'        <xs:element name="{item}" minOccurs="0" maxOccurs="unbounded">',
        "          <xs:complexType>",
        "            <xs:sequence>",
        *(line for field in schema for line in _element(field, "              ")),
        "            </xs:sequence>",
        "          </xs:complexType>",
        "        </xs:element>",
        "      </xs:sequence>",
        "    </xs:complexType>",
        "  </xs:element>",
        "</xs:schema>",
    ]
    return "\n".join(lines) + "\n"


def _element(field: pa.Field, pad: str, name: str | None = None, occurs: str = "", within: str = "") -> Iterator[str]:
    """The declaration of the element of a field; `within` is an attribute that its elements have."""
    nil = ' nillable="true"' if field.nullable else ""
    opening = f'{pad}<xs:element name="{name or element_name(field.name)}"'
    documentation = [
        f"{pad}  <xs:annotation><xs:documentation>{escape(doc)}</xs:documentation></xs:annotation>"
        for doc in [(field.metadata or {}).get(b"doc", b"").decode()]
        if doc
    ]
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    content = list(_content(kind, field.metadata or {}, f"{pad}  ", within))
    if len(content) == 1 and not content[0].startswith(" ") and not documentation:
        yield f'{opening} type="{content[0]}"{nil}{occurs}/>'
    elif len(content) == 1 and not content[0].startswith(" "):
        yield from (f'{opening} type="{content[0]}"{nil}{occurs}>', *documentation, f"{pad}</xs:element>")
    else:
        yield from (f"{opening}{nil}{occurs}>", *documentation, *content, f"{pad}</xs:element>")


def _content(kind: pa.DataType, metadata: dict[bytes, bytes], pad: str, within: str) -> Iterator[str]:
    """The lines that declare a type of its own, or one line without a pad, the name of a type."""
    types = pa.types
    if types.is_struct(kind):
        yield from _complex([line for field in kind for line in _element(field, f"{pad}    ")], "record", pad, within)
    elif types.is_map(kind):
        inner = pa.field(ENTRY, kind.item_type, True)
        key = f'<xs:attribute name="{KEY}" type="xs:string" use="required"/>'
        yield from _complex([*_element(inner, f"{pad}    ", ENTRY, _any_number(), key)], "map", pad, within)
    elif types.is_fixed_size_list(kind):
        occurs = f' minOccurs="{kind.list_size}" maxOccurs="{kind.list_size}"'
        yield from _complex([*_element(_item_of(kind), f"{pad}    ", ITEM, occurs)], "list", pad, within)
    elif types.is_list(kind) or types.is_large_list(kind):
        yield from _complex([*_element(_item_of(kind), f"{pad}    ", ITEM, _any_number())], "list", pad, within)
    elif within:
        yield from (
            f"{pad}<xs:complexType>",
            f"{pad}  <xs:simpleContent>",
            f'{pad}    <xs:extension base="{_simple(kind)}">{within}</xs:extension>',
            f"{pad}  </xs:simpleContent>",
            f"{pad}</xs:complexType>",
        )
    elif facets := [*_facets(kind, metadata)]:
        yield f"{pad}<xs:simpleType>"
        yield f'{pad}  <xs:restriction base="{_simple(kind)}">'
        yield from (f"{pad}    {facet}" for facet in facets)
        yield from (f"{pad}  </xs:restriction>", f"{pad}</xs:simpleType>")
    else:
        yield _simple(kind)


def _complex(elements: list[str], word: str, pad: str, within: str) -> Iterator[str]:
    yield from (f"{pad}<xs:complexType>", f"{pad}  <xs:sequence>", *elements, f"{pad}  </xs:sequence>")
    if within:
        yield f"{pad}  {within}"
    yield from (
        f'{pad}  <xs:attribute name="{TYPE}" type="xs:string" fixed="{word}"/>',
        f"{pad}</xs:complexType>",
    )


def _any_number() -> str:
    return ' minOccurs="0" maxOccurs="unbounded"'


def _item_of(kind: pa.DataType) -> pa.Field:
    # What a list of Arrow says of nulls among its items is no promise: it is the default.
    return pa.field(ITEM, kind.value_type, True)


def _simple(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return "xs:decimal"
    return next((f"xs:{name}" for fits, name in _SIMPLE if fits(kind)), "xs:string")


def _facets(kind: pa.DataType, metadata: dict[bytes, bytes]) -> Iterator[str]:
    if pa.types.is_decimal(kind):
        yield f'<xs:totalDigits value="{kind.precision}"/>'
        yield f'<xs:fractionDigits value="{kind.scale}"/>'
    elif metadata.get(b"datamimic.kind") == b"uuid":
        yield f'<xs:pattern value="{_UUID}"/>'
    elif metadata.get(b"datamimic.kind") == b"choice":
        for value in json.loads(metadata[b"datamimic.values"]):
            yield f"<xs:enumeration value={quoteattr(str(value))}/>"
