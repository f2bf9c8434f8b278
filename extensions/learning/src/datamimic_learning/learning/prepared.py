"""Columns as codes: categories, and numbers and moments in bands, each with a code for what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from attrs import field, frozen

from datamimic.columns import Floats, Ints
from datamimic_learning.learning.counting import Counting, histogram, quantiles
from datamimic_learning.learning.nice import nice_between, nice_edges
from datamimic_learning.learning.scales import FoundScale, scaled

_MOST_POINTS: Final = 400
"""Numbers that are told one by one."""
_MOST_PIECES: Final = 100
"""Intervals that the other numbers are told by."""
_WIDE: Final = 4.0
"""An interval so many times as wide as usual is looked at for a gap."""
_TELLING: Final = 0.05
"""Of so many rows on either side a gap parts bands."""
_MOST_BANDS: Final = 24
"""Of numbers, where other columns depend on them."""
_FEW: Final = 40
"""Of so few different numbers each is told."""


@frozen(eq=False)
class Entry:
    """One value or an interval, as a cell of a table says it, and how many rows have it. `code` is its band or category."""

    text: str
    weight: float
    code: int


@frozen(eq=False)
class Coded:
    """A column as codes 0 to `size` - 1, one a row. `null` is the code of missing values, `rare` that of values that
    too few rows
    have to be told; None where there are none. `ordered`: codes below `null` ascend with the values.

    `entries` are its values, with null among them; `edges` of bands are texts, one more than bands; `names` of categories.
    """

    name: str
    codes: Ints
    size: int
    ordered: bool
    null: int | None
    rare: int | None
    type: str
    entries: Sequence[Entry]
    edges: Sequence[str] = ()
    names: Sequence[str] = ()
    scale: FoundScale | None = None
    places: Floats | None = field(default=None, repr=False)
    """Of numbers: where each row's lies on the scale."""
    whole: bool = False
    """Is every band one value?"""

    @property
    def values(self) -> int:
        """Codes that are values: neither missing nor rare."""
        return self.size - (self.null is not None) - (self.rare is not None)


