"""Operators, logic, comparisons and conditions, for all rows."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from datamimic.columns import Bools
from datamimic_models.expressions import tree
from datamimic_models.expressions.columnar import numbers_of_two_kinds, texts
from datamimic_models.expressions.columnar.arithmetic import computed, signed
from datamimic_models.expressions.columnar.choosing import chosen, true_where
from datamimic_models.expressions.columnar.comparing import compared
from datamimic_models.expressions.columnar.each import each
from datamimic_models.expressions.columnar.seeking import found_in
from datamimic_models.expressions.columnar.vectors import Fixed, Operand, Vector, either, within
from datamimic_models.expressions.columnar.working import Working
from datamimic_models.expressions.operators import BINARY, COMPARISONS, UNARY
from datamimic_models.expressions.rowwise import in_sql


def unary(form: Working, node: tree.Unary) -> Operand:
    operand = form.of(node.operand)
    made = signed(node.operator, operand) if isinstance(operand, Vector) else None
    return form.each(UNARY[node.operator], [operand]) if made is None else form.settled(made)


def binary(form: Working, node: tree.Binary) -> Operand:
    left, right = form.of(node.left), form.of(node.right)
    made = None
    if isinstance(left, Vector) or isinstance(right, Vector):
        made = computed(node.operator, left, right)
        if made is None:
            made = numbers_of_two_kinds.computed(node.operator, left, right)
        if made is None and node.operator == "+":
            made = _concatenated(form, left, right)
    return form.each(BINARY[node.operator], [left, right]) if made is None else form.settled(made)


def _concatenated(form: Working, left: Operand, right: Operand) -> Vector | None:
    for operand in (left, right):
        text = isinstance(operand.value, str) if isinstance(operand, Fixed) else operand.kind == "text"
        if not text:
            return None
    return texts.joined([left, right], form.length)


def negation(form: Working, node: tree.Not) -> Operand:
    if not form.sql:
        flags, unsure = form.truth_of(node)
        return Vector("bool", flags, None, unsure)
    operand = form.of(node.operand)
    flags, unsure = true_where(operand, form.length)
    null = operand.null if isinstance(operand, Vector) else None
    if isinstance(operand, Fixed) and operand.value is None:
        return Fixed(None)
    return form.settled(Vector("bool", ~flags, null, unsure))


def logic(form: Working, node: tree.Logic) -> Operand:
    return _logic_of_sql(form, node) if form.sql else _logic_of_python(form, node)


def _logic_of_python(form: Working, node: tree.Logic) -> Operand:
    made = form.of(node.parts[0])
    for each_part in node.parts[1:]:
        flags, unsure = true_where(made, form.length)
        other = form.of(each_part)
        picked = chosen(flags, made, other) if node.operator == "or" else chosen(flags, other, made)
        made = picked.marked(unsure)
    return made


def _logic_of_sql(form: Working, node: tree.Logic) -> Operand:
    ends = node.operator == "or"
    ended = np.zeros(form.length, dtype=np.bool_)
    unknown_there: Bools | None = None
    unsure: Bools | None = None
    for each_part in node.parts:
        operand = form.of(each_part)
        flags, doubt = true_where(operand, form.length)
        null = operand.null if isinstance(operand, Vector) else None
        if isinstance(operand, Fixed) and operand.value is None:
            null = np.ones(form.length, dtype=np.bool_)
        unknown_there, unsure = either(unknown_there, null), either(unsure, within(doubt, ~ended))
        ending = flags if ends else ~flags
        ended = ended | (ending if null is None else ending & ~null)
    values = ended if ends else ~ended
    return Vector("bool", values, within(unknown_there, ~ended), unsure)


def comparison(form: Working, node: tree.Comparison) -> Operand:
    if (sought := _found_or_not(form, node)) is not None:
        return sought
    operands = [form.of(each_operand) for each_operand in node.operands]
    made: Operand | None = None
    for name, left, right in zip(node.operators, operands, operands[1:], strict=False):
        one = _compared(form, name, left, right)
        made = one if made is None else _both(form, made, one)
    assert made is not None
    return made


def _compared(form: Working, name: str, left: Operand, right: Operand) -> Operand:
    if name.startswith("is") and isinstance(right, Fixed) and right.value is None and isinstance(left, Vector):
        null = np.zeros(form.length, dtype=np.bool_) if left.null is None else left.null
        return Vector("bool", null if name == "is" else ~null, None, left.unsure)
    act = COMPARISONS[name] if not form.sql or name.startswith("is") else in_sql(name, COMPARISONS[name])
    strict = form.sql and not name.startswith("is")
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return each(act, [left, right], form.length, null_in_null_out=strict, gives="bool")
    made = compared(name, left, right)
    if made is None:
        return each(act, [left, right], form.length, null_in_null_out=strict, gives="bool")
    if form.sql or made.null is None or name not in ("==", "!=", "in", "not in"):
        return form.settled(made)
    if name in ("in", "not in"):
        if not isinstance(left, Vector):
            return form.settled(made)
        return evolve(made, null=None, values=np.where(made.null, name == "not in", made.values))
    nulls = [operand.null if isinstance(operand, Vector) else None for operand in (left, right)]
    both = nulls[0] & nulls[1] if nulls[0] is not None and nulls[1] is not None else np.False_
    values = np.where(made.null, both if name == "==" else ~both, made.values)
    return evolve(made, null=None, values=values)


def _both(form: Working, one: Operand, other: Operand) -> Operand:
    """One comparison of a chain and the next."""
    (flags, unsure), (more, doubt) = (true_where(operand, form.length) for operand in (one, other))
    if not form.sql:
        return Vector("bool", flags & more, None, either(unsure, within(doubt, flags)))
    nulls = []
    for operand in (one, other):
        if isinstance(operand, Vector):
            nulls.append(operand.null)
        else:
            nulls.append(np.ones(form.length, dtype=np.bool_) if operand.value is None else None)
    wrong = np.zeros(form.length, dtype=np.bool_)
    for null, true in zip(nulls, (flags, more), strict=True):
        wrong |= ~true if null is None else ~true & ~null
    null = within(either(*nulls), ~wrong)
    return Vector("bool", flags & more, null, either(unsure, doubt))


def conditional(form: Working, node: tree.Conditional) -> Operand:
    test, unsure = form.truth_of(node.test)
    return chosen(test, form.of(node.yes), form.of(node.no)).marked(unsure)


def _found_or_not(form: Working, node: tree.Comparison) -> Operand | None:
    """`re.search(…) is None`"""
    first, second = node.operands[:2]
    if len(node.operators) > 1 or not node.operators[0].startswith("is") or not isinstance(first, tree.Call):
        return None
    if not isinstance(second, tree.Constant) or second.value is not None or form.sql:
        return None
    made = found_in(form, first)
    if made is None:
        return None
    return evolve(made, values=made.values if node.operators[0] == "is not" else ~made.values)
