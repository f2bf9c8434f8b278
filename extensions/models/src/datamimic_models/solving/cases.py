"""A check as cases: a row holds the check where it holds all atoms of one case.

A check is held where it is not false. Null makes every comparison unknown, so that atoms hold for null; `IS NULL` asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import product
from typing import Any, Final

from attrs import define
from sqlglot import exp

from datamimic_models.schemas.idioms import bare
from datamimic_models.schemas.text_patterns import glob_pattern, like_pattern, similar_pattern
from datamimic_models.solving.atoms import MIRRORED, OPPOSITE, Allowed, Comparison, compares
from datamimic_models.solving.sql_comparisons import KEYED, Case, Comparisons
from datamimic_models.solving.sql_terms import Unsolved, is_function
from datamimic_models.solving.values import Values

MOST_CASES: Final = 64
MOST_COUNTED: Final = 5
"""Columns whose nulls are counted."""

_ARRAY: Final = re.compile(r"\{([^{}\\]*)\}")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_COMPARED: Final[dict[type[Any], Comparison]] = {
    exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "=", exp.NEQ: "<>",
}  # fmt: skip


_CONDITIONS: Final[tuple[type[Any], ...]] = (
    exp.And, exp.Or, exp.Not, exp.Is, exp.Between, exp.In, exp.Like, exp.ILike, exp.RegexpLike, exp.RegexpILike, exp.Boolean,
    exp.Glob, exp.SimilarTo, exp.StartsWith, *_COMPARED,
)  # fmt: skip


@define
class Translation(Comparisons):
    """Of checks of one table, whose columns have these `types`."""

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
        if isinstance(node, exp.JSONBContainsTopKey) and holds:
            key = json.dumps(self._text(node.expression))
            documents = tuple(f"{{{key}: {value}}}" for value in KEYED)
            return [(self._allowed(node.this, Values(choices=documents)),)]
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
        found: list[Case] = []
        before: list[Case] = [()]
        for branch in node.args["ifs"]:
            condition = bare(branch.this)
            if node.this is not None:
                condition = exp.EQ(this=node.this, expression=condition)
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
        if isinstance(node, exp.Glob | exp.SimilarTo | exp.RegexpLike | exp.RegexpILike | exp.StartsWith):
            return self._matches(node.this, self._expression(node), holds, fold=isinstance(node, exp.RegexpILike))
        operator = next((text for kind, text in _COMPARED.items() if type(node) is kind), None)
        if operator is None:
            raise Unsolved(type(node).__name__)
        array = _any_array(node.expression)
        if array is not None and operator in ("=", "<>"):
            if isinstance(node.expression, exp.Any) is (operator == "="):
                return self._in(node.this, array, holds is (operator == "="))
            raise Unsolved("ANY")
        compared = operator if holds else OPPOSITE[operator]
        for function, other, way in (
            (node.this, node.expression, compared),
            (node.expression, node.this, MIRRORED[compared]),
        ):
            if is_function(bare(function), "num_nonnulls", "num_nulls"):
                return self._counted_nulls(bare(function), way, self._whole(other))
            if isinstance(bare(function), exp.StrPosition | exp.Left | exp.Substring):
                return self._part_of_text(bare(function), bare(other), way)
        for one, other, way in (
            (node.this, node.expression, compared),
            (node.expression, node.this, MIRRORED[compared]),
        ):
            if (column := self._day(one)) is not None:
                return self._of_days(column, other, way)
        return self._compared(bare(node.this), bare(node.expression), compared)

    def _expression(self, node: Any) -> str:
        """The regular expression of a node that compares with a pattern, in whatever language."""
        pattern = bare(node.expression)
        if isinstance(node, exp.StartsWith):
            return f"^{re.escape(self._text(pattern))}"
        if isinstance(node, exp.Glob):
            return f"^(?:{glob_pattern(self._text(pattern))})$"
        if isinstance(node, exp.SimilarTo) or is_function(pattern, "similar_to_escape"):
            inner = pattern if isinstance(pattern, exp.Literal) else bare(pattern.expressions[0])
            return f"^(?:{similar_pattern(self._text(inner))})$"
        return self._text(pattern)

    def _counted_nulls(self, node: Any, operator: Comparison, wanted: int) -> list[Case]:
        """`num_nonnulls(a, b) = 1`: the ways in which so many of the columns are null."""
        columns = [bare(each) for each in node.expressions]
        if len(columns) > MOST_COUNTED or not all(isinstance(each, exp.Column) for each in columns):
            raise Unsolved("nulls that are counted")
        of_nulls = str(node.this).lower() == "num_nulls"
        found: list[Case] = []
        for nulls in product((False, True), repeat=len(columns)):
            if compares(sum(nulls) if of_nulls else len(nulls) - sum(nulls), operator, wanted):
                found.append(
                    tuple(
                        self._allowed(each, Values(null="always" if null else "never"))
                        for each, null in zip(columns, nulls, strict=True)
                    )
                )
        return found

    def _part_of_text(self, node: Any, other: Any, operator: Comparison) -> list[Case]:
        """Where something stands in a text, and what it begins with."""
        if isinstance(node, exp.StrPosition):
            what, place = self._text(node.args["substr"]), self._whole(other)
            least = place + 1 if operator == ">" else place if operator == ">=" else 1 if operator == "<>" else 0
            if least < 1 or len(what) != 1 or (operator == "<>" and place):
                raise Unsolved("a position")
            letter = re.escape(what)
            return self._matches(node.this, f"^[^{letter}]{{{least - 1},}}{letter}", True, fold=False)
        start = node.args.get("start")
        if operator not in ("=", "<>") or (start is not None and self._whole(start) != 1):
            raise Unsolved("a part of a text")
        return self._matches(node.this, f"^{re.escape(self._text(other))}", operator == "=", fold=False)

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


def _any_array(node: Any) -> list[Any] | None:
    if not isinstance(node, exp.Any | exp.All):
        return None
    array = bare(node.this)
    if isinstance(array, exp.Literal) and (said := _ARRAY.fullmatch(str(array.this))):
        items = [each.strip().strip('"') for each in said[1].split(",")]
        return [exp.Literal(this=each, is_string=not _NUMBER.fullmatch(each)) for each in items]
    return list(array.expressions) if isinstance(array, exp.Array) else None
