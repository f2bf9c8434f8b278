"""Columns of one case, drawn so that they hold it: one after the other, and again where the last have nothing left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from attrs import evolve

from datamimic_models.model.missing import NULL_SHARE
from datamimic_models.solving.atoms import Relation
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.holding import held
from datamimic_models.solving.made import Made
from datamimic_models.solving.plans import SolvedCase
from datamimic_models.solving.sources import Asked, Source
from datamimic_models.solving.terms import in_ticks
from datamimic_models.solving.ticks import ticks_of
from datamimic_models.solving.wording import texts_for

TRIES: Final = 40


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
    proposed = {name for name, source in sources.items() if source.proposal is not None}
    for name in _order(case, sorted(columns, key=lambda name: name not in proposed), fixed, axes):
        made[name] = _column(name, case, made, axes, sources.get(name, Source()), asked)
    return {name: made[name] for name in columns}


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
        return Made(ticks_of(name, case, made, axes, source, draw), null)
    return Made(texts_for(values, proposal, draw), null)
