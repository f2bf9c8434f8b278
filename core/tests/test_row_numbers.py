"""Rows are chosen as a list is indexed and sliced, whatever the numbers; what no list has is refused."""

from __future__ import annotations

import pytest
from fleet import Vehicle, registry
from hypothesis import given
from hypothesis import strategies as st

from datamimic import World
from datamimic.base.row_numbers import row_number
from datamimic.errors import InvalidOption

ROWS = World("rows", packs=registry())[Vehicle]
NUMBERS = st.integers(-60, 60)
ENDS = st.none() | NUMBERS


@given(st.integers(0, 40), st.integers(0, 40), ENDS, ENDS)
def test_a_slice_of_rows_is_that_of_a_list_of_their_numbers(
    first: int, count: int, start: int | None, stop: int | None
) -> None:
    numbers = range(first, first + count)
    part = ROWS[first : first + count][start:stop]
    assert list(range(part.start, part.require_end())) == list(numbers[start:stop])


@given(st.integers(0, 40), st.integers(0, 40), NUMBERS)
def test_an_index_is_that_of_a_list(first: int, count: int, index: int) -> None:
    rows, numbers = ROWS[first : first + count].select(["vehicle_id"]), range(first, first + count)
    if -count <= index < count:
        assert rows[index] == ROWS.select(["vehicle_id"])[numbers[index]]
    else:
        with pytest.raises(IndexError):
            rows[index]


@given(st.integers(0, 10), st.integers(0, 40))
def test_rows_without_an_end_have_no_last_ones(first: int, further: int) -> None:
    rows = ROWS[first:]
    assert rows[further:].start == first + further and rows[further:].stop is None
    with pytest.raises(InvalidOption) as error:
        rows[-1 - further :]
    assert error.value.code == "invalid_range"


@pytest.mark.parametrize("value", [True, 1.0, "1", None])
def test_what_is_no_integer_numbers_no_row(value: object) -> None:
    with pytest.raises(TypeError):
        row_number(value, None, 10)
