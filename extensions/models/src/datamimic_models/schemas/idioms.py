"""What dialects say in words of their own, as standard SQL says it."""

from __future__ import annotations

from typing import Any

from sqlglot import exp

from datamimic_models.schemas.schema import Dialect


def standard(tree: Any, dialect: Dialect) -> Any:
    """The condition without what only a dialect has."""
    tree = tree.transform(_apart).transform(_part_named)
    if dialect == "sqlite":
        tree = tree.transform(_sqlite)
    return tree.transform(_null_safe)


def _apart(node: Any) -> Any:
    """Newer sqlglots say NOT within `IS` and others; older ones beside it."""
    if not node.args.get("negate"):
        return node
    node.set("negate", None)
    return exp.Not(this=node)


def _part_named(node: Any) -> Any:
    """`date_part('year'::text, day)`, as PostgreSQL gives it back: `EXTRACT(YEAR FROM day)`."""
    if isinstance(node, exp.Extract) and isinstance(bare(node.this), exp.Literal):
        node.set("this", exp.var(str(bare(node.this).this).upper()))
    return node


def _null_safe(node: Any) -> Any:
    """`a IS NOT DISTINCT FROM b`, and SQLite's `a IS b`: nulls are alike."""
    if not isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ):
        return node
    same = isinstance(node, exp.NullSafeEQ)
    left, right = node.this, node.expression
    if bare(left) == bare(right):
        return exp.Boolean(this=same)
    values = [each for each in (left, right) if not isinstance(bare(each), exp.Literal)]
    both = exp.EQ(this=left.copy(), expression=right.copy())
    there = [exp.Not(this=_is_null(each)) for each in values]
    if same:
        alike = exp.and_(both, *there)
        return exp.paren(alike if len(values) < 2 else exp.or_(alike, exp.and_(*map(_is_null, values))))
    other = exp.NEQ(this=left.copy(), expression=right.copy())
    if len(values) < 2:
        return exp.paren(exp.or_(other, *map(_is_null, values)))
    one = [exp.and_(_is_null(a), exp.Not(this=_is_null(b))) for a, b in (values, values[::-1])]
    return exp.paren(exp.or_(exp.and_(other, *there), *one))


def _is_null(node: Any) -> Any:
    return exp.Is(this=node.copy(), expression=exp.Null())


def bare(node: Any) -> Any:
    """Without parentheses and casts."""
    while isinstance(node, exp.Paren | exp.Cast):
        node = node.this
    return node


def _sqlite(node: Any) -> Any:
    """Dates that are text: `date(x)` is x where that is a date, and `date('now')` is today; `typeof` asks for a value."""
    if isinstance(node, exp.In | exp.EQ) and isinstance(bare(node.this), exp.Typeof):
        said = node.expressions if isinstance(node, exp.In) else [node.expression]
        null = any(str(bare(each).this).lower() == "null" for each in said)
        return exp.Boolean(this=True) if null else exp.Not(this=_is_null(bare(node.this).this))
    if isinstance(node, exp.TimeToStr):
        return _sqlite(node.this)
    if not isinstance(node, exp.Date | exp.TsOrDsToDate | exp.TsOrDsToTimestamp | exp.Anonymous):
        return node
    name = str(node.this).lower() if isinstance(node, exp.Anonymous) else "date"
    given = node.expressions if isinstance(node, exp.Anonymous) else [node.this]
    if name not in ("date", "datetime", "julianday", "time", "unixepoch") or len(given) != 1:
        return node
    inner = bare(given[0])
    if isinstance(inner, exp.Literal) and str(inner.this).lower() == "now":
        return exp.CurrentDate() if name == "date" else exp.CurrentTimestamp()
    if name == "unixepoch":
        return node
    kind = name if name in ("date", "time") else "timestamp"
    return exp.Cast(this=inner, to=exp.DataType.build(kind))
