"""Conditions of SQL as expressions of a model: a subset of Python's, where null is as in SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from datamimic_models.compiling.names import spoken
from datamimic_models.expressions.failures import Failed
from datamimic_models.expressions.regexes import pattern_of
from datamimic_models.model import ColumnType
from datamimic_models.schemas.idioms import bare, standard
from datamimic_models.schemas.schema import Dialect
from datamimic_models.schemas.text_patterns import glob_pattern, like_pattern, similar_pattern

_BINARY: Final[dict[type[Any], str]] = {
    exp.And: "and", exp.Or: "or", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
    exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/", exp.Mod: "%",
}  # fmt: skip
_PARTS: Final = {
    "year": "{0}.year",
    "month": "{0}.month",
    "day": "{0}.day",
    "quarter": "(({0}.month + 2) // 3)",
    "dow": "({0}.isoweekday() % 7)",
    "isodow": "{0}.isoweekday()",
}
_STRFTIME: Final = frozenset("YmdHMSjy")
LONGEST: Final = 20_000
"""Characters of a condition."""


def parsed(text: str, dialect: Dialect) -> Any:
    """The condition as sqlglot reads it; None where it cannot."""
    if len(text) > LONGEST:
        return None
    try:
        return standard(sqlglot.parse_one(text, read=dialect), dialect)
    except (SqlglotError, RecursionError, ValueError):
        return None


class _CannotSay(Exception):
    """Something that expressions of a model have no word for."""


def python_text(text: str, dialect: Dialect, types: Mapping[str, ColumnType] | None = None) -> str | None:
    """The condition in Python's words; None where it cannot be said. `types` are those of the columns."""
    tree = parsed(text, dialect)
    if tree is None:
        return None
    try:
        return _Writer(types or {}).text(tree)
    except (_CannotSay, RecursionError):
        return None


def _call(kind: str, text: str) -> str:
    """A date or moment, of text as SQL has it, as a call: `date(2020, 2, 29)`."""
    if kind == "time":
        return _clock(text)
    try:
        moment = datetime.fromisoformat(re.sub(r"([+-]\d\d)$", r"\1:00", text.strip()))
    except ValueError:
        raise _CannotSay(text) from None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    parts = [moment.year, moment.month, moment.day]
    if kind == "datetime":
        parts += [moment.hour, moment.minute, moment.second]
    return f"{kind}({', '.join(map(str, parts))})"


def _clock(text: str) -> str:
    try:
        found = time.fromisoformat(text.strip())
    except ValueError:
        raise _CannotSay(text) from None
    return f"time({found.hour}, {found.minute}, {found.second})"


