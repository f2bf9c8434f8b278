"""XML elements of Arrow columns, a column at a time.

A null is `<x xsi:nil="true"/>`, empty text `<x></x>`. The items of a list are `<item>`, the entries of a map `<entry key="…">`,
the members of a record elements of their names. What its content does not tell, the attribute `type` does: of an empty list
or map, and of a record whose only member is called `item`.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns.buffers import arrow_text, arrow_texts
from datamimic.errors import OutputError, excerpt
from datamimic.formats.iso_text import iso_text
from datamimic.formats.joined_text import fixed_offsets, join, joined_items
from datamimic.formats.json_text import hex_text
from datamimic.formats.xml_names import element_name
from datamimic.model.arrow import decoded

ITEM, ENTRY, KEY, TYPE = "item", "entry", "key", "type"
"""Names within lists and maps, and of the attribute that says `list`, `map` or `record`."""
_NIL = ' xsi:nil="true"/>'
_TEXT = pa.string()
_SPECIAL = r"[&<>\x00-\x08\x0b-\x1f\x{fffe}\x{ffff}]"
_UNHELD = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_IN_ATTRIBUTES = (('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"))


@frozen
class XmlText:
    """How columns become elements; `replace` puts U+FFFD for what XML 1.0 cannot hold, which is refused without it."""

    replace: bool = False

    def parts(self, name: str, array: pa.Array) -> list[Any]:
        """The element of every row, as columns of text and constants that follow each other. `array` is a column `name`."""
        start = f"<{element_name(name)}"
        end = f"</{element_name(name)}>"
        if array.null_count or pa.types.is_dictionary(array.type) or pa.types.is_nested(array.type):
            return [self._elements([start], end, array, name)]
        return [f"{start}>", self._leaves(array, name), end]

    def _elements(self, start: list[Any], end: str, array: pa.Array, where: str) -> pa.StringArray:
        """The elements, none of them null, that begin with `start` and what may stand before its `>`."""
        if pa.types.is_dictionary(array.type):
            coded = self._elements(start, end, array.dictionary, where).take(array.indices)
            return coded.fill_null(arrow_text("".join(start) + _NIL)) if array.null_count else coded
        kind, types = array.type, pa.types
        if types.is_struct(kind):
            inner: list[Any] = [self._record_type(kind), ">"]
            for index, field in enumerate(kind):
                inner += self.parts(field.name, array.field(index))
        elif types.is_map(kind):
            keys = self._escaped(decoded(array.keys), f"{where}{{}}", in_attribute=True)
            entries = self._elements(
                [f'<{ENTRY} {KEY}="', keys, '"'], f"</{ENTRY}>", decoded(array.items), f"{where}{{}}"
            )
            inner = _enclosed(joined_items(array, array.offsets, entries, ""), "map")
        elif types.is_list(kind) or types.is_fixed_size_list(kind):
            offsets = fixed_offsets(array) if types.is_fixed_size_list(kind) else array.offsets
            items = self._elements([f"<{ITEM}"], f"</{ITEM}>", decoded(array.values), f"{where}[]")
            inner = _enclosed(joined_items(array, offsets, items, ""), "list")
        else:
            inner = [">", self._leaves(array, where)]
        made = join(*start, *inner, end)
        return pc.if_else(array.is_null(), join(*start, _NIL), made) if array.null_count else made

    def _record_type(self, kind: pa.StructType) -> str:
        names = [field.name for field in kind]
        return f' {TYPE}="record"' if names in ([], [ITEM]) else ""

    def _leaves(self, array: pa.Array, where: str) -> pa.StringArray:
        """The text within the elements, null where the value is."""
        kind, types = array.type, pa.types
        if types.is_string(kind) or types.is_large_string(kind):
            return self._escaped(array.cast(_TEXT), where)
        if types.is_boolean(kind):
            return pc.if_else(array, arrow_text("true"), arrow_text("false"))
        if types.is_floating(kind):
            return _numbers(array)
        if types.is_decimal(kind):
            return _decimals(array)
        if types.is_temporal(kind):
            return iso_text(array)
        if types.is_binary(kind) or types.is_large_binary(kind):
            return hex_text(array)
        if types.is_null(kind):
            return arrow_texts([None] * len(array))
        return array.cast(_TEXT)

    def _escaped(self, text: pa.StringArray, where: str, *, in_attribute: bool = False) -> pa.StringArray:
        special = _SPECIAL.replace("[", '["\\t\\n', 1) if in_attribute else _SPECIAL
        if not pc.any(pc.match_substring_regex(text, special)).as_py():
            return text
        unheld = pc.match_substring_regex(text, _UNHELD)
        if pc.any(unheld).as_py():
            if not self.replace:
                raise _unheld(text.filter(unheld)[0].as_py(), where)
            text = pc.replace_substring_regex(text, _UNHELD, "\ufffd")
        for letter, escape in (*_ESCAPES, *(_IN_ATTRIBUTES if in_attribute else ())):
            text = pc.replace_substring(text, letter, escape)
        return text


def _enclosed(texts: pa.StringArray, word: str) -> list[Any]:
    """The rest of a start tag and the content of lists or maps; an empty one says what it is."""
    empty = pc.equal(texts, arrow_text(""))
    if not pc.any(empty).as_py():
        return [">", texts]
    return [pc.if_else(empty, arrow_text(f' {TYPE}="{word}">'), arrow_text(">")).fill_null(arrow_text(">")), texts]


def _numbers(array: pa.Array) -> pa.StringArray:
    text = array.cast(_TEXT)
    if pc.all(pc.is_finite(array)).as_py() is not False:
        return text
    for ours, theirs in (("nan", "NaN"), ("inf", "INF")):
        text = pc.replace_substring(text, ours, theirs)
    return text


def _decimals(array: pa.Array) -> pa.StringArray:
    text = array.cast(_TEXT)
    if not pc.any(pc.match_substring(text, "E")).as_py():
        return text
    # Arrow writes small numbers with an exponent, which XML Schema does not take.
    return arrow_texts([None if value is None else format(value, "f") for value in array.to_pylist()])


def _unheld(text: str, where: str) -> OutputError:
    letter = next(each for each in text if each in "\ufffe\uffff" or (each < " " and each not in "\t\n\r"))
    return OutputError(
        "format_unsuited",
        f"XML 1.0 cannot hold U+{ord(letter):04X}, as in {excerpt(text)} of {where}",
        hint="unheld=replace writes U+FFFD in its place; JSON holds every character",
    )
