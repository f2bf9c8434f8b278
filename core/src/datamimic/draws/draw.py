"""Addressed randomness: the bits of a draw are a function of seed, country, entity, field, label and row.

Nothing here has state. A `Draw` is bound to one field and one set of rows; each call names its draw by a label, and
the 64 bits of a row come from a keyed counter hash, so that any row can be asked for alone, in any order.

Only integer arithmetic and IEEE `+ - * /` are used, so that every machine gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datamimic.base.arrays import Bools, Floats, Ints
from datamimic.base.observation import WATCHING
from datamimic.draws.address import Address
from datamimic.errors import DefinitionError, excerpt
from datamimic.tables.grouped import Grouped
from datamimic.tables.quantiles import normal_quantiles
from datamimic.tables.table import Table
from datamimic.tables.weighted import Alias

Bits = NDArray[np.uint64]

# Odd multipliers of Stafford's variants 1 and 13 of the MurmurHash3 finaliser (public domain).
_M1, _M2, _M3 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_U29, _U32, _U11 = np.uint64(29), np.uint64(32), np.uint64(11)
_TWO_TO_MINUS_53 = 2.0**-53
ITEM_BITS = 12
"""A list has fewer than 2 ** ITEM_BITS items: an item's address is its row shifted by this many bits, plus its index."""


@lru_cache(maxsize=65536)
def stream_key(*address: str) -> tuple[int, int]:
    """Two 64-bit keys for a stream; the parts are framed by length, so that ("ab", "c") differs from ("a", "bc")."""
    hasher = blake2b(digest_size=16, person=b"datamimic.v1")
    for part in address:
        encoded = part.encode()
        hasher.update(len(encoded).to_bytes(4, "little"))
        hasher.update(encoded)
    digest = hasher.digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


def hash_rows(key: tuple[int, int], rows: Ints) -> Bits:
    """One 64-bit word per row. The second key enters after a non-linear step: two streams are never shifted windows
    of one sequence, which a single finaliser over `row * constant + key` would make them."""
    x = rows.view(np.uint64) * _M1
    x += np.uint64(key[0])
    shifted = x >> _U32
    x ^= shifted
    x *= _M2
    x ^= np.uint64(key[1])
    np.right_shift(x, _U29, out=shifted)
    x ^= shifted
    x *= _M3
    np.right_shift(x, _U32, out=shifted)
    x ^= shifted
    return x


class Draw:
    """The draws of one field for one batch of rows. Every draw inside one rule needs its own label.

    `address` names the field: seed, country, entity, field. `rows` are its row numbers, int64.
    """

    __slots__ = ("_labels", "address", "rows")

    def __init__(self, address: tuple[str, ...], rows: Ints) -> None:
        self.address = Address.read(address)
        self._labels: set[str] = set()
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def bits(self, label: str = "") -> Bits:
        """64 random bits per row, uint64. Raises `DefinitionError` when the label was used before in this rule."""
        if label in self._labels:
            raise DefinitionError(
                "duplicate_draw",
                f"the rule of {self.address.where} draws twice under the label {excerpt(label)}: "
                "both draws would give the same values",
                hint='give each draw its own label, such as draw.chance(0.2, "smoker")',
            )
        self._labels.add(label)
        bits = hash_rows(stream_key(*self.address, label), self.rows)
        if (watching := WATCHING.get()) is not None:
            watching.drawn(self.address, label, self.rows, bits)
        return bits

    def uniform(self, label: str = "") -> Floats:
        """float64 in [0, 1), a multiple of 2^-53."""
        uniform = (self.bits(label) >> _U11).astype(np.float64)
        uniform *= _TWO_TO_MINUS_53
        return uniform

    def integers(self, low: Any, high: Any, label: str = "") -> Ints:
        """int64 in [low, high], both ends included; scalars or arrays of the batch's length."""
        span = np.asarray(high, dtype=np.int64) - np.asarray(low, dtype=np.int64) + 1
        if not span.size:
            return np.zeros(len(self), dtype=np.int64)
        narrowest, widest = int(span.min()), int(span.max())
        if narrowest <= 0:
            raise DefinitionError(
                "empty_range",
                f"the rule of {self.address.where} draws integers from an empty range",
                hint="low must not exceed high",
            )
        bits = self.bits(label)
        width = span.view(np.uint64)
        if narrowest > 1 << 32:
            offset = bits % width
        else:
            offset = bits >> _U32
            offset *= width
            offset >>= _U32
            if widest > 1 << 32:
                # Row by row, so that a wide range beside it does not change how a narrow one is drawn.
                offset = np.where(span > 1 << 32, bits % width, offset)
        result: Ints = offset.view(np.int64)
        result += np.asarray(low, dtype=np.int64)
        return result

    def chance(self, probability: Any, label: str = "") -> Bools:
        """True with the given probability, a scalar or one per row."""
        return self.uniform(label) < probability

    def normal(self, label: str = "") -> Floats:
        """Standard normal by linear interpolation in a table of 4,097 quantiles; |value| <= 4.5."""
        return normal_quantiles().at(self.uniform(label))

    def pick(self, choices: Table | Grouped | Alias, *given: Any, label: str = "") -> Ints:
        """Positions in the table, int64, drawn by its `weight` column.

        `given` holds one column per conditioning column of a grouped table, in the order of its `by(...)`.
        """
        return choices.pick(self.bits(label), *given)

    def one_of(self, values: Sequence[Any], label: str = "") -> Ints:
        """Equally likely positions in a short sequence."""
        return self.integers(0, len(values) - 1, label)

    def items(self, lengths: Ints, label: str = "") -> Draw:
        """A Draw over the items of a list column: `sum(lengths)` addresses, item after item of row after row.

        Item i of a row has the same address whatever the length of the list.
        """
        lengths = np.asarray(lengths, dtype=np.int64)
        if len(lengths) and int(lengths.max()) >= 1 << ITEM_BITS:
            raise DefinitionError(
                "list_too_long",
                f"a list of {int(lengths.max())} items is longer than an item address allows",
                hint=f"lists have fewer than {1 << ITEM_BITS} items",
            )
        starts = np.cumsum(lengths) - lengths
        numbers = np.repeat((self.rows << ITEM_BITS) - starts, lengths)
        numbers += np.arange(len(numbers), dtype=np.int64)
        return Draw(self.address.labelled(f"items:{label}"), numbers)

    def take(self, positions: Ints) -> Draw:
        """The same draws for some of the rows: what is drawn for a row does not depend on the others."""
        return Draw(self.address, self.rows.take(positions))

    def beside(self, field: str) -> Draw:
        """What another field of the same entity draws for these rows: known before all else that the field depends on."""
        return Draw(self.address.beside(field), self.rows)


def composite(outer: Ints, inner: Ints, width: int) -> Ints:
    """One number of two, for addresses and look-ups: `outer * width + inner`, where every `inner` is below `width`.

    composite([2, 2, 5], [0, 1, 0], 64)  ->  [128, 129, 320]
    """
    return outer * width + inner


def positions(lengths: Ints) -> Ints:
    """0, 1, … length-1 for every one of the `lengths`, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) - np.repeat(ends - lengths, lengths)


def segment_sums(values: Ints, lengths: Ints) -> Ints:
    """The sum of each run of `lengths` values, int64; 0 for an empty run."""
    total = np.concatenate(([0], np.cumsum(values)))
    ends = np.cumsum(lengths)
    return total[ends] - total[ends - lengths]
