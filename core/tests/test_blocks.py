"""Blocks and their digests: the same whatever the batches, and whatever the form of their text."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from datamimic.formats.blocks import BLOCK_ROWS
from datamimic.model.digests import column_digest
from datamimic.output.digest import batch_digests
from datamimic.output.digest_tree import DigestTree, Leaves, blocks_of

CELLS = st.none() | st.text(max_size=4)


def batches_of(table: pa.Table, cuts: list[int]) -> list[pa.RecordBatch]:
    edges = [0, *sorted(min(cut, table.num_rows) for cut in cuts), table.num_rows]
    return [
        pa.RecordBatch.from_arrays(
            [column.slice(a, b - a).combine_chunks() for column in table.columns], schema=table.schema
        )
        for a, b in pairwise(edges)
    ]


@settings(max_examples=20)
@given(
    st.sampled_from([0, 1, BLOCK_ROWS - 1, BLOCK_ROWS, 2 * BLOCK_ROWS + 5]),
    st.lists(st.integers(0, 40_000), max_size=6),
)
def test_blocks_do_not_depend_on_the_batches(rows: int, cuts: list[int]) -> None:
    table = pa.table({"row": np.arange(rows), "word": pa.array([f"w{n % 7}" for n in range(rows)], pa.string())})
    blocks = list(blocks_of(batches_of(table, cuts)))
    assert [block.num_rows for block in blocks] == [
        min(BLOCK_ROWS, rows - start) for start in range(0, rows, BLOCK_ROWS)
    ]
    assert pa.Table.from_batches(blocks, schema=table.schema).equals(table)


@given(st.lists(CELLS, max_size=20), st.integers(0, 5), st.randoms(use_true_random=False))
def test_a_digest_is_of_values_and_of_no_layout(cells: list[str | None], before: int, chance: Random) -> None:
    plain = pa.array(cells, pa.string())
    sliced = pa.array([*["x"] * before, *cells, "y"], pa.string()).slice(before, len(cells))
    values = [*{cell for cell in cells if cell is not None}, "unused"]
    chance.shuffle(values)
    codes = pa.array([None if cell is None else values.index(cell) for cell in cells], pa.int32())
    coded = pa.DictionaryArray.from_arrays(codes, pa.array(values, pa.string()))
    assert column_digest(plain) == column_digest(sliced) == column_digest(coded)


NESTED = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.none() | st.integers(-(2**63), 2**63 - 1),
            "flag": st.none() | st.booleans(),
            "list": st.none() | st.lists(st.none() | st.text(max_size=2), max_size=3),
            "record": st.none() | st.fixed_dictionaries({"a": st.none() | st.integers(0, 9), "b": CELLS}),
        }
    ),
    max_size=8,
)
SCHEMA = pa.schema(
    {
        "number": pa.int64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
        "record": pa.struct({"a": pa.int64(), "b": pa.string()}),
    }
)


@given(NESTED, NESTED)
def test_digests_are_equal_exactly_where_values_are(one: list[dict[str, object]], two: list[dict[str, object]]) -> None:
    first, second = (pa.RecordBatch.from_pylist(rows, schema=SCHEMA) for rows in (one, two))
    padded = pa.RecordBatch.from_pylist([*two, *one, *two], schema=SCHEMA).slice(len(two), len(one))
    assert batch_digests(first) == batch_digests(padded)
    left, right = batch_digests(first), batch_digests(second)
    for number, name in enumerate(SCHEMA.names):
        same = first.column(name).to_pylist() == second.column(name).to_pylist()
        assert (left[number] == right[number]) == same


@settings(max_examples=10)
@given(st.integers(1, BLOCK_ROWS + 50), st.integers(0, 2**32))
def test_a_tree_says_in_which_block_a_cell_changed(rows: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    codes = chance.integers(0, 5, rows).astype(np.int32)
    schema = pa.schema({"number": pa.int64(), "word": pa.dictionary(pa.int32(), pa.string())})

    def leaves(numbers: np.ndarray) -> Leaves:
        words = pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(list("abcde")))
        tree = DigestTree(schema)
        for block in blocks_of([pa.RecordBatch.from_arrays([pa.array(numbers), words], schema=schema)]):
            tree.add(block)
        return Leaves.parse(tree.to_dict())

    numbers = np.arange(rows)
    changed = int(chance.integers(0, rows))
    before, after = leaves(numbers), leaves(np.where(numbers == changed, -1, numbers))
    assert before.rows == rows and before.root != after.root
    differing = [
        (name, block)
        for name in schema.names
        for block in range(before.blocks)
        if before.leaf(name, block) != after.leaf(name, block)
    ]
    assert differing == [("number", changed // BLOCK_ROWS)]
    first, end = before.span(changed // BLOCK_ROWS)
    assert first <= changed < end
