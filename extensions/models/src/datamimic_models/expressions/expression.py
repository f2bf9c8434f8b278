"""An expression: read once, worked out for a row or for a batch of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from attrs import field, frozen

from datamimic import ValueType
from datamimic.columns import Bools, Column
from datamimic_models.expressions import tree
from datamimic_models.expressions.batches import Batch
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE, TooLarge, failed_in_row
from datamimic_models.expressions.limits import LARGEST_BATCH
from datamimic_models.expressions.reading import Reader
from datamimic_models.expressions.results import column_of
from datamimic_models.expressions.rowwise import RowOfNames, row_form
from datamimic_models.expressions.scope import Row, Scope
from datamimic_models.expressions.source import syntax_tree
from datamimic_models.expressions.values import size_of, truth
from datamimic_models.model import NOWHERE, Place

Nulls = Literal["python", "sql"]
OnError = Literal["raise", "null"]


@frozen(eq=False)
class Expression:
    """`text` is what was written, `place` where. `names` are the free names in it, dotted as they are written: `price`,
    `doc.full_name`, `parent.y`. `nulls` says whether null is None, as in Python, or unknown, as in SQL."""

    text: str
    place: Place
    names: tuple[str, ...]
    nulls: Nulls
    tree: tree.Node = field(repr=False)
    draws: bool
    """Does a call in it draw?"""
    form: Callable[[RowOfNames], Any] = field(repr=False)

    def row(self, names: Row, on_error: OnError = "raise") -> Any:
        """The value in a row: a plain value, moments without a zone (UTC).

        Raises `DatamimicError` (`models.expression_failed`, `models.expression_too_large`) naming the row, or gives None
        where `on_error` says so.
        """
        try:
            return self.form(names)
        except WHAT_ROWS_RAISE as error:
            if on_error == "null":
                return None
            raise failed_in_row(error, self.text, self.place, names.number) from None

    def values(self, scope: Scope, on_error: OnError = "raise") -> list[Any]:
        """One plain value per row of a batch. Raises `DatamimicError` as `row` does, and (`models.expression_too_large`) where
        all values together take too much memory."""
        values: list[Any] = []
        size = 0
        for position, row in enumerate(Batch(scope).rows(range(len(scope.rows)))):
            try:
                value = self.form(row)
            except WHAT_ROWS_RAISE as error:
                if on_error != "null":
                    raise self._failed(error, scope, position) from None
                value = None
            size += size_of(value)
            if size > LARGEST_BATCH:
                raise self._failed(TooLarge("the values of the batch take too much memory"), scope, position)
            values.append(value)
        return values

    def column(self, scope: Scope, kind: ValueType | None = None, on_error: OnError = "raise") -> Column:
        """The column of a batch, in flight as `datamimic.columns` has them, of the `kind`; without one, of the kind that
        the values of the batch are of. Raises `DatamimicError` as `values` does, and for a value that is not of the kind.
        """
        try:
            return column_of(
                self.values(scope, on_error), kind, lambda position, error: self._failed(error, scope, position)
            )
        except WHAT_ROWS_RAISE as error:
            raise failed_in_row(error, self.text, self.place, None) from None

    def mask(self, scope: Scope, *, unknown: bool = False, on_error: OnError = "raise") -> Bools:
        """Whether the expression counts as true, per row of a batch; `unknown` is what null counts as: a check of SQL holds
        where it is not false."""
        return np.array(
            [unknown if value is None else truth(value) for value in self.values(scope, on_error)], dtype=np.bool_
        )

    def _failed(self, error: BaseException, scope: Scope, position: int) -> Exception:
        return failed_in_row(error, self.text, self.place, int(scope.rows[position]))


def parse(text: str, place: Place = NOWHERE, *, nulls: Nulls = "python") -> Expression:
    """The expression that the `text` says; `place` is that of its first character.

    Raises `DatamimicError` (`models.bad_expression`) for what is not in the language, with file, line and column.
    """
    node, source = syntax_tree(text, place)
    reader = Reader(source)
    read = reader.read(node)
    form = row_form(read, sql=nulls == "sql")
    return Expression(text, place, tuple(reader.names), nulls, read, reader.sites > 0, form)
