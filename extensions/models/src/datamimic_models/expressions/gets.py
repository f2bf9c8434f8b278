"""`record.get("name")` of records whose members are known: the same as `record.name`, which is a column."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, TypeAlias

from attrs import evolve

from datamimic_models.expressions import tree
from datamimic_models.expressions.expression import Expression
from datamimic_models.expressions.rowwise import row_form

Get: TypeAlias = tuple[tuple[str, ...], str]
"""The path of a name, and the member that is got of it."""


def gets_of(expression: Expression) -> tuple[Get, ...]:
    """What the expression gets of names, without saying what stands for it where it is not there."""
    return tuple(dict.fromkeys(got for node in tree.within(expression.tree) if (got := _got(node)) is not None))


def with_members(expression: Expression, known: Set[Get]) -> Expression:
    """The expression with names of members in place of the `known` gets."""

    def member(node: Any) -> Any:
        got = _got(node)
        return tree.Name((*got[0], got[1]), node.at) if got in known and got is not None else None

    made = tree.replaced(expression.tree, member)
    names = dict.fromkeys(".".join(node.path) for node in tree.within(made) if isinstance(node, tree.Name))
    form = row_form(made, sql=expression.nulls == "sql")
    return evolve(expression, tree=made, names=tuple(names), form=form)


def _got(node: Any) -> Get | None:
    if not (isinstance(node, tree.MethodCall) and node.name == "get" and isinstance(node.of, tree.Name)):
        return None
    if len(node.arguments) != 1 or node.named or not isinstance(node.arguments[0], tree.Constant):
        return None
    name = node.arguments[0].value
    return (node.of.path, name) if isinstance(name, str) and name.isidentifier() else None
