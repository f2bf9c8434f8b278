"""Columns of one case, drawn so that they hold it: bounds come row by row from the columns that were drawn before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen

from datamimic import Draw
from datamimic_models.solving.atoms import MIRRORED, Relation
from datamimic_models.solving.axes import DAY, SECOND, Axis, Ints
from datamimic_models.solving.made import Bools, Made, Objects, empty
from datamimic_models.solving.patterns import NoPattern, pattern
from datamimic_models.solving.plans import SolvedCase
from datamimic_models.solving.terms import evaluated, in_ticks
from datamimic_models.solving.values import Values

NULL_SHARE: Final = 0.1
"""Of columns that may be null, how many rows are."""
WINDOW: Final = {"date": 45, "datetime": 45 * DAY, "time": 3600 * 4 * SECOND, "duration": DAY}
"""How far a time lies from the one that it must come after or before, at most, in ticks."""
TRIES: Final = 40


@frozen
class Source:
    """Where a column comes from when nothing is asked of it: `taste` are the ticks that it usually has; `proposal`, if any, are
    values that make sense, and are kept where they are allowed."""

    taste: tuple[int, int] | None = None
    proposal: Made | None = None


@frozen
class Asked:
    """Rows of one case: `numbers` are their addresses, `address` names the table, `attempt` makes other draws."""

    address: tuple[str, ...]
    numbers: Ints
    attempt: int = 0

    def draw(self, column: str) -> Draw:
        label = column if not self.attempt else f"{column}#{self.attempt}"
        return Draw((*self.address, label), self.numbers)


def drawn(
    case: SolvedCase,
    columns: Sequence[str],
    fixed: Mapping[str, Made],
    axes: Mapping[str, Axis],
    sources: Mapping[str, Source],
    asked: Asked,
) -> dict[str, Made]:
    """The columns, for rows of the case; `fixed` are those that were made before, for the same rows. Rows that do not hold the
    case yet, as where nothing is left for a column that is drawn late, are drawn again, as often as it may help."""
    made = _drawn(case, columns, fixed, axes, sources, asked)
    left = np.flatnonzero(~held(case, {**fixed, **made}, axes, len(asked.numbers)))
    for attempt in range(1, TRIES):
        if not len(left):
            break
        again = Asked(asked.address, asked.numbers[left], asked.attempt * TRIES + attempt)
        plain = {name: evolve(source, proposal=None) for name, source in sources.items()}
        there = {name: column.take(left) for name, column in fixed.items()}
        more = _drawn(case, columns, there, axes, plain, again)
        for name, column in more.items():
            made[name].put(left, column)
        left = left[~held(case, {**there, **more}, axes, len(left))]
    return made


def _drawn(
    case: SolvedCase,
    columns: Sequence[str],
    fixed: Mapping[str, Made],
    axes: Mapping[str, Axis],
    sources: Mapping[str, Source],
    asked: Asked,
) -> dict[str, Made]:
    made = dict(fixed)
    for name in _order(case, columns, fixed, axes):
        made[name] = _column(name, case, made, axes, sources.get(name, Source()), asked)
    return {name: made[name] for name in columns}


def held(case: SolvedCase, made: Mapping[str, Made], axes: Mapping[str, Axis], rows: int) -> Bools:
    """Which rows hold what the case says of the columns that are there."""
    good = np.ones(rows, dtype=np.bool_)
    for name, column in made.items():
        values = case.values.get(name)
        if values is None:
            continue
        if values.null == "always":
            good &= column.null
            continue
        if values.null == "never":
            good &= ~column.null
        if values != Values(null=values.null):
            good &= column.null | allowed(values, column.values, name in axes)
    for relation in case.relations:
        if set(relation.columns) <= set(made):
            good &= _related(relation, made, axes, rows)
    return good


def _related(relation: Relation, made: Mapping[str, Made], axes: Mapping[str, Axis], rows: int) -> Bools:
    parts, _ = in_ticks(relation.term, axes)
    total = evaluated(parts, {name: made[name].values for name in relation.columns}, rows)
    compared = {"<": total < 0, "<=": total <= 0, ">": total > 0, ">=": total >= 0, "=": total == 0, "<>": total != 0}
    return compared[relation.operator] | _any_null(relation, made, rows)


def _any_null(relation: Relation, made: Mapping[str, Made], rows: int) -> Bools:
    return np.logical_or.reduce([np.zeros(rows, dtype=np.bool_), *(made[name].null for name in relation.columns)])


def allowed(values: Values, data: Ints | Objects, ticks: bool) -> Bools:
    """Which of the values are allowed, null aside."""
    good = np.ones(len(data), dtype=np.bool_)
    if values.choices is not None:
        good &= np.isin(data, np.array(values.choices, dtype=np.int64 if ticks else object))
    if values.excluded:
        good &= ~np.isin(data, np.array(list(values.excluded), dtype=np.int64 if ticks else object))
    if ticks:
        if values.low is not None:
            good &= data >= values.low
        if values.high is not None:
            good &= data <= values.high
        if values.remainder is not None:
            good &= data % values.remainder[0] == values.remainder[1]
        return good
    if values.shortest or values.longest is not None or values.case or values.patterns or values.not_patterns:
        good &= np.fromiter((values.has_text(text) for text in data), dtype=np.bool_, count=len(data))
    return good


def _order(case: SolvedCase, columns: Sequence[str], fixed: Mapping[str, Made], axes: Mapping[str, Axis]) -> list[str]:
    """Columns of products first, then those of sums and comparisons, then those that equal what the others make whole."""
    alone = {
        name: all(
            relation.term.coefficient_of(name) is not None for relation in case.relations if name in relation.columns
        )
        for name in columns
    }
    last = {_whole(relation, axes) for relation in case.relations if relation.operator == "="}
    return sorted((name for name in columns if name not in fixed), key=lambda name: (alone[name], name in last))


def _whole(relation: Relation, axes: Mapping[str, Axis]) -> str | None:
    """The column of an equality that is a whole number of ticks, whatever the others are."""
    parts, _ = in_ticks(relation.term, axes)
    found = None
    for name in relation.columns:
        own = parts.get((name,), 0)
        if own and relation.term.coefficient_of(name) is not None and all(each % own == 0 for each in parts.values()):
            found = name
    return found


def _column(
    name: str, case: SolvedCase, made: Mapping[str, Made], axes: Mapping[str, Axis], source: Source, asked: Asked
) -> Made:
    values, rows = case.values[name], len(asked.numbers)
    if values.null == "always":
        return Made.nothing(rows, ticks=name in axes)
    proposal = source.proposal
    draw = asked.draw(name)
    null = np.zeros(rows, dtype=np.bool_)
    if values.null == "may":
        null = draw.chance(NULL_SHARE, "null") if proposal is None else proposal.null.copy()
    if name in axes:
        return Made(_ticks(name, case, made, axes, source, draw), null)
    return Made(_texts(values, proposal, draw), null)


def _ticks(
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
    if values.choices is not None:
        return _chosen(np.array(values.choices, dtype=np.int64), low, high, draw)
    data = _within(low, high, after, before, axis, source, draw, values)
    if source.proposal is not None:
        proposed = source.proposal.values
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
    choices = np.sort(choices)
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
    near_high = np.where(after, np.minimum(high, low + window), near_high)
    near_low = np.where(after, low, near_low)
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
    low, high = 1, min(axis.high, int(1_000 / axis.unit))
    if values.high is not None and values.high < axis.high and values.low is not None and values.low > axis.low:
        return values.low, values.high
    if values.low is not None and values.low > axis.low:
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
            good &= _related(relation, trial, axes, len(data))
        if good.all():
            return data
        up = data + step
        data = np.where(good, data, np.where(up <= high, up, np.maximum(low, data - step)))
    return data


def _texts(values: Values, proposal: Made | None, draw: Draw) -> Objects:
    rows = len(draw)
    if values.choices is not None:
        listed = np.array(values.choices, dtype=object)
        found = listed[draw.integers(0, len(listed) - 1, "choice")]
    else:
        found = _free(values, proposal, draw)
    if proposal is not None:
        data = np.array(proposal.values, dtype=object)
        keep = allowed(values, data, False) & ~proposal.null
        found = np.where(keep, data, found)
    result: Objects = found if len(found) == rows else empty(rows, ticks=False)
    return result


def _free(values: Values, proposal: Made | None, draw: Draw) -> Objects:
    """Texts of a pattern, or of words, that fit."""
    rows = len(draw)
    found = empty(rows, ticks=False)
    left = np.arange(rows)
    for attempt in range(TRIES):
        bits = draw.take(left).bits(f"text{attempt}")
        tried = made_texts(values, bits, proposal.take(left) if proposal is not None and attempt == 0 else None)
        found[left] = tried
        good = allowed(values, tried, False)
        left = left[~good]
        if not len(left):
            break
    return found


def made_texts(values: Values, bits: Any, proposal: Made | None = None) -> Objects:
    """One text per 64 bits; they have the first of the patterns, or are words of the length."""
    numbers = (bits >> np.uint64(2)).astype(np.int64)
    for expression in values.patterns:
        try:
            node = pattern(expression, plain=True)
        except NoPattern:
            continue
        count = node.count()
        return np.array([_fitted(node.text(int(number) % count), values) for number in numbers], dtype=object)
    if proposal is not None:
        texts = [_fitted(str(text), values) for text in proposal.values]
    else:
        texts = [_fitted(words(int(number), values), values) for number in numbers]
    return np.array(texts, dtype=object)


def _fitted(text: str, values: Values) -> str:
    if values.case is not None:
        text = text.lower() if values.case == "lower" else text.upper()
    if values.longest is not None and len(text) > values.longest:
        text = text[: values.longest].rstrip() or text[: values.longest]
    return text


_TEXT: Final = (
    "amber anchor apple april arrow autumn basin beacon birch bloom border breeze bridge bronze brook canyon cedar "
    "chapel cinder clay clover cobalt comet copper coral cotton crane crystal dawn delta desert dune ember falcon "
    "fern field flint forest garden glacier granite grove harbor hazel heron hollow indigo iris island ivory jade "
    "juniper lagoon lantern laurel lemon lilac linen lotus maple marble meadow mesa mint mist moss north oak ocean "
    "olive onyx opal orchard otter pearl pebble pine plain prairie quartz quiet raven reef ridge river robin rose "
    "ruby saffron sage sand shadow shell sierra silver slate south spring star stone storm summer summit swan "
    "thistle thunder timber topaz valley velvet violet walnut water west willow winter wren zephyr"
)
_WORDS: Final = tuple(_TEXT.split())


def words(number: int, values: Values) -> str:
    """A few words, as many as there is room for; letters and digits where there is no room for a word."""
    longest = 40 if values.longest is None else values.longest
    if longest < 4:
        text = ""
        while len(text) < max(1, longest):
            number, rest = divmod(number, 26)
            text += chr(65 + rest)
        return text[:longest]
    text = ""
    for _ in range(3 if longest >= 12 else 1):
        number, rest = divmod(number, len(_WORDS))
        word = _WORDS[rest]
        if len(text) + len(word) + 1 > longest and text:
            break
        text = f"{text} {word}" if text else word.capitalize()
    while len(text) < values.shortest:
        number, rest = divmod(number + len(text), len(_WORDS))
        text = f"{text} {_WORDS[rest]}"
    return text
