"""Keys, variables and elements: the rule that makes their value."""

from __future__ import annotations

import ast
from typing import Final

from attrs import evolve

from datamimic_models.model import ColumnType
from datamimic_models.rules.choices import Choice, Constant
from datamimic_models.rules.computed import Computed
from datamimic_models.rules.positions import Cycle
from datamimic_models.rules.text_patterns import Pattern
from datamimic_models.translating.context import Work
from datamimic_models.translating.converters import as_type, changed, changes, listed
from datamimic_models.translating.drafts import Made, computed, constant
from datamimic_models.translating.generators import by_generator
from datamimic_models.translating.kinds import kind_of_expression
from datamimic_models.translating.refusals import Refusal
from datamimic_models.translating.scopes import Scope
from datamimic_models.translating.scripts import guarded
from datamimic_models.translating.sources import value_of
from datamimic_models.translating.value_types import DECLARED, TYPED, fitted, type_of_values
from datamimic_models.xml.arrow import plain
from datamimic_models.xml.calls import read_choices, read_literals
from datamimic_models.xml.making import generator_call, read_weights
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.strings import variables
from datamimic_models.xml.vocabulary import TYPES

_TEXT: Final = ColumnType("str")
_UNKNOWN: Final = ColumnType("json")
"""Of what only the values themselves tell."""


def value(node: Node, scope: Scope, work: Work) -> Made:
    """How the value of an element is made, with all that it goes through. Raises `Refusal`."""
    made = _begun(node, scope, work)
    if node.flag("unique") and not made.unique:
        made = evolve(made, unique=_may_be_unique(made))
    share = float(node.get("nullQuota", "0") or 0)
    if changes(node) or (node.get("type") in DECLARED and isinstance(made.rule, Constant | Choice | Cycle | Computed)):
        made = _gone_through(node, made, scope, work)
    elif node.get("type") in DECLARED and made.type is not None and made.type.name != DECLARED[node.get("type")].name:
        made = evolve(made, type=DECLARED[node.get("type")])
    return evolve(made, null_share=share) if share else made


def _begun(node: Node, scope: Scope, work: Work) -> Made:
    if node.has("script"):
        return scripted(node, scope, work)
    if node.has("constant"):
        return constant(node.get("constant"), _TEXT)
    if node.has("values"):
        return _one_of(node, scope)
    if node.has("generator"):
        return by_generator(node.get("generator"), node, scope, work)
    if node.has("iterationSelector") or node.has("selector"):
        raise Refusal("rows of a database are read while the model runs")
    if node.has("source"):
        return value_of(node, work)
    if node.has("pattern"):
        return Made(Pattern(node.get("pattern")), _TEXT, unique=node.flag("unique"))
    if node.has("string"):
        return computed(_string(node, scope, work), _TEXT)
    if node.get("type") in TYPES:
        return by_generator(generator_call(node, node.get("type")), node, scope, work)
    return constant(None, _TEXT)


def scripted(node: Node, scope: Scope, work: Work) -> Made:
    """Of a script: what it names, else the expression."""
    text, place = node.get("script"), node.at("script")
    if not text.strip():
        return default_of(node, scope, work) or constant(None, _TEXT)
    default = default_of(node, scope, work)
    if default is None:
        named = work.direct(text, scope)
        if named is not None:
            return named
    try:
        made = work.expression(text, scope, place)
    except Refusal:
        # What leads nowhere is the default, where there is one.
        if default is None:
            raise
        return default
    try:
        literal = ast.literal_eval(made)
    except (ValueError, SyntaxError):
        return computed(made)
    if literal is None and node.name == "nestedKey" and default is not None:
        return default
    kind = type_of_values([literal])
    return (
        computed(made)
        if kind is None and literal is not None
        else constant(fitted(plain(literal, TYPED), kind or _TEXT), kind)
    )


def default_of(node: Node, scope: Scope, work: Work) -> Made | None:
    """What stands where there is no value."""
    if not node.has("defaultValue"):
        return None
    text = node.get("defaultValue")
    read = read_literals(text) if text.strip() else [text]
    literal = read[0] if len(read) == 1 else text
    if isinstance(literal, str) and literal == text.strip() and text.strip():
        try:
            return computed(work.expression(text, scope, node.at("defaultValue")))
        except Refusal:
            return constant(text)
    return constant(literal, type_of_values([literal]))


def _one_of(node: Node, scope: Scope) -> Made:
    choices = [plain(each, TYPED) for each in read_choices(node.get("values"))]
    if not choices:
        raise Refusal("there is nothing among its values", node.at("values"))
    kind = type_of_values(choices)
    if kind is None and all(each is None for each in choices):
        return constant(None, _TEXT)
    kind = kind or _TEXT
    values = tuple(fitted(each, kind) for each in choices)
    said = node.get("distribution", "uniform")
    if node.has("weights"):
        return Made(Choice(values, guarded(lambda: read_weights(node, len(values)))), kind)
    if said in ("ordered", "increment", "step"):
        return Made(Cycle(values), kind)
    once = (node.flag("unique") or said == "shuffle") and scope.is_row and None not in values
    return Made(Choice(values), kind, unique=once and node.flag("unique"))


def _string(node: Node, scope: Scope, work: Work) -> str:
    prefix = node.get("variablePrefix") or work.setting.defaults.prefix
    suffix = node.get("variableSuffix") or work.setting.defaults.suffix
    parts = []
    for each in variables(node.get("string"), prefix, suffix):
        if isinstance(each, str):
            parts.append(repr(each))
        else:
            made = work.expression(each[0], scope, node.at("string"))
            parts.append(f"str(coalesce({made}, ''))")
    return " + ".join(parts) or "''"


def _may_be_unique(made: Made) -> bool:
    return not isinstance(made.rule, Computed | Constant | Cycle)


def _gone_through(node: Node, made: Made, scope: Scope, work: Work) -> Made:
    """The value after dates, converters and type."""
    at_once = listed(node, made, work)
    if at_once is not None:
        return at_once
    kind = made.type or _type_before(made, scope)
    if made.text is not None:
        if not changes(node):
            said = made.text if made.text.isidentifier() else f"({made.text})"
            cast, kind = as_type(said, kind, DECLARED[node.get("type")])
            return (
                computed(cast if cast == said else f"None if {said} is None else {cast}", kind)
                if cast != said
                else evolve(made, type=kind)
            )
        return changed(node, f"({made.text})", kind)
    if scope.in_items:
        raise Refusal("what an item's value goes through after it is made")
    hidden = scope.table.hide(f"{'_'.join((*scope.path, node.get('name')))}_before", made, kind, node.place)
    return changed(node, hidden, kind)


def _type_before(made: Made, scope: Scope) -> ColumnType:
    """The type of an expression's values before they are changed."""
    return kind_of_expression(made.text or "", scope) or _UNKNOWN


def type_of_made(node: Node, made: Made, scope: Scope, work: Work) -> ColumnType:
    """The type of the column."""
    if made.type is not None:
        return made.type
    return work.sampled_type(scope, node.get("name"))
