"""Literal generators as rules: by name with their parameters, and those that count or walk."""

from __future__ import annotations

import inspect
from typing import Any, Final

from datamimic_models.model import ColumnType
from datamimic_models.rules.named import Named
from datamimic_models.rules.numbering import Serial
from datamimic_models.rules.positions import Position
from datamimic_models.rules.walks import States
from datamimic_models.translating.context import Work
from datamimic_models.translating.drafts import Made
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.scripts import guarded
from datamimic_models.translating.value_types import type_of_kind
from datamimic_models.xml.calls import read_call
from datamimic_models.xml.generators import SEQUENCE, MadeAs, generator_class, generator_of, plain_call
from datamimic_models.xml.nodes import Node

_COUNTING: Final = ("IncrementGenerator", "GlobalIncrementGenerator")


def by_generator(text: str, node: Node, scope: Scope, work: Work) -> Made:
    """The rule of what `IntegerGenerator(min=1, max=5)` makes. Raises `Refusal`."""
    place = node.at("generator") if node.has("generator") else node.at("type")
    call = guarded(lambda: read_call(text, place))
    known = work.generators.get(call.name)
    if known is not None:
        if known.name == "state-machine":
            return _walk(known)
        return by_generator(known.get("generator"), node, scope, work)
    if call.name == SEQUENCE:
        raise Refusal("the next numbers of a sequence are asked of a database", place)
    call = guarded(lambda: plain_call(call, place, work.setting))
    cls = guarded(lambda: generator_class(call, place, work.setting))
    signature = inspect.signature(cls)
    names = [name for name, each in signature.parameters.items() if each.kind is not inspect.Parameter.VAR_POSITIONAL]
    given = dict(zip(names, call.positional, strict=False)) | dict(call.named)
    if cls.__name__ in _COUNTING:
        return _counting(cls.__name__, given, scope)
    if cls.__name__ == "StateTransitionGenerator":
        return Made(States(given.get("transitions"), given.get("start")), ColumnType("str"))
    for name, value in given.items():
        if not _is_plain(value):
            raise Refusal(f"the parameter {name} of {call.name} is no plain value", place)
    if node.get("locale") and "locale" in signature.parameters:
        given.setdefault("locale", node.get("locale"))
    made = guarded(lambda: generator_of(text, place, f"translated {id(node)}", node, work.setting))
    if isinstance(made, MadeAs):
        raise Refusal(f"what {call.name} gives by the clock", place)
    python = made.spec.fields["value"].kind
    kind = type_of_kind(python)
    if kind is None:
        raise Refusal(f"{call.name} makes values of no type that columns have", place)
    locale = node.get("dataset") or None
    return Made(Named(call.name, given), kind, locale=locale)


def _counting(name: str, given: dict[str, Any], scope: Scope) -> Made:
    start, step = int(given.get("start", 1)), int(given.get("step", 1))
    if scope.in_items or (scope.table.above is not None and name == "IncrementGenerator"):
        return Made(Position(start, step), ColumnType("int"))
    # Below a parent and at the top rows are numbered; what numbers all rows may be a key.
    return Made(Serial(start=start, step=step), ColumnType("int"), unique=scope.is_row)


def _walk(node: Node) -> Made:
    transitions: dict[str, dict[str, float]] = {}
    for child in node.children:
        transitions.setdefault(child.get("from"), {})[child.get("to")] = float(child.get("weight", "1"))
    return Made(States(transitions, node.get("start")), ColumnType("str"))


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_plain(each) for name, each in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int | float | bool)
