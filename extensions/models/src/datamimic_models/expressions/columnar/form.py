"""The tree of an expression, worked out node by node for all rows of a batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from datamimic.columns import Bools
from datamimic_models.expressions import tree
from datamimic_models.expressions.columnar import building, calling, operating, reaching
from datamimic_models.expressions.columnar.choosing import true_where
from datamimic_models.expressions.columnar.each import unknown
from datamimic_models.expressions.columnar.seeking import found_in
from datamimic_models.expressions.columnar.vectors import Operand, either, within
from datamimic_models.expressions.columnar.working import Working
from datamimic_models.expressions.failures import Failed

_NODES: Final[dict[Any, Callable[[Working, Any], Operand]]] = {
    tree.Constant: reaching.constant,
    tree.Name: reaching.name,
    tree.Unary: operating.unary,
    tree.Not: operating.negation,
    tree.Binary: operating.binary,
    tree.Logic: operating.logic,
    tree.Comparison: operating.comparison,
    tree.Conditional: operating.conditional,
    tree.Member: reaching.member_of,
    tree.Item: reaching.item_of,
    tree.Part: reaching.part_of,
    tree.Call: calling.call,
    tree.MethodCall: calling.method_call,
    tree.Formatted: building.formatted_part,
    tree.Interpolation: building.interpolation,
    tree.Display: building.display,
    tree.Pairs: building.pairs,
    tree.Comprehension: Working.rows,
}


class ColumnForm(Working):
    """See `Working`."""

    def of(self, node: tree.Node) -> Operand:
        try:
            return _NODES[type(node)](self, node)
        except Failed:
            return unknown(self.length)

    def truth_of(self, node: tree.Node) -> tuple[Bools, Bools | None]:
        """Where a node counts as true, and where that is unsure: without making what is only asked for its truth."""
        if isinstance(node, tree.Not) and not self.sql:
            flags, unsure = self.truth_of(node.operand)
            return ~flags, unsure
        if isinstance(node, tree.Logic) and not self.sql:
            return self._truth_of_parts(node)
        if isinstance(node, tree.Call) and (sought := found_in(self, node)) is not None:
            return sought.values & ~sought.null if sought.null is not None else sought.values, sought.unsure
        return true_where(self.of(node), self.length)

    def _truth_of_parts(self, node: tree.Logic) -> tuple[Bools, Bools | None]:
        ends = node.operator == "or"
        flags, unsure = self.truth_of(node.parts[0])
        for each_part in node.parts[1:]:
            more, doubt = self.truth_of(each_part)
            unsure = either(unsure, within(doubt, ~flags if ends else flags))
            flags = flags | more if ends else flags & more
        return flags, unsure
