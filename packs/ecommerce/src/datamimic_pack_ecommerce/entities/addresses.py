"""Addresses of an order: the customer's own, and for some orders somebody else's to send it to."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Context, Embedded, Generator, spec_of
from datamimic.columns import Bools, Ints, concat, take
from datamimic_pack_common.entities.address import Address

GIFTS = 0.09
"""Share of orders that go to another address than the customer's."""
PARTS = (
    "street", "house_number", "city", "postal_code", "state", "state_code", "country", "country_code", "phone",
    "full_address",
)  # fmt: skip
"""What stands in the table of an order; every other part of an address can be reached."""


class Billing(Generator[Address]):
    """The address of the order's customer."""

    needs = ("customer",)
    embeds = True
    target = Address

    def names(self) -> tuple[str, ...]:
        known = spec_of(Address).fields
        return tuple(name for name in PARTS if name in known)

    def column(self, context: Context) -> Any:
        return _embedded(context, np.zeros(len(context), dtype=np.bool_), self.names())


class Shipping(Billing):
    """The customer's address, or another one of the same country."""

    def column(self, context: Context) -> Any:
        return _embedded(context, context.draw.chance(GIFTS, "elsewhere"), self.names())


class Either:
    """Addresses that are the customer's in most rows, and made for the order where `elsewhere`: a batch to the engine."""

    def __init__(self, context: Context, elsewhere: Bools) -> None:
        self.spec = spec_of(Address)
        self.rows = context.rows
        self._home = context.column("customer").address
        own = np.arange(len(context), dtype=np.int64)
        self._place: Ints = np.where(elsewhere, len(context) + np.cumsum(elsewhere) - 1, own)
        path = f"{context.batch.path}.{context.name}"
        self._other = context.world.batch(self.spec, context.rows[elsewhere], path=path) if elsewhere.any() else None
        self._made: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> Any:
        """A part of the addresses, hidden ones included."""
        if name not in self._made:
            made = getattr(self._home, name)
            if self._other is not None:
                made = take(concat([made, self._other.column(name)]), self._place)
            self._made[name] = made
        return self._made[name]


def _embedded(context: Context, elsewhere: Bools, names: tuple[str, ...]) -> Any:
    batch: Any = Either(context, elsewhere)
    return Embedded(batch, names)
