"""Numbers, dates and times of a case: bounds come row by row from the columns that were drawn before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from datamimic import Draw
from datamimic_models.solving.atoms import MIRRORED, Relation
from datamimic_models.solving.axes import DAY, SECOND, Axis, Ints
from datamimic_models.solving.holding import allowed, related
from datamimic_models.solving.made import Bools, Made
from datamimic_models.solving.plans import SolvedCase
from datamimic_models.solving.sources import Source
from datamimic_models.solving.terms import evaluated, in_ticks
from datamimic_models.solving.values import Values

WINDOW: Final = {"date": 45, "datetime": 45 * DAY, "time": 3600 * 4 * SECOND, "duration": DAY}
"""How far a time lies from the one that it must come after or before, at most, in ticks."""


TRIES: Final = 40
_USUAL_STEP: Final = 12
"""Multiples of more are taken from a longer range: of 1 to 1,000 there would be few."""
MANY: Final = 1_000
"""Choices that are days of a calendar rather than a list: a usual one is taken, not any."""


def ticks_of(
    name: str, case: SolvedCase, made: Mapping[str, Made], axes: Mapping[str, Axis], source: Source, draw: Draw
) -> Ints:
    values, axis, rows = case.values[name], axes[name], len(draw)
    low = np.full(rows, axis.low if values.low is None else values.low, dtype=np.int64)
    high = np.full(rows, axis.high if values.high is None else values.high, dtype=np.int64)
    after, before = np.zeros(rows, dtype=np.bool_), np.zeros(rows, dtype=np.bool_)
    relations = [each for each in case.relations if name in each.columns]
    for relation in relations:
        bounds = _bounds(name, relation, case, made, axes, rows)
        if bounds is not None:
            after |= bounds[0] > low
            before |= bounds[1] < high
            low, high = np.maximum(low, bounds[0]), np.minimum(high, bounds[1])
    choices = None if values.choices is None else np.sort(np.array(values.choices, dtype=np.int64))
    if choices is not None and len(choices) < MANY:
        return _chosen(choices, low, high, draw)
    data = _within(low, high, after, before, axis, source, draw, case.usual.get(name, values))
    if choices is not None:
        place = np.minimum(np.searchsorted(choices, data, "left"), len(choices) - 1)
        place -= (choices[place] > high) & (place > 0)
        data = choices[place]
    if source.proposal is not None:
        proposed = source.proposal.values
        if values.remainder is not None and axis.temporal:
            proposed = proposed - (proposed - values.remainder[1]) % values.remainder[0]
        keep = (proposed >= low) & (proposed <= high) & ~source.proposal.null & allowed(values, proposed, True)
        data = np.where(keep, proposed, data)
    if values.remainder is not None:
        divisor, rest = values.remainder
        data = data - (data - rest) % divisor
        data = np.where(data < low, data + divisor, data)
    return _apart(name, data, low, high, relations, values, made, axes)


def _bounds(
    name: str, relation: Relation, case: SolvedCase, made: Mapping[str, Made], axes: Mapping[str, Axis], rows: int
) -> tuple[Ints, Ints] | None:
    """The least and most ticks that the relation leaves the column, row by row; columns that are not made yet have any value of
    their range."""
    factor = relation.term.coefficient_of(name)
    if factor is None or relation.operator == "<>":
        return None
    parts, _ = in_ticks(relation.term, axes)
    own = parts.pop((name,))
    least, most = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for part, coefficient in parts.items():
        if all(each in made for each in part):
            amount = evaluated({part: coefficient}, {each: made[each].values for each in part}, rows)
            least, most = least + amount, most + amount
            continue
        other = case.values[part[0]]
        if (
            len(part) > 1
            or other.low is None
            or other.high is None
            or abs(coefficient * max(abs(other.low), abs(other.high))) >> 61
        ):
            return None
        ends = sorted((coefficient * other.low, coefficient * other.high))
        least, most = least + ends[0], most + ends[1]
    operator = relation.operator if own > 0 else MIRRORED[relation.operator]
    size = abs(own)
    # x (operator) -rest / own, for a rest between least and most
    ends_low, ends_high = (-most, -least) if own > 0 else (least, most)
    low, high = np.full(rows, axes[name].low, dtype=np.int64), np.full(rows, axes[name].high, dtype=np.int64)
    if operator in (">", ">=", "="):
        low = ends_low // size + 1 if operator == ">" else -((-ends_low) // size)
    if operator in ("<", "<=", "="):
        high = -((-ends_high) // size) - 1 if operator == "<" else ends_high // size
    unknown = np.logical_or.reduce(
        [
            np.zeros(rows, dtype=np.bool_),
            *(made[each].null for each in relation.columns if each in made and each != name),
        ]
    )
    return np.where(unknown, axes[name].low, low), np.where(unknown, axes[name].high, high)


def _chosen(choices: Ints, low: Ints, high: Ints, draw: Draw) -> Ints:
    """One of the choices that are within the bounds of the row."""
    first, end = np.searchsorted(choices, low, "left"), np.searchsorted(choices, high, "right")
    last = np.maximum(end - 1, first)
    first, last = np.minimum(first, len(choices) - 1), np.minimum(last, len(choices) - 1)
    found: Ints = choices[draw.integers(first, last, "choice")]
    return found


def _within(
    low: Ints, high: Ints, after: Bools, before: Bools, axis: Axis, source: Source, draw: Draw, values: Values
) -> Ints:
    taste_low, taste_high = source.taste or taste(axis, values)
    window = WINDOW.get(axis.kind) or max(1, (taste_high - taste_low) // 4)
    near_low, near_high = np.maximum(low, taste_low), np.minimum(high, taste_high)
    soon = after & (low >= taste_low)  # what may be long before what it usually is, is as usual
    near_high = np.where(soon, np.minimum(high, low + window), near_high)
    usual = np.where(taste_low <= high, np.maximum(low, taste_low), low)
    near_low = np.where(before & ~after, np.maximum(usual, high - window), near_low)
    near_high = np.where(before & ~after, high, near_high)
    beyond = near_low > near_high
    above = beyond & (low > taste_high)
    near_low = np.where(beyond, np.where(above, low, np.maximum(low, high - window)), near_low)
    near_high = np.where(beyond, np.where(above, np.minimum(high, low + window), high), near_high)
    near_high = np.maximum(near_high, near_low)  # of rows that nothing is left for
    found = draw.integers(near_low, near_high, "value")
    if axis.step > 1:
        whole = found - found % axis.step
        found = np.where(whole >= near_low, whole, found)
    return found


def taste(axis: Axis, values: Values) -> tuple[int, int]:
    """The ticks that a column usually has."""
    match axis.kind:
        case "bool":
            return 0, 1
        case "date":
            return 18_262, 20_088  # 2020-01-01 to 2024-12-31
        case "datetime":
            return 18_993 * DAY, 20_089 * DAY - 1  # 2022 to 2024
        case "time":
            return 6 * 3600 * SECOND, 22 * 3600 * SECOND
        case "duration":
            return 60 * SECOND, 10 * DAY
    apart = values.remainder[0] if values.remainder is not None else 1
    low, high = 1, min(axis.high, int(1_000 / axis.unit) * (1 if apart <= _USUAL_STEP else apart))
    edge = (axis.high - axis.low) // 1_000  # what a comparison with another column leaves is no bound of its own
    above = values.low is not None and values.low > axis.low + edge
    below = values.high is not None and values.high < axis.high - edge
    if above and below and values.low is not None and values.high is not None:
        return values.low, values.high
    if above and values.low is not None:
        return values.low, values.low + high
    if values.high is not None and values.high < low:
        return values.high - high, values.high
    return low, high


def _apart(
    name: str,
    data: Ints,
    low: Ints,
    high: Ints,
    relations: Sequence[Relation],
    values: Values,
    made: Mapping[str, Made],
    axes: Mapping[str, Axis],
) -> Ints:
    """Moved by as little as is needed from what the column must not be."""
    apart = [
        each
        for each in relations
        if each.operator == "<>" and all(other in made or other == name for other in each.columns)
    ]
    if not apart and not values.excluded:
        return data
    for step in range(1, TRIES):
        trial = {**made, name: Made(data, np.zeros(len(data), dtype=np.bool_))}
        good = ~np.isin(data, np.array([each for each in values.excluded if isinstance(each, int)], dtype=np.int64))
        for relation in apart:
            good &= related(relation, trial, axes, len(data))
        if good.all():
            return data
        up = data + step
        data = np.where(good, data, np.where(up <= high, up, np.maximum(low, data - step)))
    return data
