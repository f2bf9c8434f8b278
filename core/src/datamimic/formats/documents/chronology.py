"""What there is of several kinds, in order of time: the messages of a stay, of a payment, of an order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from datamimic.columns.buffers import arrow_numbers, arrow_text, numpy_values
from datamimic.formats.documents.pieces import Piece, items_at
from datamimic.formats.documents.rendered import (
    Rendered,
    filled,
    in_rows,
)
from datamimic.formats.documents.scope import Scope


def in_order(*kinds: tuple[str, str, Piece]) -> Piece:
    """Pieces of several `kinds` in order of time. Each kind is the path of a list, that of the moment of an item (a number, day
    or moment), and the piece for it; an item without a moment has none. At one moment the first kind comes first."""
    return InOrder(tuple(Timed(*kind) for kind in kinds))


@frozen
class Timed:
    """A `piece` for every item of the list at a path that has a `moment`."""

    path: str
    moment: str
    piece: Piece


@frozen
class InOrder(Piece):
    """What there is of several kinds, in order of time; what falls on one moment in that of the kinds. Absent where there is
    none of any."""

    kinds: tuple[Timed, ...]

    def render(self, scope: Scope) -> Rendered:
        texts, moments, owners, units = [], [], [], []
        lists: dict[str, Scope] = {}
        for kind in self.kinds:
            if kind.path not in lists:
                lists[kind.path] = scope.items(kind.path)[0]
            every = lists[kind.path]
            inner = every.where(numpy_values(every.column(kind.moment).is_valid()).astype(np.bool_))
            made = kind.piece.render(inner)
            texts.append(filled(in_rows(made.texts, inner.rows)))
            moments.append(numpy_values(inner.column(kind.moment).cast(pa.int64())))
            owners.append(np.asarray(inner.owners))
            units.append(np.broadcast_to(np.asarray(made.units, np.int64), inner.rows))
        owner = np.concatenate(owners)
        order = np.lexsort((np.concatenate(moments), owner))
        counts = np.bincount(owner, minlength=scope.rows)
        ends = np.concatenate([[0], np.cumsum(counts)])
        ordered = pa.concat_arrays(texts).take(arrow_numbers(order))
        whole = pc.binary_join(pa.ListArray.from_arrays(arrow_numbers(ends.astype(np.int32)), ordered), "")
        running = np.concatenate([[0], np.cumsum(np.concatenate(units)[order])])
        return Rendered(
            pc.if_else(pa.array(counts == 0), arrow_text(None), whole), running[ends[1:]] - running[ends[:-1]]
        )

    def within(self) -> Sequence[Piece]:
        return [kind.piece for kind in self.kinds]

    def reads(self) -> frozenset[str]:
        around = (path[2:] for kind in self.kinds for path in kind.piece.reads() if path.startswith(".."))
        return frozenset([*(kind.path for kind in self.kinds), *around])

    def item_reads(self) -> Iterator[tuple[str, frozenset[str]]]:
        for kind in self.kinds:
            yield from items_at(kind.path, [kind.moment], kind.piece)
