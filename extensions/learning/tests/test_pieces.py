"""Rows in pieces of another size: the same rows, in their order."""

from __future__ import annotations

import pyarrow as pa
import pytest

from datamimic_learning.samples.pieces import nearly_unique, of_rows


@pytest.mark.parametrize("most", [1, 3, 7, 100])
@pytest.mark.parametrize("sizes", [[], [0, 0], [5], [1, 2, 3, 4], [9, 0, 1]])
def test_rows_stay_in_order_and_no_batch_is_larger_than_asked(sizes: list[int], most: int) -> None:
    starts = [sum(sizes[:at]) for at in range(len(sizes))]
    batches = [
        pa.record_batch({"n": [*range(start, start + size)], "t": [f"t{n}" for n in range(start, start + size)]})
        for start, size in zip(starts, sizes, strict=True)
        if size
    ]
    made = [*of_rows(batches, most)]
    assert all(0 < each.num_rows <= most for each in made)
    assert [n for each in made for n in each.column(0).to_pylist()] == [*range(sum(sizes))]
    assert [n for each in made for n in each.column(1).to_pylist()] == [f"t{n}" for n in range(sum(sizes))]
    if batches:
        assert len(made) <= 2 * -(-sum(sizes) // most)


def test_codes_of_several_dictionaries_stay_apart() -> None:
    batches = [pa.record_batch({"c": pa.array([text]).dictionary_encode()}) for text in ("a", "b")]
    assert [each.column(0).to_pylist() for each in of_rows(batches, 10)] == [["a"], ["b"]]


def test_columns_that_hardly_repeat_are_known_by_a_look() -> None:
    unique = pa.array([f"t{n}" for n in range(5_000)])
    assert nearly_unique(unique)
    assert not nearly_unique(pa.array([f"t{n % 100}" for n in range(5_000)]))
    assert not nearly_unique(pa.array([*unique.to_pylist(), None]))
    assert not nearly_unique(unique.slice(0, 100))
    assert not nearly_unique(pa.array(range(5_000)))
