"""Values, names, members, items and slices, row by row."""

from __future__ import annotations

from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import ATTRIBUTES
from datamimic_models.expressions.operators import item, part
from datamimic_models.expressions.rowwise.frame import Form, Frame, Step
from datamimic_models.expressions.rowwise.operations import strict
from datamimic_models.expressions.values import member


def constant(form: Form, node: tree.Constant) -> Step:
    value = node.value
    return lambda frame: value


def name(form: Form, node: tree.Name) -> Step:
    path = node.path

    def named(frame: Frame) -> Any:
        value, parts = frame.names.value(path)
        for name in path[parts:]:
            if value is None and form.sql:
                return None
            value = attribute(value, name)
        return value

    return named


def local(form: Form, node: tree.Local) -> Step:
    name = node.name
    return lambda frame: frame.locals[name]


def member_of(form: Form, node: tree.Member) -> Step:
    name = node.name
    return strict(form, lambda frame, value: attribute(value, name), form.of(node.of))


def item_of(form: Form, node: tree.Item) -> Step:
    return strict(form, lambda frame, of, index: item(of, index), form.of(node.of), form.of(node.index))


def part_of(form: Form, node: tree.Part) -> Step:
    of = form.of(node.of)
    bounds = [None if each is None else form.of(each) for each in node.bounds]

    def sliced(frame: Frame) -> Any:
        value = of(frame)
        if value is None and form.sql:
            return None
        return part(value, *(None if each is None else each(frame) for each in bounds))

    return sliced


def attribute(value: Any, name: str) -> Any:
    """`value.name`: a part of a date or duration, or the member of a record."""
    for known in ATTRIBUTES.get(name, ()):
        if isinstance(value, known.types):
            return getattr(value, known.name)
    return member(value, name)
