"""An expression: read once, worked out for a row or for a batch of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Literal

import numpy as np
from attrs import field, frozen

from datamimic import Clock, Draw, ValueType
from datamimic.columns import Bools, Column
from datamimic_models.expressions import tree
from datamimic_models.expressions.batches import Batch
from datamimic_models.expressions.catalogue import Function
from datamimic_models.expressions.columnar.choosing import true_where
from datamimic_models.expressions.columnar.finishing import Finished, finished, kind_of_vector
from datamimic_models.expressions.columnar.form import ColumnForm
from datamimic_models.expressions.columnar.vectors import Operand, Vector, spread
from datamimic_models.expressions.failures import WHAT_ROWS_RAISE, Failed, TooLarge, failed_in_row
from datamimic_models.expressions.reading import Reader
from datamimic_models.expressions.rowwise import RowOfNames, row_form
from datamimic_models.expressions.scope import Row, Scope
from datamimic_models.expressions.searches import with_truth_of_searches
from datamimic_models.expressions.source import Source, syntax_tree
from datamimic_models.expressions.templates import read_template
from datamimic_models.expressions.values import truth
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

        Raises `DatamimicError` (`models.expression_failed`, `models.expression_too_large`) naming the row. Where `on_error`
        says so, what fails gives None; what is too large never does.
        """
        try:
            return self.form(names)
        except WHAT_ROWS_RAISE as error:
            if on_error == "null" and not isinstance(error, TooLarge):
                return None
            raise failed_in_row(error, self.text, self.place, names.number) from None

    def values(self, scope: Scope, on_error: OnError = "raise") -> list[Any]:
        """One plain value per row of a batch. Raises `DatamimicError` as `row` does, and (`models.expression_too_large`) where
        all values together take too much memory."""
        return self._finished(scope, on_error).objects()

    def column(self, scope: Scope, kind: ValueType | None = None, on_error: OnError = "raise") -> Column:
        """The column of a batch, in flight as `datamimic.columns` has them, of the `kind`; without one, of the kind that
        the values of the batch are of. Raises `DatamimicError` as `values` does, and for a value that is not of the kind.
        """
        done = self._finished(scope, on_error)
        try:
            return done.column(kind, partial(self._failed, scope))
        except Failed as error:
            raise failed_in_row(error, self.text, self.place, None) from None

    def mask(self, scope: Scope, *, unknown: bool = False, on_error: OnError = "raise") -> Bools:
        """Whether the expression counts as true, per row of a batch; `unknown` is what null counts as: a check of SQL holds
        where it is not false."""
        done = self._finished(scope, on_error, truth_only=not unknown)
        made, _ = true_where(done.vector, len(done.vector))
        if unknown and done.vector.null is not None:
            made = made | done.vector.null
        made[done.positions] = [unknown if value is None else truth(value) for value in done.values]
        return made

    def result_type(self, kinds: Mapping[str, ValueType]) -> ValueType | None:
        """The kind of the values, where those of the names tell it; it may be null where one of them may. None where it
        depends on the values."""
        none = np.zeros(0, dtype=np.int64)
        address = ("", "an expression", "its kind")
        scope = Scope(none, kinds, lambda name: kinds[name].nulls(0), Draw(address, none), Clock.parse(None))
        form = ColumnForm(Batch(scope), sql=self.nulls == "sql")
        kind = kind_of_vector(spread(form.of(self.tree), 0))
        nullable = any(each.nullable for each in kinds.values())
        return kind.or_null() if kind is not None and nullable else kind

    def _finished(self, scope: Scope, on_error: OnError, *, truth_only: bool = False) -> Finished:
        batch = Batch(scope)
        form = ColumnForm(batch, sql=self.nulls == "sql")
        with np.errstate(all="ignore"):
            made: Operand = _truth(form, self.tree) if truth_only else form.of(self.tree)
        null = on_error == "null"
        return finished(made, batch, self.form, partial(self._failed, scope), null_for_errors=null)

    def _failed(self, scope: Scope, position: int, error: BaseException) -> Exception:
        return failed_in_row(error, self.text, self.place, int(scope.rows[position]))


def _truth(form: ColumnForm, node: tree.Node) -> Vector:
    flags, unsure = form.truth_of(node)
    return Vector("bool", flags, None, unsure)


def parse(
    text: str, place: Place = NOWHERE, *, nulls: Nulls = "python", own: Mapping[str, Callable[..., Any]] | None = None
) -> Expression:
    """The expression that the `text` says; `place` is that of its first character. `own` are functions of the caller's, which
    must be trusted: they get and give what they like.

    Raises `DatamimicError` (`models.bad_expression`) for what is not in the language, with file, line and column.
    """
    node, source = syntax_tree(text, place)
    reader = Reader(source, {name: Function(name, call, "") for name, call in (own or {}).items()})
    return _expression(text, place, nulls, reader, reader.read(node))


def parse_template(text: str, place: Place = NOWHERE, *, nulls: Nulls = "python") -> Expression:
    """The expression of a text with gaps: `Dear {first_name}, you owe {amount:.2f}`. `place` and errors as of `parse`."""
    reader = Reader(Source(text, place))
    return _expression(text, place, nulls, reader, read_template(text, place, reader))


def _expression(text: str, place: Place, nulls: Nulls, reader: Reader, node: tree.Node) -> Expression:
    if nulls == "sql":
        node = with_truth_of_searches(node)
    return Expression(text, place, reader.names, nulls, node, reader.sites > 0, row_form(node, sql=nulls == "sql"))
