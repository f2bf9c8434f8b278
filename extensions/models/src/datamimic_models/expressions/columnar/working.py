"""What every node can ask for while an expression is worked out for a batch."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from attrs import evolve

from datamimic.columns import Bools
from datamimic_models.expressions import tree
from datamimic_models.expressions.batches import Batch
from datamimic_models.expressions.columnar.each import each
from datamimic_models.expressions.columnar.vectors import LARGE, Operand, Vector, either, vector_of
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE, TooLarge
from datamimic_models.expressions.rowwise import row_form
from datamimic_models.expressions.values import size_of


class Working(ABC):
    """The work on one expression for one batch. `sql`: null is as in SQL."""

    def __init__(self, batch: Batch, *, sql: bool) -> None:
        self.batch = batch
        self.sql = sql
        self.length = len(batch)
        self._names: dict[tuple[str, ...], Operand] = {}
        self.known: dict[tuple[str, ...], Operand] = {}
        """The columns that were asked for, by name."""

    @abstractmethod
    def of(self, node: tree.Node) -> Operand:
        """The node, worked out for all rows."""

    @abstractmethod
    def truth_of(self, node: tree.Node) -> tuple[Bools, Bools | None]:
        """Where a node counts as true, and where that is unsure: without making what is only asked for its truth."""

    def settled(self, made: Vector) -> Vector:
        """Null is unsure in Python, where the row form says what is wrong; in SQL it is null."""
        if made.null is None or self.sql:
            return made
        return evolve(made, null=None, unsure=either(made.unsure, made.null))

    def each(self, function: Callable[..., Any], operands: Sequence[Operand], gives: str = "any") -> Operand:
        return each(function, operands, self.length, null_in_null_out=self.sql, gives=gives)

    def rows(self, node: tree.Node) -> Operand:
        """The node worked out row by row."""
        form = row_form(node, sql=self.sql)
        failed = np.zeros(self.length, dtype=np.bool_)
        values: list[Any] = []
        too_large = False
        for position, row in enumerate(self.batch.rows(range(self.length))):
            value = None
            try:
                value = None if too_large else form(row)
            except WHAT_ROWS_RAISE as error:
                # What is too large in one row is so in many: the others are left to the end, which stops at the first.
                too_large = isinstance(error, TooLarge)
                failed[position] = True
            failed[position] |= too_large
            if size_of(value) >= LARGE:
                value, failed[position] = None, True
            values.append(value)
        return vector_of(values, failed if failed.any() else None)
