"""Where rows lie: children of parents, rows of strata, siblings of a row; each against a plain count of them."""

from __future__ import annotations

from collections import Counter

import numpy as np
from fleet import registry
from hypothesis import given
from hypothesis import strategies as st

from datamimic import World
from datamimic.draws.address import Address
from datamimic.draws.child_counts import BLOCK, ChildCounts
from datamimic.draws.draw import segment_sums
from datamimic.draws.strata import Strata
from datamimic.engine.families import Family
from datamimic.tables.weighted import apportion

PACKS = registry()
KEYS = st.text("abc", max_size=3).map(lambda text: Address.of(text, "US", "entity", "field"))
COUNTS = st.dictionaries(st.integers(0, 9), st.integers(1, 50), min_size=1, max_size=5).filter(any)
NEAR_OR_FAR = st.integers(0, 3 * BLOCK) | st.integers(0, 2**40)


@given(COUNTS, KEYS)
def test_every_block_of_parents_has_exactly_the_declared_counts(counts: dict[int, float], key: Address) -> None:
    layout = ChildCounts(counts, key)
    first, found = layout.of(np.arange(3 * BLOCK, dtype=np.int64))
    shares = dict(zip(counts, apportion(tuple(counts.values()), BLOCK), strict=True))
    for block in range(3):
        assert Counter(found[block * BLOCK : (block + 1) * BLOCK].tolist()) == Counter(shares)
    assert first.tolist() == [0, *np.cumsum(found)[:-1].tolist()], "children follow each other without a gap"


@given(COUNTS, KEYS, st.lists(NEAR_OR_FAR, min_size=1, max_size=20))
def test_children_find_their_parents_and_parents_their_children(
    counts: dict[int, float], key: Address, numbers: list[int]
) -> None:
    layout = ChildCounts(counts, key)
    children = np.array(numbers, dtype=np.int64)
    parents, index, count = layout.parents(children)
    first, of_parent = layout.of(parents)
    assert (first + index).tolist() == numbers and of_parent.tolist() == count.tolist()
    assert ((index >= 0) & (index < count)).all()


WEIGHTS = st.lists(st.integers(0, 20), min_size=1, max_size=8).filter(any)


@given(WEIGHTS, st.integers(8, 300), KEYS)
def test_strata_deal_exact_shares_in_every_block(weights: list[int], block: int, key: Address) -> None:
    strata = Strata.build(tuple(map(float, weights)), block, 0, key)
    found = strata.of(np.arange(3 * block, dtype=np.int64))
    for each in range(3):
        dealt = np.bincount(found[each * block : (each + 1) * block], minlength=len(weights))
        assert dealt.tolist() == strata.counts.tolist() == apportion(list(map(float, weights)), block)


@given(WEIGHTS, st.integers(8, 300), KEYS, st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=20))
def test_a_row_picked_from_a_stratum_is_in_it(weights: list[int], block: int, key: Address, words: list[int]) -> None:
    strata = Strata.build(tuple(map(float, weights)), block, 0, key)
    bits = np.array(words, dtype=np.uint64)
    for number, count in enumerate(strata.counts.tolist()):
        rows = strata.pick(np.full(len(bits), number), bits)
        if not count:
            assert (rows == -1).all()
        else:
            assert ((rows >= 0) & (rows < block)).all() and (strata.of(rows) == number).all()


@given(st.lists(st.lists(st.integers(-(10**12), 10**12), max_size=4), min_size=1, max_size=10))
def test_segments_are_summed(segments: list[list[int]]) -> None:
    values = np.array([value for segment in segments for value in segment], dtype=np.int64)
    lengths = np.array([len(segment) for segment in segments], dtype=np.int64)
    assert segment_sums(values, lengths).tolist() == [sum(segment) for segment in segments]


@given(rows=st.lists(st.integers(0, 400), max_size=30), ascending=st.booleans())
def test_a_row_has_its_place_among_its_siblings_whatever_else_is_in_the_batch(rows: list[int], ascending: bool) -> None:
    world = World("families", packs=PACKS)
    numbers = np.array(sorted(rows) if ascending else rows, dtype=np.int64)
    batch = world.batch(world.spec("fleet.trip"), numbers)
    vehicle = batch.column("vehicle")
    family = Family(batch, vehicle)
    assert family.rows[family.positions].tolist() == numbers.tolist()
    whole = {parent: range(row - index, row - index + count) for parent, row, index, count in zip(
        vehicle.rows.tolist(), numbers.tolist(), vehicle.index.tolist(), vehicle.count.tolist(), strict=True
    )}  # fmt: skip
    assert sorted(family.rows.tolist()) == sorted(row for siblings in whole.values() for row in siblings)
    squares = family.rows * family.rows
    expected = [(sum(n * n for n in whole[parent] if n <= row), sum(n * n for n in whole[parent]))
                for parent, row in zip(vehicle.rows.tolist(), numbers.tolist(), strict=True)]  # fmt: skip
    found = zip(family.running(squares).tolist(), family.total(squares).tolist(), strict=True)
    assert list(found) == expected
