"""Comparisons of SQL: which values they leave columns, and how they relate them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, Final, Literal

from attrs import define
from sqlglot import exp

from datamimic_models.patterns.in_python import in_python
from datamimic_models.schemas.idioms import bare
from datamimic_models.solving import terms
from datamimic_models.solving.atoms import MIRRORED, Allowed, Atom, Comparison, Relation, compares
from datamimic_models.solving.axes import DAY, at_least, micros
from datamimic_models.solving.days import FIRST_DAY, PARTS, days_and_parts, days_by_length
from datamimic_models.solving.intervals import months_of
from datamimic_models.solving.sql_terms import Terms, Unsolved, is_function
from datamimic_models.solving.values import Values

Case = tuple[Atom, ...]
_CASED: Final[tuple[tuple[type[Any], Literal["lower", "upper"]], ...]] = ((exp.Lower, "lower"), (exp.Upper, "upper"))
ARRAYS: Final = ("[]", '["amber"]', '["beacon"]', '["cedar", "delta"]', '["ember", "flint", "garden"]')
"""Documents that are lists."""
KEYED: Final = ('"amber"', '"beacon"', '"cedar"', '"delta"', '"ember"')
"""What a document may have under a key."""


@define
class Comparisons(Terms):
    """What a comparison says of columns."""

    def _allowed(self, node: Any, values: Values) -> Allowed:
        node = bare(node)
        if not isinstance(node, exp.Column):
            raise Unsolved("not a column")
        return Allowed(self.name(node), values)

    def _value(self, node: Any, column: str) -> int | str | None:
        """A constant as a value of the column: ticks, or text; None where the column cannot have it."""
        axis = self.axes.get(column)
        if axis is None:
            return self._text(node)
        ticks = axis.ticks(self._term(node, axis.temporal).constant)
        return int(ticks) if ticks.denominator == 1 else None

    def _text(self, node: Any) -> str:
        node = bare(node)
        if isinstance(node, exp.Literal) and node.is_string:
            return str(node.this)
        raise Unsolved("not a text")

    def _matches(self, node: Any, expression: str, holds: bool, *, fold: bool) -> list[Case]:
        try:
            re.compile(in_python(expression))
        except re.error:
            raise Unsolved("pattern") from None
        column = bare(node)
        lowered = isinstance(column, exp.Lower | exp.Upper)
        column = bare(column.this) if lowered else column
        expression = f"(?i:{in_python(expression)})" if fold or lowered else in_python(expression)
        values = Values(patterns=(expression,)) if holds else Values(not_patterns=(expression,))
        if self._is_axis(column):
            raise Unsolved("pattern of a number")
        return [(self._allowed(column, values),)]

    def _compared(self, left: Any, right: Any, operator: Comparison) -> list[Case]:
        if isinstance(left, exp.Literal) and not isinstance(right, exp.Literal):
            left, right, operator = right, left, MIRRORED[operator]
        if isinstance(left, exp.TimestampDiff | exp.DatetimeDiff):
            return self._apart(left, right, operator)
        if operator == "=" and (later := self._months_later(left, right)) is not None:
            return later
        for function, case in _CASED:
            for one, other in ((left, right), (right, left)):
                if isinstance(one, function) and bare(one.this) == other and operator == "=":
                    return [(self._allowed(other, Values(case=case)),)]
        if isinstance(left, exp.Length) or is_function(left, "char_length", "character_length", "octet_length"):
            inner = left.this if isinstance(left, exp.Length) else left.expressions[0]
            if isinstance(bare(inner), exp.Trim) and operator in (">", ">=", "<>"):
                inner = bare(inner).this
            return [self._length(inner, operator, self._whole(right))]
        if isinstance(left, exp.Trim) and operator in ("<>", "=") and self._text(right) == "":
            return [(self._allowed(left.this, Values(shortest=1) if operator == "<>" else Values(longest=0)),)]
        if is_function(left, "jsonb_typeof", "json_typeof", "json_type") and operator == "=":
            column = bare(left.expressions[0])
            if self._text(right) == "object" and self.types[self.name(column)].name == "json":
                return [()]
            if self._text(right) == "array":
                return [(self._allowed(column, Values(choices=ARRAYS)),)]
            raise Unsolved("documents")
        if isinstance(left, exp.Coalesce) and len(left.expressions) == 1:
            inside = self._compared(bare(left.this), right, operator)
            never = self._allowed(left.this, Values(null="never"))
            default = self._constant_holds(bare(left.expressions[0]), right, operator, left.this)
            found = [(*each, never) for each in inside]
            return [*found, (self._allowed(left.this, Values(null="always")),)] if default else found
        if isinstance(right, exp.Extract | exp.Year) and isinstance(left, exp.Column):
            left, right, operator = right, left, MIRRORED[operator]
        if isinstance(left, exp.Extract | exp.Year):
            return self._year(left, right, operator)
        if isinstance(left, exp.Mod):
            return self._remainder(left, right, operator)
        for rounded, other in ((right, left), (left, right)):
            if isinstance(rounded, exp.Round) and isinstance(other, exp.Column) and operator == "=":
                return [self._rounded(other, rounded)]
        if isinstance(left, exp.Column) and self.name(left) not in self.axes:
            if operator != "=" and isinstance(right, exp.Column) and self._are_texts(left, right):
                other = terms.column(self.name(right))
                return [(Relation(operator, terms.column(self.name(left)).plus(other, -1)),)]
            if self.types[self.name(left)].name != "str" or operator not in ("=", "<>"):
                raise Unsolved("order of texts")
            text = self._text(right)
            values = Values(choices=(text,)) if operator == "=" else Values(excluded=frozenset([text]))
            if text == "" and operator == "<>":
                values = Values(shortest=1)
            return [(self._allowed(left, values),)]
        return [(self._related(left, right, operator),)]

    def _are_texts(self, left: Any, right: Any) -> bool:
        return all(self.types[self.name(each)].name == "str" for each in (left, right))

    def _length(self, node: Any, operator: Comparison, length: int) -> Case:
        atom = self._allowed(node, _lengths(operator, length))
        if self.types[atom.column].name != "bytes":
            return (atom,)
        # Bytes are written as two hexadecimal digits each.
        longest = None if atom.values.longest is None else 2 * atom.values.longest
        return (self._allowed(node, Values(shortest=2 * atom.values.shortest, longest=longest)),)

    def _constant_holds(self, default: Any, right: Any, operator: Comparison, column: Any) -> bool:
        name = self.name(bare(column))
        a, b = self._value(default, name), self._value(right, name)
        if a is None or b is None or isinstance(a, str) is not isinstance(b, str):
            raise Unsolved("COALESCE")
        return compares(a, operator, b)

    def _year(self, left: Any, right: Any, operator: Comparison) -> list[Case]:
        what = "YEAR" if isinstance(left, exp.Year) else str(left.this).upper()
        column = bare(left.this if isinstance(left, exp.Year) else left.expression)
        if isinstance(right, exp.Column) and what == "YEAR" and operator == "=" and self._is_axis(column):
            return [self._year_of_column(column, right)]
        if is_function(column, "age") and what == "YEAR" and operator in (">=", ">", "<", "<="):
            years = self._whole(right) + (operator in (">", "<="))
            span = exp.Interval(this=exp.Literal.string(f"{years} years"))
            return [(self._related(column, span, ">=" if operator in (">", ">=") else "<"),)]
        if what in PARTS and self._is_axis(column) and self.axes[self.name(column)].kind == "date":
            wanted = self._whole(right)
            listed = tuple(
                day for day, part in enumerate(days_and_parts(what), FIRST_DAY) if compares(part, operator, wanted)
            )
            return [(Allowed(self.name(column), Values(choices=listed)),)]
        year = self._whole(right)
        if what != "YEAR" or not self._is_axis(column) or not 1 <= year <= 9998 or operator == "<>":
            raise Unsolved("parts of dates")
        name = self.name(column)
        axis = self.axes[name]
        start = at_least(axis.ticks(micros(datetime(year, 1, 1, tzinfo=UTC))))
        end = at_least(axis.ticks(micros(datetime(year + 1, 1, 1, tzinfo=UTC))))
        low = {">=": start, ">": end, "=": start}.get(operator)
        high = {"<=": end - 1, "<": start - 1, "=": end - 1}.get(operator)
        return [(Allowed(name, Values(low=low, high=high)),)]

    def _day(self, node: Any) -> str | None:
        """The column of moments of whose day a node speaks: `DATE(x)`, `x::date`."""
        while isinstance(node, exp.Paren):
            node = node.this
        cast = isinstance(node, exp.Cast) and node.to.is_type("date")
        if not cast and not isinstance(node, exp.TsOrDsToDate | exp.Date):
            return None
        inner = bare(node.this)
        if not isinstance(inner, exp.Column) or not self._is_axis(inner):
            return None
        return self.name(inner) if self.axes[self.name(inner)].kind == "datetime" else None

    def _of_days(self, column: str, other: Any, operator: Comparison) -> list[Case]:
        """The day of the column compared with another day."""
        if operator == "<>":
            raise Unsolved("another day")
        upper = operator in ("<", "<=")
        since = terms.column(column).plus(self._term(other, True, upper), -1)
        next_day = since.plus(terms.number(DAY), -1)
        match operator:
            case "=":
                return [(self._of_term(since, ">="), self._of_term(next_day, "<"))]
            case ">=" | "<":
                return [(self._of_term(since, operator),)]
        return [(self._of_term(next_day, ">=" if operator == ">" else "<"),)]

    def _apart(self, node: Any, right: Any, operator: Comparison) -> list[Case]:
        """`TIMESTAMPDIFF(MINUTE, a, b)`, which leaves out what is no whole unit, compared with a number."""
        units = self._whole(right) + {">": 1, "<": -1}.get(operator, 0)
        unit = str(node.args.get("unit") or "")
        if operator in ("=", "<>") or unit.upper() not in ("MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK"):
            raise Unsolved("units between moments")
        span = exp.Interval(this=exp.Literal.string(f"{units} {unit}"))
        between = exp.Sub(this=node.this, expression=node.expression)
        return [(self._related(between, span, ">=" if operator in (">", ">=") else "<="),)]

    def _months_later(self, left: Any, right: Any) -> list[Case] | None:
        """`later = day + INTERVAL '10 years'`: by how many days that are, on which days."""
        if not isinstance(right, exp.Add | exp.Sub) or not isinstance(left, exp.Column):
            return None
        day, span = bare(right.this), bare(right.expression)
        text = span.this if isinstance(span, exp.Interval) else span
        months = months_of(str(text.this), str(span.args.get("unit") or "")) if isinstance(text, exp.Literal) else None
        if months is None or not isinstance(day, exp.Column):
            return None
        if any(not self._is_axis(each) or self.axes[self.name(each)].kind != "date" for each in (left, day)):
            raise Unsolved("months after moments")
        by_length = days_by_length(months if isinstance(right, exp.Add) else -months)
        since = terms.column(self.name(left)).plus(terms.column(self.name(day)), -1)
        return [
            (
                Allowed(self.name(day), Values(choices=those)),
                Relation("=", since.plus(terms.number(length * DAY), -1)),
            )
            for length, those in by_length.items()
        ]

    def _year_of_column(self, moment: Any, year: Any) -> Case:
        """The days that are surely of that year, between 1901 and 2099: all but the first and the last two or three."""
        if not self._is_axis(year) or self.axes[self.name(year)].temporal:
            raise Unsolved("years")
        since = terms.column(self.name(year)).plus(terms.number(1970), -1).times(terms.number(Fraction(1461, 4) * DAY))
        first = terms.column(self.name(moment)).plus(since, -1)
        return (
            Relation(">=", first.plus(terms.number(DAY), -1)),
            Relation("<", first.plus(terms.number(364 * DAY), -1)),
        )

    def _rounded(self, column: Any, rounded: exp.Round) -> Case:
        """A column that is what the others make, to the nearest of its digits; half of the last one goes up."""
        name = self.name(column)
        digits = self._whole(rounded.args.get("decimals") or exp.Literal.number(0))
        if not self._is_axis(column) or self.axes[name].kind != "number" or self.axes[name].decimals != digits:
            raise Unsolved("rounding to other digits")
        half = terms.number(self.axes[name].unit / 2)
        more = self._term(rounded.this, False).plus(terms.column(name), -1)
        return (Relation(">=", more.plus(half)), Relation("<", more.plus(half, -1)))

    def _remainder(self, left: exp.Mod, right: Any, operator: Comparison) -> list[Case]:
        column, divisor, rest = bare(left.this), self._whole(left.expression), self._whole(right)
        if operator != "=" or not self._is_axis(column) or divisor < 1 or not 0 <= rest < divisor:
            raise Unsolved("remainder")
        name = self.name(column)
        if self.axes[name].unit != 1 or self.axes[name].temporal:
            raise Unsolved("remainder of fractions")
        return [(Allowed(name, Values(remainder=(divisor, rest))),)]


def _lengths(operator: Comparison, length: int) -> Values:
    match operator:
        case "<" | "<=":
            return Values(longest=length - (operator == "<"))
        case ">" | ">=":
            return Values(shortest=max(0, length + (operator == ">")))
        case "=":
            return Values(shortest=length, longest=length)
    if length == 0:
        return Values(shortest=1)
    raise Unsolved("another length")
