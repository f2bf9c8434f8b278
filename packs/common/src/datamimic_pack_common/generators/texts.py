"""Strings, passwords, prefixed ids, tokens, hashes, UUIDs, colours and binary data."""

from __future__ import annotations

import base64
import hashlib
import string
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic import Context, Draw, LiteralGenerator, Permutation, Text
from datamimic.columns import Ints, from_bytes, join, number_text
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.generators.patterns import from_pattern, from_rng, from_word, random_text

_LARGEST = 1 << 62
_HEXADECIMAL = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)


def characters(draw: Draw, lengths: Ints, alphabet: Sequence[str]) -> Text:
    """Strings of the given lengths, each character drawn from the alphabet."""
    codes = draw.items(lengths).integers(0, len(alphabet) - 1)
    if len(lengths) and int(lengths.min()) == int(lengths.max()) and "".join(alphabet).isascii():
        return from_bytes(np.frombuffer("".join(alphabet).encode(), dtype=np.uint8)[codes].reshape(len(lengths), -1))
    text = "".join(np.array(list(alphabet), dtype=object)[codes].tolist())
    ends = np.cumsum(lengths).tolist()
    return Text.of([text[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)])


def byte_matrix(draw: Draw, width: int) -> NDArray[np.uint8]:
    """Random bytes of shape (rows, width)."""
    words = [draw.bits(f"word {word}") for word in range(-(-width // 8))]
    matrix = np.stack(words, axis=1).astype("<u8").view(np.uint8).reshape(len(draw), -1)
    return matrix[:, :width]


def hexadecimal(matrix: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each byte as two ASCII digits."""
    return np.stack([_HEXADECIMAL[matrix >> 4], _HEXADECIMAL[matrix & 15]], axis=2).reshape(len(matrix), -1)


class StringGenerator(LiteralGenerator[str]):
    """Strings of `min_len` to `max_len` characters of `char_set`, between a prefix and a suffix; without `min_len` all of
    `max_len`, without `max_len` of up to 10, or of `min_len` where that is more.

    `char_set` is a pattern of one character such as `[A-Z0-9]` or `\\d`, or the characters themselves. `unique` makes every
    string different, all of them `max_len` long.
    """

    python_type = str

    def __init__(
        self,
        min_len: int | None = None,
        max_len: int | None = None,
        char_set: str = r"\w",
        unique: bool = False,
        prefix: str = "",
        suffix: str = "",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        high = max(10, min_len or 0) if max_len is None else max_len
        low = high if min_len is None else min_len
        if not 0 <= low <= high < 1 << 12:
            raise InvalidOption(
                "impossible_constraint",
                f"min_len {low} and max_len {high} are no range within 0 to 4095",
                path="$.min_len",
            )
        self._low, self._high = low, high
        self._alphabet = (
            sorted(from_pattern(char_set)) if char_set[:1] in "[\\." and len(char_set) > 1 else sorted({*char_set})
        )
        if not self._alphabet:
            raise InvalidOption("invalid_option", f"char_set {excerpt(char_set)} has no character")
        self._unique, self._prefix, self._suffix = unique, prefix, suffix

    def capacity(self) -> int | None:
        return len(self._alphabet) ** self._high if self._unique else None

    def column(self, context: Context) -> Text:
        draw = context.draw
        if self._unique:
            middle = self._distinct(context.rows, draw)
        else:
            lengths = draw.integers(self._low, self._high, "length")
            middle = characters(draw, lengths, self._alphabet)
        return join(self._prefix, middle, self._suffix) if self._prefix or self._suffix else middle

    def _distinct(self, rows: Ints, draw: Draw) -> Text:
        # The last places number the rows, as many as 62 bits hold; those before them are random.
        base, counted = len(self._alphabet), self._high
        while base**counted > _LARGEST:
            counted -= 1
        space = base**counted
        if len(rows) and int(rows.max()) >= space:
            raise InvalidOption("not_enough_ids", f"there are {space} strings, but row {int(rows.max())} is asked for")
        numbers = Permutation(space, draw.address.labelled("unique")).forward(rows)
        codes = numbers[:, None] // base ** np.arange(counted - 1, -1, -1, dtype=np.int64) % base
        letters = np.array(self._alphabet, dtype=object)[codes]
        ends = ["".join(row) for row in letters.tolist()]
        if counted == self._high:
            return Text.of(ends)
        return join(characters(draw, np.full(len(rows), self._high - counted), self._alphabet), Text.of(ends))

    @staticmethod
    def rnd_str_from_regex(pattern: str, rng: Random | None = None) -> str:
        """One string that the regular expression matches; look-around and back-references are refused."""
        return random_text(pattern, from_rng(rng or Random()))


class PasswordGenerator(LiteralGenerator[str]):
    """Passwords with at least one character of every kind that is asked for."""

    python_type = str

    def __init__(
        self,
        length: int = 16,
        include_special: bool = True,
        include_numbers: bool = True,
        include_uppercase: bool = True,
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        kinds = [(True, string.ascii_lowercase), (include_uppercase, string.ascii_uppercase)]
        kinds += [(include_numbers, string.digits), (include_special, "!#$%&*+-.:;=?@_")]
        self._kinds = [letters for wanted, letters in kinds if wanted]
        if not len(self._kinds) <= length < 1 << 12:
            raise InvalidOption("impossible_constraint", f"a password of {length} characters has no room")
        self._length = length

    def column(self, context: Context) -> Text:
        draw, count = context.draw, len(context)
        every = np.frombuffer("".join(self._kinds).encode(), dtype=np.uint8)
        items = draw.items(np.full(count, self._length))
        matrix = every[items.integers(0, len(every) - 1, "character")].reshape(count, -1).copy()
        # The first places go to one character of each kind, then all places are shuffled.
        for place, letters in enumerate(self._kinds):
            own = np.frombuffer(letters.encode(), dtype=np.uint8)
            matrix[:, place] = own[draw.integers(0, len(own) - 1, f"kind {place}")]
        order = np.argsort(items.uniform("order").reshape(count, -1), axis=1, kind="stable")
        return from_bytes(np.take_along_axis(matrix, order, axis=1))


class PrefixedIdGenerator(LiteralGenerator[str]):
    """`ORD-ABC123`: a prefix, a separator and a body that the pattern `body_pattern` describes."""

    python_type = str

    def __init__(
        self,
        prefix: str,
        body_pattern: str = "[A-Z]{3}[0-9]{3}",
        separator: str = "-",
        *,
        rng: Random | None = None,
        seed: str | int | None = None,
    ) -> None:
        super().__init__(rng=rng, seed=seed)
        self._prefix, self._pattern, self._separator = prefix, body_pattern, separator
        random_text(body_pattern, from_word(0))

    def column(self, context: Context) -> Text:
        bits = context.draw.bits().tolist()
        return Text.of(
            [f"{self._prefix}{self._separator}{random_text(self._pattern, from_word(word))}" for word in bits]
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
