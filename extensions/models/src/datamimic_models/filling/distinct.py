"""Columns whose values must differ, from each other and from those that are there."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from datamimic import Draw, Permutation
from datamimic_models.filling.tables import FilledTable
from datamimic_models.schemas.schema import SqlColumn
from datamimic_models.solving.axes import Axis, Ints
from datamimic_models.solving.holding import allowed
from datamimic_models.solving.made import Made, Objects, codes, empty
from datamimic_models.solving.natives import native_texts
from datamimic_models.solving.shapes import MOST, different_texts, shape_of
from datamimic_models.solving.ticks import taste
from datamimic_models.solving.values import Values
from datamimic_models.solving.wording import words

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
TRIES: Final = 60
"""More than there are ways to go wrong: every try has a longer number at its end."""
_FEW: Final = 1 << 20
"""So many texts can be looked at one by one."""
PROPOSED: Final = 3
"""Tries of what makes sense, with a number at its end, before texts of a pattern."""


def capacity(column: SqlColumn, values: tuple[Values, ...], axis: Axis | None) -> int:
    """How many different values the column can have."""
    listed = [each.choices for each in values if each.null != "always"]
    known = [each for each in listed if each is not None]
    if known and len(known) == len(listed):
        return len({choice for each in known for choice in each})
    return max((_capacity(column, each, axis) for each in values), default=MOST)


def _capacity(column: SqlColumn, values: Values, axis: Axis | None) -> int:
    if values.null == "always":
        return MOST
    if values.choices is not None:
        return len(values.choices)
    if axis is not None:
        low, high = axis.low if values.low is None else values.low, axis.high if values.high is None else values.high
        if values.low is None or (low < 0 and low == axis.low):
            low = min(1, high)  # keys count from one
        step = values.remainder[0] if values.remainder else 1
        return max(0, (high - low + 1) // step)
    shape = shape_of(values)
    if shape is not None:
        return shape.capacity
    if values.longest is not None and values.longest < 8 and column.type.name == "str":
        base = len(_LETTERS)
        return int(base ** max(1, values.longest))
    return MOST


def same(text: str) -> str:
    """What is the same for texts that some collation takes for equal."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return text.casefold().rstrip()


def alike(table: FilledTable, names: Sequence[str], *, nulls_alike: bool = False) -> Ints:
    """A number per row, existing ones first, the same where some collation takes these columns for equal; -1 of a null,
    unless nulls are alike."""
    columns = []
    for name in names:
        column = table.all_of(name)
        if name not in table.axes:
            column = Made(np.array([same(str(text)) for text in column.values], dtype=object), column.null)
        columns.append(column)
    return codes(columns, nulls_alike=nulls_alike)


def distinct(
    table: FilledTable, column: SqlColumn, values: Values, existing: Made | None, rows: Ints | None = None
) -> Made:
    """Values of the column for the new `rows` (all, without), no two alike, none that is there already. Fewer, where there
    is no room for all of them."""
    axis = table.axes.get(column.name)
    taken = existing if existing is not None else Made.nothing(0, ticks=axis is not None)
    wanted = np.arange(table.rows, dtype=np.int64) if rows is None else rows
    if axis is None:
        data: Any = _texts(table, column, values, taken, wanted)
    else:
        data = _ticks(table, column, values, axis, taken, len(wanted))
    return Made(data, np.zeros(len(data), dtype=np.bool_))


def _ticks(table: FilledTable, column: SqlColumn, values: Values, axis: Axis, taken: Made, rows: int) -> Ints:
    held = taken.values[~taken.null]
    if values.choices is not None:
        free = np.setdiff1d(np.array(values.choices, dtype=np.int64), held)
        return free[_permutation(table, column, len(free)).forward(np.arange(min(rows, len(free))))]
    low, high = axis.low if values.low is None else values.low, axis.high if values.high is None else values.high
    step = 1
    if values.remainder is not None:
        step = values.remainder[0]
        low += (values.remainder[1] - low) % step
    counts_up = axis.kind == "number" and axis.decimals == 0
    if counts_up:
        start = low if low > axis.low and low > 0 else max(low, min(1, high))
        start += (low - start) % step
        if len(held):
            after = int(held.max()) + 1
            after += (low - after) % step
            start = max(start, after)
        if start + (rows - 1) * step <= high:
            return start + np.arange(rows, dtype=np.int64) * step
        return _gaps(low, high, step, held, rows)
    first, last = taste(axis, values)
    first, last = max(first, low), min(last, high)
    if axis.step > 1 and (last - first) // axis.step > 4 * (rows + len(held)):
        step = axis.step
    first -= first % step
    room = (last - first) // step + 1
    if room < rows + len(held):
        first, room, step = low, min(high - low + 1, max(4 * (rows + len(held)), 1)), 1
    numbers = _permutation(table, column, room).forward(np.arange(min(room, rows + len(held)), dtype=np.int64))
    found = first + numbers * step
    return found[~np.isin(found, held)][:rows]


