"""A check as cases: a row holds the check where it holds all atoms of one case.

A check is held where it is not false. Null makes every comparison unknown, so that atoms hold for null; `IS NULL` asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import define
from sqlglot import exp

from datamimic_models.schemas.expressions import like_pattern
from datamimic_models.solving.atoms import OPPOSITE, Allowed, Comparison
from datamimic_models.solving.sql_comparisons import Case, Comparisons
from datamimic_models.solving.sql_terms import Unsolved, bare
from datamimic_models.solving.values import Values

MOST_CASES: Final = 64


_COMPARED: Final[dict[type[Any], Comparison]] = {
    exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=", exp.EQ: "=", exp.NEQ: "<>",
}  # fmt: skip


_CONDITIONS: Final[tuple[type[Any], ...]] = (
    exp.And, exp.Or, exp.Not, exp.Is, exp.Between, exp.In, exp.Like, exp.ILike, exp.RegexpLike, exp.RegexpILike, exp.Boolean,
    *_COMPARED,
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
    return list(array.expressions) if isinstance(array, exp.Array) else None
