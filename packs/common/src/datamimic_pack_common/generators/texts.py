"""Strings of characters, passwords and prefixed ids."""

from __future__ import annotations

import string
from collections.abc import Sequence
from random import Random

import numpy as np
import pyarrow as pa

from datamimic import Context, Draw, LiteralGenerator, Permutation, Text
from datamimic.columns import Ints, from_bytes, join
from datamimic.errors import InvalidOption, excerpt
from datamimic_pack_common.generators.patterns import from_pattern, from_rng, from_word, random_text

_LARGEST = 1 << 62
_MOST_BYTES = 1 << 31
"""Of the text in one column of Arrow."""


def characters(draw: Draw, lengths: Ints, alphabet: Sequence[str]) -> Text:
    """Strings of the given lengths, each character drawn from the alphabet."""
    codes = draw.items(lengths).integers(0, len(alphabet) - 1)
    if len(lengths) and int(lengths.min()) == int(lengths.max()) and "".join(alphabet).isascii():
        return from_bytes(np.frombuffer("".join(alphabet).encode(), dtype=np.uint8)[codes].reshape(len(lengths), -1))
    if "".join(alphabet).isascii() and len(codes) < _MOST_BYTES:
        written = np.frombuffer("".join(alphabet).encode(), dtype=np.uint8)[codes]
        offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        buffers = [None, pa.py_buffer(offsets), pa.py_buffer(written)]
        return Text.plain(pa.Array.from_buffers(pa.string(), len(lengths), buffers))
    text = "".join(np.array(list(alphabet), dtype=object)[codes].tolist())
    ends = np.cumsum(lengths).tolist()
    return Text.of([text[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)])


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
