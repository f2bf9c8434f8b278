"""Texts, lists, tuples, sets and dicts, for all rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.columnar import texts, writing
from datamimic_models.expressions.columnar.calls import KERNELS
from datamimic_models.expressions.columnar.each import each
from datamimic_models.expressions.columnar.vectors import Fixed, Operand, Vector
from datamimic_models.expressions.columnar.working import Working
from datamimic_models.expressions.formatting import formatted
from datamimic_models.expressions.values import bounded


def formatted_part(form: Working, node: tree.Formatted) -> Operand:
    value = form.of(node.value)
    spec = Fixed("") if node.spec is None else form.of(node.spec)
    if isinstance(value, Vector) and isinstance(spec, Fixed) and node.conversion in ("", "s"):
        made = None
        if not spec.value:
            made = KERNELS["str"]({"value": value}, form.length, form.sql)
        elif not node.conversion:
            made = writing.formatted(value, spec.value)
            made = None if made is None else form.settled(made)
        if made is not None:
            return made
    conversion = node.conversion
    return form.each(lambda shown, how: formatted(shown, how, conversion), [value, spec], "text")


def interpolation(form: Working, node: tree.Interpolation) -> Operand:
    parts = [form.of(each_part) for each_part in node.parts]
    known = all(
        isinstance(each_part.value, str) if isinstance(each_part, Fixed) else each_part.kind == "text"
        for each_part in parts
    )
    if known and any(isinstance(each_part, Vector) for each_part in parts):
        made = texts.joined(parts, form.length)
        if made is not None:
            return form.settled(made)
    return form.each(lambda *pieces: bounded("".join(pieces)), parts, "text")


def display(form: Working, node: tree.Display) -> Operand:
    make: Callable[[Any], Any] = {"list": list, "tuple": tuple, "set": frozenset}[node.kind]
    return each(lambda *items: make(items), [form.of(inner) for inner in node.items], form.length)


def pairs(form: Working, node: tree.Pairs) -> Operand:
    count = len(node.keys)
    operands = [form.of(inner) for inner in (*node.keys, *node.values)]
    return each(lambda *all: dict(zip(all[:count], all[count:], strict=True)), operands, form.length)
