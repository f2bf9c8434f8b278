"""What checks say of the ends of ranges: `lower(during) >= '2020-01-01'` is a comparison of a column of its own."""

from __future__ import annotations

from typing import Any, Final

from sqlglot import exp

from datamimic_models.schemas.expressions import parsed
from datamimic_models.schemas.idioms import bare
from datamimic_models.schemas.schema import Dialect, SqlCheck, SqlColumn, SqlTable
from datamimic_models.solving.natives import range_kind
from datamimic_models.solving.plans import plan_of_trees
from datamimic_models.solving.values import Values

_ENDS: Final = {exp.Lower: "lower end", exp.Upper: "upper end"}


def ends_of(table: SqlTable, column: SqlColumn, dialect: Dialect) -> tuple[Values, Values]:
    """What the lower and the upper ends of the column's ranges may be."""
    checks = []
    for check in table.checks:
        for part in _parts(parsed(check.expression, dialect)):
            tree = part.copy().transform(_named, column.name)
            names = {each.name for each in tree.find_all(exp.Column)}
            if names and names <= {*_ENDS.values()}:
                checks.append((SqlCheck(check.expression), tree))
    kind = range_kind(column)
    solved = plan_of_trees(checks, dict.fromkeys(_ENDS.values(), kind), ())
    lower, upper = (solved.values(name)[0] for name in _ENDS.values())
    return lower, upper


def _parts(tree: Any) -> list[Any]:
    """What must all hold."""
    tree = bare(tree)
    if tree is None:
        return []
    return [*_parts(tree.this), *_parts(tree.expression)] if isinstance(tree, exp.And) else [tree]


def _named(node: Any, column: str) -> Any:
    name = _ENDS.get(type(node))
    if name is not None and isinstance(bare(node.this), exp.Column) and bare(node.this).name.lower() == column.lower():
        return exp.column(name, quoted=True)
    return node
