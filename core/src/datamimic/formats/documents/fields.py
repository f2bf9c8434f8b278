"""Tagged fields in blocks, as SWIFT MT has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datamimic.formats.documents.pieces import (
    Constant,
    Joined,
    Piece,
    pieces_of,
)

END: Final = "\r\n"


def tagged(tag: str, *parts: Piece | str) -> Piece:
    """`tagged("20", of("reference"))` is the line `:20:…`: a `tag` and its `parts`; absent where all values in them are."""
    return Joined((Constant(f":{tag}:"), *pieces_of(parts), Constant(END)))


def block(number: int | str, *parts: Piece | str) -> Piece:
    """`{1:F01…}`: a block of headers or a trailer, its `number` and its `parts`."""
    return Joined((Constant(f"{{{number}:"), *pieces_of(parts), Constant("}")))


def text_block(*fields: Piece) -> Piece:
    """Block 4, which holds the `fields`."""
    return Joined((Constant("{4:" + END), *fields, Constant("-}")))


def lines(values: Sequence[Piece], most: int) -> Piece:
    """The `values` as lines of one field, at `most` so many; the ones that are absent take no line."""
    first, *others = values[:most]
    return Joined((first, *(Joined((Constant(END), each)) for each in others)))
