"""Segments of elements and components: EDIFACT, HL7 v2, X12."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns.buffers import arrow_text
from datamimic.formats.documents.pieces import (
    Constant,
    Counted,
    Each,
    Joined,
    Piece,
    escaping,
    pieces_of,
)
from datamimic.formats.documents.rendered import (
    Rendered,
    Texts,
    absent_with,
    filled,
    joined,
    kept_where,
    present,
)
from datamimic.formats.documents.scope import Scope
from datamimic.formats.documents.values import written_so


@frozen
class Segments:
    """How a standard writes segments: what stands `between_elements`, `between_components` and `between_repetitions`, the
    `end` of a segment, and in `escapes` what is written for these signs where they are in a value."""

    between_elements: str
    between_components: str
    end: str
    escapes: tuple[tuple[str, str], ...]
    between_repetitions: str = ""

    def segment(self, tag: str, *elements: Piece | str | None) -> Piece:
        """`segment("DTM", components("137", of("issued", compact), "102"))`. None is an element that is left out; empty ones at
        the end are not written. The segment is absent where all values in it are; one without values is always there."""
        parts = ("" if each is None else each for each in elements)
        return _Segment(tag, tuple(self._value(each) for each in parts), self.between_elements, self.end)

    def components(self, *parts: Piece | str | None) -> Piece:
        """The parts of one element; empty ones at the end are not written."""
        values = tuple(self._value("" if each is None else each) for each in parts)
        return _Parts(values, self.between_components)

    def repeated(self, path: str, *parts: Piece | str) -> Piece:
        """An element as often as the list at the path has items."""
        return Each(path, Joined(tuple(self._value(each) for each in pieces_of(parts))), self.between_repetitions)

    def group(self, *segments: Piece) -> Piece:
        """Segments one after the other."""
        return Joined(segments)

    def counted(self, body: Piece, trailer: Piece) -> Piece:
        """A message whose trailer says how many segments it has, itself included: the value at `#units`."""
        return Counted(body, trailer)

    def _value(self, part: Piece | str) -> Piece:
        return Constant(self._escaped_text(part)) if isinstance(part, str) else escaping(part, self._escaped)

    def _escaped_text(self, text: str) -> str:
        for sign, written in self.escapes:
            text = text.replace(sign, written)
        return text

    def _escaped(self, text: pa.Array) -> pa.Array:
        return written_so(text, self.escapes)


EDIFACT: Final = Segments("+", ":", "'\n", (("?", "??"), ("+", "?+"), (":", "?:"), ("'", "?'")))
"""ISO 9735 with the separators of its default, a segment a line."""
HL7: Final = Segments(
    "|", "^", "\r",
    (
        ("\\", "\\E\\"), ("|", "\\F\\"), ("^", "\\S\\"), ("&", "\\T\\"), ("~", "\\R\\"),
        ("\r", "\\.br\\"), ("\n", "\\.br\\"),
    ),
    "~",
)  # fmt: skip
"""HL7 v2 with the encoding characters ^~\\&."""
X12: Final = Segments("*", ":", "~\n", (("*", " "), (":", " "), ("~", " "), ("^", " ")), "^")
"""ASC X12, which has no escape: a separator in a value becomes a blank."""


@frozen
class _Parts(Piece):
    """Texts with a separator between, without those at the end that are empty; absent where all values are."""

    pieces: tuple[Piece, ...]
    separator: str

    def render(self, scope: Scope) -> Rendered:
        made = [each.render(scope) for each in self.pieces]
        while made and made[-1].texts_are(""):
            made.pop()
        values = [each for each in made if not each.is_constant]
        if made and made[-1].never_empty() and (not values or not all(each.may_lack for each in values)):
            # No separator is left out, so that all is put together at once.
            between: list[Texts] = []
            for each in made:
                between += [self.separator, *map(filled, each.parts)]
            return Rendered.of_parts(between[1:])
        texts = [each.texts for each in made]
        return Rendered(absent_with(joined(_up_to_the_last(texts, self.separator)), texts))

    def parts(self) -> Sequence[Piece]:
        return self.pieces


@frozen
class _Segment(Piece):
    tag: str
    elements: tuple[Piece, ...]
    separator: str
    end: str

    def render(self, scope: Scope) -> Rendered:
        made = _Parts(self.elements, self.separator).render(scope)
        if made.never_empty():
            return Rendered.of_parts([self.tag, self.separator, *made.parts, self.end], 1)
        parts = made.texts
        whole = joined([*_up_to_the_last([self.tag, parts], self.separator), self.end])
        texts = whole if isinstance(parts, str) else kept_where(whole, parts)
        return Rendered(texts, present(texts, scope.rows).astype("int64"))

    def parts(self) -> Sequence[Piece]:
        return self.elements


def _up_to_the_last(texts: Sequence[Texts], separator: str) -> list[Texts]:
    """The texts with the separator between, none of it behind the last one of a row that is not empty."""
    parts: list[Texts] = []
    follows: Any = False
    for text in map(filled, reversed(texts)):
        if follows is not False:
            parts.append(separator if follows is True else pc.if_else(follows, separator, ""))
        parts.append(text)
        if isinstance(text, str):
            follows = follows if not text else True
        elif follows is not True:
            there = pc.not_equal(text, arrow_text(""))
            there = there if follows is False else pc.or_(there, follows)
            follows = True if pc.all(there).as_py() else there
    return parts[::-1]


def separator_of(piece: Piece) -> str | None:
    """What stands between the elements of a segment; None for another piece."""
    return piece.separator if isinstance(piece, _Segment) else None
