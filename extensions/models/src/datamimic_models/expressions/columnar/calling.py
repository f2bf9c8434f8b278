"""Calls of functions and methods, for all rows."""

from __future__ import annotations

from functools import partial
from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import METHODS
from datamimic_models.expressions.columnar import moments, texts
from datamimic_models.expressions.columnar.calls import KERNELS
from datamimic_models.expressions.columnar.draws import drawn
from datamimic_models.expressions.columnar.each import each
from datamimic_models.expressions.columnar.seeking import found_in
from datamimic_models.expressions.columnar.vectors import Fixed, Operand, Vector
from datamimic_models.expressions.columnar.working import Working
from datamimic_models.expressions.rowwise import method_of


def call(form: Working, node: tree.Call) -> Operand:
    function = node.function
    given = [*node.arguments, *(value for _, value in node.named)]
    if any(isinstance(argument, tree.Lambda | tree.FunctionName) for argument in given):
        return form.rows(node)
    if function.name == "bool" and len(given) == 1 and isinstance(given[0], tree.Call) and not form.sql:
        flags, unsure = form.truth_of(given[0])
        return Vector("bool", flags, None, unsure)
    if form.sql and function.gives == "bool" and (sought := found_in(form, node)) is not None:
        return sought
    operands = [form.of(argument) for argument in node.arguments if isinstance(argument, tree.Node)]
    named = {name: form.of(argument) for name, argument in node.named if isinstance(argument, tree.Node)}
    bound: dict[str, Any] = function.signature.bind(*operands, **named).arguments
    if function.supplied == "words":
        assert node.site is not None
        made = drawn(function.name, partial(form.batch.words, node.site), bound) if not form.sql else None
        return form.rows(node) if made is None else made
    if function.supplied == "clock":
        return Fixed(function.call(form.batch.now))
    if function.name in KERNELS:
        made = KERNELS[function.name](bound, form.length, form.sql)
        if made is not None:
            return made if function.takes_null or function.name in ("str", "bool") else form.settled(made)
    names = [*named]

    def call(*values: Any) -> Any:
        split = len(values) - len(names)
        return function.call(*values[:split], **dict(zip(names, values[split:], strict=True)))

    strict = form.sql and not function.takes_null
    return each(call, [*operands, *named.values()], form.length, null_in_null_out=strict, gives=function.gives)


def method_call(form: Working, node: tree.MethodCall) -> Operand:
    of = form.of(node.of)
    arguments = tuple(form.of(argument) for argument in node.arguments)
    named = {name: form.of(argument) for name, argument in node.named}
    if isinstance(of, Vector) and not named:
        for kernel in (texts.by_method, moments.by_method):
            made = kernel(node.name, of, arguments)
            if made is not None:
                return form.settled(made)
    names, name = [*named], node.name

    def call(value: Any, *values: Any) -> Any:
        split = len(values) - len(names)
        by_name = dict(zip(names, values[split:], strict=True))
        return method_of(value, name)(value, *values[:split], **by_name)

    gives = METHODS[name][0].gives if len(METHODS[name]) == 1 else "any"
    return form.each(call, [of, *arguments, *named.values()], gives)
