"""Values, names, members, items and slices, for all rows."""

from __future__ import annotations

from typing import Any

from datamimic_models.expressions import tree
from datamimic_models.expressions.catalogue import ATTRIBUTES
from datamimic_models.expressions.columnar import moments, texts
from datamimic_models.expressions.columnar.each import unknown
from datamimic_models.expressions.columnar.names import vector_of_column
from datamimic_models.expressions.columnar.vectors import Fixed, Operand, Vector
from datamimic_models.expressions.columnar.working import Working
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.operators import item, part
from datamimic_models.expressions.rowwise import attribute
from datamimic_models.expressions.values import plain


def constant(form: Working, node: tree.Constant) -> Operand:
    return Fixed(node.value)


def name(form: Working, node: tree.Name) -> Operand:
    if node.path not in form.known:
        form.known[node.path] = _read(form, node.path)
    return form.known[node.path]


def _read(form: Working, path: tuple[str, ...]) -> Operand:
    scope = form.batch.scope
    try:
        name, parts = scope.name_of(path)
        if name in scope.values:
            made: Operand = Fixed(plain(scope.values[name]))
        else:
            made, gone = vector_of_column(scope.read(name), scope.kinds[name], path[parts:])
            parts += gone
    except Failed:
        return unknown(form.length)
    for rest in path[parts:]:
        made = _attribute(form, made, rest)
    return made


def _attribute(form: Working, of: Operand, name: str) -> Operand:
    if isinstance(of, Vector) and (made := moments.part(of, name)) is not None:
        return form.settled(made)
    gives = ATTRIBUTES[name][0].gives if name in ATTRIBUTES else "any"
    return form.each(lambda value: attribute(value, name), [of], gives)


def member_of(form: Working, node: tree.Member) -> Operand:
    return _attribute(form, form.of(node.of), node.name)


def item_of(form: Working, node: tree.Item) -> Operand:
    of, index = form.of(node.of), form.of(node.index)
    if isinstance(of, Vector) and isinstance(index, Fixed) and type(index.value) is int:
        made = texts.character(of, index.value)
        if made is not None:
            return form.settled(made)
    return form.each(item, [of, index])


def part_of(form: Working, node: tree.Part) -> Operand:
    of = form.of(node.of)
    bounds = [Fixed(None) if bound is None else form.of(bound) for bound in node.bounds]
    start, stop = bounds[:2]
    if isinstance(of, Vector) and isinstance(start, Fixed) and isinstance(stop, Fixed) and node.bounds[2] is None:
        made = texts.sliced(of, start.value, stop.value)
        if made is not None:
            return form.settled(made)
    present = [bound for bound, written in zip(bounds, node.bounds, strict=True) if written is not None]
    places = [number for number, written in enumerate(node.bounds) if written is not None]

    def cut(value: Any, *ends: Any) -> Any:
        given: list[Any] = [None, None, None]
        for place, end in zip(places, ends, strict=True):
            given[place] = end
        return part(value, *given)

    if form.sql:
        return form.rows(node)
    return form.each(cut, [of, *present])
