"""A check as cases: a row holds the check where it holds all atoms of one case.

A check is held where it is not false. Null makes every comparison unknown, so that atoms hold for null; `IS NULL` asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from attrs import define, field
from sqlglot import exp

from datamimic_models.model import ColumnType
from datamimic_models.schemas.expressions import like_pattern
from datamimic_models.solving import terms
from datamimic_models.solving.atoms import MIRRORED, OPPOSITE, Allowed, Atom, Comparison, Relation
from datamimic_models.solving.axes import DAY, SECOND, Axis, at_least, at_most, axis_of, micros, micros_of, parse_moment
from datamimic_models.solving.terms import Term
from datamimic_models.solving.values import Values

Case = tuple[Atom, ...]
MOST_CASES: Final = 64
NOW: Final = datetime(2025, 1, 1, tzinfo=UTC)
"""What `now()` in a check is taken for, where values must lie before it; after it, this many years later:"""
LATER: Final = timedelta(days=50 * 365)
_COMPARED: Final[dict[type[Any], Comparison]] = {
    exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "=", exp.NEQ: "<>",
}  # fmt: skip
_CONDITIONS: Final[tuple[type[Any], ...]] = (
    exp.And, exp.Or, exp.Not, exp.Is, exp.Between, exp.In, exp.Like, exp.ILike, exp.RegexpLike, exp.RegexpILike, exp.Boolean,
    *_COMPARED,
)  # fmt: skip


class Unsolved(Exception):
    """A condition that is not understood; it is tested instead."""


@define
class Translation:
    """Of checks of one table, whose columns have these `types`."""

    types: Mapping[str, ColumnType]
    axes: dict[str, Axis] = field(init=False)
    _folded: dict[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.axes = {name: axis for name, kind in self.types.items() if (axis := axis_of(kind)) is not None}
        self._folded = {name.lower(): name for name in self.types}

    def cases(self, node: Any, holds: bool = True) -> list[Case]:
        """The cases in which the condition is (or is not) held. Raises `Unsolved`."""
        node = bare(node)
        if isinstance(node, exp.Not):
            return self.cases(node.this, not holds)
        if isinstance(node, exp.And | exp.Or):
            left, right = self.cases(node.this, holds), self.cases(node.expression, holds)
            return both(left, right) if isinstance(node, exp.And) is holds else either(left, right)
        if isinstance(node, exp.Boolean):
            return [()] if bool(node.this) is holds else []
        if isinstance(node, exp.Is):
            return self._is(node, holds)
        if isinstance(node, exp.EQ | exp.NEQ) and self._conditions(node):
            same = isinstance(node, exp.EQ) is holds
            left, right = bare(node.this), bare(node.expression)
            one = both(self.cases(left, True), self.cases(right, same))
            return either(one, both(self.cases(left, False), self.cases(right, not same)))
        if isinstance(node, exp.Case):
            return self._case(node, holds)
        if isinstance(node, exp.Column):
            wanted = 1 if holds else 0
            return [(self._allowed(node, Values(low=wanted, high=wanted)),)]
        return self._comparison(node, holds)

    def _conditions(self, node: Any) -> bool:
        """Whether both sides of an equality are conditions, of which at least one is more than a column."""
        sides = [bare(node.this), bare(node.expression)]
        return all(isinstance(each, _CONDITIONS) or self._is_flag(each) for each in sides) and not all(
            isinstance(each, exp.Boolean) or self._is_flag(each) for each in sides[1:]
        )

    def _is_flag(self, node: Any) -> bool:
        return isinstance(node, exp.Column) and self.types[self.name(node)].name == "bool"

    def name(self, node: exp.Column) -> str:
        """The column as the table has it. Raises `Unsolved`."""
        found = node.name if node.name in self.types else self._folded.get(node.name.lower())
        if found is None:
            raise Unsolved(f"the column {node.name} is not known")
        return found

    def _allowed(self, node: Any, values: Values) -> Allowed:
        node = bare(node)
        if not isinstance(node, exp.Column):
            raise Unsolved("not a column")
        return Allowed(self.name(node), values)

    def _is(self, node: exp.Is, holds: bool) -> list[Case]:
        what = bare(node.expression)
        if isinstance(what, exp.Null):
            return [(self._allowed(node.this, Values(null="always" if holds else "never")),)]
        if isinstance(what, exp.Boolean):
            inner = self.cases(node.this, bool(what.this))
            column = bare(node.this)
            if isinstance(column, exp.Column):
                never = self._allowed(column, Values(null="never"))
                if holds:
                    return [(*each, never) for each in inner]
                other = self.cases(node.this, not bool(what.this))
                return [*other, (self._allowed(column, Values(null="always")),)]
        raise Unsolved("IS")

    def _case(self, node: exp.Case, holds: bool) -> list[Case]:
        if node.this is not None:
            raise Unsolved("CASE of a value")
        found: list[Case] = []
        before: list[Case] = [()]
        for branch in node.args["ifs"]:
            condition = bare(branch.this)
            known: list[Case] = [
                tuple(self._allowed(each, Values(null="never")) for each in condition.find_all(exp.Column))
            ]
            true = both(self.cases(condition, True), known)  # of what is unknown, the next branch is taken
            found += both(before, both(true, self.cases(branch.args["true"], holds)))
            before = both(before, self.cases(condition, False))
        default = node.args.get("default")
        return found + (before if default is None else both(before, self.cases(default, holds)))

    def _comparison(self, node: Any, holds: bool) -> list[Case]:
        if isinstance(node, exp.Between):
            low, high = (
                exp.GTE(this=node.this, expression=node.args["low"]),
                exp.LTE(this=node.this, expression=node.args["high"]),
            )
            return self.cases(exp.And(this=low, expression=high), holds)
        if isinstance(node, exp.In):
            return self._in(node.this, node.expressions, holds)
        if isinstance(node, exp.Like | exp.ILike):
            text = self._text(node.expression)
            expression = f"^(?:{like_pattern(text)})$"
            return self._matches(node.this, expression, holds, fold=isinstance(node, exp.ILike))
        if isinstance(node, exp.RegexpLike | exp.RegexpILike):
            return self._matches(node.this, self._text(node.expression), holds, fold=isinstance(node, exp.RegexpILike))
        operator = next((text for kind, text in _COMPARED.items() if type(node) is kind), None)
        if operator is None:
            raise Unsolved(type(node).__name__)
        array = _any_array(node.expression)
        if array is not None and operator in ("=", "<>"):
            if isinstance(node.expression, exp.Any) is (operator == "="):
                return self._in(node.this, array, holds is (operator == "="))
            raise Unsolved("ANY")
        return self._compared(bare(node.this), bare(node.expression), operator if holds else OPPOSITE[operator])

    def _in(self, left: Any, right: Sequence[Any], holds: bool) -> list[Case]:
        if not right:
            raise Unsolved("IN of a query")
        column = bare(left)
        if not isinstance(column, exp.Column):
            each = [self.cases(exp.EQ(this=left, expression=value), holds) for value in right]
            found = each[0]
            for more in each[1:]:
                found = either(found, more) if holds else both(found, more)
            return found
        name = self.name(column)
        values = [self._value(each, name) for each in right if not isinstance(bare(each), exp.Null)]
        if holds:
            return [(Allowed(name, Values(choices=tuple(v for v in values if v is not None))),)]
        return [(Allowed(name, Values(excluded=frozenset(v for v in values if v is not None))),)]

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
            re.compile(_python(expression))
        except re.error:
            raise Unsolved("pattern") from None
        column = bare(node)
        lowered = isinstance(column, exp.Lower | exp.Upper)
        column = bare(column.this) if lowered else column
        expression = f"(?i:{_python(expression)})" if fold or lowered else _python(expression)
        values = Values(patterns=(expression,)) if holds else Values(not_patterns=(expression,))
        if self._is_axis(column):
            raise Unsolved("pattern of a number")
        return [(self._allowed(column, values),)]

    def _is_axis(self, node: Any) -> bool:
        return isinstance(node, exp.Column) and self.name(node) in self.axes

    def _compared(self, left: Any, right: Any, operator: Comparison) -> list[Case]:
        if isinstance(left, exp.Literal) and not isinstance(right, exp.Literal):
            left, right, operator = right, left, MIRRORED[operator]
        for function, case in ((exp.Lower, "lower"), (exp.Upper, "upper")):
            for one, other in ((left, right), (right, left)):
                if isinstance(one, function) and bare(one.this) == other and operator == "=":
                    return [(self._allowed(other, Values(case=case)),)]  # type: ignore[arg-type]
        if isinstance(left, exp.Length) or _is_function(left, "char_length", "character_length", "octet_length"):
            inner = left.this if isinstance(left, exp.Length) else left.expressions[0]
            if isinstance(bare(inner), exp.Trim) and operator in (">", ">=", "<>"):
                inner = bare(inner).this
            return [self._length(inner, operator, self._whole(right))]
        if isinstance(left, exp.Trim) and operator in ("<>", "=") and self._text(right) == "":
            return [(self._allowed(left.this, Values(shortest=1) if operator == "<>" else Values(longest=0)),)]
        if _is_function(left, "jsonb_typeof", "json_typeof", "json_type") and operator == "=":
            if self._text(right) == "object" and self.types[self.name(bare(left.expressions[0]))].name == "json":
                return [()]
            raise Unsolved("documents")
        if isinstance(left, exp.Coalesce) and len(left.expressions) == 1:
            inside = self._compared(bare(left.this), right, operator)
            never = self._allowed(left.this, Values(null="never"))
            default = self._constant_holds(bare(left.expressions[0]), right, operator, left.this)
            found = [(*each, never) for each in inside]
            return [*found, (self._allowed(left.this, Values(null="always")),)] if default else found
        if isinstance(left, exp.Extract | exp.Year):
            return self._year(left, right, operator)
        if isinstance(left, exp.Mod):
            return self._remainder(left, right, operator)
        if isinstance(left, exp.Column) and self.name(left) not in self.axes:
            if self.types[self.name(left)].name != "str" or operator not in ("=", "<>"):
                raise Unsolved("order of texts")
            text = self._text(right)
            values = Values(choices=(text,)) if operator == "=" else Values(excluded=frozenset([text]))
            if text == "" and operator == "<>":
                values = Values(shortest=1)
            return [(self._allowed(left, values),)]
        return [(self._related(left, right, operator),)]

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
        if isinstance(a, str) or isinstance(b, str):
            return (a == b) is (operator == "=")
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "<>": a != b}[operator]

    def _whole(self, node: Any) -> int:
        value = self._term(node, False).constant
        if value.denominator != 1 or self._term(node, False).columns:
            raise Unsolved("not a whole number")
        return int(value)

    def _year(self, left: Any, right: Any, operator: Comparison) -> list[Case]:
        what = "YEAR" if isinstance(left, exp.Year) else str(left.this).upper()
        column = bare(left.this if isinstance(left, exp.Year) else left.expression)
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

    def _remainder(self, left: exp.Mod, right: Any, operator: Comparison) -> list[Case]:
        column, divisor, rest = bare(left.this), self._whole(left.expression), self._whole(right)
        if operator != "=" or not self._is_axis(column) or divisor < 1 or not 0 <= rest < divisor:
            raise Unsolved("remainder")
        name = self.name(column)
        if self.axes[name].unit != 1 or self.axes[name].temporal:
            raise Unsolved("remainder of fractions")
        return [(Allowed(name, Values(remainder=(divisor, rest))),)]

    def _related(self, left: Any, right: Any, operator: Comparison) -> Atom:
        temporal = any(self.axes[name].temporal for side in (left, right) for name in self._columns(side))
        upper = operator in ("<", "<=")
        a, b = self._term(left, temporal, upper), self._term(right, temporal, not upper)
        term = a.plus(b, -1)
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

    def _columns(self, node: Any) -> list[str]:
        found = [self.name(each) for each in node.find_all(exp.Column)]
        if any(name not in self.axes for name in found):
            raise Unsolved("not numbers or times")
        return found

    def _term(self, node: Any, temporal: bool, upper: bool = True) -> Term:
        """Arithmetic of numbers; with `temporal`, of microseconds, and whole numbers beside dates are days. Of now, the latest
        moment that is surely past, or with `upper` false the earliest that is surely to come."""
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
        if isinstance(node, exp.Div) and not temporal:
            return self._divided(node)
        if isinstance(node, exp.Interval) and temporal:
            return terms.number(_interval(node))
        if temporal and (
            isinstance(node, exp.CurrentDate | exp.CurrentTimestamp) or _is_function(node, "now", "date", "datetime")
        ):
            return terms.number(micros(NOW if upper else NOW + LATER))
        raise Unsolved(type(node).__name__)

    def _divided(self, node: exp.Div) -> Term:
        left, right = self._term(node.this, False), self._term(node.expression, False)
        whole = all(self.axes[name].decimals == 0 for name in left.columns)
        if right.columns or not right.constant or (whole and left.columns):
            raise Unsolved("division")
        return left.times(terms.number(1 / right.constant))


def both(left: list[Case], right: list[Case]) -> list[Case]:
    """Cases of one and of the other at once. Raises `Unsolved` for too many."""
    if len(left) * len(right) > MOST_CASES:
        raise Unsolved("too many cases")
    return [tuple(dict.fromkeys((*a, *b))) for a in left for b in right]


def either(left: list[Case], right: list[Case]) -> list[Case]:
    """Those of one or of the other. What says no more than that a column is null is left out where another case is about
    nothing but values of that column, which null has too."""
    found = [*left, *right]
    if len(found) > MOST_CASES:
        raise Unsolved("too many cases")
    kept = []
    for case in found:
        only = case[0] if len(case) == 1 else None
        if isinstance(only, Allowed) and only.values.null == "always":
            others = [each for each in found if each is not case]
            if any(each and all(only.column in a.columns and not a.about_null for a in each) for each in others):
                continue
        kept.append(case)
    return kept


def bare(node: Any) -> Any:
    """Without parentheses and casts."""
    while isinstance(node, exp.Paren | exp.Cast):
        node = node.this
    return node


def _python(expression: str) -> str:
    """POSIX classes as Python writes them."""
    names = {
        "alpha": "a-zA-Z",
        "digit": "0-9",
        "alnum": "a-zA-Z0-9",
        "upper": "A-Z",
        "lower": "a-z",
        "space": r"\s",
        "xdigit": "0-9a-fA-F",
    }
    return re.sub(r"\[:(\w+):\]", lambda match: names.get(match[1], match[0]), expression)


def _any_array(node: Any) -> list[Any] | None:
    if not isinstance(node, exp.Any | exp.All):
        return None
    array = bare(node.this)
    return list(array.expressions) if isinstance(array, exp.Array) else None


def _is_function(node: Any, *names: str) -> bool:
    return isinstance(node, exp.Anonymous) and str(node.this).lower() in names


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


def _interval(node: exp.Interval) -> int:
    unit = str(node.args.get("unit") or "").upper().rstrip("S")
    amount = str(node.this.this if isinstance(node.this, exp.Literal) else "")
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*([A-Za-z]*)", amount.strip())
    length = {"WEEK": 7 * DAY, "DAY": DAY, "HOUR": 3600 * SECOND, "MINUTE": 60 * SECOND, "SECOND": SECOND}.get(
        unit or (match[2].upper().rstrip("S") if match else "")
    )
    if match is None or length is None:
        raise Unsolved("interval")
    return micros_of(timedelta(microseconds=float(match[1]) * length))
