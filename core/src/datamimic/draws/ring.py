"""Groups dealt to kinds in exact shares, their members, and which of these have a role: all found by arithmetic.

Every block of 4,096 groups (households) holds exactly the declared multiset of kinds, in a keyed order that is turned from
block to block. A kind has fixed members, so that every block has the same members in the same circle of places: who is the
parent of a member, which of the members have a role, and which row of the role a member is, are a division and a look-up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datamimic.base.arrays import Bools, Ints
from datamimic.columns import divided
from datamimic.draws.address import Address
from datamimic.draws.draw import hash_rows, stream_key
from datamimic.draws.permutation import Permutation
from datamimic.tables.weighted import apportion

BLOCK = 4096
"""Groups per block."""


class Ring:
    """The kind of every group: `kinds` is the block's circle, which each block enters at another place."""

    def __init__(self, weights: Sequence[float], address: Address) -> None:
        kinds = np.repeat(np.arange(len(weights), dtype=np.int64), apportion(weights, BLOCK))
        self.kinds: Ints = kinds[Permutation(BLOCK, address.labelled("order")).forward(np.arange(BLOCK))]
        self._key = stream_key(*address.labelled("turn"))

    def turns(self, blocks: Ints) -> Ints:
        """Where in the circle each block begins."""
        return (hash_rows(self._key, blocks) % np.uint64(BLOCK)).astype(np.int64)

    def of(self, groups: Ints) -> Ints:
        """The kind of each group."""
        blocks, place = divided(groups, BLOCK)
        found: Ints = self.kinds[(place + self.turns(blocks)) % BLOCK]
        return found


class Membership:
    """Where the members of groups lie, both ways; a `ChildLayout`.

    `slots` are places in the circle of members: every block has one member in each. `rows` says of a slot which member of its
    kind it is, as a row of the table of members: those of kind k are `firsts[k]` and the `counts[k] - 1` that follow;
    `groups` the place of its group in the circle of groups.
    """

    def __init__(self, ring: Ring, firsts: Ints, counts: Ints) -> None:
        own = counts[ring.kinds]
        self.ring = ring
        self.own = own
        # Doubled, so that a turned block is a window of the circle.
        self._prefix: Ints = np.concatenate(([0], np.cumsum(np.concatenate((own, own)))))
        self.per_block = int(self._prefix[BLOCK])
        groups = np.repeat(np.arange(2 * BLOCK, dtype=np.int64), np.concatenate((own, own)))
        self._group = groups
        within = np.arange(len(groups), dtype=np.int64) - self._prefix[groups]
        self._within = within
        self.groups: Ints = groups[: self.per_block] % BLOCK
        self.rows: Ints = (firsts[ring.kinds[groups % BLOCK]] + within)[: self.per_block]

    @property
    def largest(self) -> int:
        return int(self.own.max())

    def begins(self, blocks: Ints) -> Ints:
        """The slot of the first member of each block."""
        return self._prefix[self.ring.turns(blocks)]

    def of(self, parents: Ints) -> tuple[Ints, Ints]:
        """(first member, number of members) per group."""
        blocks, place = divided(parents, BLOCK)
        turn = self.ring.turns(blocks)
        return blocks * self.per_block + self._prefix[place + turn] - self._prefix[turn], self.own[
            (place + turn) % BLOCK
        ]

    def parents(self, children: Ints) -> tuple[Ints, Ints, Ints]:
        """(group, position among its members, number of its members) per member."""
        blocks, place = divided(children, self.per_block)
        turn = self.ring.turns(blocks)
        at = place + self._prefix[turn]
        group = self._group[at]
        return blocks * BLOCK + group - turn, self._within[at], self.own[group % BLOCK]

    def slots(self, children: Ints) -> Ints:
        """The place of each member in the circle, below `per_block`."""
        blocks, place = divided(children, self.per_block)
        return (place + self.begins(blocks)) % self.per_block


class Holders:
    """Which members have a role: in every block those of the same slots, numbered in the order of their rows."""

    def __init__(self, membership: Membership, holds: Bools) -> None:
        """`holds` says it of every slot, one of them at least."""
        self.membership = membership
        self.holds = holds
        self._slots: Ints = np.flatnonzero(holds)
        self._ranks: Ints = np.concatenate(([0], np.cumsum(holds)))
        self.per_block = len(self._slots)

    def members(self, rows: Ints) -> Ints:
        """The member who is each row of the role."""
        blocks, place = divided(rows, self.per_block)
        begins = self.membership.begins(blocks)
        again, at = divided(place + self._ranks[begins], self.per_block)
        whole = self.membership.per_block
        return blocks * whole + self._slots[at] + again * whole - begins

    def rows_of(self, members: Ints) -> Ints:
        """The row of the role that each member is, -1 for those who do not have it."""
        row, slot = self._before(members)
        return np.where(self.holds[slot], row, -1)

    def below(self, members: Ints) -> Ints:
        """How many come before each member: the row of the role that he or she is, or the next one is."""
        return self._before(members)[0]

    def first_from(self, member: int, slots: Bools) -> int | None:
        """The first row of the role who is this member or comes after, in one of these slots; None where nobody is."""
        both = self.holds & slots
        if not both.any():
            return None
        some = Holders(self.membership, both)
        found = some.members(some.below(np.array([member], dtype=np.int64)))
        return int(self.rows_of(found)[0])

    def _before(self, members: Ints) -> tuple[Ints, Ints]:
        """How many come before each member, and the slot of the member."""
        whole = self.membership.per_block
        blocks, place = divided(members, whole)
        begins = self.membership.begins(blocks)
        again, slot = divided(place + begins, whole)
        return blocks * self.per_block + self._ranks[slot] + again * self.per_block - self._ranks[begins], slot
