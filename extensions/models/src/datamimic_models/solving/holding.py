"""Which rows hold what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from datamimic_models.solving.atoms import COMPARED, Relation
from datamimic_models.solving.axes import Axis, Ints
from datamimic_models.solving.made import Bools, Made, Objects
from datamimic_models.solving.plans import SolvedCase
from datamimic_models.solving.terms import evaluated, in_ticks
from datamimic_models.solving.values import Values


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
            good &= related(relation, made, axes, rows)
    return good


def fits(cases: Sequence[SolvedCase], made: Mapping[str, Made], axes: Mapping[str, Axis], rows: int) -> Bools:
    """Of every case, in a row of its own, which rows hold it."""
    return np.array([held(case, made, axes, rows) for case in cases])


def related(relation: Relation, made: Mapping[str, Made], axes: Mapping[str, Axis], rows: int) -> Bools:
    if relation.columns[0] not in axes:  # texts, of which one is subtracted from the other
        sides = sorted(relation.columns, key=lambda name: relation.term.parts[(name,)], reverse=True)
        left, right = (made[name].values for name in sides)
        there: Bools = np.asarray(COMPARED[relation.operator](left, right), dtype=np.bool_)
        return there | _any_null(relation, made, rows)
    parts, _ = in_ticks(relation.term, axes)
    total = evaluated(parts, {name: made[name].values for name in relation.columns}, rows)
    holds: Bools = COMPARED[relation.operator](total, 0)
    return holds | _any_null(relation, made, rows)


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


def one_that_fits(cases: Bools, numbers: Ints) -> Ints:
    """Of every row one of the cases that it fits; -1 where it fits none."""
    count = cases.sum(axis=0)
    wanted = numbers % np.maximum(count, 1) + 1
    place = np.argmax(np.cumsum(cases, axis=0) >= wanted, axis=0)
    return np.where(count > 0, place, -1).astype(np.int64)
