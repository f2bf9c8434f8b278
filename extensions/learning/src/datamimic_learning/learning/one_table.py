"""One table, learned: every column by its values, and by those of a few others that tell most about it."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from attrs import evolve, field, frozen

from datamimic_learning.learning.columns import coded, one_array
from datamimic_learning.learning.counting import Counting
from datamimic_learning.learning.dependent import lines_of
from datamimic_learning.learning.facts import limits_of, middle_of, orders_of, sums_of
from datamimic_learning.learning.free_text import FreeText, free_text
from datamimic_learning.learning.moments import splits_of
from datamimic_learning.learning.names import said, sayable
from datamimic_learning.learning.network import network_of
from datamimic_learning.learning.prepared import Coded
from datamimic_learning.learning.same_values import same_as_others
from datamimic_learning.learning.scorecards import Scorecards
from datamimic_learning.learning.texts import has_form
from datamimic_learning.learning.trees import Growth, Parents, grown
from datamimic_learning.learning.writing import CsvTable, file_name, weight_text
from datamimic_models.rules.drawn.cells import quoted

_LEAST_OF_LEAF: Final = 8
"""A case has so many times the rows that a value needs to be told."""
_LEAST_OF_ASKED: Final = 4
"""Of a column that is made last."""
_SMALLEST_SHARE: Final = 0.001


@frozen(eq=False)
class Prepared:
    """The columns of a table: those that have codes, those that are worked out of others (type and rule), which
    codes are hidden
    columns, and the text that is left as it is."""

    coded: Sequence[Coded]
    computed: Mapping[str, Mapping[str, Any]]
    hidden: frozenset[str]
    texts: Mapping[str, pa.Array]
    left_out: Mapping[str, str] = field(factory=dict)
    words: Mapping[str, Sequence[Sequence[str]]] = field(factory=dict)
    """Of free texts the lines of the table of their words."""


def prepared(
    columns: Mapping[str, pa.Array],
    counting: Counting,
    folder: tuple[str, ...] = (),
    meant: Callable[[Mapping[str, pa.Array]], Container[str]] = lambda texts: (),
) -> Prepared:
    """Days and moments in parts, sums as expressions, free text by its words, all else by codes. `meant` tells which texts
    the engine makes better by what their columns are called."""
    computed: dict[str, dict[str, Any]] = {}
    parts: dict[str, pa.Array] = {}
    for split in splits_of(columns, {*columns}, counting):
        rule = {"type": "expression", "expression": split.expression}
        computed[split.name] = {"type": split.type, "nullable": columns[split.name].null_count > 0, "rule": rule}
        parts |= split.parts
    found, texts, left_out = [], dict[str, pa.Array](), dict[str, str]()
    for name, column in {**columns, **parts}.items():
        if name in computed:
            continue
        made = coded(name, column, counting)
        if made is not None:
            found.append(made)
        elif pa.types.is_string(column.type):
            texts[name] = column
        elif pa.types.is_null(column.type):
            computed[name] = {"type": "str", "rule": {"type": "constant", "value": None}}
        else:
            left_out[name] = f"its values are {column.type}"
    words = _words_of(texts, {*columns, *parts}, counting, meant(texts))
    for name, (count, text) in words.items():
        rule = {"type": "sentence", "words": file_name(*folder, name, "words"), "count": count}
        computed[name] = {"type": "str", "nullable": texts.pop(name).null_count > 0, "rule": rule}
        made = coded(count, text.counts, counting)
        assert made is not None
        found.append(made)
        parts[count] = text.counts
    there = sayable([*columns, *parts])
    sums = sums_of([each for each in found if each.name not in parts and each.name in there], counting)
    by_name = {each.name: each for each in found}
    for each in sums:
        whole = by_name[each.whole]
        added = f"{said(each.one)} + {said(each.other)}"
        if whole.scale is not None and whole.scale.kind == "float":
            added = f"round({added}, {whole.scale.decimals})"
        if whole.null is not None:
            missing = [name for name in (each.one, each.other) if by_name[name].null is not None]
            added = (
                f"{added} if {' and '.join(f'{said(name)} is not None' for name in missing)} else None"
                if missing
                else added
            )
        rule = {"type": "expression", "expression": added}
        computed[each.whole] = {"type": whole.type, "nullable": whole.null is not None, "rule": rule}
    found = [each for each in found if each.name not in computed]
    own = [each for each in found if each.name not in parts and each.name in there]
    added_up = {name for each in sums for name in (each.one, each.other)}
    own = [each for each in own if each.name not in added_up]
    for pair in same_as_others(own, columns, {*columns, *parts}, counting):
        made = coded(pair.part, pair.values, counting)
        assert made is not None
        rule = {"type": "expression", "expression": pair.expression}
        computed[pair.name] = {"type": by_name[pair.name].type, "nullable": False, "rule": rule}
        found = [each for each in found if each.name != pair.name] + [made]
        parts[pair.part] = pair.values
    lines = {name: text.lines for name, (_, text) in words.items()}
    return Prepared(found, computed, frozenset(parts), texts, left_out, lines)


def _words_of(
    texts: Mapping[str, pa.Array], taken: Container[str], counting: Counting, meant: Container[str]
) -> dict[str, tuple[str, FreeText]]:
    """The free texts among texts, and what the hidden column is called that counts their words."""
    found = {}
    for name, column in texts.items():
        if name in meant or has_form(column, counting):
            continue
        made = free_text(column, counting)
        count = f"{said(name)}_words"
        if made is not None and count not in taken and name in sayable(texts):
            found[name] = (count, made)
    return found


def learned_rules(
    columns: Sequence[Coded],
    given: Sequence[Coded],
    counting: Counting,
    folder: tuple[str, ...] = (),
    never: frozenset[str] = frozenset(),
) -> tuple[dict[str, dict[str, Any]], list[CsvTable]]:
    """The rules of the columns, and the tables that they name; `given` are columns of parent rows, by the names that
    they have from
    here. Files are called by their column, after what they are in the `folder` of. Those of `never` are never null, even where
    the sample has none."""
    there, given_names = sayable(each.name for each in columns), {each.name for each in given}
    network = network_of(columns, given, counting)
    known = {each.name: each for each in (*given, *columns)}
    shown = {name: known[name] for name in given_names}  # as conditions name them
    shown |= {name: evolve(known[name], name=said(name)) for name in there if name not in given_names}
    orders = orders_of(columns, counting)
    middles = {each.name: middle_of(each) for each in columns if each.scale is not None and each.values > 1}
    rules: dict[str, dict[str, Any]] = {}
    beside: list[CsvTable] = []
    cards = Scorecards(counting)
    for place, name in enumerate(network.order):
        column = known[name]
        file = name
        while file_name(*folder, file) in {each.file for each in beside}:
            file += "-"  # `net amount` and `net_amount`
        rule: dict[str, Any] = {"type": "drawn", "values": file_name(*folder, file)}
        rule |= column.scale.rule_words() if column.scale is not None else {}
        rule |= {word: said(each) for word, each in limits_of(name, network.order[:place], orders, middles).items()}
        lines = _values(column)
        beside.append(CsvTable(rule["values"], [each for each in lines if name not in never or each[0] != "null"]))
        parents = [shown[each] for each in network.parents[name] if each in shown]
        cause = network.determined.get(name)
        if cause in network.parents[name] and cause in shown:
            parents = [shown[cause]]
        card = None
        if cause is None and len(parents) > 1:
            others = [shown[each] for each in network.before[name] if each in shown]
            card = cards.of(column, others, _card_name(name, {*known, *rules}), together=name in network.asked)
        cases = (
            _cases(
                column,
                [*([card.column] if card else []), *parents],
                counting,
                _LEAST_OF_ASKED if name in network.asked else _LEAST_OF_LEAF,
                int(card is not None and column.values == 2),
            )
            if parents and column.size > 1
            else None
        )
        if cases is not None and card is not None and card.column.name in cases[0]:
            points = file_name(*folder, file, "points")
            rules[card.column.name] = {"type": "points", "by": points}
            beside.append(card.table(points))
        if cases is not None:
            rule["by"] = file_name(*folder, file, "by")
            if name in never:
                cases = _without_null(cases)
            beside.append(CsvTable(rule["by"], cases))
        rules[name] = rule
    return rules, beside


def _card_name(name: str, taken: Container[str]) -> str:
    made = f"{said(name)}_points"
    while made in taken:
        made += "_"
    return made


def _cases(
    column: Coded, parents: Sequence[Coded], counting: Counting, times: int, sure: int
) -> list[Sequence[str]] | None:
    """The lines of the table of cases, the header first; None where the column depends on none of the parents. A case has so
    many `times` the rows that a value needs to be told; the first parents that are `sure` to tell something are not doubted."""
    codes = np.stack([each.codes.astype(np.int32) for each in (column, *parents)])
    least = max(times * counting.least, _SMALLEST_SHARE * len(column.codes))
    asked_of = Parents(
        [each.size for each in parents], [each.ordered for each in parents], [each.null for each in parents], sure
    )
    leaves = grown(codes, column.size, asked_of, Growth(least))
    if len(leaves) < 2:
        return None
    names, lines = lines_of(column, parents, leaves, counting.least)
    own = [f"{each}_" if each in names else each for each in ("value", "weight")]
    rows = [(*line.conditions, line.value, weight_text(line.weight)) for line in lines]
    # Whatever else may come: a category that was seen nowhere, or is added by hand.
    usual = (*("*" for _ in names), "*", "1")
    return [(*names, *own), *rows, usual]


def _without_null(cases: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The lines without null; a case that has nothing else has any value."""
    told = {tuple(each[:-2]) for each in cases if each[-2] != "null"}
    return [
        (*each[:-2], "*", each[-1]) if each[-2] == "null" else each
        for each in cases
        if each[-2] != "null" or tuple(each[:-2]) not in told
    ]


def _values(column: Coded) -> list[tuple[str, str]]:
    shown = quoted if column.scale is None else str
    lines = [
        (each.text if each.code == column.null else shown(each.text), weight_text(each.weight))
        for each in column.entries
    ]
    return [("value", "weight"), *lines]


def arrays_of(rows: pa.Table) -> dict[str, pa.Array]:
    return {name: one_array(rows.column(name)) for name in rows.column_names}
