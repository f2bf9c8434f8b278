"""Arithmetic of SQL between columns, and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from attrs import define, field
from sqlglot import exp

from datamimic_models.model import ColumnType
from datamimic_models.schemas.idioms import bare
from datamimic_models.solving import terms
from datamimic_models.solving.atoms import MIRRORED, Allowed, Atom, Comparison, Relation
from datamimic_models.solving.axes import DAY, Axis, at_least, at_most, axis_of, micros, parse_moment
from datamimic_models.solving.intervals import span_of
from datamimic_models.solving.terms import Term
from datamimic_models.solving.values import Values

NOW: Final = datetime(2025, 1, 1, tzinfo=UTC)
"""What `now()` in a check is taken for, where values must lie before it; after it, this many years later:"""


LATER: Final = timedelta(days=50 * 365)


class Unsolved(Exception):
    """A condition that is not understood; it is tested instead."""


@define
class Terms:
    """Of columns that have these `types`."""

    types: Mapping[str, ColumnType]
    axes: dict[str, Axis] = field(init=False)
    _folded: dict[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.axes = {name: axis for name, kind in self.types.items() if (axis := axis_of(kind)) is not None}
        self._folded = {name.lower(): name for name in self.types}

    def name(self, node: exp.Column) -> str:
        """The column as the table has it. Raises `Unsolved`."""
        found = node.name if node.name in self.types else self._folded.get(node.name.lower())
        if found is None:
            raise Unsolved(f"the column {node.name} is not known")
        return found

    def _is_axis(self, node: Any) -> bool:
        return isinstance(node, exp.Column) and self.name(node) in self.axes

    def _columns(self, node: Any) -> list[str]:
        found = [self.name(each) for each in node.find_all(exp.Column)]
        if any(name not in self.axes for name in found):
            raise Unsolved("not numbers or times")
        return found

    def _whole(self, node: Any) -> int:
        value = self._term(node, False).constant
        if value.denominator != 1 or self._term(node, False).columns:
            raise Unsolved("not a whole number")
        return int(value)

    def _term(self, node: Any, temporal: bool, upper: bool = True) -> Term:
        """Arithmetic of numbers; with `temporal`, of microseconds, and whole numbers beside dates are days. Of now, the latest
        moment that is surely past, or with `upper` false the earliest that is surely to come; of months the shortest, or with
        `upper` false the longest."""
        node = bare(node)
        if isinstance(node, exp.Column):
            name = self.name(node)
            if name not in self.axes:
                raise Unsolved("not a number")
            return terms.column(name)
        if isinstance(node, exp.Literal):
            if not node.is_string:
                return terms.number(Fraction(str(node.this)) * (DAY if temporal else 1))
            moment = parse_moment(str(node.this)) if temporal else None
            if moment is None and temporal and (span := span_of(str(node.this), longest=not upper)) is not None:
                return terms.number(span)
            if moment is None and re.fullmatch(r"-?\d+(\.\d+)?", str(node.this)):
                return terms.number(Fraction(str(node.this)))
            if moment is None:
                raise Unsolved("a text")
            return terms.number(moment)
        if isinstance(node, exp.Neg):
            return terms.number(-1).times(self._term(node.this, temporal, upper))
        if isinstance(node, exp.Add | exp.Sub):
            sign = 1 if isinstance(node, exp.Add) else -1
            right = self._term(node.expression, temporal, upper is (sign == 1))
            return self._term(node.this, temporal, upper).plus(right, sign)
        if isinstance(node, exp.Mul) and not temporal:
            return self._term(node.this, False).times(self._term(node.expression, False))
        if isinstance(node, exp.Mul) and node.find(exp.Column, exp.Interval) is None:
            return self._term(node, False).times(terms.number(DAY))
        if isinstance(node, exp.Div) and not temporal:
            return self._divided(node)
        if isinstance(node, exp.Interval) and temporal:
            return terms.number(_interval(node, longest=not upper))
        if temporal and is_function(node, "age") and len(node.expressions) in (1, 2):
            later, *earlier = node.expressions if len(node.expressions) == 2 else (exp.CurrentDate(), *node.expressions)
            return self._term(later, True, upper).plus(self._term(earlier[0], True, not upper), -1)
        if temporal and (
            isinstance(node, exp.CurrentDate | exp.CurrentTimestamp) or is_function(node, "now", "date", "datetime")
        ):
            return terms.number(micros(NOW if upper else NOW + LATER))
        raise Unsolved(type(node).__name__)

    def _divided(self, node: exp.Div) -> Term:
        left, right = self._term(node.this, False), self._term(node.expression, False)
        whole = all(self.axes[name].decimals == 0 for name in left.columns)
        if right.columns or not right.constant or (whole and left.columns):
            raise Unsolved("division")
        return left.times(terms.number(1 / right.constant))

    def _related(self, left: Any, right: Any, operator: Comparison) -> Atom:
        temporal = any(self.axes[name].temporal for side in (left, right) for name in self._columns(side))
        upper = operator in ("<", "<=")
        a, b = self._term(left, temporal, not upper), self._term(right, temporal, upper)
        return self._of_term(a.plus(b, -1), operator)

    def _of_term(self, term: Term, operator: Comparison) -> Atom:
        """The term compared with nothing."""
        if not term.columns:
            raise Unsolved("a comparison of constants")
        if len(term.parts) - (() in term.parts) == 1 and len(term.columns) == 1 and term.linear():
            return self._bounded(term, operator)
        if any(name not in self.axes for name in term.columns):
            raise Unsolved("texts")
        return Relation(operator, term)

    def _bounded(self, term: Term, operator: Comparison) -> Allowed:
        [name] = term.columns
        factor = term.parts[(name,)]
        bound = self.axes[name].ticks(-term.constant / factor)
        if factor < 0:
            operator = MIRRORED[operator]
        match operator:
            case "<" | "<=":
                return Allowed(name, Values(high=at_most(bound, strictly=operator == "<")))
            case ">" | ">=":
                return Allowed(name, Values(low=at_least(bound, strictly=operator == ">")))
            case "=":
                return Allowed(name, Values(choices=(int(bound),) if bound.denominator == 1 else ()))
        return Allowed(name, Values(excluded=frozenset([int(bound)]) if bound.denominator == 1 else frozenset()))


def is_function(node: Any, *names: str) -> bool:
    return isinstance(node, exp.Anonymous) and str(node.this).lower() in names


def _interval(node: exp.Interval, *, longest: bool) -> Fraction:
    text = str(node.this.this if isinstance(node.this, exp.Literal) else "")
    span = span_of(text, str(node.args.get("unit") or ""), longest=longest)
    if span is None:
        raise Unsolved("interval")
    return span
