"""Keyed digests of whole columns: CBC-MAC over AES with the length first, so that no message is the beginning of another
(Bellare, Kilian, Rogaway 2000). Who lacks the key can neither compute nor invert them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from datamimic_learning.masking.methods.matrices import stored

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
BLOCK = 16
_WINDOW = np.dtype("V16")
_WITHIN = np.where(np.arange(BLOCK) < np.arange(BLOCK + 1)[:, None], np.uint8(255), np.uint8(0))
"""Which bytes of a block belong to a message of which so many are left."""
_MOST_AT_ONCE = 1 << 17
"""Bytes that are laid out in blocks at once."""


def begins(ordered: Words) -> NDArray[np.bool_]:
    """Which of sorted words are other ones than the word before."""
    found = np.ones(len(ordered), np.bool_)
    found[1:] = ordered[1:] != ordered[:-1]
    return found


def digests(key: bytes, texts: pa.Array) -> Words:
    """Two words of 64 bits for every text (string array), of shape (rows, 2); of a null those of an empty text."""
    content, offsets = stored(pc.fill_null(texts, "") if texts.null_count else texts)
    encryptor = _encryptor(key)
    found = np.empty((len(texts), 2), np.uint64)
    # As many texts at once as stay in the cache.
    ends = offsets[1:]
    begin = 0
    while begin < len(texts):
        end = max(begin + 1, int(np.searchsorted(ends, offsets[begin] + _MOST_AT_ONCE, side="right")))
        some = offsets[begin : end + 1]
        found[begin:end] = _mac(encryptor, content[some[0] : some[-1]], np.diff(some))
        begin = end
    return found


def matrix_digests(key: bytes, matrix: Bytes) -> Words:
    """Those of rows of bytes of one length."""
    rows, width = matrix.shape
    return _mac(_encryptor(key), np.ascontiguousarray(matrix).ravel(), np.full(rows, width))


def numbered(key: bytes, words: Words, number: int) -> Words:
    """Other words for each of these (rows, 2) and a number: the next draw for the same value."""
    block = np.ascontiguousarray(words).view(np.uint8).reshape(-1, BLOCK).copy()
    return matrix_digests(key, np.concatenate([block, np.full((len(block), 1), number, np.uint8)], axis=1))


def _encryptor(key: bytes) -> Any:
    return Cipher(algorithms.AES(key), modes.ECB()).encryptor()


def _mac(encryptor: Any, content: Bytes, lengths: NDArray[np.int64]) -> Words:
    """Of messages that stand one behind the other in `content`."""
    rows = len(lengths)
    if not rows:
        return np.zeros((0, 2), np.uint64)
    longest = int(lengths.max())
    alike = bool((lengths == longest).all())
    known, at = (lengths[:1], np.zeros(rows, np.int64)) if alike else np.unique(lengths, return_inverse=True)
    first = np.zeros((len(known), BLOCK), np.uint8)
    first[:, :8] = known.astype(">i8").view(np.uint8).reshape(-1, 8)
    chain = _ciphered(encryptor, first)[at]
    begins = np.cumsum(lengths) - lengths
    # A block that begins at every byte there is; what is behind the end of a message is masked away.
    held = np.concatenate([content, np.zeros(BLOCK, np.uint8)])
    windows = np.ndarray(len(content) + 1, _WINDOW, held, strides=(1,))
    for place in range(0, longest, BLOCK):
        if alike:
            block = _bytes(windows[begins + place])
            if longest - place < BLOCK:
                block[:, longest - place :] = 0
            chain = _ciphered(encryptor, np.bitwise_xor(block, chain, out=block))
        else:
            some = np.flatnonzero(lengths > place)
            block = _bytes(windows[begins[some] + place])
            block &= _WITHIN[np.minimum(lengths[some] - place, BLOCK)]
            block ^= chain[some]
            chain[some] = _ciphered(encryptor, block)
    return np.ascontiguousarray(chain).view("<u8").astype(np.uint64).reshape(-1, 2)


def _bytes(windows: NDArray[np.void]) -> Bytes:
    return windows.view(np.uint8).reshape(-1, BLOCK)


def _ciphered(encryptor: Any, blocks: Bytes) -> Bytes:
    return np.frombuffer(encryptor.update(np.ascontiguousarray(blocks).data), np.uint8).reshape(-1, BLOCK)