def _gaps(low: int, high: int, step: int, held: Ints, rows: int) -> Ints:
    """The first numbers that are not held."""
    found = np.zeros(0, dtype=np.int64)
    at, size = max(low, min(1, high)), rows + len(held)
    window = np.arange(at, min(high, at + size * step) + 1, step, dtype=np.int64)
    found = window[~np.isin(window, held)][:rows]
    if len(found) < rows and low < at:
        below = np.arange(max(low, at - size * step), at, step, dtype=np.int64)
        found = np.concatenate((found, below[~np.isin(below, held)][: rows - len(found)]))
    return found


def _permutation(table: FilledTable, column: SqlColumn, size: int) -> Permutation:
    return Permutation(max(1, size), (*table.address, column.name, "distinct"))


def _texts(table: FilledTable, column: SqlColumn, values: Values, taken: Made, wanted: Ints) -> Objects:
    rows = len(wanted)
    gone = {same(text) for text in taken.values[~taken.null]}
    if values.choices is not None:
        free = np.array([each for each in values.choices if same(str(each)) not in gone], dtype=object)
        chosen: Objects = free[_permutation(table, column, len(free)).forward(np.arange(min(rows, len(free))))]
        return chosen
    found = empty(rows, ticks=False)
    left = list(range(rows))
    for attempt in range(TRIES):
        candidates = _candidates(table, column, values, wanted[left], attempt)
        good = allowed(values, candidates, False) if len(candidates) else np.zeros(0, dtype=np.bool_)
        still = []
        for row, text, fits in zip(left, candidates, good, strict=True):
            key = same(text)
            if fits and key not in gone:
                gone.add(key)
                found[row] = text
            else:
                still.append(row)
        left = still
        if not left:
            return found
    # Where most are taken, chance hardly finds those that are not.
    for text in _every(table, column, values):
        if left and (key := same(text)) not in gone:
            gone.add(key)
            found[left.pop()] = text
    return np.delete(found, left)


def _every(table: FilledTable, column: SqlColumn, values: Values) -> Objects:
    """All texts that the column may have, in no visible order; none where they are too many."""
    shape = shape_of(values)
    longest = values.longest if values.longest is not None else 60
    size = shape.capacity if shape is not None else len(_LETTERS) ** max(1, min(longest, 8))
    if size > _FEW:
        return empty(0, ticks=False)
    numbers = np.arange(size, dtype=np.int64)
    if shape is None:
        texts = _codes(table, column, numbers, values, longest)
    else:
        texts = different_texts(shape, numbers, (*table.address, column.name))
    found: Objects = texts[allowed(values, texts, False)]
    return found


def _candidates(table: FilledTable, column: SqlColumn, values: Values, rows: Ints, attempt: int) -> Objects:
    seed, name = table.address
    numbers = table.held + rows + attempt * table.rows
    draw = Draw((seed, name, f"{column.name}#{attempt}" if attempt else column.name), table.held + rows)
    proposal = table.sources[column.name].proposal if column.name in table.sources else None
    if proposal is not None and attempt > PROPOSED and not allowed(values, proposal.values[rows], False).any():
        proposal = None
    shape = shape_of(values)
    if shape is not None and (proposal is None or attempt > PROPOSED):
        return different_texts(shape, numbers, (*table.address, column.name))
    natives = native_texts(column, draw)
    if natives is not None:
        return natives
    longest = values.longest if values.longest is not None else 60
    if longest < 8 and (proposal is None or attempt):
        return _codes(table, column, numbers, values, longest)
    if proposal is not None:
        plain = [str(proposal.values[row]) or words(int(row), values) for row in rows]
    else:
        plain = [words(int(bits) >> 2, values) for bits in draw.bits("words")]
    if not attempt:
        return np.array([_cased(text[:longest].rstrip(), values) for text in plain], dtype=object)
    marks = [int(each) + 1 for each in numbers] if attempt > 1 else [2 + int(bits) % 998 for bits in draw.bits("mark")]
    return np.array(
        [_cased(_marked(text, str(mark), longest), values) for text, mark in zip(plain, marks, strict=True)],
        dtype=object,
    )


def _marked(text: str, mark: str, longest: int) -> str:
    """With a number at its end, of an e-mail before the @, and no longer than allowed."""
    head, at, rest = text.partition("@")
    spare = longest - len(mark) - len(at) - len(rest)
    if spare < 1:
        return (text[: max(0, longest - len(mark))] + mark)[-longest:]
    return f"{head[:spare].rstrip()}{mark}{at}{rest}"


def _codes(table: FilledTable, column: SqlColumn, numbers: Ints, values: Values, longest: int) -> Objects:
    """Codes as long as allowed."""
    base, length = len(_LETTERS), max(1, longest)
    size = base**length
    mixed = Permutation(size, (*table.address, column.name, "code")).forward(numbers % size)
    found = []
    for number in mixed.tolist():
        text = ""
        while len(text) < length:
            number, rest = divmod(number, base)
            text = _LETTERS[rest] + text
        found.append(_cased(text, values))
    return np.array(found, dtype=object)


def _cased(text: str, values: Values) -> str:
    if values.case is None:
        return text
    return text.lower() if values.case == "lower" else text.upper()
