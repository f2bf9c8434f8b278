"""Operators, logic, comparisons and conditions, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.operators import BINARY, COMPARISONS, UNARY
from datamimic_models.expressions.rowwise.frame import Form, Frame, Step
from datamimic_models.expressions.values import size_of, truth


def unary(form: Form, node: tree.Unary) -> Step:
    act, operand = UNARY[node.operator], form.of(node.operand)
    return strict(form, lambda frame, value: act(value), operand)


def negation(form: Form, node: tree.Not) -> Step:
    return strict(form, lambda frame, value: not truth(value), form.of(node.operand), in_python=True)


def strict(form: Form, act: Callable[..., Any], *operands: Step, in_python: bool = False) -> Step:
    """`act` of the operands; where null is as in SQL, null as soon as one is."""
    sql = form.sql
    if len(operands) == 1:
        [one] = operands

        def of_one(frame: Frame) -> Any:
            value = one(frame)
            return None if sql and value is None else act(frame, value)

        return of_one

    def of_several(frame: Frame) -> Any:
        values = [each(frame) for each in operands]
        return None if sql and any(value is None for value in values) else act(frame, *values)

    return of_several


def binary(form: Form, node: tree.Binary) -> Step:
    act, left, right, sql = BINARY[node.operator], form.of(node.left), form.of(node.right), form.sql

    def binary(frame: Frame) -> Any:
        one, other = left(frame), right(frame)
        if sql and (one is None or other is None):
            return None
        if one is None or other is None:
            raise Failed(f"null has no {node.operator}")
        made = act(one, other)
        if (size := size_of(made)) >= 100:
            frame.spend(size // 100)
        return made

    return binary


def logic(form: Form, node: tree.Logic) -> Step:
    parts, ends = [form.of(each) for each in node.parts], node.operator == "or"

    def in_python(frame: Frame) -> Any:
        value = None
        for each in parts:
            value = each(frame)
            if truth(value) == ends:
                break
        return value

    def in_sql(frame: Frame) -> Any:
        unknown = False
        for each in parts:
            value = each(frame)
            if value is None:
                unknown = True
            elif truth(value) == ends:
                return ends
        return None if unknown else not ends

    return in_sql if form.sql else in_python


def comparison(form: Form, node: tree.Comparison) -> Step:
    operands = [form.of(each) for each in node.operands]
    acts: list[Callable[[Any, Any], Any]] = [COMPARISONS[name] for name in node.operators]
    if form.sql:
        acts = [
            act if name.startswith("is") else in_sql(name, act) for name, act in zip(node.operators, acts, strict=True)
        ]
    sql = form.sql

    def compare(frame: Frame) -> Any:
        left, unknown = operands[0](frame), False
        for act, operand in zip(acts, operands[1:], strict=True):
            right = operand(frame)
            made = act(left, right)
            if made is None and sql:
                unknown = True
            elif not made:
                return False
            left = right
        return None if unknown else True

    return compare


def conditional(form: Form, node: tree.Conditional) -> Step:
    test, yes, no = form.of(node.test), form.of(node.yes), form.of(node.no)
    return lambda frame: yes(frame) if truth(test(frame)) else no(frame)


def in_sql(name: str, act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A comparison that is unknown where a side is null; `in` is unknown where only a null among the items could fit."""

    def compare(left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        if name in ("in", "not in") and isinstance(right, list | tuple | frozenset):
            known = [each for each in right if each is not None]
            found = COMPARISONS["in"](left, known)
            if not found and len(known) < len(right):
                return None
            return found if name == "in" else not found
        return act(left, right)

    return compare
