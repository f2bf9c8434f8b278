"""Values as digests and tokens: nothing of their form is left, no way leads back, the same is the same everywhere."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.digests import Words, digests

_HEXADECIMAL: Final = np.frombuffer(b"0123456789abcdef", np.uint8)
_SIGNS: Final = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", np.uint8)
"""Crockford's base 32: no letters that are taken for digits."""
LONGEST_HASH: Final = 32
LONGEST_TOKEN: Final = 25


def hashed(key: bytes, values: pa.Array, length: int) -> pa.Array:
    """Hexadecimal digits, at most 32 (128 bits); whole numbers become whole numbers of their type from 0 on."""
    words = digests(key, canonical(values))
    if pa.types.is_integer(values.type):
        return _whole(words, values.type)
    bits = np.ascontiguousarray(words.astype(">u8")).view(np.uint8)
    nibbles = np.stack([bits >> 4, bits & 15], axis=2).reshape(len(words), 32)[:, :length]
    return _fixed(_HEXADECIMAL[nibbles], values.type)


def tokens(key: bytes, values: pa.Array, length: int, prefix: str) -> pa.Array:
    """A prefix and letters and digits of 5 bits each, at most 25."""
    words = digests(key, canonical(values))
    if pa.types.is_integer(values.type):
        return _whole(words, values.type)
    signs = np.empty((len(words), length), np.uint8)
    for place in range(length):
        word, at = words[:, place // 12 % 2], place % 12
        signs[:, place] = _SIGNS[((word >> np.uint64(5 * at)) & np.uint64(31)).astype(np.int64)]
    if length > 24:
        spare = ((words[:, 0] >> np.uint64(60)) | ((words[:, 1] >> np.uint64(60)) << np.uint64(4))) & np.uint64(31)
        signs[:, 24] = _SIGNS[spare.astype(np.int64)]
    made = _fixed(signs, values.type)
    return pc.binary_join_element_wise(pa.scalar(prefix, made.type), made, pa.scalar("", made.type)) if prefix else made


def _whole(words: Words, kind: pa.DataType) -> pa.Array:
    most = int(np.iinfo(kind.to_pandas_dtype()).max)
    return pa.array((words[:, 0] & np.uint64(most)).astype(np.uint64), pa.uint64()).cast(kind)


def _fixed(signs: np.ndarray[tuple[int, int], np.dtype[np.uint8]], kind: pa.DataType) -> pa.Array:
    rows, length = signs.shape
    offsets = (np.arange(rows + 1) * length).astype(np.int32)
    made = pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(signs)))
    return made.cast(kind) if pa.types.is_large_string(kind) else made
