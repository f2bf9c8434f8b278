"""What people of a world have to pay, or get, by what a pack knows of them: premiums of policies, orders of a shop.

A pack that keeps the books of people does not know the packs whose contracts are paid from them. These tell it by `Dues`, found
through the hook `datamimic_dues`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Final

import numpy as np
from attrs import astuple, fields, frozen

from datamimic.base.arrays import Ints
from datamimic.columns.text import Text
from datamimic.engine.engine import Engine, countries_by_pack
from datamimic.errors import PackError
from datamimic.plugins.registry import Registry

MEANS: Final = ("collected", "sent", "received", "by_card", "back_to_card")
"""How money moves: collected by a direct debit, sent by a credit transfer, or received by one; paid by the card of the account,
or given back to it."""
NOON: Final = 12 * 3_600


@frozen(eq=False)
class Owed:
    """Payments, one each row, in any order. `person` is a place among the people asked for, `day` since 1970 that on which it
    falls due, `amount` in hundredths above 0, `means` a place in `MEANS`; `contract` and `number` are the pack's own, by which
    it tells more of it: which contract or order, and which of its payments. `second` is that of the day by the person's clocks
    at which a card pays; where it is left out, all pay at noon."""

    person: Ints
    day: Ints
    amount: Ints
    means: Ints
    contract: Ints
    number: Ints
    second: Ints | None = None

    @property
    def seconds(self) -> Ints:
        """`second`, and noon where it is left out."""
        return np.full(len(self.person), NOON, dtype=np.int64) if self.second is None else self.second

    @classmethod
    def joined(cls, parts: Iterable[Owed]) -> Owed:
        """The payments of all parts, one part after the other."""
        none: Ints = np.zeros(0, dtype=np.int64)
        every = [(*astuple(each, recurse=False)[:-1], each.seconds) for each in parts]
        return cls(*(np.concatenate([none, *(part[at] for part in every)]) for at in range(len(fields(cls)))))


@frozen(eq=False)
class Told:
    """What a bank prints of payments: `party`, the name of who is paid or pays; `mandate`, the number of the one by which it is
    collected, null without one; `reference`, what both sides call the payment, of at most 35 characters; `purpose`, a code of
    ISO 20022."""

    party: Text
    mandate: Text
    reference: Text
    purpose: Text


class Dues(ABC):
    """Dues of one kind. `entity` is what they are paid for, `pack.entity`: only in a world that is given a size of it (which
    `dm world` does for what is asked for) are they there, so that installing a pack moves no value of another one.

    `merchant_code` is the code (ISO 18245) of those to whom the same would be paid otherwise: who has dues of this kind pays
    nobody else of that code regularly. What is paid by card is paid to a merchant of that code.
    """

    name: ClassVar[str]
    entity: ClassVar[str]
    merchant_code: ClassVar[str | None] = None

    @abstractmethod
    def owed(self, people: Ints, since: int, until: int, world: Any) -> Owed:
        """What falls due from the day `since` to the day `until`, both since 1970, to `people`, ascending rows of
        `common.person`. Asked once in a world."""

    @staticmethod
    def among(people: Ints, persons: Ints) -> tuple[Ints, Ints]:
        """Which of some `persons`, rows of `common.person`, are among the people whom `owed` is asked for, and their places
        there: two columns, one row for each that is."""
        if not len(people):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        place = np.minimum(np.searchsorted(people, persons), len(people) - 1)
        known = np.flatnonzero(people[place] == persons)
        return known, place[known]

    @abstractmethod
    def told(self, contract: Ints, number: Ints, world: Any) -> Told:
        """Of payments that `owed` gave, by their contracts and numbers, any number of times."""

    @classmethod
    def of(cls, world: Engine) -> tuple[Dues, ...]:
        """All that are in the world, by name: always in the same order, so that their places can stand in columns."""
        return world.memo("dues", lambda: tuple(kind() for kind in kinds_of_dues(world.packs) if _there(kind, world)))


def kinds_of_dues(packs: Registry) -> tuple[type[Dues], ...]:
    """Those that the packs have, by name. Raises `PackError` (`bad_hook`) for what is none."""
    known = packs.dues()
    kinds = []
    for name in sorted(known):
        kind = known[name]
        if not issubclass(kind, Dues):
            raise PackError("bad_hook", f"{kind.__name__} is no datamimic.Dues", hint="let the class inherit from it")
        kinds.append(kind)
    return tuple(kinds)


def _there(kind: type[Dues], world: Engine) -> bool:
    """Has the world a size of what is paid for, in a country that the pack knows?"""
    spec = world.spec(kind.entity)
    countries = countries_by_pack(world.packs).get(world.packs.pack_of(spec.cls) or "", ())
    return world.path(spec) in world.origin.sizes and (not countries or world.locale.country in countries)
