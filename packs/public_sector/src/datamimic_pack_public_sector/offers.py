"""Lists of what an institution has: every item of its set with the item's own share, in the order of the table."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import frozen

from datamimic import Draw, Lists, Table, Text
from datamimic.columns import Bools, Floats, Ints, Vocabulary


@frozen(eq=False)
class Sets:
    """`items[set, place]` are numbers of items (-1: the set is shorter), `shares` the chance of each (0 beyond the end)."""

    numbers: dict[str, int]
    items: Ints
    shares: Floats
    vocabulary: Vocabulary

    def of(self, keys: Text) -> Ints:
        """The set of each key; the one named `*` for a key that has none of its own."""
        other = self.numbers.get("*", -1)
        values = keys.vocabulary.values if keys.vocabulary else ()
        found: Ints = np.array([self.numbers.get(value, other) for value in values], dtype=np.int64)[keys.codes]
        if len(found) and int(found.min()) < 0:
            raise KeyError(keys.tolist()[int(np.argmin(found))])
        return found

    def lists(self, keys: Text, draw: Draw) -> Lists:
        """Each item with its share, drawn on its own; an item with share 1 is always there."""
        own = self.of(keys)
        shares = self.shares[own]
        has = np.zeros(shares.shape, dtype=np.bool_)
        for place in range(shares.shape[1]):
            has[:, place] = draw.chance(shares[:, place], f"item {place}")
        return listed(has, self.items[own], self.vocabulary)


@lru_cache(maxsize=128)
def sets_of(table: Table, key: str, item: str, share: str) -> Sets:
    """The sets of a table with one row per `key` and `item`."""
    members: dict[str, list[tuple[str, float]]] = {}
    for name, value, chance in zip(table.columns[key], table.columns[item], table.floats(share).tolist(), strict=True):
        members.setdefault(name, []).append((value, chance))
    values = [*dict.fromkeys(table.columns[item])]
    codes = {value: code for code, value in enumerate(values)}
    width = max(map(len, members.values()))
    items = np.full((len(members), width), -1, dtype=np.int64)
    shares = np.zeros((len(members), width), dtype=np.float64)
    for row, own in enumerate(members.values()):
        items[row, : len(own)] = [codes[value] for value, _ in own]
        shares[row, : len(own)] = [chance for _, chance in own]
    return Sets({name: row for row, name in enumerate(members)}, items, shares, Vocabulary(values))


def listed(has: Bools, items: Ints, vocabulary: Vocabulary) -> Lists:
    """The items of each row whose flag is set, in order."""
    return Lists(has.sum(axis=1), Text.coded(items[has], vocabulary))
