"""The items of lists as rows of their own, so that every rule that makes a column makes items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from datamimic import Context, Draw, Generator, Lists, positions
from datamimic.columns import Column, Ints, concat, take

_VARIANTS = 64
"""How many orders of few values there are, of which each list has one."""
_FEW = 4_096


class Subjects(NamedTuple):
    """The subjects of items that have been asked for: whatever part asks, an item has the same ones."""

    items: Draw
    made: dict[str, Any]


class ItemsContext:
    """A field as its generator sees it, for all items of a batch: `owners` are the positions of their lists in the batch,
    `numbers` tell all items of the table apart, `places` are those in their lists. Columns of the table are those of the list's
    row, `hidden` fields those of the item."""

    def __init__(
        self,
        context: Context,
        owners: Ints,
        numbers: Ints,
        draw: Draw,
        hidden: Mapping[str, Generator[Any]],
        places: Ints,
        subjects: Subjects | None = None,
    ) -> None:
        self._context = context
        self.places = places
        self._owners = owners
        self._hidden = hidden
        self._subjects = subjects or Subjects(draw, {})
        self.rows = numbers
        self.draw = draw
        self.name, self.data, self.options = context.name, context.data, context.options
        self.clock, self.locale, self.world, self.batch = context.clock, context.locale, context.world, context.batch

    def __len__(self) -> int:
        return len(self._owners)

    @property
    def now(self) -> Any:
        return self._context.now[self._owners]

    @property
    def family(self) -> Any:
        return self._context.family

    def with_draw(self, draw: Draw) -> ItemsContext:
        return ItemsContext(self._context, self._owners, self.rows, draw, self._hidden, self.places, self._subjects)

    def with_rows(self, rows: Ints, draw: Draw, places: Ints) -> ItemsContext:
        """Some of the items, with other numbers."""
        return ItemsContext(self._context, self._owners[places], rows, draw, self._hidden, self.places[places])

    def column(self, name: str) -> Any:
        if name not in self._hidden:
            return take(self._context.column(name), self._owners)
        items, made = self._subjects.items, self._subjects.made
        if name not in made:
            own = Draw(items.address.labelled(f"subject {name}"), items.rows)
            made[name] = self._hidden[name].column(self.with_draw(own))
        return made[name]


def made_items(maker: Generator[Any], context: Context, lengths: Ints, hidden: Mapping[str, Generator[Any]]) -> Column:
    """One item after the other of row after row."""
    draw = context.draw.items(lengths, "item")
    owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    return maker.column(ItemsContext(context, owners, draw.rows, draw, hidden, positions(lengths)))


def different_items(
    maker: Generator[Any],
    context: Context,
    lengths: Ints,
    hidden: Mapping[str, Generator[Any]],
    most: int,
    capacity: int,
) -> Column:
    """The same, where the maker gives a different value for every row number below `capacity`: no two of a list are alike."""
    draw = context.draw.items(lengths, "item")
    owners = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    within = positions(lengths)
    items = ItemsContext(context, owners, draw.rows, draw, hidden, within)
    if capacity > _FEW:
        return maker.column(
            items.with_rows((context.rows[owners] * most + within) % capacity, draw, np.arange(len(owners)))
        )
    variants = context.draw.integers(0, _VARIANTS - 1, "order")[owners]
    begins = context.draw.integers(0, capacity - 1, "begin")[owners]
    parts, places = [], []
    for variant in np.unique(variants):
        chosen = np.flatnonzero(variants == variant)
        own = Draw(draw.address.labelled(f"order {variant}"), draw.rows[chosen])
        parts.append(maker.column(items.with_rows((begins[chosen] + within[chosen]) % capacity, own, chosen)))
        places.append(chosen)
    if not parts:
        return maker.column(items)
    return take(concat(parts), np.argsort(np.concatenate(places), kind="stable"))


def without_repeats(lists: Lists, plain: list[Any]) -> Lists:
    """Each list without what it has had before; `plain` are the items as plain values."""
    keep = np.ones(len(plain), dtype=np.bool_)
    at = 0
    for length in lists.lengths.tolist():
        seen: list[Any] = []
        for place in range(at, at + length):
            keep[place] = plain[place] not in seen
            seen.append(plain[place])
        at += length
    lengths = np.bincount(lists.parents[keep], minlength=len(lists))
    return Lists(lengths, take(lists.values, np.flatnonzero(keep)), lists.present)


class ItemsByPlace(Generator[Any]):
    """Items that differ by their place in the list, from 1 on; others are made by `rest`."""

    def __init__(self, makers: Mapping[int, Generator[Any]], rest: Generator[Any]) -> None:
        self.makers = makers
        self.rest = rest
        parts = [*makers.values(), rest]
        self.needs = tuple(dict.fromkeys(name for each in parts for name in each.needs))
        self.tables = tuple(dict.fromkeys(name for each in parts for name in each.tables))
        self.reads_now = any(each.reads_now for each in parts)

    def column(self, context: Context) -> Column:
        assert isinstance(context, ItemsContext)
        places = np.where(np.isin(context.places + 1, [*self.makers]), context.places + 1, 0)
        parts, chosen = [], []
        for place in np.unique(places).tolist():
            there = np.flatnonzero(places == place)
            maker = self.makers.get(place, self.rest)
            parts.append(maker.column(context.with_rows(context.rows[there], context.draw.take(there), there)))
            chosen.append(there)
        if not parts:
            return self.rest.column(context)
        return take(concat(parts), np.argsort(np.concatenate(chosen), kind="stable"))
