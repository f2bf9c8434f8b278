"""Two references of a row to one table that a check keeps apart: `origin != destination`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from datamimic import Context, DatamimicError, Generator, Permutation
from datamimic.columns import Ints
from datamimic_models.model import ForeignKey, Table


def kept_apart(table: Table) -> Iterator[tuple[ForeignKey, ForeignKey]]:
    """Pairs of keys of one column each, to the same column of one parent, that a check never lets be alike; the first of them
    stands first among the keys."""
    alone = {each.columns[0]: each for each in table.foreign_keys if len(each.columns) == 1}
    for check in table.checks:
        for one, other in _unequal(check.expression):
            if one in alone and other in alone and one != other:
                first, second = sorted((alone[one], alone[other]), key=table.foreign_keys.index)
                if (first.parent_table, first.parent_columns) == (second.parent_table, second.parent_columns):
                    yield first, second


def _unequal(expression: str) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        return
    for part in _parts(tree, ast.And):
        # Null is not false: `a is None or a != b` says as much as `a != b`.
        rest = [each for each in _parts(part, ast.Or) if not _is_none(each)]
        match rest:
            case [ast.Compare(ast.Name(id=one), [ast.NotEq()], [ast.Name(id=other)])]:
                yield one, other


def _parts(tree: ast.expr, operator: type[ast.boolop]) -> Iterator[ast.expr]:
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, operator):
        for each in tree.values:
            yield from _parts(each, operator)
    else:
        yield tree


def _is_none(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Compare) and isinstance(tree.ops[0], ast.Is)


class Apart(Generator[Any]):
    """A reference as `inner` makes it, to another row than the reference `other` of the same row."""

    relates = "one"

    def __init__(self, inner: Generator[Any], other: str) -> None:
        self.inner = inner
        self.other = other
        self.target = inner.target
        self.needs, self.tables = (*inner.needs, other), inner.tables

    def bind(self, where: str) -> None:
        self.inner.bind(where)

    def column(self, context: Context) -> Any:
        made: Any = self.inner.column(context)
        world: Any = context.world
        size = int(world.size(world.spec(self.target)))
        rows, others = np.asarray(made.rows), np.asarray(context.column(self.other).rows)
        same = (rows == others) & (rows >= 0)
        if size < 2 or not same.any():
            return made
        further = context.draw.integers(1, size - 1, "apart")
        return world.refer(self.target, np.where(same, (rows + further) % size, rows))


class PairsApart:
    """Two references to one table whose pairs come once, and are never to one row."""

    def __init__(self, target: str, own: str, label: str) -> None:
        self.target = target
        self.own = own
        self.label = label
        self.one = PairedApart(self, 0)
        self.other = PairedApart(self, 1)

    def rows(self, context: Context) -> tuple[Ints, Ints]:
        """Of both references the row for each row."""
        world: Any = context.world
        size = int(world.size(world.spec(self.target)))
        total = size * (size - 1)
        if len(context) and int(context.rows.max()) >= total:
            raise DatamimicError(
                "models.too_many_rows",
                f"{self.label} have {total} combinations, and row {int(context.rows.max())} needs one more",
                hint=f"rows: {total}",
            )
        pair = Permutation(max(total, 1), world.address(self.own, self.label)).forward(context.rows)
        one, other = np.divmod(pair, max(size - 1, 1))
        return one, other + (other >= one)


class PairedApart(Generator[Any]):
    """One side of such pairs."""

    relates = "one"

    def __init__(self, pairs: PairsApart, side: int) -> None:
        self.pairs = pairs
        self.side = side
        self.target = pairs.target

    def column(self, context: Context) -> Any:
        world: Any = context.world
        return world.refer(self.target, self.pairs.rows(context)[self.side])
