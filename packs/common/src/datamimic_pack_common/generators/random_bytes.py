"""Random bytes, as they are and written: tokens, hashes, UUIDs, colours, the bodies of files."""

from __future__ import annotations

import base64
import hashlib
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Context, Draw, LiteralGenerator, Text
from datamimic.columns import from_bytes, join, number_text
from datamimic.errors import InvalidOption, excerpt

_HEXADECIMAL = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


def byte_matrix(draw: Draw, width: int) -> NDArray[np.uint8]:
    """Random bytes of shape (rows, width)."""
    words = [draw.bits(f"word {word}") for word in range(-(-width // 8))]
    matrix = np.stack(words, axis=1).astype("<u8").view(np.uint8).reshape(len(draw), 8 * len(words))
    return matrix[:, :width]


def hexadecimal(matrix: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each byte as two ASCII digits."""
    return np.stack([_HEXADECIMAL[matrix >> 4], _HEXADECIMAL[matrix & 15]], axis=2).reshape(
        len(matrix), 2 * matrix.shape[1]
    )


class TokenGenerator(LiteralGenerator[str]):
    """Random bytes as text: `hex`, `urlsafe` or `bytes` (as hexadecimal pairs with colons); `entropy` counts bytes."""

    python_type = str

    def __init__(
        self, token_type: str = "hex", entropy: int = 32, *, rng: Random | None = None, seed: str | int | None = None
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        if token_type not in ("hex", "bytes", "urlsafe"):
            raise InvalidOption(
                "invalid_option", f"token_type is {excerpt(token_type)}", hint="one of hex, bytes, urlsafe"
            )
        if not 1 <= entropy <= 4096:
            raise InvalidOption("invalid_option", f"entropy is {entropy}", hint="1 to 4096 bytes")
        self._type, self._entropy = token_type, entropy

    def column(self, context: Context) -> Text:
        matrix = byte_matrix(context.draw, self._entropy)
        if self._type == "hex":
            return from_bytes(hexadecimal(matrix))
        if self._type == "bytes":
            return Text.of([row.tobytes().hex(":") for row in matrix])
        return Text.of([base64.urlsafe_b64encode(row.tobytes()).rstrip(b"=").decode() for row in matrix])


class HashGenerator(LiteralGenerator[str]):
    """The digest, in hexadecimal, of 32 random bytes."""

    python_type = str

    def __init__(self, algorithm: str = "sha256", *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(rng=rng, seed=seed)
        if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
            raise InvalidOption(
                "invalid_option", f"algorithm is {excerpt(algorithm)}", hint="such as sha256, sha1, md5 or blake2b"
            )
        self._algorithm = algorithm

    def column(self, context: Context) -> Text:
        matrix = byte_matrix(context.draw, 32)
        return Text.of([hashlib.new(self._algorithm, row.tobytes()).hexdigest() for row in matrix])


class UUIDGenerator(LiteralGenerator[str]):
    """Random UUIDs, version 4."""

    python_type = str

    def __init__(self, *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(rng=rng, seed=seed)

    def column(self, context: Context) -> Text:
        matrix = byte_matrix(context.draw, 16).copy()
        matrix[:, 6] = matrix[:, 6] & 0x0F | 0x40
        matrix[:, 8] = matrix[:, 8] & 0x3F | 0x80
        written = hexadecimal(matrix)
        dash = np.full((len(written), 1), ord("-"), dtype=np.uint8)
        parts = [
            written[:, :8],
            dash,
            written[:, 8:12],
            dash,
            written[:, 12:16],
            dash,
            written[:, 16:20],
            dash,
            written[:, 20:],
        ]
        return from_bytes(np.concatenate(parts, axis=1))


COLOURS = (
    "black", "silver", "gray", "white", "maroon", "red", "purple", "fuchsia", "green", "lime", "olive", "yellow", "navy",
    "blue", "teal", "aqua", "orange", "pink", "brown", "gold", "beige", "coral", "crimson", "indigo", "ivory", "khaki",
    "lavender", "magenta", "orchid", "salmon", "tan", "tomato", "turquoise", "violet",
)  # fmt: skip


class ColorGenerator(LiteralGenerator[str]):
    """A colour as `#rrggbb` (hex), `rgb(…)`, `rgba(…)` or a CSS name."""

    python_type = str

    def __init__(self, format_type: str = "hex", *, rng: Random | None = None, seed: str | int | None = None) -> None:
        super().__init__(rng=rng, seed=seed)
        if format_type not in ("hex", "rgb", "rgba", "name"):
            raise InvalidOption(
                "invalid_option", f"format_type is {excerpt(format_type)}", hint="one of hex, rgb, rgba, name"
            )
        self._format = format_type

    def column(self, context: Context) -> Text:
        draw = context.draw
        if self._format == "name":
            return Text.coded(draw.one_of(COLOURS), COLOURS)
        matrix = byte_matrix(draw, 3)
        if self._format == "hex":
            return join("#", from_bytes(hexadecimal(matrix)))
        red, green, blue = (number_text(matrix[:, place].astype(np.int64)) for place in range(3))
        if self._format == "rgb":
            return join("rgb(", red, ", ", green, ", ", blue, ")")
        hundredths = draw.integers(0, 100, "alpha")
        alpha = Text.coded(hundredths, [f"{value / 100:g}" for value in range(101)])
        return join("rgba(", red, ", ", green, ", ", blue, ", ", alpha, ")")


MAGIC = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/gif": b"GIF89a",
    "application/pdf": b"%PDF-1.7\n",
    "application/zip": b"PK\x03\x04",
    "application/gzip": b"\x1f\x8b\x08",
}
"""What files of a type begin with."""


class BinaryGenerator(LiteralGenerator[bytes]):
    """`min_len` to `max_len` random bytes, 1 to 64 where the given one allows it; with a `mime_type` they begin like a file of
    that type."""

    python_type = bytes

    def __init__(
        self,
        min_len: int | None = None,
        max_len: int | None = None,
        mime_type: str | None = None,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        if mime_type is not None and mime_type not in MAGIC:
            raise InvalidOption(
                "invalid_option", f"mime_type is {excerpt(mime_type)}", hint=f"one of {', '.join(MAGIC)}"
            )
        self._head = MAGIC[mime_type] if mime_type else b""
        shortest = max(1, len(self._head))
        low = min_len if min_len is not None else shortest if max_len is None else min(shortest, max_len)
        high = max(64, low) if max_len is None else max_len
        if not len(self._head) <= low <= high < 1 << 12:
            raise InvalidOption(
                "impossible_constraint",
                f"min_len {low} and max_len {high} are no range within {len(self._head)} to 4095",
                path="$.min_len",
            )
        self._low, self._high = low, high

    def column(self, context: Context) -> NDArray[Any]:
        lengths = context.draw.integers(self._low, self._high, "length")
        drawn = context.draw.items(lengths).integers(0, 255).astype(np.uint8).tobytes()
        ends = np.cumsum(lengths).tolist()
        result = np.empty(len(lengths), dtype=object)
        for row, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
            result[row] = self._head + drawn[start + len(self._head) : end]
        return result