class _Writer:
    def __init__(self, types: Mapping[str, ColumnType]) -> None:
        self._types = types
        self._folded = {name.lower(): name for name in types}

    def text(self, node: Any) -> str:
        if isinstance(node, exp.Add | exp.Sub) and self._temporal(bare(node.this)) == "date":
            return self._days_later(node)
        for kind, operator in _BINARY.items():
            if type(node) is kind:
                left, right = self._pair(node.this, node.expression)
                return f"({left} {operator} {right})"
        method = getattr(self, f"on_{type(node).__name__.lower()}", None)
        if method is None:
            raise _CannotSay(type(node).__name__)
        return str(method(node))

    def _days_later(self, node: Any) -> str:
        """Whole numbers beside dates are days."""
        number = bare(node.expression)
        if not isinstance(number, exp.Literal) or number.is_string:
            raise _CannotSay("what is added to a date")
        sign = "+" if isinstance(node, exp.Add) else "-"
        return f"({self.text(node.this)} {sign} timedelta(days={number.this}))"

    def _pair(self, left: Any, right: Any) -> tuple[str, str]:
        """Text beside a column of dates is a date."""
        kinds = {found for each in (left, right) if (found := self._temporal(each))}
        if len(kinds) == 1:
            return tuple(self._moment(each, *kinds) for each in (left, right))  # type: ignore[return-value]
        return self.text(left), self.text(right)

    def _temporal(self, node: Any) -> str | None:
        if isinstance(node, exp.Column):
            kind = self._types.get(self._folded.get(node.name.lower(), node.name))
            if kind is not None and kind.name in ("date", "datetime", "time"):
                return kind.name
        return None

    def _moment(self, node: Any, kind: str) -> str:
        inner = bare(node)
        if isinstance(inner, exp.Literal) and inner.is_string:
            return _call(kind, str(inner.this))
        return self.text(node)

    def on_column(self, node: exp.Column) -> str:
        name = self._folded.get(node.name.lower(), node.name)
        said = spoken(name)
        if said != name and any(spoken(each) == said for each in self._types if each != name):
            raise _CannotSay(name)
        return said

    def on_paren(self, node: exp.Paren) -> str:
        return self.text(node.this)

    def on_cast(self, node: exp.Cast) -> str:
        return self.text(node.this)

    def on_any(self, node: exp.Any) -> str:
        raise _CannotSay("ANY")

    def on_eq(self, node: exp.EQ) -> str:
        return self._in_array(node, exp.Any, "in") or self._compared(node, "==")

    def on_neq(self, node: exp.NEQ) -> str:
        return self._in_array(node, exp.All, "not in") or self._compared(node, "!=")

    def _compared(self, node: Any, operator: str) -> str:
        left, right = self._pair(node.this, node.expression)
        return f"({left} {operator} {right})"

    def _in_array(self, node: Any, kind: type[Any], operator: str) -> str | None:
        """`= ANY (ARRAY[…])`, as PostgreSQL writes IN."""
        array = bare(node.expression.this) if isinstance(node.expression, kind) else None
        if not isinstance(array, exp.Array):
            return None
        listed = ", ".join(self._pair(node.this, each)[1] for each in array.expressions)
        return f"({self.text(node.this)} {operator} [{listed}])"

    def on_literal(self, node: exp.Literal) -> str:
        return repr(str(node.this)) if node.is_string else str(node.this)

    def on_boolean(self, node: exp.Boolean) -> str:
        return str(bool(node.this))

    def on_null(self, node: exp.Null) -> str:
        return "None"

    def on_neg(self, node: exp.Neg) -> str:
        return f"(-{self.text(node.this)})"

    def on_not(self, node: exp.Not) -> str:
        if isinstance(node.this, exp.Is) and isinstance(node.this.expression, exp.Null):
            return f"({self.text(node.this.this)} is not None)"
        return f"(not {self.text(node.this)})"

    def on_is(self, node: exp.Is) -> str:
        if isinstance(node.expression, exp.Null):
            return f"({self.text(node.this)} is None)"
        raise _CannotSay("IS")

    def on_between(self, node: exp.Between) -> str:
        value = self.text(node.this)
        low = self._pair(node.this, node.args["low"])[1]
        high = self._pair(node.this, node.args["high"])[1]
        return f"({low} <= {value} and {value} <= {high})"

    def on_in(self, node: exp.In) -> str:
        if not node.expressions:
            raise _CannotSay("IN")
        return f"({self.text(node.this)} in [{', '.join(self._pair(node.this, each)[1] for each in node.expressions)}])"

    def on_lower(self, node: exp.Lower) -> str:
        return f"{self.text(node.this)}.lower()"

    def on_upper(self, node: exp.Upper) -> str:
        return f"{self.text(node.this)}.upper()"

    def on_trim(self, node: exp.Trim) -> str:
        if node.expression is not None or node.args.get("position"):
            raise _CannotSay("TRIM")
        return f"{self.text(node.this)}.strip()"

    def on_length(self, node: exp.Length) -> str:
        return f"len({self.text(node.this)})"

    def on_anonymous(self, node: exp.Anonymous) -> str:
        name, arguments = str(node.this).lower(), node.expressions
        if len(arguments) == 1 and (
            name in ("char_length", "character_length") or (name == "octet_length" and self._is_bytes(arguments[0]))
        ):
            return f"len({self.text(arguments[0])})"
        raise _CannotSay(name)

    def on_bytelength(self, node: Any) -> str:
        if not self._is_bytes(node.this):
            raise _CannotSay("octet_length")
        return f"len({self.text(node.this)})"

    def _is_bytes(self, node: Any) -> bool:
        inner = bare(node)
        kind = self._types.get(self._folded.get(inner.name.lower(), "")) if isinstance(inner, exp.Column) else None
        return kind is not None and kind.name == "bytes"

    def on_abs(self, node: exp.Abs) -> str:
        return f"abs({self.text(node.this)})"

    def on_regexplike(self, node: exp.RegexpLike) -> str:
        return self._found(str(self._literal(node.expression).this), node.this)

    def on_regexpilike(self, node: exp.RegexpILike) -> str:
        return self._found(f"(?i:{self._literal(node.expression).this})", node.this)

    def on_like(self, node: exp.Like) -> str:
        return self._whole(like_pattern(str(self._literal(node.expression).this)), node.this)

    def on_ilike(self, node: exp.ILike) -> str:
        return self._whole(f"(?i:{like_pattern(str(self._literal(node.expression).this))})", node.this)

    def on_similarto(self, node: exp.SimilarTo) -> str:
        return self._whole(similar_pattern(str(self._literal(node.expression).this)), node.this)

    def on_glob(self, node: exp.Glob) -> str:
        return self._whole(glob_pattern(str(self._literal(node.expression).this)), node.this)

    def on_startswith(self, node: exp.StartsWith) -> str:
        return f"{self.text(node.this)}.startswith({str(self._literal(node.expression).this)!r})"

    def _literal(self, node: Any) -> exp.Literal:
        literal = bare(node)
        if not isinstance(literal, exp.Literal):
            raise _CannotSay("pattern")
        return literal

    def _found(self, pattern: str, of: Any) -> str:
        try:
            pattern_of(pattern)
        except Failed as error:  # it looks ahead: texts are made of it, and RE2 has no such patterns to test with
            raise _CannotSay(str(error)) from None
        return f"bool(re.search({pattern!r}, {self.text(of)}))"

    def _whole(self, pattern: str, of: Any) -> str:
        return self._found(f"^(?s:{pattern})$", of)

    def on_currentdate(self, node: exp.CurrentDate) -> str:
        return "today()"

    def on_currenttimestamp(self, node: exp.CurrentTimestamp) -> str:
        return "now()"

    def on_coalesce(self, node: exp.Coalesce) -> str:
        return f"coalesce({', '.join(map(self.text, (node.this, *node.expressions)))})"

    def on_extract(self, node: exp.Extract) -> str:
        part, kind = str(node.this).lower(), self._temporal(bare(node.expression))
        if part not in _PARTS or kind not in ("date", "datetime"):
            raise _CannotSay("EXTRACT")
        return _PARTS[part].format(self.text(node.expression))

    def on_timetostr(self, node: exp.TimeToStr) -> str:
        shape = str(self._literal(node.args["format"]).this)
        if not self._temporal(bare(node.this)) or not set(re.findall(r"%(.)", shape)) <= _STRFTIME:
            raise _CannotSay("a format of moments")
        return f"{self.text(node.this)}.strftime({shape!r})"

    def on_dpipe(self, node: exp.DPipe) -> str:
        return f"({self._texts(node.this)} + {self._texts(node.expression)})"

    def on_concat(self, node: exp.Concat) -> str:
        return "(" + " + ".join(f"coalesce({self._texts(each)}, '')" for each in node.expressions) + ")"

    def _texts(self, node: Any) -> str:
        """As text, where it is of a column that holds none."""
        inner = bare(node)
        kind = self._types.get(self._folded.get(inner.name.lower(), "")) if isinstance(inner, exp.Column) else None
        if kind is not None and kind.name not in ("str", "int"):
            raise _CannotSay(f"{kind.name} as text")
        return f"str({self.text(inner)})" if kind is not None and kind.name == "int" else self.text(node)

    def on_left(self, node: exp.Left) -> str:
        return f"{self._texts(node.this)}[:{self._whole_number(node.expression)}]"

    def on_right(self, node: exp.Right) -> str:
        return f"{self._texts(node.this)}[-{max(1, self._whole_number(node.expression))}:]"

    def on_substring(self, node: exp.Substring) -> str:
        start = self._whole_number(node.args.get("start") or exp.Literal.number(1)) - 1
        length = node.args.get("length")
        end = "" if length is None else start + self._whole_number(length)
        return f"{self._texts(node.this)}[{max(start, 0)}:{end}]"

    def _whole_number(self, node: Any) -> int:
        number = bare(node)
        if not isinstance(number, exp.Literal) or number.is_string or not str(number.this).isdigit():
            raise _CannotSay("a place in a text")
        return int(number.this)

    def on_floor(self, node: exp.Floor) -> str:
        return f"math.floor({self.text(node.this)})"

    def on_ceil(self, node: exp.Ceil) -> str:
        return f"math.ceil({self.text(node.this)})"

    def on_replace(self, node: exp.Replace) -> str:
        texts = (str(self._literal(node.args[each]).this) for each in ("expression", "replacement"))
        return f"{self.text(node.this)}.replace({', '.join(map(repr, texts))})"

    def on_year(self, node: exp.Year) -> str:
        if not self._temporal(bare(node.this)):
            raise _CannotSay("YEAR")
        return f"{self.text(node.this)}.year"

    def on_case(self, node: exp.Case) -> str:
        found = "None" if node.args.get("default") is None else self.text(node.args["default"])
        for branch in reversed(node.args["ifs"]):
            test = branch.this if node.this is None else exp.EQ(this=node.this, expression=branch.this)
            found = f"({self.text(branch.args['true'])} if {self.text(test)} else {found})"
        return found

    def on_round(self, node: exp.Round) -> str:
        digits = bare(node.args.get("decimals") or exp.Literal.number(0))
        if not isinstance(digits, exp.Literal) or digits.is_string or not str(digits.this).isdigit():
            raise _CannotSay("ROUND")
        return f"round_half_up({self.text(node.this)}, {digits.this})"
