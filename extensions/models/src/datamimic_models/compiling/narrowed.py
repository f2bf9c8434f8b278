"""Rules of columns that checks narrow and that cannot be made again: of unique ones, and of bytes. They are made to fit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import numpy as np
from attrs import evolve

from datamimic import Draw
from datamimic_models.compiling.once import unique_sets
from datamimic_models.compiling.solved import plan_of_checks
from datamimic_models.compiling.surroundings import Surroundings
from datamimic_models.model import Column, Table
from datamimic_models.patterns.plain import plainly
from datamimic_models.patterns.tree import BadPattern
from datamimic_models.rules.choices import Choice
from datamimic_models.rules.meant import Meant
from datamimic_models.rules.numbering import Serial
from datamimic_models.rules.phrases import RandomBytes
from datamimic_models.rules.ranges import Range
from datamimic_models.rules.rule import RuleKind
from datamimic_models.rules.text_patterns import Pattern
from datamimic_models.solving.axes import Axis
from datamimic_models.solving.values import Values, of_type

_LETTERS: Final = 8
"""Of a text that is another in every row and means nothing."""


def narrowed(table: Table, around: Surroundings) -> Table:
    """The table with rules for such columns that have none, where checks say what they may be."""
    keys = {name for key in table.foreign_keys for name in key.columns}
    unique = {name for each in unique_sets(table) for name in each} - keys
    wanted = [
        each
        for each in table.columns
        if _is_open(each) and (each.name in unique or (each.type.name == "bytes" and each.name not in keys))
    ]
    if not wanted or not table.checks:
        return table
    plan = plan_of_checks(table, around)
    made: dict[str, RuleKind] = {}
    for each in wanted:
        values = plan.values(each.name)
        # What must hold of it alone holds also where it is bound to columns that are made after it.
        bound = any(each.name in group.columns for group in plan.groups)
        if bound and len(values) == 1 and not isinstance(around.usual(each), Meant):
            rule = _rule(each, values[0], plan.axes.get(each.name))
            if rule is not None:
                made[each.name] = rule
    return evolve(table, columns=tuple(_ruled(table.columns, made)))


def _is_open(column: Column) -> bool:
    return column.rule is None and not column.conditional_rules


def _ruled(columns: Iterable[Column], rules: dict[str, RuleKind]) -> Iterable[Column]:
    for each in columns:
        yield evolve(each, rule=rules[each.name]) if each.name in rules else each


def _rule(column: Column, values: Values, axis: Axis | None) -> RuleKind | None:
    """None where the type alone says as much, and for what no rule can say."""
    usual = of_type(column.type, nullable=column.nullable)
    if evolve(values, null=usual.null) == usual or values.not_patterns:
        return None
    if values.remainder is not None:
        return None if axis is None else _of_multiples(values, values.remainder, axis)
    if axis is not None:
        return _of_numbers(values, axis)
    if column.type.name == "bytes":
        # They are counted in hexadecimal digits.
        least, most = values.shortest // 2, None if values.longest is None else values.longest // 2
        return RandomBytes(least, max(least, most if most is not None else 16))
    if column.type.name != "str":
        return None
    if values.choices is not None:
        return Choice(values.choices)
    return _of_texts(values)


def _of_numbers(values: Values, axis: Axis) -> RuleKind | None:
    if axis.kind != "number" or values.low is None or values.high is None or values.excluded:
        return None
    if values.choices is not None:
        return Choice(values.choices) if axis.decimals == 0 else None
    if values.high >= axis.high and axis.decimals == 0:
        return Serial(start=max(values.low, 1)) if values.low > axis.low else None
    low, high = (Decimal(each) * Decimal(axis.unit.numerator) / Decimal(axis.unit.denominator) for each in ends(values))
    return Range(int(low), int(high)) if axis.decimals == 0 else Range(str(low), str(high))


def _of_multiples(values: Values, remainder: tuple[int, int], axis: Axis) -> RuleKind | None:
    if axis.kind != "number" or axis.decimals or values.excluded or values.choices is not None:
        return None
    if values.low is None or values.high is None:
        return None
    (divisor, rest), (low, high) = remainder, ends(values)
    first = low + (rest - low) % divisor
    return Range(first, high, step=divisor) if first <= high else None


def ends(values: Values) -> tuple[int, int]:
    """The least and greatest tick, from one on where nothing lower is asked for."""
    assert values.low is not None and values.high is not None
    return (1 if values.low < 1 <= values.high else values.low), values.high


def _of_texts(values: Values) -> RuleKind | None:
    longest = values.longest if values.longest is not None else 60
    if values.patterns:
        rules = (
            Pattern(plainly(each), values.shortest or None, values.longest)
            for pattern in values.patterns
            for each in _of_case(pattern, values.case)
        )
        return next((rule for rule in rules if _is_right(rule, values)), None)
    letters = "A-Z0-9" if values.case == "upper" else "a-z0-9"
    return Pattern(f"[{letters}]{{{max(values.shortest, min(_LETTERS, longest), 1)}}}")


def _of_case(pattern: str, case: str | None) -> tuple[str, ...]:
    """The pattern, and such as may write fewer texts, all of them in that case."""
    if case is None:
        return (pattern,)
    one = pattern.removeprefix("(?i:").removesuffix(")") if pattern.startswith("(?i:") else pattern
    return (
        pattern,
        one.replace("A-Z" if case == "lower" else "a-z", ""),
        one.lower() if case == "lower" else one.upper(),
    )


def _is_right(rule: Pattern, values: Values) -> bool:
    """Are the first texts of the pattern what is asked for?"""
    try:
        texts = rule.texts()
    except BadPattern:
        return False
    some = texts.drawn(Draw(("", "narrowed", "text"), np.arange(64, dtype=np.int64)))
    return all(text is not None and values.has_text(text) for text in some.tolist())
