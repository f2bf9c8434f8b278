"""What customers pay for orders from their accounts, and get back.

The table of payment methods says how an account sees each of them: `collected` by the shop, `sent` by the customer, paid by the
account's `card`, or not at all, as what is paid by a credit card, in cash, by voucher or by a lender. The mandate is the
customer's number; what both sides call a payment is the order's number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from datamimic import MEANS, Dues, Owed, Ref, Text, Told, World, to_local
from datamimic.columns import Ints
from datamimic_pack_ecommerce.sales import ORDER
from datamimic_pack_ecommerce.trade.shop import Keeper

BLOCK = 8_192
"""Orders that are looked at at once."""
SENT, COLLECTED, GIVEN_BACK, BY_CARD, BACK_TO_CARD = range(5)
"""What a payment of an order is, its number: sent by the customer, collected by the shop, or money that goes back; the same by
card."""
MEANS_OF = np.array(
    [MEANS.index(means) for means in ("sent", "collected", "received", "by_card", "back_to_card")], dtype=np.int64
)
"""How the money of each moves."""
PURPOSE = "GDDS"
"""`PurchaseSaleOfGoods`, of the external purpose codes of ISO 20022 (ExternalPurpose1Code)."""
SEEN = {"sent": SENT, "collected": COLLECTED, "card": BY_CARD}


class OrdersPaid(Dues):
    """Orders of customers who are people of the world, from their accounts."""

    name = "shop_orders"
    entity = ORDER
    merchant_code = "5999"

    def owed(self, people: Ints, since: int, until: int, world: World) -> Owed:
        """`contract` is a row of `order`, `number` what the payment of it is."""
        size = world.size(world.spec(ORDER))
        return Owed.joined(
            _of_orders(np.arange(start, min(start + BLOCK, size), dtype=np.int64), people, since, until, world)
            for start in range(0, size, BLOCK)
        )

    def told(self, contract: Ints, number: Ints, world: World) -> Told:
        orders = world.refer(ORDER, contract)
        name = Keeper.of(world, world.data(orders.target.cls)).text("full_name", len(contract))
        return Told(
            name, orders.user_id.where(number == COLLECTED), orders.order_id, Text.constant(PURPOSE, len(contract))
        )


def _seen(orders: Ref, world: World) -> Text:
    """How the account sees the payment."""
    seen: Text = world.data(orders.target.cls)["payment_methods"]["account"].take(orders.column("payment_row"))
    return seen


def _of_orders(rows: Ints, people: Ints, since: int, until: int, world: World) -> Owed:
    known, place = Dues.among(people, world.refer(ORDER, rows).customer.person.rows)
    near: Any = world.refer(ORDER, rows[known])
    seen = _seen(near, world)
    paid = seen.isin(set(SEEN)) & (near.date.astype("datetime64[D]").astype(np.int64) <= until)
    known, place = known[paid], place[paid]
    orders: Any = world.refer(ORDER, rows[known])
    codes, vocabulary = _seen(orders, world).coding()
    how = np.array([SEEN.get(value, SENT) for value in vocabulary.values], dtype=np.int64)[codes]
    back = np.where(how == BY_CARD, BACK_TO_CARD, GIVEN_BACK)
    settled = ~np.ma.getmaskarray(orders.settled_at)
    parts = []
    for number, when, amount in (
        (how, orders.settled_at, orders.total_amount),
        (back, orders.refunded_at, orders.refund_total),
    ):
        moment = np.where(np.ma.getmaskarray(when), np.datetime64(0, "us"), np.ma.getdata(when))
        local = to_local(moment, orders.customer.address.time_zone)
        day = local.astype("datetime64[D]").astype(np.int64)
        second = (local - local.astype("datetime64[D]")).astype("timedelta64[s]").astype(np.int64)
        at = np.flatnonzero(~np.ma.getmaskarray(when) & settled & (day >= since) & (amount > 0))
        parts.append(
            Owed(place[at], day[at], amount[at], MEANS_OF[number[at]], rows[known[at]], number[at], second[at])
        )
    return Owed.joined(parts)
