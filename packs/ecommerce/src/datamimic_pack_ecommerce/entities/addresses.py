"""Addresses of an order: the customer's own, and for some orders somebody else's to send it to."""

from __future__ import annotations

from typing import Any

import numpy as np
from datamimic_pack_common.entities.address import Address

from datamimic import Context, Generator, Struct
from datamimic.columns import Column, Ints, concat, take
from datamimic.definition import spec_of

GIFTS = 0.09
"""Share of orders that go to another address than the customer's."""


class Billing(Generator[Address]):
    """The address of the order's customer."""

    embeds = True
    target = Address

    @property
    def needs(self) -> tuple[str, ...]:
        return ("customer",)

    def names(self) -> tuple[str, ...]:
        """The parts that stand in the table."""
        return tuple(each.name for each in spec_of(Address).columns if not each.is_relation)

    def column(self, context: Context) -> Any:
        return Chosen(context.column("customer").address, None, np.arange(len(context)), self.names())


class Shipping(Billing):
    """The customer's address, or another one of the same country."""

    def column(self, context: Context) -> Any:
        elsewhere = context.draw.chance(GIFTS, "elsewhere")
        place = np.where(elsewhere, len(context) + np.cumsum(elsewhere) - 1, np.arange(len(context)))
        path = f"{context.batch.path}.{context.name}"
        other = context.world.batch(spec_of(Address), context.rows[elsewhere], path=path)
        return Chosen(context.column("customer").address, other, place, self.names())


class Chosen(Struct):
    """Rows of one struct or of a batch after it; each part is computed when asked for."""

    def __init__(self, home: Any, other: Any, place: Ints, names: tuple[str, ...]) -> None:
        self.home = home
        self.other = other
        self.place = place
        self.names = names
        self.present = None
        self._made: dict[str, Column] = {}

    @property
    def columns(self) -> dict[str, Column]:  # type: ignore[override]
        return {name: getattr(self, name) for name in self.names}

    def __len__(self) -> int:
        return len(self.place)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in ("home", "other", "place", "names", "present"):
            raise AttributeError(name)
        if name not in self._made:
            column = getattr(self.home, name)
            if self.other is not None and len(self.other):
                column = concat([column, self.other.column(name)])
            self._made[name] = take(column, self.place)
        return self._made[name]

    def take(self, indices: Any) -> Struct:
        return Chosen(self.home, self.other, self.place[indices], self.names)
