"""The tree of an expression as one function of a row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import localcontext
from typing import Any, Final

from attrs import frozen

from datamimic_models.expressions import tree
from datamimic_models.expressions.rowwise import building, calls, operations, parts
from datamimic_models.expressions.rowwise.frame import DECIMALS, Form, Frame, RowOfNames, Step

_MAKERS: Final[dict[Any, Callable[[Form, Any], Step]]] = {
    tree.Constant: parts.constant,
    tree.Name: parts.name,
    tree.Local: parts.local,
    tree.Unary: operations.unary,
    tree.Not: operations.negation,
    tree.Binary: operations.binary,
    tree.Logic: operations.logic,
    tree.Comparison: operations.comparison,
    tree.Conditional: operations.conditional,
    tree.Member: parts.member_of,
    tree.Item: parts.item_of,
    tree.Part: parts.part_of,
    tree.Call: calls.call,
    tree.MethodCall: calls.method_call,
    tree.Formatted: building.formatted_part,
    tree.Interpolation: building.interpolation,
    tree.Display: building.display,
    tree.Pairs: building.pairs,
    tree.Comprehension: building.comprehension,
}


@frozen
class RowForm:
    """See `frame.Form`."""

    sql: bool

    def of(self, node: tree.Node) -> Step:
        return _MAKERS[type(node)](self, node)


def row_form(node: tree.Node, *, sql: bool) -> Callable[[RowOfNames], Any]:
    """The function of a row that works the expression out. It raises what `failures.WHAT_ROWS_RAISE` lists."""
    step = RowForm(sql).of(node)

    def worked_out(names: RowOfNames) -> Any:
        with localcontext(DECIMALS):
            return step(Frame(names))

    return worked_out
