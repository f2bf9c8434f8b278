"""The distribution of one column given a few others: a tree of questions, grown out of their codes alone.

At each node the question that tells most about the column is asked of one of the others: is its band above this one, is its
category among these few? It is asked where what it tells is more than the best of many questions would seem to tell by
chance, and both sides have enough rows. Of f degrees of freedom, twice the logarithm of a likelihood ratio is above
f + 2 √(f x) + 2 x by chance once in e^x times (Laurent and Massart, Annals of Statistics 28, 2000, lemma 1).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Final

import numpy as np
from attrs import define, frozen
from numpy.typing import NDArray

from datamimic.columns import Bools, Floats, Ints
from datamimic_learning.learning.counting import histogram

_MOST_NAMED: Final = 16
"""Categories that one side of a question names at most."""
_MOST_LEAVES: Final = 128
_WORTH_KEEPING: Final = 2
"""Counts are kept where there are so many times as many codes to count, so that they take less memory than these."""
_MOST_TOLD_APART: Final = 40
"""Values of the column that questions are looked for with; rarer ones count as one."""


@frozen(eq=False)
class Leaf:
    """`allowed[i]` are the codes of parent i that lead here, `weights` how many rows have each code of the column; `above` are
    those of the wider cases that it is part of, the nearest first."""

    allowed: tuple[Bools, ...]
    weights: Floats
    above: tuple[Floats, ...] = ()


@frozen
class Growth:
    """`least`: rows of a leaf. `doubt`: chance would have to be met once in e^doubt times to seem to tell as much as a
    question."""

    least: float
    doubt: float = 2.5
    leaves: int = _MOST_LEAVES


@frozen(eq=False)
class Parents:
    """What questions may be asked of: `sizes` are how many codes each has; `ordered` those whose codes ascend;
    `nulls` the code of
    missing values; `sure` the first ones that are known to tell something, so that there is no doubt of them."""

    sizes: Sequence[int]
    ordered: Sequence[bool]
    nulls: Sequence[int | None]
    sure: int = 0


@define(eq=False)
class _Node:
    rows: Ints
    allowed: tuple[Bools, ...]
    worth: float = -1.0
    parent: int = -1
    left: Bools | None = None
    above: _Node | None = None
    weights: Floats | None = None
    counted: Floats | None = None
    """How often its rows have which codes, kept until its parts are counted."""


def grown(codes: NDArray[np.int32], size: int, parents: Parents, growth: Growth) -> list[Leaf]:
    """The leaves of the tree of the first line of codes, a column that has `size` of them, given the others."""
    target, others = codes[0], codes[1:]
    search = _Search(codes, size, parents, growth)
    root = _Node(np.arange(len(target), dtype=np.int64), tuple(np.ones(each, dtype=np.bool_) for each in parents.sizes))
    search.ask(root, search.counted(root.rows))
    # The question that tells most is asked first, so that the most telling ones fit among the leaves that there may be.
    ready, done, number = [(-root.worth, 0, root)], list[_Node](), 1
    while ready:
        _, _, node = heapq.heappop(ready)
        if node.left is None or len(ready) + len(done) + 1 >= growth.leaves:
            done.append(node)
            continue
        goes_left = node.left.take(others[node.parent].take(node.rows))
        parts = []
        for side, kept in ((node.left, goes_left), (~node.left, ~goes_left)):
            allowed = tuple(each & side if at == node.parent else each for at, each in enumerate(node.allowed))
            parts.append(_Node(node.rows[kept], allowed, above=node))
        search.ask_both(node, parts)
        for made in parts:
            heapq.heappush(ready, (-made.worth, number, made))
            number += 1
    for leaf in done:
        weights = histogram(target.take(leaf.rows), size)
        each: _Node | None = leaf
        while each is not None:
            each.weights = weights if each.weights is None else each.weights + weights
            each = each.above
    return [_leaf(node) for node in done]


def _leaf(node: _Node) -> Leaf:
    above, each = [], node.above
    while each is not None:
        assert each.weights is not None
        above.append(each.weights)
        each = each.above
    assert node.weights is not None
    return Leaf(node.allowed, node.weights, tuple(above))


class _Search:
    """Looks for the best question of a node, of all parents at once: their tables lie one below the other. An
    ordered parent with
    missing values stands there twice, with these below everything and above it."""

    def __init__(self, codes: NDArray[np.int32], size: int, parents: Parents, growth: Growth) -> None:
        self.growth = growth
        counts = np.bincount(codes[0], minlength=size)
        rank = np.empty(size, dtype=np.int64)
        rank[np.argsort(-counts, kind="stable")] = np.arange(size)
        self.told = min(size, _MOST_TOLD_APART)
        target = np.minimum(rank, self.told - 1).take(codes[0])
        self.starts = np.concatenate(([0], np.cumsum(parents.sizes)))[:-1].astype(np.int64)
        self.flat = codes[1:].astype(np.int64) * self.told + target
        self.rows = int(sum(parents.sizes))
        self.sizes = np.asarray(parents.sizes, dtype=np.int64)
        named = [at for at, ordered in enumerate(parents.ordered) if not ordered]
        blocks = [(at, self._block(at)) for at in named]
        self.named_rows = np.concatenate([block for _, block in blocks]) if blocks else np.zeros(0, dtype=np.int64)
        self.named_sizes = self.sizes[named]
        for at, ordered in enumerate(parents.ordered):
            null = parents.nulls[at]
            if not ordered:
                continue
            block = self._block(at)
            blocks.append((at, block))
            if null is not None:
                blocks.append((at, np.insert(np.delete(block, null), 0, block[null])))
        self.of_block = [at for at, _ in blocks]
        self.doubt = np.array([0.0 if at < parents.sure else growth.doubt for at in self.of_block])
        self.lengths = np.array([len(block) for _, block in blocks], dtype=np.int64)
        self.arranged = np.concatenate([block for _, block in blocks])
        self.firsts = np.cumsum(self.lengths) - self.lengths
        self.block_of_row = np.repeat(np.arange(len(blocks)), self.lengths)
        self.named = np.arange(len(blocks)) < len(named)

    def _block(self, at: int) -> Ints:
        return np.arange(self.starts[at], self.starts[at] + self.sizes[at], dtype=np.int64)

    def counted(self, rows: Ints) -> Floats:
        """How many rows have each code of each parent together with each value."""
        told, made = self.told, np.empty(self.rows * self.told)
        for flat, start, size in zip(self.flat, self.starts.tolist(), self.sizes.tolist(), strict=True):
            made[start * told : (start + size) * told] = np.bincount(flat.take(rows), minlength=size * told)
        return made.reshape(self.rows, told)

    def ask_both(self, whole: _Node, parts: Sequence[_Node]) -> None:
        """Of the two parts of a node the smaller one is counted, the other one is the rest."""
        small, large = sorted(parts, key=lambda each: len(each.rows))
        of_whole, whole.counted = whole.counted, None
        if len(large.rows) < 2 * self.growth.least:
            return
        if of_whole is None:
            self.ask(large, self.counted(large.rows))
            if len(small.rows) >= 2 * self.growth.least:
                self.ask(small, self.counted(small.rows))
            return
        of_small = self.counted(small.rows)
        self.ask(large, of_whole - of_small)
        self.ask(small, of_small)

    def ask(self, node: _Node, table: Floats) -> None:
        """The question of a node of which the rows are counted."""
        total = float(len(node.rows))
        if total < 2 * self.growth.least:
            return
        if len(node.rows) * len(self.flat) > _WORTH_KEEPING * table.size:
            node.counted = table
        whole = table[: self.sizes[0]].sum(axis=0)
        columns = np.flatnonzero(whole > 0)
        if len(columns) < 2:
            return
        table, whole = table.take(columns, axis=1), whole[columns]
        order = self._order(table, whole, total)
        sorted_table = table[order]
        left = np.cumsum(sorted_table, axis=0)
        before = np.concatenate((np.zeros((1, len(columns))), left))[self.firsts]
        left -= before[self.block_of_row]
        right = whole - left
        of_left, of_right = left.sum(axis=1), right.sum(axis=1)
        gain = _times_log(left).sum(axis=1) + _times_log(right).sum(axis=1) - _times_log(of_left) - _times_log(of_right)
        gain -= float(_times_log(whole).sum()) - total * np.log(total)
        freedom = np.maximum(((left > 0) | (right > 0)).sum(axis=1) - 1, 1)
        doubt = self.doubt[self.block_of_row]
        worth = 2.0 * (gain - np.sqrt(freedom * doubt) - doubt) - freedom
        fits = (of_left >= self.growth.least) & (of_right >= self.growth.least)
        if len(self.named_rows):
            fits &= self._nameable(sorted_table)
        worth[~fits] = -np.inf
        at = int(np.argmax(worth))
        if not worth[at] > 0:
            return
        block = int(self.block_of_row[at])
        parent = self.of_block[block]
        first = int(self.firsts[block])
        side = np.zeros(int(self.sizes[parent]), dtype=np.bool_)
        chosen = order[first : at + 1] - self.starts[parent]
        if self.named[block]:
            there = sorted_table.sum(axis=1) > 0
            rest = order[at + 1 : first + int(self.lengths[block])] - self.starts[parent]
            chosen, rest = chosen[there[first : at + 1]], rest[there[at + 1 : first + int(self.lengths[block])]]
            if len(chosen) > len(rest):
                # Those that are not seen here go with the side that is told by what it is not.
                side[:] = True
                side[rest] = False
                chosen = chosen[:0]
        side[chosen] = True
        node.worth, node.parent, node.left = float(worth[at]), parent, side

    def _order(self, table: Floats, whole: Floats, total: float) -> Ints:
        """The rows of the tables as questions part them: categories by how much more often than usual they have the value that
        tells them apart most, those that are not seen last."""
        if not len(self.named_rows):
            return self.arranged
        own = table[self.named_rows]
        of_code = own.sum(axis=1)
        shares = own / np.maximum(of_code, 1e-12)[:, None]
        usual = whole / total
        apart = of_code[:, None] * (shares - usual) ** 2
        firsts = np.cumsum(self.named_sizes) - self.named_sizes
        by = np.argmax(np.add.reduceat(apart, firsts, axis=0) / np.maximum(usual, 1e-12), axis=1)
        block = np.repeat(np.arange(len(self.named_sizes)), self.named_sizes)
        key = np.where(of_code > 0, -shares[np.arange(len(own)), by[block]], 2.0)
        order = np.lexsort((key, block))
        made = self.arranged.copy()
        made[: len(own)] = self.named_rows[order]
        return made

    def _nameable(self, table: Floats) -> Bools:
        """Where one side of a question names few enough categories."""
        seen = (table[: len(self.named_rows)].sum(axis=1) > 0).astype(np.int64)
        block = self.block_of_row[: len(seen)]
        running = np.cumsum(seen)
        before = np.concatenate(([0], running))[self.firsts[: len(self.named_sizes)]]
        named = running - before[block]
        of_block = np.add.reduceat(seen, self.firsts[: len(self.named_sizes)])[block]
        fits = np.ones(len(table), dtype=np.bool_)
        fits[: len(seen)] = (named <= _MOST_NAMED) | (of_block - named <= _MOST_NAMED)
        return fits


def _times_log(values: Floats) -> NDArray[np.float64]:
    return values * np.log(np.maximum(values, 1e-300))
