"""Amounts and days that are the same on both sides of a link, in records that stand for each other, and in elements that
stand for a record, such as the entries of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
from attrs import frozen

from datamimic_report.audit.leaves import Ints, Leaf, Output
from datamimic_report.audit.links import Link
from datamimic_report.audit.ties import FEWEST, TIED, Tie, tells, tie_of

NOTHING: Final = np.iinfo(np.int64).min
_TIED_MOMENTS: Final = 0.99
"""Of moments, whose days may differ by one: what is told during a short visit is mostly of the day on which it ends."""


@frozen(eq=False)
class _Side:
    """What can be compared at one path: `values`, a number for each pair of records, are the same where the texts are."""

    leaf: Leaf
    kind: str
    """day or amount"""
    values: Ints


def ties_of_sides(link: Link, here: Ints, there: Ints, label: Leaf, around: str = "") -> Iterator[Tie]:
    """Of every column what is the same in the other output: `here` and `there` are the records of each pair, `here` elements
    at the path `around` where there is one."""
    if link.output.is_of_another_stage(link.key.output):
        return
    theirs = list(_sides(link.key.output, there))
    for mine in _sides(link.output, here, around):
        found = {each.leaf.path: made for each in theirs if (made := _compared(mine, each, there)) is not None}
        if found:
            # The column of the same name is meant, else the one that is the same most often.
            own = mine.leaf.path
            path = own if own in found else min(found, key=lambda each: len(found[each][1]) / found[each][0])
            cases, records = found[path]
            yield tie_of(
                "equal", f"{link.output.name}: {own}", f"{link.key.output.name}: {path}", cases, records, label
            )


def _sides(output: Output, records: Ints, around: str = "") -> Iterator[_Side]:
    """Amounts with decimals, and days, of what is there once a record, or once an element."""
    for leaf in output:
        owners = leaf.groups.get(around) if around else leaf.owners
        if owners is None or not len(leaf.values) or len(np.unique(owners)) != len(owners):
            continue
        if leaf.days is not None:
            yield _Side(leaf, "day", values_at(owners, leaf.days, records))
        elif leaf.amounts is not None and any(sign in text for text in leaf.distinct[:50].to_pylist() for sign in ".,"):
            yield _Side(leaf, "amount", values_at(owners, np.abs(leaf.amounts), records))


def _compared(mine: _Side, theirs: _Side, there: Ints) -> tuple[int, Ints] | None:
    """How many pairs were compared, and the records of the other side at which they differ; None where that is no rule."""
    if mine.kind != theirs.kind:
        return None
    both = (mine.values != NOTHING) & (theirs.values != NOTHING)
    first, second = mine.values[both], theirs.values[both]
    if len(first) < FEWEST or not tells(first):
        return None
    same, least = first == second, TIED
    if mine.kind == "day" and (mine.leaf.has_times or theirs.leaf.has_times):
        # A moment is told in UTC here and in the place's own time there.
        same |= np.abs(_day_number(first) - _day_number(second)) <= 1
        least = _TIED_MOMENTS
    return (len(first), there[both][~same]) if same.mean() >= least else None


def _day_number(days: Ints) -> Ints:
    """Days, 20250131, as days since an epoch."""
    texts = [f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" for day in days.tolist()]
    return np.array([_number_of(text) for text in texts], dtype=np.int64)


def _number_of(text: str) -> int:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return 0


def values_at(owners: Ints, values: Ints, records: Ints) -> Ints:
    """The values of records, nothing where one has none."""
    size = int(max(owners.max(initial=-1), records.max(initial=-1))) + 1
    made = np.full(size, NOTHING, dtype=np.int64)
    made[owners] = values
    found: Ints = made[records]
    return found
