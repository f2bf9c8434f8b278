"""Rules over rows that belong together: of one account, holder or product, or of two entities.

    overlap      of rows with the same `same`, no two are there at a time of their `span` = [from, until (excluded)]
    carried      of rows with the same `same`, by `order`, `before` of each is `after` of the one before, and `between` more
                 where that is named; judged where all rows are there, whose number is the column `all`
    counted      the column `before` is at least the number of rows of `other` (of this pack) with `other_same`, whose
                 moment `since` = [column, years] lies in the last years before the clock, and that fit `other_where`
    accompanied  each row has another with the same `same` (fields[0] tells rows apart where they are more than one)
    agreed       all rows with the same `same` have the same `fields`
    apart        no row has one of `other` with the same key that fits `other_where`

A rule holds where the share of rows that break it is at most `most`, but for chance (z standard errors). `same` are columns,
of the other entity `other_same`.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np

from datamimic import Rows, World
from datamimic_report.dependencies.columns import Columns
from datamimic_report.dependencies.declared import Matrix, Siblings
from datamimic_report.dependencies.measures import Codes, Marks, Z
from datamimic_report.dependencies.pairs import FEWEST, state_of

OTHER_ROWS = 4
"""So many rows of the other entity are looked at for each row: enough that whole families are there."""


def columns_of(rule: Siblings) -> set[str]:
    named = (*rule.same, *rule.fields, *rule.span, rule.order, rule.before, rule.after, rule.between, rule.all)
    return {name for name in (*named, *rule.where) if name}


def judge_siblings(rule: Siblings, columns: Columns, rows: Rows, others: Rows | None) -> dict[str, Any]:
    """{rule, sentence, rows, broken, most, holds, state, …}; `others` are rows of the other entity, whole families."""
    inside = np.flatnonzero(columns.inside(rule.where))
    broken = RULES[rule.rule](rule, columns, inside, rows, others)
    count = len(broken)
    share = float(broken.mean()) if count else None
    holds = (
        None if share is None or count < FEWEST else share <= rule.most + Z * sqrt(rule.most * (1 - rule.most) / count)
    )
    return {
        "rule": rule.rule,
        "sentence": rule.sentence,
        "rows": count,
        "found": share,
        "most": rule.most,
        "source": rule.source,
        "reason": rule.reason,
        "falls_short": rule.falls_short,
        "holds": holds,
        "state": state_of(holds, rule.falls_short),
    }


def _numbered(columns: Columns, names: list[str], inside: Codes) -> Codes:
    """The number of each row's group."""
    known: dict[tuple[str, ...], int] = {}
    told = columns.keys(names)
    return np.array([known.setdefault(told[row], len(known)) for row in inside.tolist()], dtype=np.int64)


def _overlap(rule: Siblings, columns: Columns, inside: Codes, rows: Rows, others: Rows | None) -> Marks:
    group = _numbered(columns, rule.same, inside)
    start, stop = (columns.numbers(name)[inside] for name in rule.span)
    stop = np.where(np.isnan(stop), np.inf, stop)
    order = np.lexsort((start, group))
    broken = np.zeros(len(inside), dtype=np.bool_)
    latest, holder, who = -np.inf, -1, -1
    for row in order.tolist():
        if group[row] != holder:
            latest, holder, who = -np.inf, group[row], -1
        if start[row] < latest and start[row] < stop[row]:
            broken[row] = broken[who] = True
        if stop[row] > latest:
            latest, who = stop[row], row
    return broken


def _carried(rule: Siblings, columns: Columns, inside: Codes, rows: Rows, others: Rows | None) -> Marks:
    group = _numbered(columns, rule.same, inside)
    if rule.all:
        whole = np.bincount(group)[group] == columns.numbers(rule.all)[inside]
        inside, group = inside[whole], group[whole]
    order = np.lexsort((columns.numbers(rule.order)[inside], group))
    before, after = (columns.numbers(name)[inside][order] for name in (rule.before, rule.after))
    same = group[order][1:] == group[order][:-1]
    between = columns.numbers(rule.between)[inside][order][1:] if rule.between else 0
    carried = after[:-1] + between
    # Amounts of money are binary fractions here, of which sums are off in the last place.
    broken: Marks = (np.abs(before[1:] - carried) > 1e-9 * np.maximum(np.abs(carried), 1.0))[same]
    return broken


def _counted(rule: Siblings, columns: Columns, inside: Codes, rows: Rows, others: Rows | None) -> Marks:
    counts = _counts_of_others(rule, rows, others)
    told = columns.keys(rule.same)
    there = np.array([counts.get(told[row], 0) for row in inside.tolist()])
    some = there > 0
    broken: Marks = columns.numbers(rule.before)[inside][some] < there[some]
    return broken


def _accompanied(rule: Siblings, columns: Columns, inside: Codes, rows: Rows, others: Rows | None) -> Marks:
    everyone = _numbered(columns, rule.same, np.arange(columns.rows))
    alone: Marks = np.bincount(everyone)[everyone] < 2
    return alone[inside]


def _agreed(rule: Siblings, columns: Columns, inside: Codes, rows: Rows, others: Rows | None) -> Marks:
    group, said = _numbered(columns, rule.same, inside), _numbered(columns, rule.fields, inside)
    _, first = np.unique(group, return_index=True)
    broken: Marks = said != said[first][group]
    return broken


def _apart(rule: Siblings, columns: Columns, inside: Codes, rows: Rows, others: Rows | None) -> Marks:
    counts = _counts_of_others(rule, rows, others)
    told = columns.keys(rule.same)
    return np.array([told[row] in counts for row in inside.tolist()], dtype=np.bool_)


def _counts_of_others(rule: Siblings, rows: Rows, others: Rows | None) -> dict[tuple[str, ...], int]:
    if others is None:
        return {}
    named = {*rule.other_same, *rule.other_where, *(rule.since[:1])}
    theirs = Columns(others, named, {})
    marks = theirs.inside(rule.other_where)
    if rule.since:
        column, years = rule.since
        now = np.datetime64(str(rows.world.clock.date), "D").astype(np.int64)
        marks &= theirs.numbers(column) >= now - years * 365.2425
    told = theirs.keys(rule.other_same)
    found: dict[tuple[str, ...], int] = {}
    for row in np.flatnonzero(marks).tolist():
        found[told[row]] = found.get(told[row], 0) + 1
    return found


def others_of(rule: Siblings, matrix: Matrix, rows: Rows) -> Rows | None:
    """The rows of the other entity that the rule looks at."""
    if not rule.other:
        return None
    world: World = rows.world
    pack = world.path(rows.spec).partition(".")[0]
    name = rule.other if "." in rule.other else f"{pack}.{rule.other}"
    return world[name][0 : OTHER_ROWS * (rows.require_end() - rows.start)]


RULES: dict[str, Callable[..., Marks]] = {
    "overlap": _overlap,
    "carried": _carried,
    "counted": _counted,
    "accompanied": _accompanied,
    "agreed": _agreed,
    "apart": _apart,
}
