"""Elements and attributes of XML documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
from attrs import frozen

from datamimic.formats.documents.pieces import (
    Constant,
    Joined,
    Piece,
    Value,
    escaping,
)
from datamimic.formats.documents.rendered import (
    Rendered,
    filled,
    joined,
    kept_where,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.values import written_so
from datamimic.formats.joined_text import join

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ESCAPES: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;"))


def element(tag: str, *content: Piece | str | Mapping[str, Value | str]) -> Piece:
    """`element("Amt", {"Ccy": of("currency")}, of("amount"))`: a `tag`, and its `content`: attributes in mappings, text,
    values, other elements, lists of them by `each`. It is absent where all values in it are; only where it holds none, those
    of its attributes count."""
    attributes: list[Piece] = []
    inside: list[Piece] = []
    for part in content:
        if isinstance(part, Mapping):
            attributes += [_attribute(name, value) for name, value in part.items()]
        else:
            inside.append(Constant(escape(part)) if isinstance(part, str) else escaping(part, _escaped))
    return _Element(tag, Joined(tuple(attributes)), Joined(tuple(inside)))


@frozen
class _Element(Piece):
    tag: str
    attributes: Piece
    inside: Piece

    def render(self, scope: Scope) -> Rendered:
        attributes, inside = self.attributes.render(scope), self.inside.render(scope)
        constant = inside.is_constant
        if inside.may_lack and attributes.is_constant:
            return inside.within(f"<{self.tag}{''.join(attributes.parts)}>", f"</{self.tag}>")
        decides = attributes if constant else inside
        parts = [f"<{self.tag}", *attributes.parts, ">", *inside.parts, f"</{self.tag}>"]
        if not decides.may_lack:
            return Rendered.of_parts([filled(part) for part in parts])
        if constant or not attributes.may_lack:
            # Joined is null where any part is, and only one may be.
            return Rendered(join(*parts))
        return Rendered(kept_where(joined(parts), decides.texts))

    def parts(self) -> Sequence[Piece]:
        return self.attributes, self.inside


def _attribute(name: str, value: Value | str) -> Piece:
    if isinstance(value, str):
        return Constant(f" {name}={quoteattr(value)}")
    return Joined((Constant(f' {name}="'), escaping(value, _escaped), Constant('"')))


def _escaped(text: pa.Array) -> pa.Array:
    return written_so(text, _ESCAPES)


def is_element(piece: Piece) -> bool:
    return isinstance(piece, _Element)
