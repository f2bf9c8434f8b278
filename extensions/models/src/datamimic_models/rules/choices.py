"""Values out of a list, and one value for all."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, ClassVar

import numpy as np
from attrs import frozen

from datamimic import Alias, Context, Generator, Permutation
from datamimic.columns import Column, take
from datamimic.columns.value_types import Misfit
from datamimic.errors import excerpt
from datamimic_models.model import Mistakes
from datamimic_models.rules.plain_values import column_of
from datamimic_models.rules.rule import RuleKind, Where
from datamimic_models.rules.words import Pairs, word


@frozen
class Choice(RuleKind):
    """One of the listed values, all equally likely or by weights. In a key or unique column every value comes once."""

    kind: ClassVar[str] = "choice"

    value: Any = word("The values, a list; or a mapping of values to weights.", "any", other=("values", "choices"))
    weights: tuple[float, ...] | None = word("How often each comes, one number for each value.", "list", None)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.value, Pairs):
            # A mapping of values to weights is another way to write both.
            object.__setattr__(self, "weights", tuple(weight for _, weight in self.value))
            object.__setattr__(self, "value", tuple(key for key, _ in self.value))

    def listed(self) -> tuple[tuple[Any, ...], tuple[float, ...] | None]:
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        return values, self.weights

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        values, weights = self.listed()
        label, place = where.label, where.place
        if not values:
            mistakes.add("models.bad_value", f"{label}: there is no value to choose", place, hint="value: [a, b]")
            return
        try:
            column_of(values, where.kind, label)
        except Misfit as error:
            mistakes.add(
                "models.type_mismatch",
                f"{label} is {where.column.type}, but {error}",
                place,
                hint="change type or value",
            )
        _judge_lengths(values, where, mistakes)
        if weights is None:
            return
        numbers = [each for each in weights if isinstance(each, int | float) and not isinstance(each, bool)]
        if len(numbers) != len(values) or not all(0 <= each < math.inf for each in numbers) or not any(numbers):
            mistakes.add(
                "models.bad_value",
                f"{label}: {len(values)} values have the weights {excerpt([*weights])}",
                place,
                hint="one number from 0 on for each value, one above 0",
            )
        if where.unique:
            mistakes.warn(
                "models.ignored", f"{label} is unique: its weights mean nothing", place, hint="leave them out"
            )

    def capacity(self) -> int | None:
        return len(dict.fromkeys(self.listed()[0]))

    def generator(self, where: Where) -> Generator[Any]:
        values, weights = self.listed()
        if where.unique:
            values = tuple(dict.fromkeys(values))
        return ChoiceGenerator(column_of(values, where.kind, where.label), weights, where.unique)


@frozen
class Constant(RuleKind):
    """The same value in every row."""

    kind: ClassVar[str] = "constant"

    value: Any = word("The value.", "any")

    def mistakes(self, where: Where, mistakes: Mistakes) -> None:
        try:
            column_of((self.value,), where.kind, where.label)
        except Misfit as error:
            mistakes.add("models.type_mismatch", f"{where.label} is {where.column.type}, but {error}", where.place)
        _judge_lengths((self.value,), where, mistakes)

    def capacity(self) -> int | None:
        return 1

    def generator(self, where: Where) -> Generator[Any]:
        return ChoiceGenerator(column_of((self.value,), where.kind, where.label), None, where.unique)


def _judge_lengths(values: Iterable[Any], where: Where, mistakes: Mistakes) -> None:
    """Texts that the column would cut."""
    kind = where.column.type
    longest = kind.length if kind.name == "str" else None
    long = None if longest is None else next((e for e in values if isinstance(e, str) and len(e) > longest), None)
    if long is not None:
        said = f"{where.label} is {kind}, but {excerpt(long)} has {len(long)} characters"
        mistakes.add("models.type_mismatch", said, where.place, hint=f"type: str({len(long)}), or a shorter text")


class ChoiceGenerator(Generator[Any]):
    """Values of a column that is there: drawn, or each once."""

    def __init__(self, values: Column, weights: tuple[float, ...] | None, unique: bool) -> None:
        self.values = values
        self.alias = None if weights is None or unique else Alias.build([(range(len(weights)), weights)])
        self.unique = unique

    def capacity(self) -> int | None:
        return len(self.values) if self.unique else None

    def column(self, context: Context) -> Column:
        if self.unique:
            places = Permutation(len(self.values), context.draw.address).forward(context.rows)
        elif len(self.values) == 1:
            places = np.zeros(len(context), dtype=np.int64)
        elif self.alias is None:
            places = context.draw.integers(0, len(self.values) - 1)
        else:
            places = context.draw.pick(self.alias)
        made: Column = take(self.values, places)
        return made
