"""Texts, lists, tuples, sets, dicts and comprehensions, row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.failures import TooLarge
from datamimic_models.expressions.formatting import formatted
from datamimic_models.expressions.limits import LONGEST_TEXT
from datamimic_models.expressions.rowwise.bindings import bind, names_of, restored
from datamimic_models.expressions.rowwise.frame import Form, Frame, Step
from datamimic_models.expressions.values import bounded, iterated, text_of, truth


def formatted_part(form: Form, node: tree.Formatted) -> Step:
    value, conversion = form.of(node.value), node.conversion
    spec = None if node.spec is None else form.of(node.spec)

    def written(frame: Frame) -> Any:
        made = value(frame)
        if made is None and form.sql:
            return None
        if spec is None:
            return text_of(made) if not conversion else formatted(made, "", conversion)
        return formatted(made, spec(frame), conversion)

    return written


def interpolation(form: Form, node: tree.Interpolation) -> Step:
    parts = [form.of(each) for each in node.parts]

    def joined(frame: Frame) -> Any:
        texts = [each(frame) for each in parts]
        if form.sql and None in texts:
            return None
        length = sum(map(len, texts))
        if length > LONGEST_TEXT:
            raise TooLarge(f"a text of {length} characters")
        frame.spend(length // 100)
        return "".join(texts)

    return joined


def display(form: Form, node: tree.Display) -> Step:
    items = [form.of(each) for each in node.items]
    make: Callable[[Any], Any] = {"list": list, "tuple": tuple, "set": frozenset}[node.kind]
    return lambda frame: bounded(make([each(frame) for each in items]))


def pairs(form: Form, node: tree.Pairs) -> Step:
    keys, values = [form.of(each) for each in node.keys], [form.of(each) for each in node.values]
    return lambda frame: bounded({key(frame): value(frame) for key, value in zip(keys, values, strict=True)})


def comprehension(form: Form, node: tree.Comprehension) -> Step:
    key = None if node.key is None else form.of(node.key)
    element = form.of(node.element)
    clauses = [(each.target, form.of(each.items), [form.of(test) for test in each.conditions]) for each in node.clauses]
    names = [name for each in node.clauses for name in names_of(each.target)]

    def loop(frame: Frame, depth: int, found: list[Any]) -> None:
        if depth == len(clauses):
            found.append(element(frame) if key is None else (key(frame), element(frame)))
            return
        target, items, tests = clauses[depth]
        for value in iterated(items(frame)):
            frame.spend(1)
            bind(frame, target, value)
            if all(truth(test(frame)) for test in tests):
                loop(frame, depth + 1, found)

    def collected(frame: Frame) -> Any:
        before = {name: frame.locals[name] for name in names if name in frame.locals}
        found: list[Any] = []
        try:
            loop(frame, 0, found)
        finally:
            restored(frame, names, before)
        return bounded({"list": list, "set": frozenset, "dict": dict}[node.kind](found))

    return collected
