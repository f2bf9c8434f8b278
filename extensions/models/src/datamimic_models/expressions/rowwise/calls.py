"""Calls of functions and methods, row by row, and what they are charged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import METHODS
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.rowwise.bindings import restored
from datamimic_models.expressions.rowwise.frame import Form, Frame, Step
from datamimic_models.expressions.values import bounded, cost_of, kind_name, size_of


def argument(form: Form, node: tree.Argument) -> Step:
    if isinstance(node, tree.FunctionName):
        function = node.function.call
        return lambda frame: function
    if isinstance(node, tree.Lambda):
        return function_of(form, node)
    return form.of(node)


def function_of(form: Form, node: tree.Lambda) -> Step:
    body, parameters = form.of(node.body), node.parameters

    def made(frame: Frame) -> Any:
        def call(*arguments: Any) -> Any:
            if len(arguments) != len(parameters):
                raise Failed(f"the lambda takes {len(parameters)} values, not {len(arguments)}")
            frame.spend(1)
            before = {name: frame.locals[name] for name in parameters if name in frame.locals}
            frame.locals.update(zip(parameters, arguments, strict=True))
            try:
                return body(frame)
            finally:
                restored(frame, parameters, before)

        return call

    return made


def call(form: Form, node: tree.Call) -> Step:
    function, site = node.function, node.site
    arguments = [argument(form, each) for each in node.arguments]
    named = [(name, argument(form, each)) for name, each in node.named]
    call, supplied = function.call, function.supplied
    sql = form.sql and not function.takes_null

    def called(frame: Frame) -> Any:
        given = [each(frame) for each in arguments]
        by_name = {name: each(frame) for name, each in named}
        if sql and (None in given or None in by_name.values()) and _any_null([*given, *by_name.values()]):
            return None
        frame.spend(1 + sum(map(cost_of, given)))
        if supplied == "words":
            assert site is not None
            made = call(frame.words(site), *given, **by_name)
        elif supplied == "clock":
            made = call(frame.names.now, *given, **by_name)
        else:
            made = call(*given, **by_name)
        return _charged(frame, made)

    return called


def method_call(form: Form, node: tree.MethodCall) -> Step:
    of, name = form.of(node.of), node.name
    arguments = [form.of(each) for each in node.arguments]
    named = [(key, form.of(each)) for key, each in node.named]

    def called(frame: Frame) -> Any:
        value = of(frame)
        if value is None and form.sql:
            return None
        given = [each(frame) for each in arguments]
        by_name = {key: each(frame) for key, each in named}
        if form.sql and _any_null([*given, *by_name.values()]):
            return None
        frame.spend(1 + cost_of(value) + sum(map(cost_of, given)))
        return _charged(frame, method_of(value, name)(value, *given, **by_name))

    return called


def method_of(value: Any, name: str) -> Callable[..., Any]:
    """Raises `Failed` for one that values of the kind have not."""
    for known in METHODS[name]:
        if isinstance(value, known.types):
            return known.call
    raise Failed(f"{kind_name(value)} has no method {name}")


def _charged(frame: Frame, made: Any) -> Any:
    if (size := size_of(made)) >= 100:
        frame.spend(size // 100)
        return bounded(made)
    return bounded(made) if type(made) in (int, list, tuple, dict) else made


def _any_null(values: list[Any]) -> bool:
    return any(value is None for value in values)
