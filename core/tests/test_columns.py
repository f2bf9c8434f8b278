"""Columns in flight against plain Python: text, lists, mappings and records, whatever is in them and however they are made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from datamimic.columns import (
    Lists,
    Maps,
    Struct,
    Text,
    concat,
    join,
    join_present,
    numbered,
    ordered,
    select,
    take,
    where,
)
from datamimic.columns.containers import kept

CELLS = st.none() | st.text(max_size=4)
WORDS = st.text(max_size=4)


@st.composite
def texts(draw: st.DrawFn, size: int | None = None, nulls: bool = True) -> Text:
    """Plain text, also of a slice, or text coded into a vocabulary that may repeat and hold more than is needed."""
    count = draw(st.integers(0, 12)) if size is None else size
    if draw(st.booleans()):
        before = draw(st.integers(0, 3))
        cells = draw(st.lists(CELLS if nulls else WORDS, min_size=count + before, max_size=count + before))
        return Text.plain(pa.array(cells, pa.string()).slice(before))
    values = draw(st.lists(WORDS, min_size=1, max_size=5))
    low = -1 if nulls else 0
    codes = draw(st.lists(st.integers(low, len(values) - 1), min_size=count, max_size=count))
    return Text.coded(np.array(codes, dtype=np.int32), values)


@st.composite
def lists(draw: st.DrawFn) -> Lists:
    lengths = draw(st.lists(st.integers(0, 3), max_size=8))
    missing = draw(st.lists(st.booleans(), min_size=len(lengths), max_size=len(lengths)))
    lengths = [0 if gone else length for length, gone in zip(lengths, missing, strict=True)]
    present = ~np.array(missing, dtype=np.bool_) if any(missing) else None
    return Lists(np.array(lengths, dtype=np.int64), draw(texts(sum(lengths))), present)


def plain(column: Any) -> list[Any]:
    """What a column holds, as Python has it."""
    if isinstance(column, Text):
        return column.tolist()
    if isinstance(column, Struct):
        rows = zip(*(plain(part) for part in column.columns.values()), strict=True)
        present = np.ones(len(column), np.bool_) if column.present is None else column.present
        return [
            dict(zip(column.columns, row, strict=True)) if there else None
            for row, there in zip(rows, present.tolist(), strict=True)
        ]
    if isinstance(column, Lists | Maps):
        pairs = zip(plain(column.keys), plain(column.values), strict=True) if isinstance(column, Maps) else None
        items = list(pairs) if pairs is not None else plain(column.values)
        ends = np.cumsum(column.lengths).tolist()
        present = [True] * len(column) if column.present is None else column.present.tolist()
        rows_ = [items[end - length : end] for end, length in zip(ends, column.lengths.tolist(), strict=True)]
        made = [dict(row) for row in rows_] if isinstance(column, Maps) else rows_
        return [row if there else None for row, there in zip(made, present, strict=True)]
    return column.tolist()


def flags(size: int) -> st.SearchStrategy[np.ndarray]:
    return st.lists(st.booleans(), min_size=size, max_size=size).map(lambda each: np.array(each, dtype=np.bool_))


def rows_of(column: Any) -> st.SearchStrategy[np.ndarray]:
    """Rows in any order, any number of times."""
    numbers = st.lists(st.integers(0, max(0, len(column) - 1)), max_size=10 if len(column) else 0)
    return numbers.map(lambda each: np.array(each, dtype=np.int64))


# -- text ---------------------------------------------------------------------------------------------------------


@given(texts())
def test_text_is_the_same_in_all_its_forms(text: Text) -> None:
    cells = text.tolist()
    assert text.arrow().to_pylist() == cells == list(text)
    dictionary = text.dictionary()
    dictionary.validate(full=True)
    assert dictionary.to_pylist() == cells
    assert len(set(dictionary.dictionary.to_pylist())) == len(dictionary.dictionary), "Arrow takes values for distinct"
    codes, vocabulary = text.coding()
    assert [None if code < 0 else vocabulary.values[code] for code in codes.tolist()] == cells
    assert text.is_null().tolist() == [cell is None for cell in cells]
    assert text.lengths().tolist() == [len(cell or "") for cell in cells]


@given(st.data())
def test_text_compares_as_its_cells_do_and_null_equals_nothing(data: st.DataObject) -> None:
    one = data.draw(texts())
    two = data.draw(texts(len(one)))
    value = data.draw(st.none() | st.sampled_from(["", *(cell for cell in one if cell is not None)]) | WORDS)
    left, right = one.tolist(), two.tolist()
    assert (one == two).tolist() == [a is not None and a == b for a, b in zip(left, right, strict=True)]
    assert (one != two).tolist() == (~(one == two)).tolist()
    assert (one == value).tolist() == [cell is not None and cell == value for cell in left]
    wanted = data.draw(st.lists(WORDS, max_size=10))
    assert one.isin(wanted).tolist() == [cell in wanted for cell in left]
    assert one.matches(str.isalpha).tolist() == [cell is not None and cell.isalpha() for cell in left]


@given(
    st.lists(st.text("aZ09-", min_size=3, max_size=3) | st.text("aé\U0001f600", min_size=3, max_size=3), max_size=6),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_ids_of_one_length_are_cut_as_other_texts_are(cells: list[str], start: int, stop: int) -> None:
    for before in (0, min(1, len(cells))):
        text = Text.plain(pa.array(cells, pa.string()).slice(before))
        assert text.slice(start, stop).tolist() == [cell[start:stop] for cell in cells[before:]]


@given(st.data())
def test_text_is_taken_cut_and_mapped_as_its_cells_are(data: st.DataObject) -> None:
    text = data.draw(texts())
    cells, rows, keep = text.tolist(), data.draw(rows_of(text)), data.draw(flags(len(text)))
    start, stop = sorted(data.draw(st.tuples(st.integers(0, 5), st.integers(0, 5))))
    assert text.take(rows).tolist() == text[rows].tolist() == [cells[row] for row in rows.tolist()]
    assert text[keep].tolist() == [cell for cell, kept_ in zip(cells, keep, strict=True) if kept_]
    assert text[start:stop].tolist() == cells[start:stop]
    assert text.slice(start, stop).tolist() == [None if cell is None else cell[start:stop] for cell in cells]
    assert text.where(keep).tolist() == [cell if kept_ else None for cell, kept_ in zip(cells, keep, strict=True)]
    assert text.fill("?").tolist() == ["?" if cell is None else cell for cell in cells]
    assert text.map(str.title).tolist() == [None if cell is None else cell.title() for cell in cells]


@given(st.data())
def test_text_is_chosen_per_row(data: st.DataObject) -> None:
    index = data.draw(st.lists(st.integers(0, 2), max_size=10))
    size = len(index)
    choices = [data.draw(texts(size)), data.draw(CELLS), data.draw(texts(size))]
    columns = [choice.tolist() if isinstance(choice, Text) else [choice] * size for choice in choices]
    picked = select(np.array(index, dtype=np.int64), choices)
    assert picked.tolist() == [columns[number][row] for row, number in enumerate(index)]
    condition = np.array(index, dtype=np.int64) == 0
    yes, no = data.draw(texts(size) | WORDS), data.draw(texts(size) | WORDS)
    left, right = ([each] * size if isinstance(each, str) else each.tolist() for each in (yes, no))
    assert where(condition, yes, no).tolist() == [
        a if first else b for first, a, b in zip(condition, left, right, strict=True)
    ]


@given(st.data())
def test_parts_are_joined_as_python_joins_them(data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 8))
    separator = data.draw(st.sampled_from(["", " ", ", ", "ß"]))
    parts = [data.draw(texts(size)), *data.draw(st.lists(texts(size) | WORDS, max_size=4))]
    columns = [[part] * size if isinstance(part, str) else part.tolist() for part in parts]
    rows = list(zip(*columns, strict=True))
    joined = join(*parts, separator=separator)
    joined.arrow().validate(full=True)
    assert joined.tolist() == [None if None in row else separator.join(row) for row in rows]
    present = join_present(*parts, separator=separator)
    assert present.tolist() == [separator.join(cell for cell in row if cell) for row in rows]


# -- lists, mappings, records -------------------------------------------------------------------------------------


@given(st.data())
def test_lists_are_taken_asked_and_left_out_row_by_row(data: st.DataObject) -> None:
    column = data.draw(lists())
    cells, rows, keep = plain(column), data.draw(rows_of(column)), data.draw(flags(len(column)))
    assert plain(column.take(rows)) == [cells[row] for row in rows.tolist()]
    assert plain(column.where(keep)) == [cell if kept_ else None for cell, kept_ in zip(cells, keep, strict=True)]
    assert column.contains("a").tolist() == ["a" in (cell or ()) for cell in cells]
    null = column.values.is_null()
    assert column.any(null).tolist() == [None in (cell or ()) for cell in cells]
    assert column.all(~null).tolist() == [None not in (cell or ()) for cell in cells]
    assert column.parents.tolist() == [row for row, cell in enumerate(cells) for _ in cell or ()]


@given(st.data())
def test_mappings_and_records_are_taken_and_left_out_row_by_row(data: st.DataObject) -> None:
    lengths = data.draw(st.lists(st.integers(0, 2), max_size=6))
    keys = Text.of([f"k{number}" for number in range(sum(lengths))])
    maps = Maps(np.array(lengths, dtype=np.int64), keys, data.draw(texts(sum(lengths), nulls=False)))
    numbers = np.arange(len(lengths), dtype=np.int64)
    struct = Struct({"maps": maps, "text": data.draw(texts(len(lengths))), "number": numbers})
    for column in (maps, struct):
        cells, rows, keep = plain(column), data.draw(rows_of(column)), data.draw(flags(len(column)))
        assert plain(column.take(rows)) == [cells[row] for row in rows.tolist()]
        left = plain(column.where(keep))
        assert left == [cell if kept_ else None for cell, kept_ in zip(cells, keep, strict=True)]


@given(st.data())
def test_columns_of_any_form_are_put_behind_each_other(data: st.DataObject) -> None:
    one_of_them = data.draw(st.sampled_from([texts(), lists()]))
    parts: list[Any] = data.draw(st.lists(one_of_them, min_size=1, max_size=4))
    assert plain(concat(parts)) == [cell for part in parts for cell in plain(part)]
    records = [Struct({"part": part}) for part in parts]
    assert plain(concat(records)) == [{"part": cell} for part in parts for cell in plain(part)]


@given(st.lists(st.tuples(st.integers(-100, 100), st.booleans(), st.booleans()), max_size=12))
def test_numbers_that_are_left_out_hide_nothing_under_the_mask(cells: list[tuple[int, bool, bool]]) -> None:
    numbers = np.array([number for number, _, _ in cells], dtype=np.int64)
    column = np.ma.MaskedArray(numbers, [gone for _, gone, _ in cells])
    keep = np.array([kept_ for _, _, kept_ in cells], dtype=np.bool_)
    left = kept(column, keep)
    assert left.tolist() == [number if kept_ and not gone else None for number, gone, kept_ in cells]
    assert not np.ma.getdata(left)[np.ma.getmaskarray(left)].any(), "bytes of files would tell what was there"
    assert take(left, np.arange(len(cells))[::-1]).tolist() == left.tolist()[::-1]


@given(
    st.lists(st.lists(st.sampled_from((-(1 << 61), -7, 0, 1, 2, 1 << 20, 1 << 45, 1 << 61)), min_size=3, max_size=3))
)
def test_whole_numbers_are_put_in_order_and_numbered_as_numpy_does(rows: list[list[int]]) -> None:
    keys = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    for some in (keys[:1], keys[:2], keys, keys[[1, 1, 2, 0]]):
        np.testing.assert_array_equal(ordered(*some), np.lexsort(some[::-1]))
    moments = np.abs(keys[0]).astype("datetime64[us]")
    np.testing.assert_array_equal(ordered(moments, keys[1] > 0), np.lexsort((keys[1] > 0, moments)))
    for values in (keys[0], np.sort(keys[0]), keys[0] % 5):
        distinct, number = np.unique(values, return_inverse=True)
        found, place = numbered(values)
        np.testing.assert_array_equal(found, distinct)
        np.testing.assert_array_equal(place, number)
