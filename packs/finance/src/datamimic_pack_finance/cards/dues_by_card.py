"""What debit cards pay, or get back, by what other packs of the world know: orders of a shop."""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import Data, Dues, Text, World
from datamimic.columns import Ints
from datamimic_pack_finance.dues.of_accounts import KINDS, DuesOf
from datamimic_pack_finance.ledger.booking import seconds_of
from datamimic_pack_finance.ledger.order import by_time
from datamimic_pack_finance.ledger.purchases import MADE, Purchases


def due_count(is_main: Any, use: Any, account: Any, world: World) -> Ints:
    """How many of them a card makes: those of the days on which it pays."""
    count = np.zeros(len(is_main), dtype=np.int64)
    at = np.flatnonzero(is_main)
    dues = DuesOf.of(world).by_card
    if not len(at) or not int(dues.count.sum()):
        return count
    _, places = _within(account.rows[at], use.after[at], use.until[at], world)
    count[at] = np.bincount(places, minlength=len(at))
    return count


def with_dues(
    made: Purchases, accounts: Ints, after: Ints, until: Ints, zone: Text, world: World, data: Data
) -> Purchases:
    """Payments with those that other packs know of among them, in order of time, of the debit cards of some accounts."""
    dues, card = _within(accounts, after, until, world)
    if not len(card):
        return made
    none = np.zeros(len(card), dtype=np.int64)
    codes = np.array([_merchant(kind, data) for kind in Dues.of(world)], dtype=np.int64)
    known = Purchases(
        card, KINDS[dues["means"]], dues["day"], seconds_of(dues["day"], dues["second"], zone.take(card)),
        codes[dues["source"]], none - 1, -dues["paid"], none, none, none, none, none > 0, none + MADE,
        dues["source"], dues["contract"], dues["number"],
    )  # fmt: skip
    every = Purchases.joined(made, known)
    return every.take(by_time(every.card, every.second))


def _within(accounts: Ints, after: Ints, until: Ints, world: World) -> tuple[dict[str, Any], Ints]:
    items, places = DuesOf.of(world).by_card.items(accounts)
    at = np.flatnonzero((items["day"] > after[places]) & (items["day"] <= until[places])) if items else places
    return {name: column[at] for name, column in items.items()}, places[at]


def _merchant(kind: Dues, data: Data) -> int:
    """A row of `merchants` of their category, as far as what they do is asked for; they have names of their own."""
    codes = data["merchants"].columns["mcc"]
    return list(codes).index(kind.merchant_code) if kind.merchant_code in codes else 0
