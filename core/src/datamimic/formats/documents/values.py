"""Columns as the text that a standard wants. Every step takes a column and gives one; text is handled value by value of its
dictionary, not row by row."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic.columns.buffers import arrow_numbers, numpy_values
from datamimic.errors import OutputError, excerpt
from datamimic.formats.joined_text import body_of, join, rows_of_bytes

Convert = Callable[[pa.Array], pa.Array]


def text_of(column: pa.Array, steps: Sequence[Convert], escape: Convert | None = None) -> pa.Array:
    """The column after all steps, as text, escaped: numbers in full, days and moments in ISO 8601, truths `true`, `false`."""
    if pa.types.is_dictionary(column.type):
        column = with_used_values(column)
        made = text_of(column.dictionary, steps, escape)
        return pa.DictionaryArray.from_arrays(column.indices, made).dictionary_decode()
    text = plain(stepped(column, steps))
    return text if escape is None else escape(text)


def stepped(column: pa.Array, steps: Sequence[Convert]) -> pa.Array:
    """The column after all steps, in the type that the last one gives."""
    if steps and pa.types.is_dictionary(column.type):
        column = with_used_values(column)
        return stepped(column.dictionary, steps).take(column.indices)
    for step in steps:
        column = step(column)
    return column


def with_used_values(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Without the values of its dictionary that no row has: a step may refuse them."""
    used = np.bincount(numpy_values(column.indices.drop_null()), minlength=len(column.dictionary)) > 0
    if used.all():
        return column
    indices = numpy_values(column.indices.fill_null(0))
    places = np.maximum(np.cumsum(used) - 1, 0)[indices].astype(np.int32)
    missing = numpy_values(column.is_null()).astype(np.bool_) if column.null_count else None
    values = column.dictionary.take(arrow_numbers(np.flatnonzero(used)))
    return pa.DictionaryArray.from_arrays(arrow_numbers(places, missing), values)


def plain(column: pa.Array) -> pa.Array:
    """As text: what a value is without any step."""
    if pa.types.is_string(column.type):
        return column
    if pa.types.is_timestamp(column.type):
        return moment(column)
    return column.cast(pa.string())


def written_so(text: pa.Array, signs: Sequence[tuple[str, str]]) -> pa.Array:
    """The text with what is written for each of the signs, one sign after the other."""
    if text.null_count == len(text):
        return text
    # All texts at once: most signs are in none of them.
    body = bytes(body_of(text))
    for sign, written in signs:
        if sign.encode() in body:
            text = pc.replace_substring(text, sign, written)
    return text


def moment(column: pa.Array) -> pa.Array:
    """A moment to the second, `2025-01-31T09:30:00`, with `Z` where it is in UTC."""
    clock = _clock(column)
    made = pc.replace_substring(clock, " ", "T")
    return made if column.type.tz is None else join(made, "Z")


def compact(column: pa.Array) -> pa.Array:
    """A day or moment of a `column` without signs between: `20250131`, `20250131093000`."""
    text = _clock(column) if pa.types.is_timestamp(column.type) else column.cast(pa.string())
    for sign in "- :":
        text = pc.replace_substring(text, sign, "")
    return text


def part(start: int, stop: int | None = None) -> Convert:
    """The characters of the text from `start` on and before `stop`: `part(2)` of a compact day is `YYMMDD`, `part(0, 35)` what
    35 characters hold."""
    return lambda column: pc.utf8_slice_codeunits(plain(column), start, stop)


def comma(column: pa.Array) -> pa.Array:
    """The numbers of a `column` with a comma for the decimals, which is there without any too: `12,5`, `12,`."""
    text = plain(column)
    whole = pc.invert(pc.match_substring(text, "."))
    return pc.if_else(whole, join(text, ","), pc.replace_substring(text, ".", ","))


def named(names: Mapping[str | bool | int, str], otherwise: str | None = None) -> Convert:
    """A code for every value: `named({"credit": "CRDT", "debit": "DBIT"})`. A value that has none among the `names` is refused,
    unless there is one for all others, `otherwise`. Raises `OutputError` (`format_unsuited`)."""

    def convert(column: pa.Array) -> pa.Array:
        coded = column.dictionary_encode()
        found = []
        for value in coded.dictionary.to_pylist():
            if value not in names and otherwise is None:
                raise OutputError("format_unsuited", f"there is no code for {excerpt(value)}")
            found.append(names.get(value, otherwise))
        return pa.DictionaryArray.from_arrays(coded.indices, pa.array(found, pa.string())).dictionary_decode()

    return convert


def upper(column: pa.Array) -> pa.Array:
    """The text of a `column` in capital letters."""
    return pc.utf8_upper(plain(column))


_LETTERS: Final = {
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l",
    "Ł": "L", "þ": "th", "Þ": "Th", "ð": "d", "ı": "i", "€": "E", "&": "+", "@": "(at)", "_": "-", "’": "'", "‘": "'",
    "“": "'", "”": "'", '"': "'", "–": "-", "—": "-", ";": ",", "*": ".", "#": ".", "%": ".", "!": ".", "=": "-",
    "[": "(", "]": ")", "{": "(", "}": ")", "<": "(", ">": ")", "\\": "/", "|": "/", "~": "-", "$": ".", "^": ".", "`": "'",
}  # fmt: skip
_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
LATIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")
"""The characters of SEPA payments and of SWIFT's set x, but for the end of a line."""
_IS_LATIN: Final = np.isin(np.arange(256), [*map(ord, LATIN)])
"""Of each byte of UTF-8."""


def latin(column: pa.Array) -> pa.Array:
    """The text of a `column` in the characters that every bank takes, SWIFT's set x: letters without accents, umlauts as two
    letters, other signs as the nearest. A letter of another script becomes a full stop."""
    text = plain(column)
    # Most texts are such already: only the others are looked at letter by letter.
    other = np.flatnonzero(~_IS_LATIN[np.frombuffer(body_of(text), dtype=np.uint8)])
    if not len(other):
        return text
    mask = arrow_numbers(rows_of_bytes(text, other))
    return pc.replace_with_mask(text, mask, _by_value(text.filter(mask), latin_text))


def latin_text(text: str) -> str:
    if LATIN.issuperset(text):
        return text
    found = []
    for letter in unicodedata.normalize("NFC", text):
        if letter in LATIN:
            found.append(letter)
            continue
        made = _UMLAUTS.get(letter) or _LETTERS.get(letter)
        if made is None:
            base = unicodedata.normalize("NFD", letter)[0]
            made = base if base in LATIN else _LETTERS.get(base, " " if letter.isspace() else ".")
        found.append(made)
    return "".join(found)


def _by_value(text: pa.Array, change: Callable[[str], str]) -> pa.Array:
    coded = text.dictionary_encode()
    made = [None if value is None else change(value) for value in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(made, pa.string())).dictionary_decode()


def _clock(column: pa.Array) -> pa.Array:
    """`2025-01-31 09:30:00`, of a moment with a zone in UTC."""
    floored = pc.floor_temporal(column, unit="second")
    return floored.cast(pa.timestamp("s", column.type.tz)).cast(pa.timestamp("s")).cast(pa.string())