def categories(name: str, column: pa.Array, kind: str, counting: Counting) -> Coded:
    """A column of few different values. Those that fewer rows have than may be told are `rare`."""
    plain = column.cast(pa.string())
    kept, weights = counting.values(plain)
    order = np.argsort(-weights, kind="stable")
    kept, weights = kept.take(pa.array(order)), weights[order]
    names = kept.to_pylist()
    found = pa.compute.index_in(plain, value_set=kept).fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    missing = np.asarray(column.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    size = len(names)
    null = rare = None
    codes = found
    others = (found < 0) & ~missing
    if others.any():
        rare, size = size, size + 1
        codes[others] = rare
    if missing.any():
        null, size = size, size + 1
        codes[missing] = null
    entries = [Entry(each, float(weight), code) for code, (each, weight) in enumerate(zip(names, weights, strict=True))]
    if null is not None:
        count = histogram(missing.astype(np.int64), 2)[1]
        entries.append(Entry("null", float(count), null))
    return Coded(name, codes, size, False, null, rare, kind, entries, names=names)


def bands(name: str, column: pa.Array, counting: Counting) -> Coded:
    """A column of numbers or moments: each value that many rows have, and intervals with about as many rows each of
    the others."""
    scale, places, missing = scaled(column, counting)
    there = places[~missing]
    points, point_weights = _points(there, scale, counting)
    rest = there[~np.isin(there, points)] if len(points) else there
    pieces = _pieces(rest, scale, counting, len(points) > 0)
    edges, whole = _edges(points, point_weights, pieces, rest, scale, counting, len(there))
    count = max(len(edges) - 1, 1)
    codes = np.zeros(len(places), dtype=np.int64)
    codes[~missing] = np.clip(np.searchsorted(edges, there, side="right") - 1, 0, count - 1)
    null = None
    size = count
    if missing.any():
        null, size = size, size + 1
        codes[missing] = null
    entries = _entries(points, point_weights, pieces, rest, edges, scale)
    if null is not None:
        weight = histogram(missing.astype(np.int64), 2)[1]
        entries.append(Entry("null", float(weight), null))
    texts = [scale.text(each) for each in edges]
    return Coded(
        name, codes, size, True, null, None, scale.type, entries,
        edges=texts, scale=scale, places=np.where(missing, np.nan, places), whole=whole,
    )  # fmt: skip


def _points(there: Floats, scale: FoundScale, counting: Counting) -> tuple[Floats, Floats]:
    """The numbers that are told one by one, ascending, and how many rows have each."""
    values, weights = counting.values(pa.array(there))
    found = values.to_numpy(zero_copy_only=False).astype(np.float64)
    if len(found) <= _FEW and weights.sum() >= 0.9 * len(there):
        return found, weights
    enough = max(float(counting.least), len(there) / _MOST_POINTS)
    if scale.step is None:
        enough = max(enough, len(there) / 100)
    kept = np.flatnonzero(weights >= enough)
    kept = np.sort(kept[np.argsort(-weights[kept], kind="stable")][:_MOST_POINTS])
    return found[kept], weights[kept]


def _pieces(rest: Floats, scale: FoundScale, counting: Counting, told: bool) -> Floats:
    """Ends of intervals for the numbers that are not told one by one; where nothing else is `told`, of how large they are."""
    count = min(_MOST_PIECES, int(len(rest) // (2 * counting.least)))
    if count < 1:
        return np.zeros(0) if told or not len(rest) else _on_grid(_magnitude(quantiles(rest, 1)), scale)
    edges = nice_edges(quantiles(rest, count))
    return _on_grid(np.unique(np.concatenate((edges, *_gaps(edges, rest)))), scale)


def _gaps(edges: Floats, rest: Floats) -> list[Floats]:
    """Where wide intervals have no number for most of their width: round ends within."""
    widths = np.diff(edges)
    found = []
    for at in np.flatnonzero(widths > _WIDE * np.median(widths)).tolist() if len(widths) > 3 else []:
        inside = rest[(rest >= edges[at]) & (rest < edges[at + 1])]
        if len(inside) < 2:
            continue
        steps = np.unique(quantiles(inside, 20))
        gaps = np.diff(steps)
        if len(gaps) and float(gaps.max()) > widths[at] / 2:
            widest = int(np.argmax(gaps))
            low, high, gap = steps[widest], steps[widest + 1], float(gaps[widest])
            found.append(
                nice_between(
                    np.array([low + 0.02 * gap, high - 0.2 * gap]), np.array([low + 0.2 * gap, high - 0.02 * gap])
                )
            )
    return found


def _magnitude(ends: Floats) -> Floats:
    """The ends, outwards to one digit."""
    digits = 10.0 ** np.floor(np.log10(np.maximum(np.abs(ends), 1.0)))
    return np.array([np.floor(ends[0] / digits[0]) * digits[0], np.ceil(ends[-1] / digits[-1]) * digits[-1]])


def _on_grid(edges: Floats, scale: FoundScale) -> Floats:
    """The last end is above the greatest number, since it is not included; ends are whole steps where values are."""
    if not len(edges):
        return edges
    made = edges.copy()
    if scale.step is not None:
        made[:-1] = np.ceil(made[:-1] - 1e-9)
        made[0], made[-1] = np.floor(edges[0] + 1e-9), np.floor(edges[-1]) + 1
    elif len(made) > 1:
        made[-1] = nice_between(made[-1:] + (made[-1] - made[-2]) * 1e-3, made[-1:] + (made[-1] - made[-2]) * 0.05)[0]
    else:
        made = np.array([made[0], made[0] + max(abs(made[0]), 1.0) * 1e-3])
    return np.unique(made)


def _after(value: float, following: float, scale: FoundScale) -> float:
    """The end of an interval that has one value alone."""
    if scale.step is not None:
        return value + 1
    gap = following - value
    return float(nice_between(np.array([value + gap * 1e-3]), np.array([value + gap * 0.02]))[0])


def _edges(
    points: Floats,
    weights: Floats,
    pieces: Floats,
    rest: Floats,
    scale: FoundScale,
    counting: Counting,
    rows: int,
) -> tuple[Floats, bool]:
    """Ends of the bands that other columns depend on: about as many rows each, but that the ends are told more finely, and
    values that many rows have are bands of their own. And: is every band one value?"""
    if not len(points) and not len(pieces):
        return np.array([0.0, 1.0]), False
    if not len(pieces) and len(points) <= _FEW:
        following = np.append(points[1:], points[-1] + max(abs(float(points[-1])), 1.0))
        last = _after(float(points[-1]), float(following[-1]), scale)
        return np.append(points, last), True
    heavy = [at for at in range(len(points)) if weights[at] >= rows / _MOST_BANDS]
    top = float(max([*points[-1:], *pieces[-1:]]))
    fine = np.unique(
        np.concatenate((points, pieces, [_after(top, top + max(abs(top), 1.0), scale)] if len(points) else []))
    )
    own = []
    for at in heavy:
        value = float(points[at])
        later = fine[fine > value]
        own += [value, _after(value, float(later[0]) if len(later) else value + 1, scale)]
    fine = np.unique(np.concatenate((fine, own)))
    if len(pieces) > 1:
        # Both ends of a gap are ends of bands: what lies below it has nothing to do with what lies above.
        counts = histogram(
            np.clip(np.searchsorted(pieces, rest, side="right") - 1, 0, len(pieces) - 2), len(pieces) - 1
        )
        empty = np.flatnonzero((counts == 0) & (np.diff(pieces) > _WIDE * np.median(np.diff(pieces))))
        told = np.concatenate(([0.0], np.cumsum(weights)))[np.searchsorted(points, pieces[:-1])]
        below, enough = np.cumsum(counts) + told, max(4.0 * counting.least, _TELLING * rows)
        empty = empty[(below[empty] >= enough) & (rows - below[empty] >= enough)]
        own += [float(pieces[each]) for at in empty.tolist() for each in (at, at + 1)]
    within = np.clip(np.searchsorted(fine, rest, side="right") - 1, 0, len(fine) - 2)
    mass = histogram(within, len(fine) - 1) if len(pieces) else np.zeros(len(fine) - 1)
    at_points = np.clip(np.searchsorted(fine, points, side="right") - 1, 0, len(fine) - 2)
    np.add.at(mass, at_points, weights)
    chosen = _cut(mass, set(np.searchsorted(fine, own).tolist()), counting)
    return fine[chosen], False


def _cut(mass: Floats, breaks: set[int], counting: Counting) -> Ints:
    """Which of the fine ends are those of bands."""
    total = float(mass.sum())
    even = 1.0 / (_MOST_BANDS - 8)
    wanted = [0.005, 0.02, 0.05, *np.arange(0.1, 0.9001, even), 0.95, 0.98, 0.995]
    enough = max(4.0 * counting.least, 0.004 * total)
    before = np.concatenate(([0.0], np.cumsum(mass)))
    chosen, last = [0], 0.0
    targets = iter([each * total for each in wanted])
    target = next(targets, np.inf)
    for at in range(1, len(mass)):
        reached = float(before[at])
        if at in breaks or (reached >= target and reached - last >= enough and total - reached >= enough):
            chosen.append(at)
            last = reached
        while reached >= target:
            target = next(targets, np.inf)
    return np.array([*chosen, len(mass)], dtype=np.int64)


def _entries(
    points: Floats, weights: Floats, pieces: Floats, rest: Floats, edges: Floats, scale: FoundScale,
) -> list[Entry]:  # fmt: skip
    """The values, in order: those that are told one by one, and intervals, which no end of a band cuts."""
    found: list[tuple[float, str, float]] = [
        (float(value), scale.text(value), float(weight)) for value, weight in zip(points, weights, strict=True)
    ]
    if len(pieces) > 1:
        inner = edges[(edges > pieces[0]) & (edges < pieces[-1])]
        ends = np.unique(np.concatenate((pieces, inner)))
        places = np.clip(np.searchsorted(ends, rest, side="right") - 1, 0, len(ends) - 2)
        counts = histogram(places, len(ends) - 1)
        for low, high, count in zip(ends[:-1].tolist(), ends[1:].tolist(), counts.tolist(), strict=True):
            if count > 0:
                one = scale.step is not None and high - low == 1
                text = scale.text(low) if one else f"{scale.text(low)}..{scale.text(high)}"
                found.append((low, text, count))
    found.sort(key=lambda each: each[0])
    last = max(len(edges) - 2, 0)
    merged: dict[str, Entry] = {}
    for low, text, weight in found:
        code = int(np.clip(np.searchsorted(edges, low, side="right") - 1, 0, last))
        known = merged.get(text)
        merged[text] = Entry(text, weight + (known.weight if known else 0.0), code)
    return [*merged.values()]
