"""Whether two originals became one, where a column tells subjects apart: counted over all batches, by digests alone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from attrs import define, field
from numpy.typing import NDArray

from datamimic_learning.masking.methods.canonical import canonical
from datamimic_learning.masking.methods.digests import begins, digests

Words = NDArray[np.uint64]
_WAITING = 64


@define(eq=False)
class Collisions:
    """Of one column. Holds 16 bytes for each original."""

    key: bytes = field(repr=False)
    _seen: list[Words] = field(factory=list, repr=False)

    def add(self, originals: Words, made: pa.Array) -> None:
        """What originals, by their digests, became; nulls do not count."""
        # What is sorted without being stable takes half the time; equal originals became the same.
        order = np.argsort(originals)
        first = order[begins(originals[order])]
        some = made.take(pa.array(first))
        valid = np.asarray(some.is_valid())
        texts = canonical(some.filter(pa.array(valid)))
        self._seen.append(np.stack([originals[first][valid], digests(self.key, texts)[:, 0]], axis=1))
        if len(self._seen) > _WAITING:
            self._settle()

    def count(self) -> int:
        """How many originals became what another one became."""
        self._settle()
        pairs = self._seen[0]
        # Of each original one pair is left.
        return len(pairs) - _different(pairs[:, 1])

    def _settle(self) -> None:
        empty = np.zeros((0, 2), np.uint64)
        pairs = np.concatenate([empty, *self._seen])
        pairs = pairs[np.argsort(pairs[:, 0])]
        self._seen = [pairs[begins(pairs[:, 0])]]


def _different(words: Words) -> int:
    """How many different ones there are: sorted, since NumPy's `unique` takes ten times as long for a million."""
    return int(np.count_nonzero(begins(np.sort(words))))
