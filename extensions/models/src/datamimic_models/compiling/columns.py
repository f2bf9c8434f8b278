"""One column: the first rule whose condition holds, or its rule, or what its type usually is; null in its share of the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from datamimic import Context, Generator, Text
from datamimic.columns import Bools, Column, concat, kept, take
from datamimic.columns.value_types import ValueType
from datamimic_models.rules.conditions import Test


class Made(Generator[Any]):
    """The column of a table that a model describes."""

    def __init__(
        self,
        kind: ValueType,
        branches: Sequence[tuple[Test, Generator[Any]]],
        usual: Generator[Any] | None,
        null_share: float,
        longest: int | None,
    ) -> None:
        self.kind = kind
        self.branches = tuple(branches)
        self.usual = usual
        self.null_share = null_share
        self.longest = longest
        makers = [*(rule for _, rule in self.branches), *([] if usual is None else [usual])]
        needs = [name for test, _ in self.branches for name in test.needs]
        self.needs = tuple(dict.fromkeys([*needs, *(name for each in makers for name in each.needs)]))
        self.tables = tuple(dict.fromkeys(name for each in makers for name in each.tables))
        self.reads_now = any(each.reads_now for each in makers)

    def follow(self, field: Any, fields: Mapping[str, Any]) -> None:
        if self.usual is not None and not self.branches:
            self.usual.follow(field, fields)

    def capacity(self) -> int | None:
        return None if self.branches or self.usual is None else self.usual.capacity()

    def most_rows(self, world: Any, entity: Any, name: str) -> int | None:
        return None if self.branches or self.usual is None else self.usual.most_rows(world, entity, name)

    def unique_fields(self, name: str, fields: Mapping[str, Any]) -> tuple[str, ...]:
        return () if self.branches or self.usual is None else self.usual.unique_fields(name, fields)

    def column(self, context: Context) -> Column:
        made = self._chosen(context) if self.branches else self._by(self.usual, context)
        if self.longest is not None and isinstance(made, Text):
            made = _cut(made, self.longest)
        if self.null_share > 0:
            made = kept(made, ~context.draw.chance(self.null_share, "without a value"))
        return made

    def _by(self, maker: Generator[Any] | None, context: Context) -> Column:
        return self.kind.or_null().nulls(len(context)) if maker is None else maker.column(context)

    def _chosen(self, context: Context) -> Column:
        """Every rule makes the rows that fall to it: the choice of all of them, put together in order."""
        left: Bools = np.ones(len(context), dtype=np.bool_)
        index = np.full(len(context), len(self.branches), dtype=np.int64)
        for number, (test, _) in enumerate(self.branches):
            holds = test.holds(context) & left
            index[holds] = number
            left &= ~holds
        choices: list[Any] = []
        for number, maker in enumerate([*(rule for _, rule in self.branches), self.usual]):
            if not (index == number).any():
                choices.append(None)
                continue
            draw = context.draw
            own = type(draw)(draw.address.labelled(f"rule {number}"), draw.rows)
            choices.append(self._by(maker, context.with_draw(own)))
        return selected(index, choices)


def selected(index: Any, choices: Sequence[Any]) -> Column:
    """Per row the choice whose number `index` gives; those that no row has are None."""
    there = [number for number, each in enumerate(choices) if each is not None]
    if len(there) == 1:
        return choices[there[0]]
    places = np.zeros(len(choices), dtype=np.int64)
    places[there] = np.arange(len(there))
    joined = concat([choices[number] for number in there])
    return take(joined, places[index] * len(index) + np.arange(len(index)))


def _cut(text: Text, longest: int) -> Text:
    lengths = text.lengths()
    return text.slice(0, longest) if len(lengths) and int(lengths.max()) > longest else text
