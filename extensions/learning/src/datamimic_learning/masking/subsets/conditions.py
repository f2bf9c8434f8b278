"""Conditions as in SQL's WHERE, read by sqlglot into a tree of a few kinds of nodes and worked out on Arrow columns: nothing of
them is sent to a database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import sqlglot
from attrs import frozen
from sqlglot import expressions
from sqlglot.errors import SqlglotError

from datamimic import DatamimicError
from datamimic.errors import excerpt, suggest

sql: Any = expressions
_LONGEST: Final = 4_000
_COMPARED: Final[dict[Any, Callable[..., Any]]] = {
    sql.EQ: pc.equal, sql.NEQ: pc.not_equal, sql.LT: pc.less, sql.LTE: pc.less_equal, sql.GT: pc.greater, sql.GTE:
    pc.greater_equal,
}  # fmt: skip
_TURNED: Final[dict[Any, Any]] = {sql.LT: sql.GT, sql.LTE: sql.GTE, sql.GT: sql.LT, sql.GTE: sql.LTE}


@frozen
class Condition:
    """`text` as it was written; `columns` are those that it reads."""

    text: str
    columns: tuple[str, ...]
    _tree: Any

    def holds(self, batch: pa.RecordBatch) -> pa.Array:
        """Whether it does, per row; unknown counts as no. Raises `DatamimicError` (`learning.bad_condition`) where a column
        cannot be compared so."""
        try:
            return pc.fill_null(_value(self._tree, batch, self.text), False)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
            pass
        raise _refused(self.text, "it compares a column with what its values are not")


def parse_condition(text: str, columns: list[str], table: str) -> Condition:
    """Columns, numbers, 'texts', true and false, = <> < <= > >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT and parentheses.
    Raises `DatamimicError` (`learning.bad_condition`)."""
    if len(text) > _LONGEST:
        raise _refused(text, f"it is longer than {_LONGEST:,} characters")
    try:
        trees: list[Any] = list(sqlglot.parse(f"SELECT 1 WHERE {text}", dialect="postgres"))
    except (SqlglotError, ValueError, RecursionError):
        raise _refused(text, "it is no condition") from None
    tree: Any = trees[0] if len(trees) == 1 else None
    where: Any = tree.args.get("where") if isinstance(tree, sql.Select) else None
    if where is None or any(
        tree.args.get(each) for each in ("from", "from_", "group", "order", "limit", "with", "joins")
    ):
        raise _refused(text, "it is no condition")
    found: dict[str, None] = {}
    _check(where.this, text, table, columns, found)
    return Condition(text, tuple(found), where.this)


def _check(node: Any, text: str, table: str, columns: list[str], found: dict[str, None]) -> None:
    if isinstance(node, sql.Column):
        name = _name(node, columns)
        if name not in columns or node.args.get("table") is not None:
            near = suggest(str(name), columns)
            hint = f"did you mean {near[0]}?" if near else f"columns: {', '.join(columns[:20])}"
            raise DatamimicError("learning.bad_condition", f"{table} has no column {excerpt(name)}", hint=hint)
        found[name] = None
        return
    allowed: tuple[Any, ...] = (
        *_COMPARED, sql.And, sql.Or, sql.Not, sql.Paren, sql.In, sql.Between, sql.Like, sql.ILike, sql.Is, sql.Literal,
        sql.Null, sql.Boolean, sql.Neg, sql.Tuple,
    )  # fmt: skip
    if not isinstance(node, allowed) or node.args.get("query") is not None:
        raise _refused(text, f"{type(node).__name__} is not known in it")
    for each in node.args.values():
        for child in each if isinstance(each, list) else [each]:
            if hasattr(child, "args"):
                _check(child, text, table, columns, found)


def _name(node: Any, columns: list[str]) -> str:
    name = str(node.name)
    if name in columns or node.this.args.get("quoted"):
        return name
    folded = [each for each in columns if each.lower() == name.lower()]
    return folded[0] if len(folded) == 1 else name


def _value(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    of = _NODES.get(type(node))
    if of is not None:
        return of(node, batch, text)
    if type(node) in _COMPARED:
        return _comparison(node, batch, text)
    raise _refused(text, f"{type(node).__name__} cannot stand where it does")


def _comparison(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    left, right, kind = node.this, node.expression, type(node)
    if not isinstance(left, sql.Column) and isinstance(right, sql.Column):
        left, right, kind = right, left, _TURNED.get(kind, kind)
    value = _value(left, batch, text)
    if isinstance(right, sql.Column):
        return _COMPARED[kind](value, _value(right, batch, text))
    return _COMPARED[kind](_alike(value, right), _literal(right, value, text))


def _column(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    return batch.column(batch.schema.get_field_index(_name(node, batch.schema.names)))


def _is(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    value = _value(node.this, batch, text)
    if isinstance(node.expression, sql.Null):
        return pc.is_null(value)
    return pc.fill_null(pc.equal(value, _literal(node.expression, value, text)), False)


def _in(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    value = _value(node.this, batch, text)
    found: Any = pa.repeat(pa.scalar(False), batch.num_rows)
    for each in node.expressions:
        found = pc.or_kleene(found, pc.equal(_alike(value, each), _literal(each, value, text)))
    return found


def _between(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    value = _value(node.this, batch, text)
    low, high = node.args["low"], node.args["high"]
    return pc.and_kleene(
        pc.greater_equal(_alike(value, low), _literal(low, value, text)),
        pc.less_equal(_alike(value, high), _literal(high, value, text)),
    )


def _like(node: Any, batch: pa.RecordBatch, text: str) -> Any:
    pattern = _constant(node.expression)
    if not isinstance(pattern, str):
        raise _refused(text, "LIKE takes a text")
    return pc.match_like(_value(node.this, batch, text), pattern, ignore_case=isinstance(node, sql.ILike))


_NODES: Final[dict[Any, Callable[[Any, pa.RecordBatch, str], Any]]] = {
    sql.Paren: lambda node, batch, text: _value(node.this, batch, text),
    sql.And: lambda node, batch, text: pc.and_kleene(
        _value(node.this, batch, text), _value(node.expression, batch, text)
    ),
    sql.Or: lambda node, batch, text: pc.or_kleene(
        _value(node.this, batch, text), _value(node.expression, batch, text)
    ),
    sql.Not: lambda node, batch, text: pc.invert(_value(node.this, batch, text)),
    sql.Column: _column,
    sql.Is: _is,
    sql.In: _in,
    sql.Between: _between,
    sql.Like: _like,
    sql.ILike: _like,
}


def _constant(node: Any) -> Any:
    if isinstance(node, sql.Neg):
        value = _constant(node.this)
        return -value if isinstance(value, int | float) else None
    if isinstance(node, sql.Boolean):
        return bool(node.this)
    if isinstance(node, sql.Literal):
        if node.is_string:
            return str(node.this)
        return int(node.this) if str(node.this).isdigit() else float(node.this)
    return None


def _alike(value: pa.Array, literal: Any) -> pa.Array:
    """Cells of text files that are compared with a number are read as numbers; what is none is unknown."""
    constant = _constant(literal)
    if pa.types.is_string(value.type) and isinstance(constant, int | float) and not isinstance(constant, bool):
        trimmed = pc.utf8_trim_whitespace(value)
        is_number = pc.match_substring_regex(trimmed, r"^[-+]?(\d+\.?\d*|\.\d+)$")
        return pc.cast(pc.if_else(is_number, trimmed, pa.scalar(None, pa.string())), pa.float64())
    if pa.types.is_decimal(value.type) and isinstance(constant, int | float):
        return pc.cast(value, pa.float64())
    return value


def _literal(node: Any, value: pa.Array, text: str) -> pa.Scalar:
    constant = _constant(node)
    if constant is None:
        raise _refused(text, "a column is compared with a constant or another column")
    if isinstance(constant, str) and not pa.types.is_string(value.type):
        return pa.scalar(constant).cast(value.type)
    return pa.scalar(constant)


def _refused(text: str, why: str) -> DatamimicError:
    hint = "as in SQL: country = 'DE' AND age >= 18"
    return DatamimicError("learning.bad_condition", f"the condition {excerpt(text)}: {why}", hint=hint)
