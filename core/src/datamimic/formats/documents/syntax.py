"""The syntax of a document, known from the pieces that it is put together from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from datamimic.formats.documents.objects import is_object
from datamimic.formats.documents.pieces import (
    Constant,
    Piece,
)
from datamimic.formats.documents.segments import separator_of
from datamimic.formats.documents.xml import is_element

Syntax = Literal["xml", "json", "edifact", "hl7", "x12", "fin", ""]
_SEGMENTED: dict[str, Syntax] = {"+": "edifact", "|": "hl7", "*": "x12"}
_FIN = re.compile(r"\{\d:|:\d\d[A-Z]?:")


def syntax_of(document: Piece) -> Syntax:
    """Of a document; empty for one of none that is known."""
    for piece in _walk(document):
        if is_element(piece):
            return "xml"
        if is_object(piece):
            return "json"
        if (separator := separator_of(piece)) is not None:
            return _SEGMENTED.get(separator, "")
        if isinstance(piece, Constant) and _FIN.match(piece.text):
            return "fin"
    return ""


def _walk(piece: Piece) -> Iterator[Piece]:
    yield piece
    for part in piece.within():
        yield from _walk(part)
