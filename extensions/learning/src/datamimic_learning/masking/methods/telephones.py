"""Telephone numbers written as a column writes its own."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from datamimic_learning.masking.methods.alphabets import Ints, Points
from datamimic_learning.masking.methods.matrices import Bytes, Part, by_length, column_of, of_bytes, stored
from datamimic_learning.samples.pieces import worked_in_pieces

_ZERO, _PLUS = ord("0"), ord("+")
_WORD: Final = re.compile(r"[^\W\d_]+")
_OF_TELEPHONES: Final = frozenset({
    "ext", "extension", "x", "tel", "telefon", "telephone", "tél", "phone", "ph", "fax", "mobile", "mobil", "mob", "cell",
    "int", "durchwahl", "dw", "poste", "ramal", "anexo",
})  # fmt: skip

Bools = NDArray[np.bool_]


def phones_like(made: pa.Array, before: pa.Array) -> pa.Array:
    """International numbers, `+49 30 …`, with the digits laid over the form of the originals: `030/…`, `(212) 555-…`; of those
    with a + or 00 in front, the country's code too. Too long ones are cut, too short ones filled from their beginning. What
    had no digits, or words that say more than `ext.`, becomes the digits alone."""
    return worked_in_pieces(_phones_like, made, before)


def _phones_like(made: pa.Array, before: pa.Array) -> pa.Array:
    country, national = _country_and_national(made)
    plus = pc.fill_null(pc.starts_with(before, "+"), False)
    twice = pc.fill_null(pc.starts_with(before, "00"), False)
    trunk = pc.starts_with(_digits(pc.fill_null(before, "")), "0")
    abroad = pc.binary_join_element_wise("00", country, "")
    lead = pc.if_else(plus, country, pc.if_else(twice, abroad, pc.if_else(trunk, "0", "")))
    whole = pc.binary_join_element_wise(lead, national, "")
    content, starts = stored(whole)
    lengths = np.diff(starts)
    source = np.append(content, np.uint8(_ZERO))  # for numbers without any
    starts = np.where(lengths > 0, starts[:-1], len(content))
    parts: list[Part] = []
    for rows, points in by_length(pc.fill_null(before, "")):
        is_digit = (points >= _ZERO) & (points < _ZERO + 10)
        at = np.maximum(np.cumsum(is_digit, axis=1) - 1, 0)
        laid = source[starts[rows, None] + at % np.maximum(lengths[rows, None], 1)]
        formed = is_digit.any(axis=1) & ~_speaks(points)
        parts.append((rows[formed], np.where(is_digit, laid, points).astype(np.uint32)[formed]))
        bare = rows[~formed]
        for some, digits in by_length(whole.take(pa.array(bare))):
            parts.append((bare[some], digits))
    return column_of(len(before), parts)


def _country_and_national(made: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The digits of the country's code, and those behind it."""
    texts = pc.fill_null(made, "")
    heads = pc.dictionary_encode(pc.utf8_slice_codeunits(texts, 0, 4))
    codes = pc.replace_substring_regex(heads.dictionary, r"^\+(\d{1,3}).*$", r"\1")
    country = pc.replace_substring_regex(codes, r"\D", "").take(heads.indices)
    content, offsets = stored(texts)
    begin, end = offsets[:-1], offsets[1:]
    is_digit = _is_digit(content)
    others = np.append(np.flatnonzero(~is_digit), len(content))
    rows = np.flatnonzero(np.append(content, 0)[begin] == _PLUS)
    rows = rows[end[rows] > begin[rows]]
    # The first digits behind the + are the country's: what is between them and the next other sign.
    after = np.minimum(others[np.searchsorted(others, begin[rows] + 1)], end[rows])
    steps = np.zeros(len(content) + 2, np.int8)
    steps[begin[rows]] += 1
    steps[after] -= 1
    return country, _only(content, offsets, is_digit & (np.cumsum(steps)[: len(content)] == 0))


def _speaks(points: Points) -> Bools:
    """Which rows have words, which may be somebody's name."""
    found: Bools = np.any((points | 0x20) >= ord("a"), axis=1)
    for row in np.flatnonzero(found).tolist():
        words = _WORD.findall("".join(map(chr, points[row].tolist())).casefold())
        found[row] = not _OF_TELEPHONES.issuperset(words)
    return found


def _digits(texts: pa.Array) -> pa.Array:
    content, offsets = stored(texts)
    return _only(content, offsets, _is_digit(content))


def _is_digit(content: Bytes) -> Bools:
    return (content >= _ZERO) & (content < _ZERO + 10)


def _only(content: Bytes, offsets: Ints, kept: Bools) -> pa.Array:
    """Texts of the bytes that are kept."""
    return of_bytes(content[kept], np.concatenate([[0], np.cumsum(kept)])[offsets])
