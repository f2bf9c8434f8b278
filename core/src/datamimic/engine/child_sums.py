"""What the children of a parent add up to, at the moment at which one looks."""

from __future__ import annotations

from typing import Any

from datamimic.columns import Column
from datamimic.engine.batch import Batch
from datamimic.engine.lifetimes import come_and_go
from datamimic.engine.references import Children
from datamimic.model.context import Context
from datamimic.model.generator import Generator


class OfChildren(Generator[Any]):
    """What is computed of the children that there are; it changes when they come, change or go."""

    reads_children_there = True

    def __init__(self, children: str) -> None:
        self.children = children
        self.needs = (children,)

    def there(self, context: Context) -> Children:
        every: Children = context.column(self.children)
        batch: Batch = context.batch
        # In a world that is seen at its clock all are there, unless some have gone.
        if batch.own_now is None and not come_and_go(every.world, every.target):
            return every
        return every.as_of(context.now)


class SumOf(OfChildren):
    """See `sum_of`."""

    def __init__(self, children: str, column: str) -> None:
        super().__init__(children)
        self.summed = column

    def column(self, context: Context) -> Column:
        return self.there(context).sum(self.summed)


class CountOf(OfChildren):
    """See `count_of`."""

    python_type = int

    def column(self, context: Context) -> Column:
        return self.there(context).counts


def sum_of(children: str, column: str) -> Generator[Any]:
    """On a parent: the sum of an integer or money column of its children, 0 without any: `sum_of("lines", "line_total")`.

    Of children that have a history those count that there are at the moment at which one looks, with what their column is
    then. What others are made from must not depend on that: it reads all children, `lambda lines: lines.sum("line_total")`.
    """
    return SumOf(children, column)


def count_of(children: str) -> Generator[int]:
    """On a parent: how many children it has; of children that have a history, those that there are at the moment at which one
    looks. What others are made from reads all: `lambda lines: lines.counts`."""
    return CountOf(children)
